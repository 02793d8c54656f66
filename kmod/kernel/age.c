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
 * When a task left its CPU for the last time. One that is just leaving still writes
 * what is read here, so that an age of the last tick may be told for an instant.
 *
 * exec_start is that moment in the clock of tasks. Where the kernel accounts interrupt
 * or steal time, this clock falls behind by that since boot, so exec_start alone would
 * make a zombie too old there, and min-age would spare nothing.
 *
 * last_arrival is when the task came to a CPU for the last time, in the full clock. It
 * has not run since then for longer than in its whole life. (How long it has is not to
 * be had: an autogroup begins that account anew at the exit.) Their sum lacks only the
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

/* Whether that moment may be told wrongly by more than a second. */
static bool is_doubtful(const struct task_struct *p)
{
	return TASKS_LAG && (!IS_ENABLED(CONFIG_SCHED_INFO) || run_time(p) > NSEC_PER_SEC);
}

u64 age_of_zombie(struct task_struct *p, bool remember)
{
	u64 now, left;

	/* Released threads have left their CPU time here. */
	if (p->signal->sum_sched_runtime || is_doubtful(p))
		return sight_age(task_pid_nr(p), p->start_boottime, remember);
	now = local_clock();
	left = left_cpu(p);

	/* Clocks of CPUs may differ a little. */
	return now > left ? now - left : 0;
}
