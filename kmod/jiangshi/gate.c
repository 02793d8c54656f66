// SPDX-License-Identifier: GPL-2.0-only
/*
 * Knows zreap's door from when zreap is live until it goes.
 *
 * symbol_get() alone is not safe beside rmmod: it hits a BUG_ON() of the kernel if the
 * module that has the symbol is freed between look-up and reference (seen on 6.1). So
 * this file calls it only while zreap cannot be freed. Writers use the pointer here.
 */
#include <linux/capability.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/pid_namespace.h>
#include <linux/proc_fs.h>
#include <linux/string.h>
#include <linux/stringify.h>

#include "gate.h"

/*
 * Protects the pointer, and what it points to: the kernel calls on_module() before it
 * frees a module, and on_module() takes the mutex.
 */
static DEFINE_MUTEX(door_mutex);
static const struct door *known_door;

/* The answer of known_door->allows_pidns(); false without a door. Read without the mutex. */
static bool pidns_allowed;

static void know(const struct door *door)
{
	lockdep_assert_held(&door_mutex);
	known_door = door;
	WRITE_ONCE(pidns_allowed, door && door->allows_pidns());
}

/* Call it only while zreap cannot be freed before the mutex is released. */
static void learn(void)
{
	typeof(zreap_jiangshi_door_v2) *get_door = symbol_get(zreap_jiangshi_door_v2);

	lockdep_assert_held(&door_mutex);
	if (!get_door)
		return;
	know(get_door());
	symbol_put(zreap_jiangshi_door_v2);
}

/*
 * Whether zreap is loaded and has not begun to go. A disabled probe holds the module for
 * a moment, without the race of symbol_get().
 */
static bool is_loaded(void)
{
	struct kprobe probe = {
		.symbol_name = __stringify(zreap_jiangshi_door_v2),
		.flags = KPROBE_FLAG_DISABLED,
	};

	if (register_kprobe(&probe))
		return false;
	unregister_kprobe(&probe);
	return true;
}

static int on_module(struct notifier_block *block, unsigned long state, void *data)
{
	const struct module *module = data;

	if (strcmp(module->name, "zreap"))
		return NOTIFY_DONE;
	mutex_lock(&door_mutex);
	/* The kernel holds a module until it has told every notifier that it is live. */
	if (state == MODULE_STATE_LIVE)
		learn();
	else if (state == MODULE_STATE_GOING)
		know(NULL);
	mutex_unlock(&door_mutex);
	return NOTIFY_DONE;
}

static struct notifier_block on_modules = { .notifier_call = on_module };

int gate_start(void)
{
	int err = register_module_notifier(&on_modules);

	if (err)
		return err;
	/* If zreap is loaded now, the kernel calls on_module() before it frees zreap, and that waits. */
	mutex_lock(&door_mutex);
	if (is_loaded())
		learn();
	mutex_unlock(&door_mutex);
	return 0;
}

void gate_stop(void)
{
	unregister_module_notifier(&on_modules);
}

int gate_check(const struct file *file)
{
	struct pid_namespace *ns = task_active_pid_ns(current);

	if (proc_pid_ns(file_inode(file)->i_sb) != ns)
		return -EXDEV;
	if (ns != &init_pid_ns && !READ_ONCE(pidns_allowed))
		return -EPERM;
	return file_ns_capable(file, ns->user_ns, CAP_KILL) &&
	       ns_capable(ns->user_ns, CAP_KILL) ? 0 : -EPERM;
}

const struct door *gate_enter(void)
{
	const struct door *door;

	mutex_lock(&door_mutex);
	door = known_door;
	/* False once rmmod has begun. */
	if (door && !try_module_get(door->owner))
		door = NULL;
	mutex_unlock(&door_mutex);
	return door;
}

void gate_leave(const struct door *door)
{
	module_put(door->owner);
}
