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

/* The verbs: ZREAP_VERB(ID, name). The words stand here and nowhere else. */
#define ZREAP_VERBS(ZREAP_VERB)		\
	ZREAP_VERB(REAP, "reap")	\
	ZREAP_VERB(ADOPT, "adopt")	\
	ZREAP_VERB(RELEASE, "release")

enum verb {
#define ZREAP_VERB(id, name) VERB_##id,
	ZREAP_VERBS(ZREAP_VERB)
#undef ZREAP_VERB
	NR_VERBS
};

/*
 * The options: ZREAP_OPTION(ID, name, value). The value shows what may stand behind the
 * name, and is empty for an option that takes none.
 */
#define ZREAP_OPTIONS(ZREAP_OPTION)			\
	ZREAP_OPTION(MIN_AGE, "min-age", "=60s")	\
	ZREAP_OPTION(DRY_RUN, "dry-run", "")		\
	ZREAP_OPTION(GENTLE, "gentle", "")		\
	ZREAP_OPTION(FORCE, "force", "")		\
	ZREAP_OPTION(PARENT, "parent", "=PID")		\
	ZREAP_OPTION(TO, "to", "=PID")			\
	ZREAP_OPTION(SIGNAL, "signal", "=NAME")

enum option {
#define ZREAP_OPTION(id, name, value) OPTION_##id,
	ZREAP_OPTIONS(ZREAP_OPTION)
#undef ZREAP_OPTION
	NR_OPTIONS
};

/**
 * struct order - what to do to targets
 * @verb: what to do
 * @all: do it to every reapable zombie instead of a list
 * @dry_run: say what would be done, and do nothing
 * @gentle: spare the children of parents that are busy or not told yet;
 *	@all implies it, see order_complete()
 * @force: take the children of parents that are stopped, frozen or busy too
 * @has_min_age: whether @min_age_ns was given
 * @min_age_ns: spare zombies younger than this, in nanoseconds
 * @parent: with @all: only children of this process; 0: any parent
 * @to: VERB_ADOPT: the new parent; 0: the process that would inherit the zombie
 * @signal: VERB_ADOPT: the signal for the new parent; 0: SIGCHLD
 */
struct order {
	enum verb verb;
	bool all;
	bool dry_run;
	bool gentle;
	bool force;
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
 * struct request_line - one line: an order and its targets
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
 * struct request_text - a batch while it is read; begin with @at, @end and zeroes
 * @at: where the next line begins
 * @end: the end of the batch
 * @line: the number of the line that was read last, from 1
 * @all: a line had "all"; no other line may
 */
struct request_text {
	const char *at;
	const char *end;
	unsigned int line;
	bool all;
};

/**
 * struct request_error - what is wrong with a text
 * @line: in which line, from 1; 0: in none, and @advice follows "wrote"
 * @word: the word to blame; points into the text, not terminated
 * @len: its length; 0 for an empty line
 * @advice: what would be right; a static string without a full stop
 */
struct request_error {
	unsigned int line;
	const char *word;
	size_t len;
	const char *advice;
};

/* Room for what request_error_text() writes, its terminating NUL included. */
#define REQUEST_ERROR_BYTES	320

/* Errors that a writer of /proc/zreap finds before it has a text to look at. */
extern const struct request_error request_too_long;
extern const struct request_error request_after_bare;

/**
 * verb_name() - the word for a verb
 * @verb: any verb but NR_VERBS
 *
 * Context: any.
 * Return: a static string.
 */
const char *verb_name(enum verb verb);

/**
 * option_name() - the word for an option
 * @option: any option but NR_OPTIONS
 *
 * Context: any.
 * Return: a static string; for an option with a value what stands before its "=".
 */
const char *option_name(enum option option);

/**
 * order_complete() - add to an order what follows from its other parts
 * @order: as it was given; "all" makes it gentle
 *
 * request_next_line() has called it. Callers that fill an order by other means call it.
 *
 * Context: any.
 */
void order_complete(struct order *order);

/**
 * order_is_valid() - whether the parts of an order go together
 * @order: each part within its own limits
 *
 * "all" requires a least age, so that nobody takes a healthy parent's child between exit
 * and wait by mistake. A parent goes with "all" only. An adopter and its signal go with
 * VERB_ADOPT only. SIGKILL and SIGSTOP tell an adopter nothing.
 *
 * Context: any.
 * Return: true if they go together.
 */
bool order_is_valid(const struct order *order);

/**
 * request_next_line() - read the next line of a batch, and check all of it
 * @text: the batch; moved behind the line on success
 * @line: filled on success; points into the text
 * @error: filled for a malformed line
 *
 * A line ends at LF or at the end of the batch. Blanks (space, tab) separate words.
 *
 * Context: any.
 * Return: 1 for a line, 0 at the end of the batch, -EINVAL for a malformed line.
 */
int request_next_line(struct request_text *text, struct request_line *line,
		      struct request_error *error);

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
 * request_cut() - how many of the bytes that were written are a batch now
 * @text: what was kept of earlier writes, then this write
 * @kept: how many bytes were kept; they hold no LF
 * @len: how many bytes in all
 * @first: whether this is the first write on the open file
 * @run: set on success: so many bytes are the batch (0: none yet); keep the rest
 * @error: filled on failure
 *
 * Programs cut long output into several writes, and half a number must never become a
 * PID. So complete lines run, and the caller keeps the rest. Only the first write may have
 * no LF, and only if it is one PID or PID@START. Nothing may follow it then.
 *
 * Context: any.
 * Return: 0, -E2BIG over REQUEST_MAX_BYTES, -EINVAL for any other first text without LF.
 */
int request_cut(const char *text, size_t kept, size_t len, bool first, size_t *run,
		struct request_error *error);

/**
 * request_error_text() - an error in words, for the kernel log
 * @error: what is wrong; the text that it points into still exists
 * @buf: where to; terminated
 *
 * As in: wrote "152,153" in line 1: separate PIDs by blanks
 * It shortens a long word, and escapes bytes that could harm a log or a terminal.
 *
 * Context: any.
 * Return: the length without the NUL.
 */
size_t request_error_text(const struct request_error *error, char buf[REQUEST_ERROR_BYTES]);

#endif
