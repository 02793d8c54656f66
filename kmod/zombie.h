/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a zombie is, what may be done to it, and doing it. zombie.c holds all
 * that zreap knows about the kernel's protocol for the end of a process.
 */
#ifndef ZREAP_ZOMBIE_H
#define ZREAP_ZOMBIE_H

#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <linux/uidgid.h>

#include "result.h"

/**
 * struct seen - a process id as two PID namespaces number it
 * @here: in the namespace of whoever asked; 0 where it is not visible
 * @global: in the initial PID namespace
 */
struct seen {
	pid_t here;
	pid_t global;
};

/**
 * struct facts - what is known of a process at the moment it was judged
 * @pid: its id
 * @parent: its parent's id
 * @tracer: the id of the process that traces it; 0 if nobody does
 * @start_ns: its start, in nanoseconds since boot of the initial time namespace
 * @age_ns: how long it has been a reapable zombie, in nanoseconds, see age_of_zombie(); if @ended
 * @uid: its real user id
 * @status: what waitpid() would give for it; if @ended
 * @threads: how many of its threads live
 * @exists: whether there is such a process; else nothing here is set
 * @ended: whether all of it has exited
 * @hidden: whether the asker may not touch it, and so is not told its status
 * @comm: its name, any bytes
 * @parent_comm: its parent's name, any bytes
 */
struct facts {
	struct seen pid;
	struct seen parent;
	struct seen tracer;
	u64 start_ns;
	u64 age_ns;
	kuid_t uid;
	int status;
	unsigned int threads;
	bool exists;
	bool ended;
	bool hidden;
	char comm[TASK_COMM_LEN];
	char parent_comm[TASK_COMM_LEN];
};

/**
 * struct target - a process to be judged, and the conditions
 * @pid: the process; counted by the owner; NULL: there was none
 * @ns: the PID namespace of whoever asked
 * @has_start: whether @start is a condition
 * @start: the start that it must have, in clock ticks as @boottime_offset_ns shifts them
 * @boottime_offset_ns: what the asker's time namespace adds to the boot clock
 * @min_age_ns: the least age
 * @denied: whether the asker may not touch it
 * @only_parent: the only parent that it may have, counted by the owner; NULL: any
 */
struct target {
	struct pid *pid;
	struct pid_namespace *ns;
	bool has_start;
	bool denied;
	u64 start;
	u64 boottime_offset_ns;
	u64 min_age_ns;
	struct pid *only_parent;
};

/**
 * struct usage - what the process used, its own waited-for children included
 * @utime_us: CPU time in user mode, microseconds
 * @stime_us: CPU time in the kernel, microseconds
 * @maxrss_kb: peak resident set, KiB
 */
struct usage {
	u64 utime_us;
	u64 stime_us;
	u64 maxrss_kb;
};

/**
 * zombie_set_heir() - name the thread that zombies are moved to
 * @heir: the kernel thread that calls zombie_take() and zombie_collect();
 *	compared with, never dereferenced
 *
 * Context: before the first and after the last use of this file.
 */
void zombie_set_heir(const struct task_struct *heir);

/**
 * zombie_boottime_offset() - what the current task's time namespace adds to the boot clock
 *
 * Context: process.
 * Return: nanoseconds; a negative offset wraps, as adding it does again.
 */
u64 zombie_boottime_offset(void);

/**
 * zombie_start_ticks() - a start time as field 22 of /proc/PID/stat shows it
 * @start_ns: nanoseconds since boot
 * @boottime_offset_ns: what the reader's time namespace adds
 *
 * Context: any.
 * Return: clock ticks (USER_HZ).
 */
u64 zombie_start_ticks(u64 start_ns, u64 boottime_offset_ns);

/**
 * zombie_judge() - say what can be done to a process, and do nothing
 * @target: the process
 * @facts: what is known of it
 *
 * Context: tasklist_lock held for reading or writing.
 * Return: RESULT_WOULD_REAP, or the first refusal that applies.
 */
enum result zombie_judge(const struct target *target, struct facts *facts);

/**
 * zombie_look() - zombie_judge() for those who do not hold the lock
 * @target: the process
 * @facts: what is known of it
 *
 * Context: process; takes tasklist_lock for reading.
 * Return: as zombie_judge(), and as things were when the lock was dropped.
 */
enum result zombie_look(const struct target *target, struct facts *facts);

/**
 * zombie_take() - make a zombie a child of the current thread
 * @target: the process
 * @facts: what was known of it before
 *
 * A taken zombie must be given to zombie_collect(); if that never happens it
 * stays a child of the heir, and goes to init when the heir ends.
 *
 * Context: the heir only; tasklist_lock held for writing.
 * Return: RESULT_REAPED, or the refusal of zombie_judge() with nothing changed.
 */
enum result zombie_take(const struct target *target, struct facts *facts);

/**
 * zombie_collect() - wait for a zombie that zombie_take() has moved
 * @pid: its id in the initial PID namespace
 * @usage: set on success
 *
 * Context: the heir only, no lock held; may sleep.
 * Return: RESULT_REAPED or RESULT_FAILED.
 */
enum result zombie_collect(pid_t pid, struct usage *usage);

#endif
