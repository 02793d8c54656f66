// SPDX-License-Identifier: GPL-2.0-only
/* Advice for malformed requests. The first that applies is given. */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/stringify.h>

#include "advice.h"

#define MAX_PID __stringify(REQUEST_MAX_PID)
#define DIGITS "name a process by its PID, in decimal digits"

/* "write reap", for whatever comes near to it. */
static const char *const verb_spellings[NR_VERBS] = {
#define ZREAP_VERB(id, name) [VERB_##id] = "write " name,
	ZREAP_VERBS(ZREAP_VERB)
#undef ZREAP_VERB
};

static const char *const spellings[NR_OPTIONS] = {
#define ZREAP_OPTION(id, name, value) [OPTION_##id] = "write " name value,
	ZREAP_OPTIONS(ZREAP_OPTION)
#undef ZREAP_OPTION
};

#define ZREAP_VERB(id, name) " " name
static const char no_verb[] = "the verbs are" ZREAP_VERBS(ZREAP_VERB)
			      "; a process is named by its PID";
#undef ZREAP_VERB

#define ZREAP_OPTION(id, name, value) " " name
static const char no_option[] = "the options are" ZREAP_OPTIONS(ZREAP_OPTION);
#undef ZREAP_OPTION

/* The first words of the headers of ps and of zreap's own tables. */
static const char *const headers[] = {
	"PID", "PPID", "PGID", "SID", "UID", "USER", "RUSER", "TID", "LWP", "F", "S", "STAT", "STATE",
	"TIME_MS",
};

static const char *advice_bytes(const struct word *word)
{
	size_t i;

	if (memchr(word->at, '\0', word->len))
		return "a NUL byte ends no line: LF does";
	for (i = 0; i < word->len; i++) {
		unsigned char c = word->at[i];

		if (c < 0x20 || c > 0x7e)
			return "write plain text: ASCII words, spaces or tabs, and LF";
	}
	return NULL;
}

static size_t count_digits(const struct word *word)
{
	size_t nr = 0;

	while (nr < word->len && is_digit(word->at[nr]))
		nr++;
	return nr;
}

static bool is_signed(const struct word *word)
{
	return word->len > 1 && (*word->at == '-' || *word->at == '+') && is_digit(word->at[1]);
}

/* Whether the word looks as if it were a target. */
static bool is_numeric(const struct word *word)
{
	return is_digit(*word->at) || *word->at == '@' || is_signed(word);
}

static bool has_any(const struct word *word, const char *bytes)
{
	for (; *bytes; bytes++) {
		if (memchr(word->at, *bytes, word->len))
			return true;
	}
	return false;
}

/* Of digits without leading zero. */
static bool is_too_large(const char *at, size_t digits)
{
	size_t most = strlen(MAX_PID);

	return digits > most || (digits == most && memcmp(at, MAX_PID, most) > 0);
}

static const char *advice_pid(const struct word *word)
{
	size_t digits = count_digits(word);

	if (is_signed(word))
		return "a PID has no sign";
	if (*word->at == '@')
		return "a PID must stand before @";
	if (!digits)
		return DIGITS;
	if (has_any(word, ",;:|"))
		return "separate PIDs by blanks";
	if (digits < word->len && (word->at[digits] == '-' || word->at[digits] == '.'))
		return "write each PID as a whole number: there are no ranges and no fractions";
	if (digits < word->len && word->at[digits] != '@')
		return DIGITS;
	if (digits > 1 && *word->at == '0')
		return "a PID has no leading zero";
	if (*word->at == '0' || is_too_large(word->at, digits))
		return "a PID is 1 to " MAX_PID;
	return "behind @ stands START, field 22 of /proc/PID/stat";
}

/* Whether the word is that name but for dashes, underscores, capitals and what follows "=" or ":". */
static bool is_near(const struct word *word, const char *name)
{
	size_t i;

	for (i = 0; i < word->len && word->at[i] != '=' && word->at[i] != ':'; i++) {
		char c = word->at[i];

		if (c == '-' || c == '_')
			continue;
		while (*name == '-')
			name++;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c != *name)
			return false;
		name++;
	}
	return !*name;
}

static const char *advice_option(const struct word *word)
{
	enum option option;

	for (option = 0; option < NR_OPTIONS; option++) {
		if (is_near(word, option_name(option)))
			return spellings[option];
	}
	return NULL;
}

static const char *advice_verb(const struct word *word)
{
	enum verb verb;

	for (verb = 0; verb < NR_VERBS; verb++) {
		if (is_near(word, verb_name(verb)))
			return verb_spellings[verb];
	}
	return NULL;
}

static bool is_header(const struct word *word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(headers); i++) {
		if (word_is(word, headers[i]))
			return true;
	}
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* For a word in front of which there is no target yet. */
static const char *advice_front(const struct word *word, enum place place)
{
	const char *advice;

	if (is_numeric(word))
		return advice_pid(word);
	advice = advice_verb(word);
	if (advice)
		return place == PLACE_FIRST ? advice : "a line has one verb, and it stands first";
	if (is_near(word, "all"))
		return "write all";
	if (advice_option(word))
		return "an option stands behind a PID or all";
	if (is_header(word))
		return "this is a header line of a listing: leave it out";
	if (word_is(word, "*"))
		return "for every zombie write all, as in all min-age=60s";
	if (*word->at == '-')
		return "no word begins with a dash";
	if (place == PLACE_FIRST && is_letter(*word->at))
		return no_verb;
	return DIGITS;
}

const char *advice_word(const struct word *word, enum place place)
{
	const char *advice = advice_bytes(word);

	if (advice)
		return advice;
	if (place == PLACE_FIRST || place == PLACE_TARGET)
		return advice_front(word, place);
	if (is_numeric(word)) {
		if (place == PLACE_PID)
			return advice_pid(word);
		return place == PLACE_ALL ? "all stands without PIDs" :
					    "PIDs stand before the options";
	}
	if (word_is(word, "all"))
		return "all stands alone, as in all min-age=60s";
	if (advice_verb(word))
		return "a line has one verb, and it stands first";
	advice = advice_option(word);
	return advice ? advice : no_option;
}

static const char *advice_duration(const struct word *value)
{
	size_t digits = count_digits(value);

	if (digits > 1 && *value->at == '0')
		return "a duration has no leading zero";
	if (digits && digits == value->len)
		return "a duration wants a unit: ms, s, m or h, as in min-age=60s";
	/* As many digits as the longest has in hours. */
	if (digits >= 7 && value->len - digits <= 2)
		return "a duration is at most 5124095h";
	return "a duration is a whole number and a unit, ms, s, m or h, as in min-age=60s";
}

static bool begins(const struct word *word, const char *name)
{
	size_t len = strlen(name);

	return word->len >= len && !memcmp(word->at, name, len);
}

static const char *advice_signal(const struct word *value)
{
	if (begins(value, "RT") || begins(value, "SIGRT"))
		return "real-time signals have no names here: write the number";
	return "a signal is 1 to " __stringify(REQUEST_MAX_SIGNAL)
	       " or a name in capitals, as in signal=USR1";
}

const char *advice_value(enum option option, const struct word *value)
{
	const char *advice = advice_bytes(value);

	if (advice)
		return advice;
	if (!value->len)
		return spellings[option];
	switch (option) {
	case OPTION_MIN_AGE:
		return advice_duration(value);
	case OPTION_SIGNAL:
		return advice_signal(value);
	default:
		return has_any(value, "@,;:") ? "parent and to take one PID, without START" :
						advice_pid(value);
	}
}
