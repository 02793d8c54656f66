// SPDX-License-Identifier: GPL-2.0-only
/*
 * The protocol for the end of a process, on one page. It follows kernel/exit.c,
 * which is the same in all supported kernels (docs/kernels.md).
 *
 * - exit_notify() sets EXIT_ZOMBIE, and EXIT_DEAD if the parent wants no zombie.
 *   It does so in one section with tasklist_lock held for writing. So a zombie
 *   seen with the lock held is a zombie for good. Without the lock you may see one
 *   that its own exit is about to release.
 * - A waiter claims a zombie with the lock held for reading. It changes ZOMBIE to
 *   DEAD, or to TRACE if it traces the zombie of another parent. So a thread that
 *   holds the lock for writing and sees ZOMBIE knows that nobody has claimed it.
 * - A thread in exec waits for its leader to be a zombie, and needs it to stay one.
 *   So zreap never touches a leader with living threads.
 * - A tracer sees a traced zombie first. An untraced one stays untraced.
 *
 * way.h has the three ways to act on it.
 */
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/param.h>
#include <linux/rculist.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/wait.h>

#include "age.h"
#include "ksyms.h"
#include "sight.h"
#include "zombie.h"

static const struct task_struct *takers[ZOMBIE_MOST_TAKERS];
static unsigned int nr_takers;

void zombie_add_taker(const struct task_struct *taker)
{
	takers[nr_takers++] = taker;
}

static bool is_taker(const struct task_struct *task)
{
	unsigned int i;

	for (i = 0; i < nr_takers; i++) {
		if (takers[i] == task)
			return true;
	}
	return false;
}

u64 zombie_start_ticks(u64 start_ns, u64 offset_ns)
{
	return div_u64(start_ns + offset_ns, NSEC_PER_SEC / USER_HZ);
}

/* The real parent, or the tracer while there is one. */
static struct task_struct *waiter_of(const struct task_struct *p)
{
	return rcu_dereference_protected(p->parent, lockdep_is_held(ksyms_tasklist_lock));
}

struct seen zombie_see(struct pid *pid, struct pid_namespace *ns)
{
	return (struct seen){ .here = pid_nr_ns(pid, ns), .global = pid_nr(pid) };
}

/* Without task_lock, which must not be taken under tasklist_lock. */
static void copy_comm(char to[TASK_COMM_LEN], const struct task_struct *p)
{
	/* A name that changes meanwhile comes out mixed. */
	data_race(memcpy(to, p->comm, TASK_COMM_LEN));
	to[TASK_COMM_LEN - 1] = '\0';
}

static int wait_status(const struct task_struct *p)
{
	return p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : p->exit_code;
}

static void describe(struct task_struct *p, int exit_state, struct pid_namespace *ns,
		     struct facts *facts)
{
	struct task_struct *parent = zombie_parent_of(p);

	facts->exists = true;
	facts->pid = zombie_see(task_pid(p), ns);
	facts->parent = zombie_see(task_tgid(parent), ns);
	if (p->ptrace)
		facts->tracer = zombie_see(task_tgid(waiter_of(p)), ns);
	facts->start_ns = p->start_boottime;
	facts->uid = task_uid(p);
	facts->threads = get_nr_threads(p) - (exit_state ? 1 : 0);
	copy_comm(facts->comm, p);
	copy_comm(facts->parent_comm, parent);
	facts->ended = exit_state && thread_group_empty(p);
	if (facts->ended)
		facts->status = wait_status(p);
}

/* Look at a parent, unless the last look in this hold of the lock was at it. */
static void look_at_parent(const struct target *target, struct task_struct *parent,
			   struct parent_look *look)
{
	pid_t pid = task_tgid_nr(parent);
	u64 start_ns = parent->group_leader->start_boottime;

	if (look->of == parent->signal)
		return;
	look->of = parent->signal;
	look->readiness = process_readiness(parent, target->asker);
	if (look->readiness == PROCESS_READY) {
		look->able_for_ns = sight_able_for(pid, start_ns);
	} else {
		look->able_for_ns = 0;
		sight_unable(pid, start_ns);
	}
}

