/* SPDX-License-Identifier: GPL-2.0-only */
/* What other modules call. */
#ifndef ZREAP_DOOR_H
#define ZREAP_DOOR_H

#include <linux/fs.h>
#include <linux/pid.h>

/**
 * zreap_jiangshi_write_v1() - reap a process, for zreap_jiangshi.ko
 * @file: the open file of a proc mount to which the current task writes; as with
 *	/proc/zreap, its opener and the current task must both have the permission
 * @pid: the process, counted by the caller
 *
 * Reached by symbol_get(), so that zreap can be unloaded between two calls. The
 * number in the name goes up with any change to what the arguments mean.
 *
 * Context: process; sleeps until it is done or the current task is killed.
 * Return: 0, the errno of a refusal, -EXDEV for a proc mount of another PID
 * namespace than the current one, -EPERM, -ENOMEM, or -EINTR if killed.
 */
int zreap_jiangshi_write_v1(const struct file *file, struct pid *pid);

#endif
