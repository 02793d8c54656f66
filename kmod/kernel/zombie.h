/* SPDX-License-Identifier: GPL-2.0-only */
/* Recognises a zombie, judges whether zreap may take it, and gives it another parent. */
#ifndef ZREAP_ZOMBIE_H
#define ZREAP_ZOMBIE_H

#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <linux/uidgid.h>

#include "ksyms.h"
#include "process.h"
#include "text/result.h"

/**
 * struct seen - a process id as two PID namespaces number it
 * @here: in the asker's namespace; 0 if it is not visible there
 * @global: in the initial PID namespace
 */
struct seen {
	pid_t here;
	pid_t global;
};

/**
 * struct facts - what zreap knew of a process when it judged it
 * @pid: its id
 * @parent: its parent's id
 * @tracer: the id of the process that traces it; 0 if none does
 * @adopter: the id of its adopter; 0 if there is none
 * @start_ns: its start, in nanoseconds since boot of the initial time namespace
 * @age_ns: the age that zreap compares with a least age, in nanoseconds, see zombie_judge();
 *	if @ended
 * @uid: its real user id
 * @status: what waitpid() would give for it; if @ended
 * @threads: how many of its threads live
 * @readiness: what its parent could do; PROCESS_READY unless that was looked at
 * @exists: whether there is such a process; else nothing here is set
 * @ended: whether all of it has exited
 * @hidden: whether the asker may not touch it; zreap then does not tell its status
 * @comm: its name, any bytes
 * @parent_comm: its parent's name, any bytes
 */
struct facts {
	struct seen pid;
	struct seen parent;
	struct seen tracer;
	struct seen adopter;
	u64 start_ns;
	u64 age_ns;
	kuid_t uid;
	int status;
	unsigned int threads;
	enum readiness readiness;
	bool exists;
	bool ended;
	bool hidden;
	char comm[TASK_COMM_LEN];
	char parent_comm[TASK_COMM_LEN];
};

/**
 * struct target - a process to judge, and the conditions
 * @pid: the process; counted by the owner; NULL: there was none
 * @ns: the asker's PID namespace
 * @asker: the thread that asks, and sleeps until it has the answer; for comparison, never
 *	dereferenced; NULL: no thread sleeps
 * @has_start: whether @start is a condition
 * @start: the start that it must have, in clock ticks as @start_offset_ns shifts them
 * @start_offset_ns: start_offset() for the asker
 * @min_age_ns: the least age
 * @gentle: spare it if its parent is busy
 * @force: take it even if its parent is stopped or busy
 * @denied: whether the asker may not touch it
 * @only_parent: the only parent that it may have, counted by the owner; NULL: any
 */
struct target {
	struct pid *pid;
	struct pid_namespace *ns;
	const struct task_struct *asker;
	bool has_start;
	bool gentle;
	bool force;
	bool denied;
	u64 start;
	u64 start_offset_ns;
	u64 min_age_ns;
	struct pid *only_parent;
};

/**
 * struct parent_look - the last look at a parent within one hold of tasklist_lock
 * @of: identifies the parent; NULL: there was no look yet
 * @readiness: what it can do
 * @able_for_ns: how long ago it was last seen not PROCESS_READY, in nanoseconds
 *
 * Zombies of one parent mostly come one after the other, so one look is enough for many.
 */
struct parent_look {
	const struct signal_struct *of;
	enum readiness readiness;
	u64 able_for_ns;
};

/* The most threads that can be takers. */
#define ZOMBIE_MOST_TAKERS 8

/**
 * zombie_add_taker() - name a thread that zombies are moved to
 * @taker: a kernel thread; for comparison, never dereferenced
 *
 * Context: before the first use of this file; one caller at a time, ZOMBIE_MOST_TAKERS
 * calls at most.
 */
void zombie_add_taker(const struct task_struct *taker);

/**
 * zombie_start_ticks() - a start time as field 22 of /proc/PID/stat shows it
 * @start_ns: nanoseconds since boot
 * @offset_ns: start_offset() for the reader
 *
 * Context: any.
 * Return: clock ticks (USER_HZ).
 */
u64 zombie_start_ticks(u64 start_ns, u64 offset_ns);

/**
 * zombie_parent_of() - the real parent of a process, traced or not
 * @p: the process
 *
 * Context: tasklist_lock held for reading or writing.
 * Return: a thread of the parent.
 */
static inline struct task_struct *zombie_parent_of(const struct task_struct *p)
{
	return rcu_dereference_protected(p->real_parent, lockdep_is_held(ksyms_tasklist_lock));
}

/**
 * zombie_see() - the number of a process, for the asker and globally
 * @pid: the process
 * @ns: the asker's PID namespace
 *
 * Context: any; @pid is counted or under RCU or tasklist_lock.
 */
struct seen zombie_see(struct pid *pid, struct pid_namespace *ns);

/**
 * zombie_judge() - say whether zreap may take a process from its parent; do not take it
 * @target: the process
 * @facts: what is known of it
 * @task: its leader, unless the result is RESULT_THREAD or RESULT_GONE
 * @look: zeroed when the hold of the lock began
 *
 * zreap remembers a parent that cannot wait. It also remembers a zombie whose age nothing
 * tells, once only its age is in the way. The age counts from the last look at which the
 * parent could not wait, unless @target->force.
 *
 * Context: tasklist_lock held for reading or writing.
 * Return: RESULT_WOULD_REAP, or the first refusal that applies.
 */
enum result zombie_judge(const struct target *target, struct facts *facts,
			 struct task_struct **task, struct parent_look *look);

/**
 * zombie_look() - zombie_judge() for callers that do not hold the lock
 * @target: the process
 * @facts: what is known of it
 *
 * Context: process; takes tasklist_lock for reading.
 * Return: as zombie_judge(). It tells how things were when the lock was dropped.
 */
enum result zombie_look(const struct target *target, struct facts *facts);

/**
 * zombie_wake_parent() - make the threads that wait for a process look again
 * @p: it is about to change parents, or was claimed
 *
 * Context: tasklist_lock held, so that they look after the change.
 */
void zombie_wake_parent(struct task_struct *p);

/**
 * zombie_move() - give a zombie another parent
 * @p: a zombie that zombie_judge() has passed since the lock was taken
 * @parent: a thread that has not yet given up its children
 *
 * Context: tasklist_lock held for writing.
 */
void zombie_move(struct task_struct *p, struct task_struct *parent);

#endif
