/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_AGE_H
#define ZREAP_AGE_H

#include <linux/sched.h>
#include <linux/types.h>

/**
 * age_of_zombie() - how long a process has been a reapable zombie
 * @p: its leader; all other threads have been released
 * @remember: whether this look may be the first that counts, see below
 *
 * The kernel keeps no time of exit. The scheduler's accounts of the leader's last run on
 * a CPU give it, but not if the process had other threads: one of them may have lived much
 * longer, and nothing tells until when. The age of such a zombie counts from the first
 * look with @remember. So does that of any zombie which was there at a SysRq-n, and, on a
 * kernel that accounts interrupt or steal time, that of one which ran for more than a second.
 * A zombie whose leader has not left its CPU for good is 0 ns old.
 *
 * In doubt the answer is younger than the truth. There are two exceptions, which zreap
 * cannot see: a tracer has just let the zombie go, or the zombie has just got a new
 * parent. Then its age still counts from its end. Time that the machine was suspended
 * does not count.
 *
 * Context: tasklist_lock held for reading or writing.
 * Return: nanoseconds.
 */
u64 age_of_zombie(struct task_struct *p, bool remember);

#endif
