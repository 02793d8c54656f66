// SPDX-License-Identifier: GPL-2.0-only
/* The age of a zombie, without a hook in any exit path. */
#include <linux/kconfig.h>
#include <linux/minmax.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>
#include <linux/time64.h>

#include "age.h"
#include "sight.h"

#define TASKS_LAG (IS_ENABLED(CONFIG_IRQ_TIME_ACCOUNTING) || IS_ENABLED(CONFIG_PARAVIRT_TIME_ACCOUNTING))

/* How long a task has run in its life, in the clock of tasks. */
static u64 run_time(const struct task_struct *p)
{
	return data_race(p->se.sum_exec_runtime); /* see left_cpu() */
}

/*
 * When a task left its CPU for the last time. A task that is just leaving still writes
 * these fields, so for an instant the age may be that of its last tick.
 *
 * exec_start is that moment in the clock of tasks. If the kernel accounts interrupt or
 * steal time, this clock has fallen behind by that time since boot. exec_start alone
 * would then make a zombie too old, and min-age would spare nothing.
 *
 * last_arrival is when the task came to a CPU for the last time, in the full clock. Since
 * then it has run no longer than in its whole life. (No account tells how long exactly:
 * an autogroup begins that account anew at the exit.) The sum of the two lacks only the
 * interrupt and steal time since the arrival.
 */
static u64 left_cpu(const struct task_struct *p)
{
	u64 left = data_race(p->se.exec_start); /* see above */

#ifdef CONFIG_SCHED_INFO
	if (TASKS_LAG)
		left = max(left, data_race(p->sched_info.last_arrival) + run_time(p)); /* see above */
#endif
	return left;
}

/* Whether that moment may be wrong by more than a second. */
static bool is_doubtful(const struct task_struct *p)
{
	return TASKS_LAG && (!IS_ENABLED(CONFIG_SCHED_INFO) || run_time(p) > NSEC_PER_SEC);
}

u64 age_of_zombie(struct task_struct *p, bool remember)
{
	u64 now, left;

	/* The kernel adds the CPU time of released threads here. */
	if (p->signal->sum_sched_runtime || is_doubtful(p))
		return sight_age(task_pid_nr(p), p->start_boottime, remember);
	now = local_clock();
	left = left_cpu(p);

	/* Clocks of CPUs may differ a little. */
	return now > left ? now - left : 0;
}
