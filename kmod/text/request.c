// SPDX-License-Identifier: GPL-2.0-only
/* The parser for the language of /proc/zreap; docs/proc-interface.md has the grammar. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/stringify.h>

#include "advice.h"
#include "request.h"
#include "row.h"
#include "value.h"
#include "word.h"

/* The most bytes of a word that a message shows. */
#define SHOWN_BYTES 32

/* Shells cut what they write to our files into pieces of so many bytes or more. */
#define SHELL_BUFFER 512

static const char *const verbs[NR_VERBS] = {
#define ZREAP_VERB(id, name) [VERB_##id] = name,
	ZREAP_VERBS(ZREAP_VERB)
#undef ZREAP_VERB
};

static const struct {
	const char *name;
	bool has_value;
} options[NR_OPTIONS] = {
#define ZREAP_OPTION(id, name, value) [OPTION_##id] = { name, sizeof(value) > 1 },
	ZREAP_OPTIONS(ZREAP_OPTION)
#undef ZREAP_OPTION
};

const struct request_error request_too_long = {
	.advice = "too much: a batch has at most " __stringify(REQUEST_MAX_BYTES) " bytes",
};

const struct request_error request_after_bare = {
	.advice = "more after a PID without LF: that PID was a complete request",
};

const char *verb_name(enum verb verb)
{
	return verbs[verb];
}

