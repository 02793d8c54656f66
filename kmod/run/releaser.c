// SPDX-License-Identifier: GPL-2.0-only
/* Claims a few zombies, releases them, and goes on. */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "releaser.h"

/*
 * So many are claimed before they are released: nobody else can take them meanwhile,
 * and a caller of low priority may take its time.
 */
#define CLAIMS 8

int releaser_run(struct slice *slice)
{
	while (slice->settled < slice->nr) {
		if (fatal_signal_pending(current))
			return -EINTR;
		slice_step(slice, CLAIMS);
		cond_resched();
	}
	return 0;
}
