/* SPDX-License-Identifier: GPL-2.0-only */
/* The process that would inherit another. */
#ifndef ZREAP_HEIR_H
#define ZREAP_HEIR_H

#include <linux/pid.h>

/**
 * heir_of() - the process that would inherit another if its parent ended
 * @pid: the process, or NULL
 *
 * The heir is the nearest ancestor that is a subreaper, else the init of the parent's PID
 * namespace. find_new_reaper() in kernel/exit.c has the same rules.
 *
 * Context: process; takes tasklist_lock for reading.
 * Return: the heir, counted, or NULL if there is no such process.
 */
struct pid *heir_of(struct pid *pid);

#endif
