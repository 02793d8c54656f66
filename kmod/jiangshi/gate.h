/* SPDX-License-Identifier: GPL-2.0-only */
/* The way to zreap, which may be loaded and unloaded, and the check who may take it. */
#ifndef ZREAP_JIANGSHI_GATE_H
#define ZREAP_JIANGSHI_GATE_H

#include <linux/fs.h>

#include "../doors/door.h"

/**
 * gate_start() - begin to follow whether zreap is loaded
 *
 * Context: process; may sleep.
 * Return: 0 or -errno.
 */
int gate_start(void);

/**
 * gate_stop() - undo gate_start()
 *
 * Context: process; may sleep; the gate is no longer in use.
 */
void gate_stop(void);

/**
 * gate_check() - whether the opener of a file and the current task may use zreap at all
 * @file: the open file of a proc mount
 *
 * The rules are those of docs/proc-interface.md, "Who may". The check does not hold zreap,
 * so a task without the permission cannot delay its unloading. A yes means only that the
 * task may ask zreap, which then judges for itself.
 *
 * Context: process.
 * Return: 0, -EXDEV for a proc mount of another PID namespace than the current one, or -EPERM.
 */
int gate_check(const struct file *file);

/**
 * gate_enter() - hold zreap, so that it stays loaded
 *
 * Context: process; may sleep.
 * Return: its door, for gate_leave(), or NULL if zreap is not loaded.
 */
const struct door *gate_enter(void);

/**
 * gate_leave() - let zreap go
 * @door: from gate_enter()
 *
 * Context: any.
 */
void gate_leave(const struct door *door);

#endif
