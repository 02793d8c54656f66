// SPDX-License-Identifier: GPL-2.0-only
/* The age of a zombie, without a hook in any exit path. */
#include <linux/minmax.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>

#include "age.h"
#include "sight.h"

/*
 * exec_start is set when a task leaves its CPU for the last time. It counts in the
 * clock of tasks, which falls behind by interrupt and steal time since boot where
 * the kernel accounts them, so alone it would make a zombie too old there, and
 * min-age would spare nothing.
 *
 * last_arrival is when the task came to a CPU for the last time, in the full
 * clock. What it ran since then, in the clock of tasks, is the growth of
 * sum_exec_runtime since it was picked. Their sum lacks only the interrupt and
 * steal time of that one run. Only the fair class keeps prev_sum_exec_runtime, so
 * for others exec_start has to do.
 *
 * A task that is just leaving its CPU still writes these, so that an age of the
 * last tick may be told for an instant; hence data_race().
 */
#if defined(CONFIG_SCHED_INFO) && \
	(defined(CONFIG_IRQ_TIME_ACCOUNTING) || defined(CONFIG_PARAVIRT_TIME_ACCOUNTING))
static u64 left_cpu(const struct task_struct *p, u64 now)
{
	bool is_fair = p->policy == SCHED_NORMAL || p->policy == SCHED_BATCH ||
		       p->policy == SCHED_IDLE;
	u64 left = data_race(p->se.exec_start); /* see above */
	/* see above */
	u64 sum = data_race(p->sched_info.last_arrival + p->se.sum_exec_runtime -
			    p->se.prev_sum_exec_runtime);

	return is_fair && sum <= now ? max(left, sum) : left;
}
#else
static u64 left_cpu(const struct task_struct *p, u64 now)
{
	return data_race(p->se.exec_start); /* see above */
}
#endif

u64 age_of_zombie(struct task_struct *p)
{
	u64 now, left;

	/* Released threads have left their CPU time here. */
	if (p->signal->sum_sched_runtime)
		return sight_age(task_pid_nr(p), p->start_boottime);
	now = local_clock();
	left = left_cpu(p, now);

	/* Clocks of CPUs may differ a little. */
	return now > left ? now - left : 0;
}
