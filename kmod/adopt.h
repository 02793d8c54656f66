/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_ADOPT_H
#define ZREAP_ADOPT_H

#include <linux/pid.h>

/**
 * adopt_successor() - who would inherit a process if its parent ended
 * @pid: the process, or NULL
 *
 * That is the nearest ancestor that is a subreaper, else the init of the
 * parent's PID namespace, as find_new_reaper() of kernel/exit.c has it.
 *
 * Context: process; takes tasklist_lock for reading.
 * Return: the successor, counted, or NULL if there is no such process.
 */
struct pid *adopt_successor(struct pid *pid);

#endif
