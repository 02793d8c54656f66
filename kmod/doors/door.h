/* SPDX-License-Identifier: GPL-2.0-only */
/* The functions that zreap offers to other modules. */
#ifndef ZREAP_DOOR_H
#define ZREAP_DOOR_H

#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/types.h>

struct module;

/**
 * struct door - what zreap_jiangshi.ko needs of zreap
 * @owner: hold it while you call the others
 */
struct door {
	struct module *owner;

	/**
	 * @allows_pidns: whether root of a PID namespace may use zreap in it
	 *
	 * Context: any.
	 * Return: true if allow_pidns is set; does not change while zreap is loaded.
	 */
	bool (*allows_pidns)(void);

	/**
	 * @reap: reap a process
	 *
	 * @file is an open file of a proc mount, to which the current task writes. As with
	 * /proc/zreap, its opener and the current task must both have the permission. The
	 * caller holds a reference to @pid.
	 *
	 * Context: process; sleeps until the reap is done or the current task is killed.
	 * Return: 0, the errno of a refusal, -EXDEV for a proc mount of another PID
	 * namespace than the current one, -EPERM, -ENOMEM, or -EINTR if killed.
	 */
	int (*reap)(const struct file *file, struct pid *pid);
};

/**
 * zreap_jiangshi_door_v2() - the door for zreap_jiangshi.ko
 *
 * Callers reach it by symbol_get(), so that zreap can be unloaded between two calls.
 * Each change of struct door raises the number in the name.
 *
 * Context: any.
 * Return: the door, which lives as long as zreap is loaded.
 */
const struct door *zreap_jiangshi_door_v2(void);

#endif
