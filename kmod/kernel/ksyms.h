/* SPDX-License-Identifier: GPL-2.0-only */
/* The three symbols that zreap needs and that the kernel does not export. */
#ifndef ZREAP_KSYMS_H
#define ZREAP_KSYMS_H

#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/*
 * The kernel's tasklist_lock: protects parents, children, exit states and thread groups.
 * Writers take it with interrupts off. Nothing may sleep under it. On PREEMPT_RT it is a
 * sleeping lock.
 */
extern rwlock_t *ksyms_tasklist_lock;

/**
 * ksyms_wait4() - the kernel's kernel_wait4()
 * @pid: a child of the current thread, in the initial PID namespace
 * @options: WNOHANG, __WALL and the like
 * @usage: set on success
 *
 * Context: process; may sleep.
 * Return: the PID of the child that was waited for, 0 for none yet, or -errno.
 */
long ksyms_wait4(pid_t pid, int options, struct rusage *usage);

/**
 * ksyms_release_task() - the kernel's release_task()
 * @p: the leader of a group without other threads, claimed by EXIT_DEAD
 *
 * Context: process; may sleep.
 */
void ksyms_release_task(struct task_struct *p);

/**
 * ksyms_resolve() - find the symbols, and verify them
 *
 * The log says what is missing and what to do about it.
 *
 * Context: process; may sleep.
 * Return: 0, -EOPNOTSUPP, or -EINVAL if a given address is wrong.
 */
int ksyms_resolve(void);

#endif
