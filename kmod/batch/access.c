// SPDX-License-Identifier: GPL-2.0-only
/* Permissions. */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/moduleparam.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/user_namespace.h>
#include <net/sock.h>

#include "access.h"

static bool allow_pidns;
module_param(allow_pidns, bool, 0444);
MODULE_PARM_DESC(allow_pidns,
		 "Let root of a PID namespace reap in it: CAP_KILL in its user namespace (default: no)");

static bool both_capable(const struct opener *opener, struct user_namespace *user_ns)
{
	return file_ns_capable(opener->file, user_ns, CAP_KILL) && ns_capable(user_ns, CAP_KILL);
}

bool access_is_global(const struct opener *opener)
{
	return opener->ns == &init_pid_ns;
}

bool access_same_ns(const struct ns_id *a, const struct ns_id *b)
{
	return a->inum == b->inum && a->born_ns == b->born_ns;
}

static struct ns_id identify(struct pid_namespace *ns)
{
	struct ns_id id = { .inum = ns->ns.inum };
	struct task_struct *init;

	rcu_read_lock();
	init = pid_task(find_pid_ns(1, ns), PIDTYPE_TGID);
	if (init)
		id.born_ns = init->start_boottime;
	rcu_read_unlock();
	return id;
}

static int begin(struct opener *opener, const struct file *file, struct pid_namespace *ns)
{
	int err;

	opener->file = file;
	opener->user_ns = file->f_cred->user_ns;
	opener->pid = task_tgid_nr(current);
	get_task_comm(opener->comm, current);
	opener->ns = ns;
	opener->ns_id = identify(ns);
	err = access_check(opener);
	if (!err)
		get_pid_ns(ns);
	return err;
}

int access_open(struct opener *opener, const struct file *file)
{
	struct pid_namespace *ns = task_active_pid_ns(current);

	if (proc_pid_ns(file_inode(file)->i_sb) != ns)
		return -EXDEV;
	return begin(opener, file, ns);
}

int access_open_socket(struct opener *opener, const struct sock *sk)
{
	/* A socket that the kernel itself made has no file. */
	if (!sk->sk_socket || !sk->sk_socket->file)
		return -EPERM;
	return begin(opener, sk->sk_socket->file, task_active_pid_ns(current));
}

void access_global_reader(struct opener *opener)
{
	*opener = (struct opener){
		.user_ns = &init_user_ns,
		.ns = &init_pid_ns,
		.ns_id = identify(&init_pid_ns),
	};
}

void access_close(struct opener *opener)
{
	put_pid_ns(opener->ns);
}

int access_check(const struct opener *opener)
{
	if (task_active_pid_ns(current) != opener->ns)
		return -EXDEV;
	if (!access_is_global(opener) && !allow_pidns)
		return -EPERM;
	return both_capable(opener, opener->ns->user_ns) ? 0 : -EPERM;
}

static bool has_power(const struct opener *opener, struct pid *pid, struct task_struct *task)
{
	return pid_nr_ns(pid, opener->ns) && both_capable(opener, __task_cred(task)->user_ns);
}

void access_vet(const struct opener *opener, struct target *target)
{
	struct task_struct *task, *parent;

	if (access_is_global(opener))
		return;

	target->denied = true;
	rcu_read_lock();
	task = pid_task(target->pid, PIDTYPE_TGID);
	if (task) {
		parent = rcu_dereference(task->real_parent);
		if (!target->only_parent)
			target->only_parent = get_pid(task_tgid(parent));
		/* While the kernel releases the parent, this is NULL. No namespace sees NULL. */
		target->denied = task_tgid(parent) != target->only_parent ||
				 !has_power(opener, target->pid, task) ||
				 !has_power(opener, target->only_parent, parent);
	}
	rcu_read_unlock();
}

struct pid *access_find(const struct opener *opener, u32 nr)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(find_pid_ns(nr, opener->ns));
	rcu_read_unlock();
	return pid;
}

bool access_may_touch(const struct opener *opener, struct pid *pid)
{
	struct task_struct *task;
	bool may;

	if (access_is_global(opener))
		return true;
	rcu_read_lock();
	task = pid_task(pid, PIDTYPE_TGID);
	may = task && has_power(opener, pid, task);
	rcu_read_unlock();
	return may;
}

bool access_allows_pidns(void)
{
	return allow_pidns;
}

umode_t access_mode(umode_t mode)
{
	return allow_pidns ? mode | mode >> 3 | mode >> 6 : mode;
}
