/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The language of /proc/zreap. Bytes in, requests out: no locks, no memory of
 * its own, no kernel state. Compiles in user space too (tests/unit).
 */
#ifndef ZREAP_REQUEST_H
#define ZREAP_REQUEST_H

#include <linux/types.h>

/* The most bytes in one batch. */
#define REQUEST_MAX_BYTES	65536

/* The largest PID that any kernel gives out (PID_MAX_LIMIT on 64 bits). */
#define REQUEST_MAX_PID		4194304

/* The largest number of a signal. */
#define REQUEST_MAX_SIGNAL	64

enum verb {
	VERB_REAP,
	VERB_ADOPT,
	VERB_RELEASE,
	NR_VERBS
};

/**
 * struct order - what to do to targets
 * @verb: what to do
 * @all: to every reapable zombie instead of a list
 * @dry_run: say what would be done, and do nothing
 * @has_min_age: whether @min_age_ns was given
 * @min_age_ns: spare zombies younger than this, in nanoseconds
 * @parent: with @all: only children of this process; 0: any parent
 * @to: VERB_ADOPT: the process that becomes the parent; 0: whoever would inherit the zombie
 * @signal: VERB_ADOPT: what @to is sent; 0: SIGCHLD
 */
struct order {
	enum verb verb;
	bool all;
	bool dry_run;
	bool has_min_age;
	u64 min_age_ns;
	u32 parent;
	u32 to;
	int signal;
};

/**
 * struct request_target - one process, as the writer named it
 * @pid: process id, 1 to REQUEST_MAX_PID
 * @has_start: whether @start was given
 * @start: field 22 of /proc/PID/stat, in clock ticks
 */
struct request_target {
	u32 pid;
	bool has_start;
	u64 start;
};

/**
 * struct request_line - one line: what to do, and to whom
 * @order: what to do; at most one line of a batch has @order.all
 * @nr_targets: how many targets request_next_target() will give; 0 with @order.all
 * @targets: where they stand; only for request_next_target()
 * @targets_end: where they end; only for request_next_target()
 */
struct request_line {
	struct order order;
	unsigned int nr_targets;
	const char *targets;
	const char *targets_end;
};

/**
 * verb_name() - the word for a verb
 * @verb: any verb but NR_VERBS
 *
 * Context: any.
 * Return: a static string.
 */
const char *verb_name(enum verb verb);

/**
 * order_is_valid() - whether the parts of an order go together
 * @order: each part within its own limits
 *
 * "all" wants a least age, so that nobody takes a healthy parent's child between
 * exit and wait by mistake; a parent is for "all" only, an adopter and its signal
 * are for VERB_ADOPT only. SIGKILL and SIGSTOP tell nobody anything.
 *
 * Context: any.
 * Return: true if they do.
 */
bool order_is_valid(const struct order *order);

/**
 * request_next_line() - read the next line of a batch, and check all of it
 * @text: where to read; moved behind the line on success
 * @end: the end of the batch
 * @line: filled on success; points into the text
 *
 * A line ends at LF or at @end. Blanks (space, tab) separate words.
 *
 * Context: any.
 * Return: 1 for a line, 0 at the end of the batch, -EINVAL for a malformed line.
 */
int request_next_line(const char **text, const char *end, struct request_line *line);

/**
 * request_next_target() - read the next target of a line
 * @line: a line that request_next_line() filled; its position is moved
 * @target: filled on success
 *
 * Context: any.
 * Return: whether there was one more.
 */
bool request_next_target(struct request_line *line, struct request_target *target);

/**
 * request_cut() - how much of what came by write(2) is a batch now
 * @text: what was kept of earlier writes, then this write
 * @kept: how many bytes were kept; they hold no LF
 * @len: how many bytes in all
 * @first: whether this is the first write on the open file
 * @run: set on success: so many bytes are the batch (0: none yet), the rest is to be kept
 *
 * Programs cut long output into several writes, and half a number must never
 * become a PID. So complete lines run and the rest is kept. Only the first write
 * may do without any LF, and only if it is one PID or PID@START: then nobody can
 * tell what would follow, and nothing may follow.
 *
 * Context: any.
 * Return: 0, -E2BIG over REQUEST_MAX_BYTES, -EINVAL for any other first text without LF.
 */
int request_cut(const char *text, size_t kept, size_t len, bool first, size_t *run);

#endif
