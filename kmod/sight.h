/* SPDX-License-Identifier: GPL-2.0-only */
/* Remembers since when zombies were seen whose age the kernel's accounts do not tell. */
#ifndef ZREAP_SIGHT_H
#define ZREAP_SIGHT_H

#include <linux/types.h>

/**
 * sight_age() - how long ago a process was first seen as a reapable zombie
 * @pid: its id in the initial PID namespace
 * @start_ns: its start, which tells it from others with that id
 *
 * The first call for a process gives 0. The memory is bounded: while there is no
 * place for a process, or once it was forgotten, it is younger than the truth.
 *
 * Context: tasklist_lock held for reading or writing; no interrupt.
 * Return: nanoseconds.
 */
u64 sight_age(pid_t pid, u64 start_ns);

/**
 * sight_forget() - make room: a process was taken
 * @pid: its id in the initial PID namespace
 * @start_ns: its start
 *
 * Context: any but interrupt.
 */
void sight_forget(pid_t pid, u64 start_ns);

#endif
