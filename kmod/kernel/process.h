/* SPDX-License-Identifier: GPL-2.0-only */
/* Tells whether a living process can wait for its children and take signals now. */
#ifndef ZREAP_PROCESS_H
#define ZREAP_PROCESS_H

#include <linux/sched.h>
#include <linux/types.h>

/*
 * The most threads that one look at a process looks at. Others who want tasklist_lock wait
 * for the look.
 */
#define PROCESS_MOST_THREADS 256

/**
 * enum readiness - whether a process can wait for its children at this moment
 * @PROCESS_READY: it can, or it never will, because all its threads exit
 * @PROCESS_BUSY: all its threads sleep uninterruptibly, or it has not yet taken the
 *	SIGCHLD that tells it of a child
 * @PROCESS_STOPPED: none of its threads can run, and a stop by a signal, a tracing stop
 *	or the freezer holds some of them. A process of more than PROCESS_MOST_THREADS
 *	threads counts as stopped if none of the first can run.
 *
 * Threads that never run code of the program (io_uring's and vhost's workers) do not count.
 */
enum readiness {
	PROCESS_READY,
	PROCESS_BUSY,
	PROCESS_STOPPED,
};

/**
 * process_readiness() - whether a process can wait for its children now
 * @process: a thread of it
 * @asker: a thread that sleeps only until it has the answer, and can wait after that;
 *	NULL: none. Used for comparison, never dereferenced.
 *
 * Takes the siglock of @process.
 *
 * Context: tasklist_lock held for reading or writing.
 */
enum readiness process_readiness(struct task_struct *process, const struct task_struct *asker);

/**
 * process_alive_thread() - a thread of a process that has not given up its children yet
 * @process: a thread of it
 *
 * A PF_EXITING thread may have given its children away already. It would keep a new child
 * for ever. Any other thread gives the child away at its end: for this it needs the lock
 * that the caller holds.
 *
 * Context: tasklist_lock held for reading or writing.
 * Return: the thread, or NULL.
 */
struct task_struct *process_alive_thread(struct task_struct *process);

/**
 * process_blocks() - whether all threads of a process block a signal
 * @process: a thread of it
 * @signal: the signal
 *
 * It looks at PROCESS_MOST_THREADS threads. If all of these block the signal and there are
 * more, the answer is no.
 *
 * Context: tasklist_lock and the siglock of @process held.
 * Return: true if all threads that can take signals block it.
 */
bool process_blocks(struct task_struct *process, int signal);

/**
 * process_sighand() - the signal handlers of a process
 * @process: a thread that has not been released
 *
 * The kernel frees them when it releases the thread. For this it needs the lock that the
 * caller holds. Take the siglock in them with interrupts off: interrupts take it too.
 *
 * Context: tasklist_lock held for reading or writing.
 * Return: never NULL.
 */
struct sighand_struct *process_sighand(const struct task_struct *process);

#endif
