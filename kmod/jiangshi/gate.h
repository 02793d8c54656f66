/* SPDX-License-Identifier: GPL-2.0-only */
/* The way to zreap, which may come and go; and who may take it, asked before zreap is held. */
#ifndef ZREAP_JIANGSHI_GATE_H
#define ZREAP_JIANGSHI_GATE_H

#include <linux/fs.h>

#include "../doors/door.h"

/**
 * gate_start() - know whether zreap is loaded, from now on
 *
 * Context: process; may sleep.
 * Return: 0 or -errno.
 */
int gate_start(void);

/**
 * gate_stop() - undo gate_start()
 *
 * Context: process; may sleep; nobody uses the gate any more.
 */
void gate_stop(void);

/**
 * gate_check() - whether the opener of a file and the current task may use zreap at all
 * @file: the open file of a proc mount
 *
 * By the rules of docs/proc-interface.md, "Who may", and without holding zreap, so that a
 * task that may not use it cannot keep it from being unloaded. A yes means only that
 * zreap may be asked, which then judges for itself.
 *
 * Context: process.
 * Return: 0, -EXDEV for a proc mount of another PID namespace than the current one, or -EPERM.
 */
int gate_check(const struct file *file);

/**
 * gate_enter() - hold zreap, so that it stays loaded
 *
 * Context: process; may sleep.
 * Return: its door, to be given to gate_leave(), or NULL if zreap is not loaded.
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