static enum result judge_parent(const struct target *target, struct task_struct *parent,
				struct facts *facts, struct parent_look *look)
{
	if (READ_ONCE(parent->flags) & PF_KTHREAD)
		return RESULT_KERNEL_CHILD;
	look_at_parent(target, parent, look);
	facts->readiness = look->readiness;
	if (target->force)
		return RESULT_WOULD_REAP;
	if (look->readiness == PROCESS_STOPPED)
		return RESULT_PARENT_STOPPED;
	if (look->readiness == PROCESS_BUSY && target->gentle)
		return RESULT_PARENT_BUSY;
	return RESULT_WOULD_REAP;
}

/* All conditions except the age, in the order that docs/proc-interface.md promises. */
static enum result judge_all_but_age(const struct target *target, struct task_struct *p,
				     int exit_state, struct facts *facts, struct parent_look *look)
{
	if (target->has_start &&
	    zombie_start_ticks(p->start_boottime, target->start_offset_ns) != target->start)
		return RESULT_REUSED;
	if (facts->hidden)
		return RESULT_DENIED;
	if (!exit_state)
		return RESULT_ALIVE;
	if (!thread_group_empty(p))
		return RESULT_THREADS;
	if (exit_state != EXIT_ZOMBIE)
		return RESULT_BUSY;
	if (p->ptrace || waiter_of(p) != zombie_parent_of(p))
		return RESULT_TRACED;
	return judge_parent(target, zombie_parent_of(p), facts, look);
}

enum result zombie_judge(const struct target *target, struct facts *facts,
			 struct task_struct **task, struct parent_look *look)
{
	struct task_struct *p;
	enum result result;
	int exit_state;

	lockdep_assert_held(ksyms_tasklist_lock);
	memset(facts, 0, sizeof(*facts));

	/* If there was no such number, target->pid is NULL, and pid_task() gives NULL. */
	p = pid_task(target->pid, PIDTYPE_TGID);
	if (!p)
		return pid_task(target->pid, PIDTYPE_PID) ? RESULT_THREAD : RESULT_GONE;
	/* Read it once: a waiter that also holds the lock for reading can change it meanwhile. */
	exit_state = READ_ONCE(p->exit_state);
	if (exit_state == EXIT_DEAD || is_taker(zombie_parent_of(p)))
		return RESULT_GONE;

	*task = p;
	describe(p, exit_state, target->ns, facts);
	/* The verdict of access_vet() holds for one parent only. */
	facts->hidden = target->denied ||
			(target->only_parent &&
			 task_tgid(zombie_parent_of(p)) != target->only_parent);

	result = judge_all_but_age(target, p, exit_state, facts, look);
	if (facts->ended)
		facts->age_ns = age_of_zombie(p, result == RESULT_WOULD_REAP);
	if (result != RESULT_WOULD_REAP)
		return result;
	if (!target->force)
		facts->age_ns = min(facts->age_ns, look->able_for_ns);
	return facts->age_ns < target->min_age_ns ? RESULT_YOUNG : RESULT_WOULD_REAP;
}

enum result zombie_look(const struct target *target, struct facts *facts)
{
	struct parent_look look = {};
	struct task_struct *p;
	enum result result;

	read_lock(ksyms_tasklist_lock);
	result = zombie_judge(target, facts, &p, &look);
	read_unlock(ksyms_tasklist_lock);
	return result;
}

/*
 * A new parent may sleep in a wait that this child ends. An old parent does not, by the
 * do_wait() of the kernels that we read. If one sleeps nevertheless, it must find the
 * child gone. The wake-up filters by the parent that the child has now.
 */
void zombie_wake_parent(struct task_struct *p)
{
	lockdep_assert_held(ksyms_tasklist_lock);
	__wake_up_sync_key(&zombie_parent_of(p)->signal->wait_chldexit, TASK_INTERRUPTIBLE, p);
}

void zombie_move(struct task_struct *p, struct task_struct *parent)
{
	lockdep_assert_held_write(ksyms_tasklist_lock);

	zombie_wake_parent(p);
	/* reparent_leader() does the same: only the old parent asked for another signal. */
	p->exit_signal = SIGCHLD;
	/*
	 * getppid() and wait() read real_parent under RCU. The new parent needs no
	 * barrier, since it was published long ago. The old parent lives on.
	 */
	RCU_INIT_POINTER(p->real_parent, parent);
	RCU_INIT_POINTER(p->parent, parent);
	list_move_tail(&p->sibling, &parent->children);
}
