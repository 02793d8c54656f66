/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_RESULT_H
#define ZREAP_RESULT_H

#include <linux/types.h>

/*
 * Every way in which one target can end: ZREAP_RESULT(ID, name, error, meaning).
 * The refusals stand in the order in which they are checked; docs/proc-interface.md
 * says more of each.
 */
#define ZREAP_RESULTS(ZREAP_RESULT)							\
	ZREAP_RESULT(REAPED, "reaped", 0, "done")					\
	ZREAP_RESULT(ADOPTED, "adopted", 0, "done")					\
	ZREAP_RESULT(RELEASED, "released", 0, "done")					\
	ZREAP_RESULT(WOULD_REAP, "would-reap", 0, "it would be done")			\
	ZREAP_RESULT(WOULD_ADOPT, "would-adopt", 0, "it would be done")			\
	ZREAP_RESULT(WOULD_RELEASE, "would-release", 0, "it would be done")		\
	ZREAP_RESULT(GONE, "gone", ESRCH, "no such process, or already taken")		\
	ZREAP_RESULT(THREAD, "thread", EINVAL, "the number is a thread's")		\
	ZREAP_RESULT(REUSED, "reused", ESTALE, "another process with this number")	\
	ZREAP_RESULT(DENIED, "denied", EPERM, "outside what the opener may touch")	\
	ZREAP_RESULT(ALIVE, "alive", EBUSY, "not a zombie")				\
	ZREAP_RESULT(THREADS, "threads", EBUSY, "other threads of it live")		\
	ZREAP_RESULT(BUSY, "busy", EAGAIN, "its tracer is handing it over")		\
	ZREAP_RESULT(TRACED, "traced", EBUSY, "a tracer holds it")			\
	ZREAP_RESULT(KERNEL_CHILD, "kernel-child", EPERM, "a kernel thread's child")	\
	ZREAP_RESULT(PARENT_STOPPED, "parent-stopped", EAGAIN, "its parent cannot run and may wait later") \
	ZREAP_RESULT(PARENT_BUSY, "parent-busy", EAGAIN, "its parent is busy or not told yet") \
	ZREAP_RESULT(YOUNG, "young", EAGAIN, "younger than min-age")			\
	ZREAP_RESULT(NO_ADOPTER, "no-adopter", ESRCH, "no such adopter")		\
	ZREAP_RESULT(ADOPTER_EXITING, "adopter-exiting", ESRCH, "the adopter is exiting") \
	ZREAP_RESULT(ADOPTER_BLIND, "adopter-blind", EXDEV, "the adopter cannot see it") \
	ZREAP_RESULT(OWN_CHILD, "own-child", EEXIST, "the adopter's child already")	\
	ZREAP_RESULT(DEAF, "deaf", ECHILD, "the adopter would never wait for it")	\
	ZREAP_RESULT(FAILED, "failed", EIO, "the kernel did not do what it always does")

enum result {
#define ZREAP_RESULT(id, name, error, meaning) RESULT_##id,
	ZREAP_RESULTS(ZREAP_RESULT)
#undef ZREAP_RESULT
	NR_RESULTS
};

/**
 * result_name() - the word for a result, as it stands in a row
 * @result: any result but NR_RESULTS
 *
 * Context: any.
 * Return: a static string.
 */
const char *result_name(enum result result);

/**
 * result_errno() - what write(2) would give for a result
 * @result: any result but NR_RESULTS
 *
 * Context: any.
 * Return: a positive errno, 0 for a success.
 */
int result_errno(enum result result);

/**
 * result_meaning() - a result in a few words
 * @result: any result but NR_RESULTS
 *
 * Context: any.
 * Return: a static string.
 */
const char *result_meaning(enum result result);

/**
 * result_takes() - whether a result means that zreap took a zombie from its parent,
 *	so that its row may be all that is left of its exit status
 * @result: any result but NR_RESULTS
 *
 * Context: any.
 * Return: true if it does.
 */
bool result_takes(enum result result);

/**
 * result_spares() - whether a result means that there was nothing to do: no
 *	reapable zombie, or none any more, or the adopter's child already
 * @result: any result but NR_RESULTS
 *
 * Context: any.
 * Return: true if it does.
 */
bool result_spares(enum result result);

#endif
