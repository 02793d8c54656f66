// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adopt: give the zombie to a user process that waits for its children, and send a signal
 * to this process. From then on the kernel's own rules hold, whatever happens to the adopter.
 */
#include <linux/pid_namespace.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

#include "kernel/ksyms.h"
#include "kernel/process.h"
#include "way.h"

/* Whether processes of one PID namespace have numbers in another. */
static bool is_visible_in(struct pid_namespace *ns, struct pid_namespace *outer)
{
	while (ns->level > outer->level)
		ns = ns->parent;
	return ns == outer;
}

/*
 * Whether a signal that a process does not ignore may end the process or tell it nothing.
 * zreap may send several signals, and a later one counts too. With siglock held.
 */
static bool is_harmful(struct task_struct *process, int signal, const struct sigaction *told)
{
	if (signal == SIGCHLD)
		return false;
	if (told->sa_handler == SIG_DFL || (told->sa_flags & SA_RESETHAND))
		return !process_blocks(process, signal);
	/* The kernel looks for a thread for each of these signals, not only for the first that is pending. */
	return signal >= SIGRTMIN && get_nr_threads(process) > PROCESS_MOST_THREADS;
}

/* Whether a process would never wait for its children, or the signal would not make it wait. */
static bool is_deaf(struct task_struct *thread, int signal)
{
	struct sighand_struct *sighand = process_sighand(thread);
	const struct sigaction *child = &sighand->action[SIGCHLD - 1].sa;
	const struct sigaction *told = &sighand->action[signal - 1].sa;
	unsigned long flags;
	bool deaf;

	if (READ_ONCE(thread->flags) & PF_KTHREAD)
		return true;
	spin_lock_irqsave(&sighand->siglock, flags);
	deaf = child->sa_handler == SIG_IGN || (child->sa_flags & SA_NOCLDWAIT) ||
	       told->sa_handler == SIG_IGN || is_harmful(thread, signal, told);
	spin_unlock_irqrestore(&sighand->siglock, flags);
	return deaf;
}

/* The conditions on the adopter, in the order that docs/proc-interface.md promises. */
static enum result judge_adopter(struct item *item)
{
	struct task_struct *adopter = pid_task(item->adopter, PIDTYPE_TGID);

	if (!adopter)
		return RESULT_NO_ADOPTER;
	item->outcome.facts.adopter = zombie_see(item->adopter, item->target.ns);
	if (READ_ONCE(adopter->signal->flags) & SIGNAL_GROUP_EXIT)
		return RESULT_ADOPTER_EXITING;
	item->thread = process_alive_thread(adopter);
	if (!item->thread)
		return RESULT_ADOPTER_EXITING;
	if (!is_visible_in(task_active_pid_ns(item->task), task_active_pid_ns(item->thread)))
		return RESULT_ADOPTER_BLIND;
	if (same_thread_group(adopter, zombie_parent_of(item->task)))
		return RESULT_OWN_CHILD;
	if (is_deaf(item->thread, item->signal))
		return RESULT_DEAF;
	return RESULT_WOULD_ADOPT;
}

static enum result adopt_judge(struct item *item, struct parent_look *look)
{
	enum result result = zombie_judge(&item->target, &item->outcome.facts, &item->task, look);

	return result == RESULT_WOULD_REAP ? judge_adopter(item) : result;
}

static enum result adopt_take(struct item *item, struct parent_look *look)
{
	zombie_move(item->task, item->thread);
	/* The waiting threads of the adopter look again, and find the zombie. */
	zombie_wake_parent(item->task);
	/*
	 * Signal here, to leave the adopter little time to change. The kernel is the sender,
	 * so it asks no security hook.
	 */
	kill_pid(item->adopter, item->signal, 1);
	return RESULT_ADOPTED;
}

const struct way adopt_way = {
	.would = RESULT_WOULD_ADOPT,
	.exclusive = true,
	.judge = adopt_judge,
	.take = adopt_take,
};
