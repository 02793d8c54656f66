/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_AGE_H
#define ZREAP_AGE_H

#include <linux/sched.h>
#include <linux/types.h>

/**
 * age_of_zombie() - how long a process has been a reapable zombie
 * @p: its leader; all other threads have been released
 * @remember: whether a first look at it counts from now on, see below
 *
 * The kernel keeps no time of exit. The scheduler's accounts of the leader's last
 * run on a CPU give it, unless there were other threads: one of them may have
 * lived on for long, and nothing tells until when. Such a zombie counts from the first
 * look with @remember. So does one that ran for more than a second, on a kernel that
 * accounts interrupt or steal time.
 *
 * In doubt the answer is younger than the truth, but for two cases that nothing
 * tells of: a zombie that a tracer has just let go, and one that has just got a
 * new parent, are as old as they are. Time that the machine was suspended does
 * not count.
 *
 * Context: tasklist_lock held for reading or writing.
 * Return: nanoseconds.
 */
u64 age_of_zombie(struct task_struct *p, bool remember);

#endif
