/* SPDX-License-Identifier: GPL-2.0-only */
/* What other modules call. */
#ifndef ZREAP_DOOR_H
#define ZREAP_DOOR_H

#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/types.h>

struct module;

/**
 * struct door - what zreap_jiangshi.ko needs of zreap
 * @owner: to be held while the others are called
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
	 * Takes the open file of a proc mount to which the current task writes; as with
	 * /proc/zreap, its opener and the current task must both have the permission. And
	 * the process, counted by the caller.
	 *
	 * Context: process; sleeps until it is done or the current task is killed.
	 * Return: 0, the errno of a refusal, -EXDEV for a proc mount of another PID
	 * namespace than the current one, -EPERM, -ENOMEM, or -EINTR if killed.
	 */
	int (*reap)(const struct file *file, struct pid *pid);
};

/**
 * zreap_jiangshi_door_v2() - the door for zreap_jiangshi.ko
 *
 * Reached by symbol_get(), so that zreap can be unloaded between two calls. The
 * number in the name goes up with any change to what the door is.
 *
 * Context: any.
 * Return: the door, which is there as long as zreap is loaded.
 */
const struct door *zreap_jiangshi_door_v2(void);

#endif
