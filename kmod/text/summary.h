/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A batch in one line, for the kernel log. Pure text, no kernel state.
 * Compiles in user space too (tests/unit).
 */
#ifndef ZREAP_SUMMARY_H
#define ZREAP_SUMMARY_H

#include <linux/types.h>

#include "result.h"

/* Room for any summary that a batch can have in practice; a longer one is cut. */
#define SUMMARY_BYTES 960

/**
 * struct summary - a batch, as the log tells it
 * @comm: the caller's name; terminated, any bytes
 * @pid: its process id, in the initial PID namespace
 * @uid: its effective user id, in the initial user namespace
 * @nr_targets: how many targets have a result in @counts, or would have one without @ending
 * @counts: how many targets had which result
 * @spared: how many zombies "all" passed over, by the reason
 * @ending: stands behind the counts, as in ", the rest dropped"; NULL: nothing
 */
struct summary {
	const char *comm;
	int pid;
	unsigned int uid;
	unsigned int nr_targets;
	const unsigned int *counts;
	const unsigned int *spared;
	const char *ending;
};

/**
 * summary_text() - a summary in words
 * @summary: of NR_RESULTS counts each
 * @buf: where to; terminated
 *
 * As in: bash[128] uid 0: 2 targets, 1 reaped, 1 alive; spared: 3 young
 *
 * Context: any.
 * Return: the length without the NUL.
 */
size_t summary_text(const struct summary *summary, char buf[SUMMARY_BYTES]);

#endif
