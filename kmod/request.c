// SPDX-License-Identifier: GPL-2.0-only
/* The parser for the language of /proc/zreap; docs/proc-interface.md has the grammar. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/overflow.h>
#include <linux/signal.h>
#include <linux/string.h>

#include "request.h"
#include "signame.h"

/* A word of a line: not terminated, never empty once next_word() gave it. */
struct word {
	const char *at;
	size_t len;
};

static const char *const verbs[NR_VERBS] = {
	[VERB_REAP] = "reap",
	[VERB_ADOPT] = "adopt",
	[VERB_RELEASE] = "release",
};

const char *verb_name(enum verb verb)
{
	return verbs[verb];
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool next_word(const char **text, const char *end, struct word *word)
{
	const char *at = *text;

	while (at < end && is_blank(*at))
		at++;
	word->at = at;
	while (at < end && !is_blank(*at))
		at++;
	word->len = at - word->at;
	*text = at;
	return word->len;
}

static bool word_is(const struct word *word, const char *name)
{
	return word->len == strlen(name) && !memcmp(word->at, name, word->len);
}

/* Whether the word begins with "name="; what follows goes to value, and may be empty. */
static bool word_assigns(const struct word *word, const char *name, struct word *value)
{
	size_t len = strlen(name);

	if (word->len <= len || memcmp(word->at, name, len) || word->at[len] != '=')
		return false;
	value->at = word->at + len + 1;
	value->len = word->len - len - 1;
	return true;
}

/*
 * Take a decimal number off the front of a word: digits only, no leading zero,
 * at most max. False leaves the word as it was.
 */
static bool take_number(struct word *word, u64 max, u64 *number)
{
	u64 value = 0;
	size_t i;

	for (i = 0; i < word->len && word->at[i] >= '0' && word->at[i] <= '9'; i++) {
		if (i == 1 && !value)
			return false;
		if (check_mul_overflow(value, (u64)10, &value) ||
		    check_add_overflow(value, (u64)(word->at[i] - '0'), &value) || value > max)
			return false;
	}
	if (!i)
		return false;
	word->at += i;
	word->len -= i;
	*number = value;
	return true;
}

static bool take_pid(struct word *word, u32 *pid)
{
	u64 number;

	if (!take_number(word, REQUEST_MAX_PID, &number) || !number)
		return false;
	*pid = number;
	return true;
}

static bool parse_pid(struct word word, u32 *pid)
{
	return take_pid(&word, pid) && !word.len;
}

static bool parse_target(struct word word, struct request_target *target)
{
	if (!take_pid(&word, &target->pid))
		return false;
	target->has_start = word.len;
	target->start = 0;
	if (!target->has_start)
		return true;
	if (*word.at != '@')
		return false;
	word.at++;
	word.len--;
	return take_number(&word, U64_MAX, &target->start) && !word.len;
}

static bool parse_duration(struct word word, u64 *ns)
{
#define UNIT(name, ns) { name, ns, U64_MAX / (ns) }
	static const struct {
		const char *name;
		u64 ns;
		u64 max;
	} units[] = {
		UNIT("ms", 1000000ULL),
		UNIT("s", 1000000000ULL),
		UNIT("m", 60 * 1000000000ULL),
		UNIT("h", 3600 * 1000000000ULL),
	};
#undef UNIT
	u64 number;
	size_t i;

	if (!take_number(&word, U64_MAX, &number))
		return false;
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		if (!word_is(&word, units[i].name))
			continue;
		*ns = number * units[i].ns;
		return number <= units[i].max;
	}
	return false;
}

static bool parse_verb(const struct word *word, enum verb *verb)
{
	enum verb v;

	for (v = 0; v < NR_VERBS; v++) {
		if (word_is(word, verbs[v])) {
			*verb = v;
			return true;
		}
	}
	return false;
}

static bool parse_signal(struct word word, int *signal)
{
	u64 number;

	if (!take_number(&word, REQUEST_MAX_SIGNAL, &number)) {
		*signal = signal_by_name(word.at, word.len);
		return *signal;
	}
	*signal = number;
	return number && !word.len;
}

/* An option that stands twice is an error like an unknown one. */
static bool parse_option(const struct word *word, struct order *order)
{
	struct word value;

	if (word_is(word, "dry-run")) {
		if (order->dry_run)
			return false;
		order->dry_run = true;
		return true;
	}
	if (word_assigns(word, "min-age", &value)) {
		if (order->has_min_age)
			return false;
		order->has_min_age = true;
		return parse_duration(value, &order->min_age_ns);
	}
	if (word_assigns(word, "parent", &value))
		return !order->parent && parse_pid(value, &order->parent);
	if (word_assigns(word, "to", &value))
		return !order->to && parse_pid(value, &order->to);
	if (word_assigns(word, "signal", &value))
		return !order->signal && parse_signal(value, &order->signal);
	return false;
}

bool order_is_valid(const struct order *order)
{
	if (order->all && !order->has_min_age)
		return false;
	if (order->parent && !order->all)
		return false;
	if ((order->to || order->signal) && order->verb != VERB_ADOPT)
		return false;
	return order->signal != SIGKILL && order->signal != SIGSTOP;
}

static bool parse_line(const char *at, const char *end, struct request_line *line)
{
	struct request_target target;
	struct word word;
	bool more;

	memset(line, 0, sizeof(*line));
	more = next_word(&at, end, &word);
	if (more && parse_verb(&word, &line->order.verb))
		more = next_word(&at, end, &word);
	if (!more)
		return false;

	line->targets = word.at;
	if (word_is(&word, "all")) {
		line->order.all = true;
		more = next_word(&at, end, &word);
	} else {
		while (more && parse_target(word, &target)) {
			line->nr_targets++;
			line->targets_end = at;
			more = next_word(&at, end, &word);
		}
		if (!line->nr_targets)
			return false;
	}

	for (; more; more = next_word(&at, end, &word)) {
		if (!parse_option(&word, &line->order))
			return false;
	}
	return order_is_valid(&line->order);
}

int request_next_line(const char **text, const char *end, struct request_line *line)
{
	const char *lf;

	if (*text == end)
		return 0;
	lf = memchr(*text, '\n', end - *text);
	if (!parse_line(*text, lf ? lf : end, line))
		return -EINVAL;
	*text = lf ? lf + 1 : end;
	return 1;
}

bool request_next_target(struct request_line *line, struct request_target *target)
{
	struct word word;

	if (!line->nr_targets)
		return false;
	line->nr_targets--;
	return next_word(&line->targets, line->targets_end, &word) && parse_target(word, target);
}

static bool is_bare(const char *text, size_t len)
{
	struct word word = { text, len };
	struct request_target target;

	return parse_target(word, &target);
}

int request_cut(const char *text, size_t kept, size_t len, bool first, size_t *run)
{
	size_t i;

	if (len > REQUEST_MAX_BYTES)
		return -E2BIG;
	for (i = len; i > kept; i--) {
		if (text[i - 1] == '\n') {
			*run = i;
			return 0;
		}
	}
	if (!first) {
		*run = 0;
		return 0;
	}
	if (!is_bare(text, len))
		return -EINVAL;
	*run = len;
	return 0;
}
