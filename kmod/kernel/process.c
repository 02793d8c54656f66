// SPDX-License-Identifier: GPL-2.0-only
/* Looks at the threads and signals of a process. */
#include <linux/sched/jobctl.h>
#include <linux/sched/signal.h>

#include "compat/task_frozen.h"
#include "compat/uninterruptible.h"
#include "compat/worker_thread.h"
#include "ksyms.h"
#include "process.h"

struct sighand_struct *process_sighand(const struct task_struct *process)
{
	return rcu_dereference_protected(process->sighand, lockdep_is_held(ksyms_tasklist_lock));
}

struct task_struct *process_alive_thread(struct task_struct *process)
{
	struct task_struct *thread;

	for_each_thread(process, thread) {
		if (!(READ_ONCE(thread->flags) & PF_EXITING))
			return thread;
	}
	return NULL;
}

/* Looks at PROCESS_MOST_THREADS threads. If these block it, @rest tells of the others. */
static bool all_block(struct task_struct *process, int signal,
		      bool (*blocks)(struct task_struct *thread, int signal), bool rest)
{
	struct task_struct *thread;
	unsigned int nr = 0;

	for_each_thread(process, thread) {
		if (nr++ == PROCESS_MOST_THREADS)
			return rest;
		/* This thread takes no signal any more. */
		if (READ_ONCE(thread->flags) & PF_EXITING)
			continue;
		if (!blocks(thread, signal))
			return false;
	}
	return true;
}

/* sigtimedwait() lifts the block while it waits, and keeps the old mask. */
static bool blocks_action(struct task_struct *thread, int signal)
{
	return sigismember(&thread->blocked, signal) ||
	       sigismember(&thread->real_blocked, signal);
}

static bool blocks_now(struct task_struct *thread, int signal)
{
	return sigismember(&thread->blocked, signal);
}

bool process_blocks(struct task_struct *process, int signal)
{
	return all_block(process, signal, blocks_action, false);
}

/* A stop of the whole process is in effect or under way. A thread in D delays it. */
static bool is_stopped(const struct task_struct *process)
{
	const struct signal_struct *signal = process->signal;

	return (READ_ONCE(signal->flags) & SIGNAL_STOP_STOPPED) ||
	       READ_ONCE(signal->group_stop_count);
}

static bool is_held(struct task_struct *thread)
{
	return task_is_stopped_or_traced(thread) ||
	       (READ_ONCE(thread->jobctl) & JOBCTL_TRAP_FREEZE) || task_frozen(thread);
}

static enum readiness readiness_of_threads(struct task_struct *process,
					   const struct task_struct *asker)
{
	enum readiness readiness = PROCESS_READY;
	struct task_struct *thread;
	unsigned int nr = 0;

	for_each_thread(process, thread) {
		if (nr++ == PROCESS_MOST_THREADS)
			return PROCESS_STOPPED;
		if (READ_ONCE(thread->flags) & (PF_EXITING | WORKER_THREAD))
			continue;
		if (is_held(thread))
			readiness = PROCESS_STOPPED;
		else if (thread == asker || !task_sleeps_uninterruptibly(thread))
			return PROCESS_READY;
		else if (readiness == PROCESS_READY)
			readiness = PROCESS_BUSY;
	}
	return readiness;
}

/*
 * The kernel sends SIGCHLD to the parent as a process. The signal stays pending only if
 * there is a handler or a block. If all threads block it, it may stay pending for ever.
 */
static bool has_not_been_told(struct task_struct *process)
{
	struct sighand_struct *sighand = process_sighand(process);
	unsigned long flags;
	bool untold;

	spin_lock_irqsave(&sighand->siglock, flags);
	untold = sigismember(&process->signal->shared_pending.signal, SIGCHLD) &&
		 !all_block(process, SIGCHLD, blocks_now, true);
	spin_unlock_irqrestore(&sighand->siglock, flags);
	return untold;
}

enum readiness process_readiness(struct task_struct *process, const struct task_struct *asker)
{
	enum readiness readiness;

	lockdep_assert_held(ksyms_tasklist_lock);
	if (is_stopped(process))
		return PROCESS_STOPPED;
	readiness = readiness_of_threads(process, asker);
	if (readiness == PROCESS_READY && has_not_been_told(process))
		return PROCESS_BUSY;
	return readiness;
}
