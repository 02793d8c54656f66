// SPDX-License-Identifier: GPL-2.0-only
/* From write(2) to zreap. */
#include <linux/dcache.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/uaccess.h>

#include "../compat/dentry_revalidate.h"
#include "file.h"
#include "gate.h"

/* 1, or 1 and LF. */
static int check_text(const char __user *buf, size_t count)
{
	char text[2] = { 0, '\n' };

	if (count > sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, count))
		return -EFAULT;
	return text[0] == '1' && text[1] == '\n' ? 0 : -EINVAL;
}

/*
 * The process that the file stands for, counted; NULL if it has been released.
 *
 * procfs keeps it in the inode, in a private struct whose layout may be random. So look
 * up the number that names the directory, and then ask procfs whether the inode's
 * process is still there. If it is, it was there at the look-up, and no other process
 * had its number: the process found is the inode's. If it is not, the process found may
 * be a stranger that got the number since.
 */
static struct pid *process_of(const struct file *file)
{
	struct dentry *dentry = file->f_path.dentry;
	struct pid *pid;
	int nr;

	/* Neither changes, because procfs moves and renames nothing. */
	if (kstrtoint(dentry->d_parent->d_name.name, 10, &nr))
		return NULL;
	rcu_read_lock();
	pid = get_pid(find_pid_ns(nr, proc_pid_ns(file_inode(file)->i_sb)));
	rcu_read_unlock();
	if (pid && dentry_revalidate(dentry) <= 0) {
		put_pid(pid);
		pid = NULL;
	}
	return pid;
}

/* Nothing but the time of the call ties this module to zreap, which may come and go. */
static int ask_zreap(const struct file *file, struct pid *pid)
{
	const struct door *door = gate_enter();
	int err;

	if (!door)
		return -ENODEV;
	err = door->reap(file, pid);
	gate_leave(door);
	return err;
}

/* A process that receives this file must not gain more than its container may do itself. */
static int open_file(struct inode *inode, struct file *file)
{
	return proc_pid_ns(inode->i_sb) == task_active_pid_ns(current) ? 0 : -EXDEV;
}

static ssize_t write_file(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct pid *pid;
	int err;

	/* An empty write asks for nothing. Some C libraries begin a writev() with one. */
	if (!count)
		return 0;
	err = check_text(buf, count);
	if (!err)
		err = gate_check(file);
	if (err)
		return err;
	pid = process_of(file);
	if (!pid)
		return -ESRCH;
	err = ask_zreap(file, pid);
	put_pid(pid);
	return err ? err : count;
}

const struct file_operations file_ops = {
	.owner = THIS_MODULE,
	.open = open_file,
	.write = write_file,
	.llseek = noop_llseek,
};
