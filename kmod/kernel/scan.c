// SPDX-License-Identifier: GPL-2.0-only
/* Walks the processes of a PID namespace. */
#include <linux/idr.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "scan.h"

/* After this many processes the scan offers the CPU to others. */
#define SCAN_STRETCH 1024

/*
 * Scan one stretch. If it finds nothing, it returns NULL and sets *nr to the first number
 * that it did not look at, or to -1 at the end.
 */
static struct pid *scan_stretch(struct pid_namespace *ns, int *nr)
{
	struct pid *found = NULL;
	int looks;

	rcu_read_lock();
	for (looks = 0; looks < SCAN_STRETCH; looks++, (*nr)++) {
		struct pid *pid = idr_get_next(&ns->idr, nr);
		struct task_struct *task;

		if (!pid) {
			*nr = -1;
			break;
		}
		task = pid_task(pid, PIDTYPE_TGID);
		if (task && READ_ONCE(task->exit_state)) {
			found = get_pid(pid);
			break;
		}
	}
	rcu_read_unlock();
	return found;
}

struct pid *scan_exited(struct pid_namespace *ns, int *nr)
{
	while (*nr >= 0) {
		struct pid *pid = scan_stretch(ns, nr);

		if (pid)
			return pid;
		cond_resched();
	}
	return NULL;
}
