/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Remembers what was seen of processes and when: since when zombies are there whose
 * age the kernel's accounts do not tell, and which parents could not wait.
 *
 * The memory grows with the processes that are remembered, and what it holds of those
 * that have gone is dropped as it grows, so that nobody can use it up for others. Where
 * the kernel has no memory for it, a zombie is younger than the truth, and every parent
 * counts as seen unable to wait.
 */
#ifndef ZREAP_SIGHT_H
#define ZREAP_SIGHT_H

#include <linux/types.h>

/**
 * sight_age() - how long ago a process was first seen as a reapable zombie
 * @pid: its id in the initial PID namespace
 * @start_ns: its start, which tells it from others with that id
 * @remember: whether to remember it from now on, if it is not yet
 *
 * Context: tasklist_lock held for reading or writing; no interrupt.
 * Return: nanoseconds; 0 for one that was not remembered.
 */
u64 sight_age(pid_t pid, u64 start_ns, bool remember);

/**
 * sight_forget() - drop what is remembered of a zombie: it was taken
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
 * Context: process; nobody else uses this file any more.
 */
void sight_exit(void);

#endif
