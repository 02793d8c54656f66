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

/*
 * Whether a dead task has yet to leave its CPU, or waits for one to do so: it may be preempted
 * between its exit_notify() and its last schedule(). The scheduler still writes the fields that
 * left_cpu() reads. If it has moved a task of the fair class to another CPU, exec_start is 0
 * until the task runs there. The last schedule() sets on_rq to 0 for good, then finish_task()
 * on_cpu: read them in this order, and the other fields behind them.
 */
static bool is_leaving(const struct task_struct *p)
{
	if (smp_load_acquire(&p->on_rq))
		return true;
#ifdef CONFIG_SMP
	return smp_load_acquire(&p->on_cpu);
#else
	return false;
#endif
}

/* How long a task has run in its life, in the clock of tasks. */
static u64 run_time(const struct task_struct *p)
{
	return p->se.sum_exec_runtime;
}

/*
 * When a task left its CPU for the last time; only for one that has left it.
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
static u64 left_cpu(const struct task_struct *p, u64 exec_start)
{
	u64 left = exec_start;

#ifdef CONFIG_SCHED_INFO
	if (TASKS_LAG)
		left = max(left, p->sched_info.last_arrival + run_time(p));
#endif
	return left;
}

/* Whether that moment may be wrong by more than a second. SysRq-n sets exec_start to 0. */
static bool is_doubtful(const struct task_struct *p, u64 exec_start)
{
	return !exec_start ||
	       (TASKS_LAG && (!IS_ENABLED(CONFIG_SCHED_INFO) || run_time(p) > NSEC_PER_SEC));
}

u64 age_of_zombie(struct task_struct *p, bool remember)
{
	u64 exec_start, now, left;

	if (is_leaving(p))
		return 0;
	/* Once: SysRq-n may come at any time. */
	exec_start = READ_ONCE(p->se.exec_start);
	/* The kernel adds the CPU time of released threads here. */
	if (p->signal->sum_sched_runtime || is_doubtful(p, exec_start))
		return sight_age(task_pid_nr(p), p->start_boottime, remember);
	now = local_clock();
	left = left_cpu(p, exec_start);

	/* Clocks of CPUs may differ a little. */
	return now > left ? now - left : 0;
}
