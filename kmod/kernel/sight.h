/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Remembers two kinds of sights, with their times: the first look at each zombie whose age
 * the kernel's accounts do not tell, and the last look at which a parent could not wait.
 *
 * The memory grows with the processes that it remembers. As it grows, it drops what it
 * holds of processes that have gone. So no user can use it up for others. If the kernel
 * has no memory for a sight, zreap takes the zombie for younger than it is, and counts
 * every parent as seen unable to wait.
 */
#ifndef ZREAP_SIGHT_H
#define ZREAP_SIGHT_H

#include <linux/types.h>

/**
 * sight_age() - how long ago a process was first seen as a reapable zombie
 * @pid: its id in the initial PID namespace
 * @start_ns: its start, which tells it from others with that id
 * @remember: whether to remember it from now on, unless zreap does already
 *
 * Context: tasklist_lock held for reading or writing; no interrupt.
 * Return: nanoseconds; 0 if zreap did not remember it.
 */
u64 sight_age(pid_t pid, u64 start_ns, bool remember);

/**
 * sight_forget() - forget a zombie that was taken
 * @pid: its id in the initial PID namespace
 * @start_ns: its start
 *
 * Context: any but interrupt.
 */
void sight_forget(pid_t pid, u64 start_ns);

/**
 * sight_unable() - note that a parent cannot wait now
 * @pid: its id in the initial PID namespace
 * @start_ns: its start
 *
 * Context: tasklist_lock held for reading or writing; no interrupt.
 */
void sight_unable(pid_t pid, u64 start_ns);

/**
 * sight_able_for() - how long ago a parent was last seen unable to wait
 * @pid: its id in the initial PID namespace
 * @start_ns: its start
 *
 * Context: tasklist_lock held for reading or writing; no interrupt.
 * Return: nanoseconds; U64_MAX if it never was.
 */
u64 sight_able_for(pid_t pid, u64 start_ns);

/**
 * sight_exit() - free the memory
 *
 * Context: process; this file is no longer in use.
 */
void sight_exit(void);

#endif
