/* SPDX-License-Identifier: GPL-2.0-only */
/* The two probes that show procfs the copy of its table. */
#ifndef ZREAP_JIANGSHI_PROBE_H
#define ZREAP_JIANGSHI_PROBE_H

#include "table.h"

/**
 * probe_place() - place the probes; until probe_open() only calls of the current task count
 *
 * Says in the log what failed.
 *
 * Context: process; may sleep.
 * Return: 0 or -errno.
 */
int probe_place(void);

/**
 * probe_remove() - take the probes away, and wait until no task is within them
 *
 * Do not call it after probe_open().
 *
 * Context: process; may sleep.
 */
void probe_remove(void);

/**
 * probe_seen() - which table the current task's last look-up in /proc/PID went through
 * @first: its first entry; NULL if there was no look-up
 * @end: behind its last
 *
 * Context: the task that called probe_place().
 */
void probe_seen(const struct pid_entry **first, const struct pid_entry **end);

/**
 * probe_show() - show the current task the copy from now on
 * @table: the copy, which the caller keeps; NULL: the kernel's own
 *
 * Context: the task that called probe_place().
 */
void probe_show(const struct table *table);

/**
 * probe_open() - show the copy to all
 *
 * From now on, the table that probe_show() got must never change or go.
 *
 * Context: the task that called probe_place().
 */
void probe_open(void);

#endif
