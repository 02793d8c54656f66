/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of a line. Pure text, no kernel state.
 * Compiles in user space too (tests/unit).
 */
#ifndef ZREAP_WORD_H
#define ZREAP_WORD_H

#include <linux/string.h>
#include <linux/types.h>

/**
 * struct word - a piece of a text
 * @at: where it begins; not terminated
 * @len: its length; never 0 once next_word() gave it
 */
struct word {
	const char *at;
	size_t len;
};

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/**
 * next_word() - read the next word of a line
 * @text: where to read; moved behind the word
 * @end: the end of the line
 * @word: filled; empty and at @end if there is none
 *
 * Context: any.
 * Return: whether there was one.
 */
static inline bool next_word(const char **text, const char *end, struct word *word)
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

/**
 * word_is() - whether a word is this one
 * @word: any
 * @name: terminated
 *
 * Context: any.
 * Return: true if it is, byte for byte.
 */
static inline bool word_is(const struct word *word, const char *name)
{
	return word->len == strlen(name) && !memcmp(word->at, name, word->len);
}

/**
 * word_assigns() - whether a word is "name=value"
 * @word: any
 * @name: terminated
 * @value: filled on success; may be empty
 *
 * Context: any.
 * Return: true if it is.
 */
static inline bool word_assigns(const struct word *word, const char *name, struct word *value)
{
	size_t len = strlen(name);

	if (word->len <= len || memcmp(word->at, name, len) || word->at[len] != '=')
		return false;
	value->at = word->at + len + 1;
	value->len = word->len - len - 1;
	return true;
}

#endif
