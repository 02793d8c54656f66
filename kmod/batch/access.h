/* SPDX-License-Identifier: GPL-2.0-only */
/* Who may. docs/proc-interface.md has the rules. */
#ifndef ZREAP_ACCESS_H
#define ZREAP_ACCESS_H

#include <linux/fs.h>
#include <linux/pid_namespace.h>
#include <linux/types.h>

#include "kernel/zombie.h"

struct sock;

/**
 * struct ns_id - tells a PID namespace from all others, past ones too, without a reference
 * @inum: its inode number, which is used again after its end
 * @born_ns: when its init was started, in nanoseconds since boot
 */
struct ns_id {
	unsigned int inum;
	u64 born_ns;
};

/**
 * struct opener - who opened a file or socket, and so in whose name it is used
 * @file: the open file; carries the credentials of its opener
 * @user_ns: in terms of which the opener is told user ids
 * @pid: the opener's process id in the initial PID namespace
 * @comm: the opener's name
 * @ns: the opener's PID namespace, counted
 * @ns_id: the same, to be remembered after the file is closed
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
 * @opener: who asks
 *
 * Context: any.
 * Return: true if they are.
 */
bool access_is_global(const struct opener *opener);

/**
 * access_same_ns() - whether two identities are of one PID namespace
 * @a: one
 * @b: the other
 *
 * Context: any.
 * Return: true if they are.
 */
bool access_same_ns(const struct ns_id *a, const struct ns_id *b);

/**
 * access_open() - let the current task open a file, or not
 * @opener: filled on success; give it to access_close()
 * @file: the file that is being opened, on a proc mount
 *
 * Context: process.
 * Return: 0, -EXDEV if the proc mount is not of the current PID namespace,
 * or what access_check() gives.
 */
int access_open(struct opener *opener, const struct file *file);

/**
 * access_open_socket() - let the current task use a netlink socket, or not
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
 * access_global_reader() - an opener for what is told to everybody in global terms
 * @opener: filled; only for reporting to; not to be closed
 *
 * Context: process.
 */
void access_global_reader(struct opener *opener);

/**
 * access_close() - drop what access_open() or access_open_socket() has taken
 * @opener: of a file that nobody uses any more
 *
 * Context: process.
 */
void access_close(struct opener *opener);

/**
 * access_check() - whether both opener and current task may use an open file
 * @opener: of the file
 *
 * To be called at every use: neither an open file handed to somebody else, be it in
 * another PID namespace, nor a privileged program tricked into writing gives anything
 * away.
 *
 * Context: process.
 * Return: 0, -EPERM, or -EXDEV if the current task is in another PID namespace than the
 * opener was.
 */
int access_check(const struct opener *opener);

/**
 * access_vet() - whether both opener and current task may touch a process
 * @opener: who asks
 * @target: the process; its denied and, if it has none, only_parent are set
 *
 * An opener in the initial PID namespace may touch any. Another needs to see
 * the process and its parent and to have power over the user namespaces of
 * both. The verdict holds for this parent only, so the parent is noted. In doubt,
 * as for a process that is just being made, the verdict is no.
 *
 * Context: process.
 */
void access_vet(const struct opener *opener, struct target *target);

/**
 * access_find() - the process or thread with a number
 * @opener: whose number it is
 * @nr: the number
 *
 * Context: any.
 * Return: counted, or NULL.
 */
struct pid *access_find(const struct opener *opener, u32 nr);

/**
 * access_may_touch() - whether both opener and current task may touch a process
 * @opener: who asks
 * @pid: a process that has not ended, counted
 *
 * As access_vet(), for one that keeps its parent.
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
 * access_mode() - the mode of a file that its opener's credentials guard
 * @mode: what root may do with it, as in 0600
 *
 * Where containers are let in, their root is no owner of the file, so that the
 * mode cannot be the guard.
 *
 * Context: any.
 * Return: the mode to create the file with.
 */
umode_t access_mode(umode_t mode);

#endif
