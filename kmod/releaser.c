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

int releaser_run(struct slice *slice, bool outside)
{
	/* A release takes long where a zombie is in many proc mounts, and a container may make them. */
	unsigned int most = outside ? 1 : CLAIMS;

	while (slice->settled < slice->nr) {
		if (fatal_signal_pending(current))
			return -EINTR;
		slice_step(slice, most);
		cond_resched();
	}
	return 0;
}
