/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_TASK_FROZEN_H
#define ZREAP_COMPAT_TASK_FROZEN_H

#include <linux/freezer.h>
#include <linux/sched.h>

/*
 * task_frozen() - whether the freezer (cgroup v1, suspend) holds a task, or is about to
 *
 * frozen() is not exported. Since f5d39b020809 ("freezer,sched: Rewrite core freezer
 * logic"), Linux 6.1, the freezer has a task state; before, a flag.
 */
static inline bool task_frozen(struct task_struct *p)
{
#ifdef TASK_FROZEN
	if (READ_ONCE(p->__state) & TASK_FROZEN)
		return true;
#else
	if (READ_ONCE(p->flags) & PF_FROZEN)
		return true;
#endif
	return freezing(p);
}

#endif
