// SPDX-License-Identifier: GPL-2.0-only
/* The age of a zombie, without a hook in any exit path. */
#include <linux/minmax.h>
#include <linux/sched/clock.h>

#include "age.h"

/*
 * Two clocks of the CPU that the task died on saw it leave:
 *
 * - exec_start is set when a task leaves its CPU. It counts in the clock of
 *   tasks, which falls behind by interrupt and steal time since boot where the
 *   kernel accounts them, so alone it would make a zombie too old, and min-age
 *   would spare nothing.
 * - last_arrival is when the task came to a CPU for the last time, in the full
 *   clock. What it ran since then in the clock of tasks is the growth of
 *   sum_exec_runtime since it was picked. Their sum lacks only the interrupt
 *   and steal time of that one run. For a real-time task prev_sum_exec_runtime
 *   stays 0, and the sum is late by all its CPU time: younger, as it should be.
 *
 * Neither is later than the exit but for that last case, so the later one is
 * the better one.
 */
u64 age_of_zombie(const struct task_struct *p)
{
	u64 now = local_clock();
	u64 left = p->se.exec_start;

#ifdef CONFIG_SCHED_INFO
	left = max_t(u64, left, p->sched_info.last_arrival +
				p->se.sum_exec_runtime - p->se.prev_sum_exec_runtime);
#endif
	return now > left ? now - left : 0;
}
