// SPDX-License-Identifier: GPL-2.0-only
/* Claims a few zombies, releases them, and goes on. */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "releaser.h"

/*
 * zreap claims this many zombies before it releases them. The number is small: nobody else
 * can take a claimed zombie, and a caller of low priority may be slow to release it.
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
