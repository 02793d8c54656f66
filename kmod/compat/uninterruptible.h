/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_UNINTERRUPTIBLE_H
#define ZREAP_COMPAT_UNINTERRUPTIBLE_H

#include <linux/sched.h>

/*
 * task_sleeps_uninterruptibly() - whether a task is in state D
 *
 * On PREEMPT_RT, a task that waits for a spinlock sleeps too, and /proc calls it D. It is as
 * good as running, so its state before that wait counts. Since 5f220be21418 ("sched/wakeup:
 * Prepare for RT sleeping spin/rwlocks"), Linux 5.15, saved_state has it until the task has
 * the lock. It changes under pi_lock.
 */
static inline bool task_sleeps_uninterruptibly(struct task_struct *task)
{
#if defined(CONFIG_PREEMPT_RT) && defined(TASK_RTLOCK_WAIT)
	unsigned long flags;
	unsigned int state;

	raw_spin_lock_irqsave(&task->pi_lock, flags);
	state = READ_ONCE(task->__state) | READ_ONCE(task->saved_state);
	raw_spin_unlock_irqrestore(&task->pi_lock, flags);
	return (state & TASK_IDLE) == TASK_UNINTERRUPTIBLE;
#else
	return task_state_index(task) == fls(TASK_UNINTERRUPTIBLE);
#endif
}

#endif
