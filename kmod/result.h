/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_RESULT_H
#define ZREAP_RESULT_H

#include <linux/types.h>

/*
 * Every way in which one target can end: ZREAP_RESULT(ID, name, error).
 * The refusals stand in the order in which they are checked; docs/proc-interface.md
 * gives their meaning.
 */
#define ZREAP_RESULTS(ZREAP_RESULT)				\
	ZREAP_RESULT(REAPED,		"reaped",	0)	\
	ZREAP_RESULT(ADOPTED,		"adopted",	0)	\
	ZREAP_RESULT(RELEASED,		"released",	0)	\
	ZREAP_RESULT(WOULD_REAP,	"would-reap",	0)	\
	ZREAP_RESULT(WOULD_ADOPT,	"would-adopt",	0)	\
	ZREAP_RESULT(WOULD_RELEASE,	"would-release", 0)	\
	ZREAP_RESULT(GONE,		"gone",		ESRCH)	\
	ZREAP_RESULT(THREAD,		"thread",	EINVAL)	\
	ZREAP_RESULT(REUSED,		"reused",	ESTALE)	\
	ZREAP_RESULT(DENIED,		"denied",	EPERM)	\
	ZREAP_RESULT(ALIVE,		"alive",	EBUSY)	\
	ZREAP_RESULT(THREADS,		"threads",	EBUSY)	\
	ZREAP_RESULT(BUSY,		"busy",		EAGAIN)	\
	ZREAP_RESULT(TRACED,		"traced",	EBUSY)	\
	ZREAP_RESULT(KERNEL_CHILD,	"kernel-child",	EPERM)	\
	ZREAP_RESULT(YOUNG,		"young",	EAGAIN)	\
	ZREAP_RESULT(NO_ADOPTER,	"no-adopter",	ESRCH)	\
	ZREAP_RESULT(ADOPTER_EXITING,	"adopter-exiting", ESRCH) \
	ZREAP_RESULT(ADOPTER_BLIND,	"adopter-blind", EXDEV)	\
	ZREAP_RESULT(OWN_CHILD,		"own-child",	EEXIST)	\
	ZREAP_RESULT(DEAF,		"deaf",		ECHILD)	\
	ZREAP_RESULT(FAILED,		"failed",	EIO)

enum result {
#define ZREAP_RESULT(id, name, error) RESULT_##id,
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
 * result_takes() - whether a result means that a zombie was taken from its parent,
 *	so that its row may be all that is left of its exit status
 * @result: any result but NR_RESULTS
 *
 * Context: any.
 */
bool result_takes(enum result result);

/**
 * result_spares() - whether a result means that there was nothing to do: no
 *	reapable zombie, or none any more, or the adopter's child already
 * @result: any result but NR_RESULTS
 *
 * Context: any.
 */
bool result_spares(enum result result);

#endif
