/* SPDX-License-Identifier: GPL-2.0-only */
/* Permissions. docs/proc-interface.md has the rules under "Who may". */
#ifndef ZREAP_ACCESS_H
#define ZREAP_ACCESS_H

#include <linux/fs.h>
#include <linux/pid_namespace.h>
#include <linux/types.h>

#include "kernel/zombie.h"

struct sock;

/**
 * struct ns_id - tells a PID namespace from all others, past ones too, without a reference
 * @inum: its inode number, which the kernel uses again after its end
 * @born_ns: when its init was started, in nanoseconds since boot
 */
struct ns_id {
	unsigned int inum;
	u64 born_ns;
};

/**
 * struct opener - the process that opened a file or socket; zreap acts in its name
 * @file: the open file; carries the credentials of its opener
 * @user_ns: the user namespace in which the opener reads user ids
 * @pid: the opener's process id in the initial PID namespace
 * @comm: the opener's name
 * @ns: the opener's PID namespace, counted
 * @ns_id: the same namespace, valid after the file is closed too
 */
struct opener {
	const struct file *file;
	struct user_namespace *user_ns;
	pid_t pid;
	char comm[TASK_COMM_LEN];
	struct pid_namespace *ns;
	struct ns_id ns_id;
};

/**
 * access_is_global() - whether an opener's numbers are those of the initial PID namespace
 * @opener: the asker
 *
 * Context: any.
 * Return: true if they are.
 */
bool access_is_global(const struct opener *opener);

/**
 * access_same_ns() - whether two identities belong to one PID namespace
 * @a: one
 * @b: the other
 *
 * Context: any.
 * Return: true if they are.
 */
bool access_same_ns(const struct ns_id *a, const struct ns_id *b);

/**
 * access_open() - check whether the current task may open a file
 * @opener: filled on success; give it to access_close()
 * @file: the file that it opens, on a proc mount
 *
 * Context: process.
 * Return: 0, -EXDEV if the proc mount belongs to another PID namespace than the current,
 * or what access_check() gives.
 */
int access_open(struct opener *opener, const struct file *file);

/**
 * access_open_socket() - check whether the current task may use a netlink socket
 * @opener: filled on success; give it to access_close()
 * @sk: the socket, which the current task is sending to or receiving from
 *
 * A socket remembers the credentials of its opener, but no PID namespace: numbers
 * are those of the current task.
 *
 * Context: process.
 * Return: 0, or what access_check() gives.
 */
int access_open_socket(struct opener *opener, const struct sock *sk);

/**
 * access_global_reader() - an opener that stands for all readers of initial-namespace numbers
 * @opener: filled; for reports only; do not close it
 *
 * Context: process.
 */
void access_global_reader(struct opener *opener);

/**
 * access_close() - drop what access_open() or access_open_socket() has taken
 * @opener: of a file that is no longer in use
 *
 * Context: process.
 */
void access_close(struct opener *opener);

/**
 * access_check() - whether both opener and current task may use an open file
 * @opener: of the file
 *
 * Call it at every use. Then a process that receives an open file gains nothing by it, in
 * this PID namespace or another. A process that tricks a privileged program into writing
 * to the file gains nothing either.
 *
 * Context: process.
 * Return: 0, -EPERM, or -EXDEV if the current task is in another PID namespace than the
 * opener was.
 */
int access_check(const struct opener *opener);

/**
 * access_vet() - check whether both opener and current task may touch a process
 * @opener: the asker
 * @target: the process; sets its denied and, if it has none, only_parent
 *
 * An opener in the initial PID namespace may touch any process. Another opener must see
 * the process and its parent, and must have power over the user namespaces of both. The
 * verdict holds for this parent only, so @target notes the parent. In doubt, as for a process
 * that the kernel is just making, the verdict is no.
 *
 * Context: process.
 */
void access_vet(const struct opener *opener, struct target *target);

/**
 * access_find() - the process or thread with a number
 * @opener: the number counts in its PID namespace
 * @nr: the number
 *
 * Context: any.
 * Return: counted, or NULL.
 */
struct pid *access_find(const struct opener *opener, u32 nr);

/**
 * access_may_touch() - whether both opener and current task may touch a process
 * @opener: the asker
 * @pid: a process that has not ended, counted
 *
 * Like access_vet(), but for a process that keeps its parent.
 *
 * Context: process.
 * Return: true if they may.
 */
bool access_may_touch(const struct opener *opener, struct pid *pid);

/**
 * access_allows_pidns() - whether root of a PID namespace may use zreap in it
 *
 * Context: any.
 * Return: true if the module parameter allow_pidns is set; it does not change.
 */
bool access_allows_pidns(void);

/**
 * access_mode() - the mode of a file that the opener's credentials guard
 * @mode: what root may do with it, as in 0600
 *
 * With allow_pidns, root of a container may use the file but does not own it. So the mode
 * cannot be the guard then.
 *
 * Context: any.
 * Return: the mode to create the file with.
 */
umode_t access_mode(umode_t mode);

#endif
