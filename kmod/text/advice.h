/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Says what to write instead of a word that the parser refused. Pure text.
 * Compiles in user space too (tests/unit).
 */
#ifndef ZREAP_ADVICE_H
#define ZREAP_ADVICE_H

#include "request.h"
#include "word.h"

/* Where such a word stands in its line. */
enum place {
	PLACE_FIRST,	/* at the front */
	PLACE_TARGET,	/* behind the verb */
	PLACE_PID,	/* behind a PID */
	PLACE_ALL,	/* behind all */
	PLACE_OPTION,	/* behind an option */
};

/**
 * advice_word() - advice for a word that is neither verb nor target nor option where it stands
 * @word: not empty
 * @place: where it stands
 *
 * Context: any.
 * Return: a static string.
 */
const char *advice_word(const struct word *word, enum place place);

/**
 * advice_value() - advice for an option whose value is malformed
 * @option: which
 * @value: what stands behind its "="; may be empty
 *
 * Context: any.
 * Return: a static string.
 */
const char *advice_value(enum option option, const struct word *value);

#endif