const char *option_name(enum option option)
{
	return options[option].name;
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

/* Which option a word is; NR_OPTIONS: none. */
static enum option find_option(const struct word *word, struct word *value)
{
	enum option option;

	for (option = 0; option < NR_OPTIONS; option++) {
		if (options[option].has_value ? word_assigns(word, options[option].name, value) :
						word_is(word, options[option].name))
			break;
	}
	return option;
}

/* Returns whether the value is well-formed. */
static bool set_option(struct order *order, enum option option, struct word value)
{
	switch (option) {
	case OPTION_MIN_AGE:
		order->has_min_age = true;
		return value_duration(value, &order->min_age_ns);
	case OPTION_DRY_RUN:
		order->dry_run = true;
		return true;
	case OPTION_GENTLE:
		order->gentle = true;
		return true;
	case OPTION_FORCE:
		order->force = true;
		return true;
	case OPTION_PARENT:
		return value_pid(value, &order->parent);
	case OPTION_TO:
		return value_pid(value, &order->to);
	case OPTION_SIGNAL:
		return value_signal(value, &order->signal);
	case NR_OPTIONS:
		break;
	}
	return false;
}

/* Why parts do not go together, and the option to blame (NR_OPTIONS: "all" itself). NULL: they do. */
static const char *order_fault(const struct order *order, enum option *option)
{
	if (order->all && !order->has_min_age) {
		*option = NR_OPTIONS;
		return "all wants min-age, as in all min-age=60s";
	}
	if (order->parent && !order->all) {
		*option = OPTION_PARENT;
		return "parent goes with all only";
	}
	if ((order->to || order->signal) && order->verb != VERB_ADOPT) {
		*option = order->to ? OPTION_TO : OPTION_SIGNAL;
		return "to and signal go with adopt only";
	}
	if (order->signal == SIGKILL || order->signal == SIGSTOP) {
		*option = OPTION_SIGNAL;
		return "KILL and STOP tell an adopter nothing";
	}
	return NULL;
}

bool order_is_valid(const struct order *order)
{
	enum option option;

	return !order_fault(order, &option);
}

void order_complete(struct order *order)
{
	order->gentle |= order->all;
}

static bool blame(struct request_error *error, const struct word *word, const char *advice)
{
	error->word = word->at;
	error->len = word->len;
	error->advice = advice;
	return false;
}

/* Read the options; given: zeroes, filled with where each stands. */
static bool parse_options(const char *at, const char *end, enum place place, struct order *order,
			  struct word given[NR_OPTIONS], struct request_error *error)
{
	struct word word, value;
	enum option option;

	while (next_word(&at, end, &word)) {
		option = find_option(&word, &value);
		if (option == NR_OPTIONS)
			return blame(error, &word, advice_word(&word, place));
		if (given[option].len)
			return blame(error, &word, "an option stands once");
		if (!set_option(order, option, value))
			return blame(error, &word, advice_value(option, &value));
		given[option] = word;
		place = PLACE_OPTION;
	}
	return true;
}

static bool parse_line(const char *at, const char *end, struct request_line *line,
		       struct request_error *error)
{
	struct word word, subject, given[NR_OPTIONS] = {};
	enum place place = PLACE_FIRST;
	struct request_target target;
	enum option option;
	const char *fault;

	memset(line, 0, sizeof(*line));
	if (!next_word(&at, end, &subject))
		return blame(error, &subject, "leave out empty lines");
	if (parse_verb(&subject, &line->order.verb)) {
		word = subject;
		place = PLACE_TARGET;
		if (!next_word(&at, end, &subject))
			return blame(error, &word, "a PID or all must follow");
	}

	line->targets = subject.at;
	line->order.all = word_is(&subject, "all");
	if (line->order.all) {
		place = PLACE_ALL;
	} else {
		for (word = subject; word.len && value_target(word, &target);
		     next_word(&at, end, &word)) {
			line->nr_targets++;
			line->targets_end = at;
		}
		if (!line->nr_targets)
			return blame(error, &subject, advice_word(&subject, place));
		at = line->targets_end;
		place = PLACE_PID;
	}

	if (!parse_options(at, end, place, &line->order, given, error))
		return false;
	fault = order_fault(&line->order, &option);
	if (fault)
		return blame(error, option == NR_OPTIONS ? &subject : &given[option], fault);
	order_complete(&line->order);
	return true;
}

int request_next_line(struct request_text *text, struct request_line *line,
		      struct request_error *error)
{
	const char *lf;

	if (text->at == text->end)
		return 0;
	error->line = ++text->line;
	lf = memchr(text->at, '\n', text->end - text->at);
	if (!parse_line(text->at, lf ? lf : text->end, line, error)) {
		if (error->len && error->word + error->len == lf && lf[-1] == '\r')
			error->advice = "the line ends in CR LF: LF alone ends a line";
		return -EINVAL;
	}
	if (line->order.all && text->all) {
		struct word all = { line->targets, strlen("all") };

		blame(error, &all, "all stands once in a batch");
		return -EINVAL;
	}
	text->all |= line->order.all;
	text->at = lf ? lf + 1 : text->end;
	return 1;
}

bool request_next_target(struct request_line *line, struct request_target *target)
{
	struct word word;

	if (!line->nr_targets)
		return false;
	line->nr_targets--;
	return next_word(&line->targets, line->targets_end, &word) && value_target(word, target);
}

static bool is_bare(const char *text, size_t len)
{
	struct word word = { text, len };
	struct request_target target;

	return value_target(word, &target);
}

/*
 * Blame a first write that neither has an LF nor is a bare PID. In a long write the last
 * word may be half a word, which says nothing.
 */
static void blame_first(const char *text, size_t len, struct request_error *error)
{
	const char *at = text, *end = text + len;
	struct request_line line;
	struct word word, last;

	error->line = 1;
	if (len < SHELL_BUFFER && !parse_line(at, end, &line, error))
		return;
	for (last = (struct word){ at, 0 }; next_word(&at, end, &word); last = word)
		;
	blame(error, &last, len < SHELL_BUFFER ? "end the line with LF" :
	      "no LF in this write: shells cut long lines, so write short ones");
}

int request_cut(const char *text, size_t kept, size_t len, bool first, size_t *run,
		struct request_error *error)
{
	size_t i;

	if (len > REQUEST_MAX_BYTES) {
		*error = request_too_long;
		return -E2BIG;
	}
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
	if (!is_bare(text, len)) {
		blame_first(text, len, error);
		return -EINVAL;
	}
	*run = len;
	return 0;
}

size_t request_error_text(const struct request_error *error, char buf[REQUEST_ERROR_BYTES])
{
	size_t shown = min(error->len, (size_t)SHOWN_BYTES);
	char word[4 * SHOWN_BYTES + 1];

	if (!error->line)
		return scnprintf(buf, REQUEST_ERROR_BYTES, "wrote %s", error->advice);
	row_escape_bytes(error->word, shown, true, word, sizeof(word));
	return scnprintf(buf, REQUEST_ERROR_BYTES, "wrote \"%s\"%s in line %u: %s", word,
			 shown < error->len ? "..." : "", error->line, error->advice);
}
