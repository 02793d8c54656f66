// SPDX-License-Identifier: GPL-2.0-only
/* Finds the heir by the rules of find_new_reaper() in kernel/exit.c. */
#include <linux/init_task.h>
#include <linux/pid_namespace.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "heir.h"
#include "ksyms.h"
#include "process.h"
#include "zombie.h"

static struct task_struct *heir_of_children(struct task_struct *parent)
{
	unsigned int level = task_pid(parent)->level;
	struct task_struct *p;

	if (parent->signal->has_child_subreaper) {
		for (p = zombie_parent_of(parent);
		     p != &init_task && task_pid(p)->level == level; p = zombie_parent_of(p)) {
			if (p->signal->is_child_subreaper && process_alive_thread(p))
				return p;
		}
	}
	return task_active_pid_ns(parent)->child_reaper;
}

struct pid *heir_of(struct pid *pid)
{
	struct pid *found = NULL;
	struct task_struct *p;

	read_lock(ksyms_tasklist_lock);
	p = pid_task(pid, PIDTYPE_TGID);
	if (p)
		found = get_pid(task_tgid(heir_of_children(zombie_parent_of(p))));
	read_unlock(ksyms_tasklist_lock);
	return found;
}
