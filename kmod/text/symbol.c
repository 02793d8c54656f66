// SPDX-License-Identifier: GPL-2.0-only
/* Reads what sprint_symbol() gives. */
#include <linux/overflow.h>
#include <linux/string.h>
#include <linux/types.h>

#include "symbol.h"

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* Take a prefix and a hexadecimal number off the front of a text. */
static bool take_number(const char **text, const char *prefix, unsigned long *number)
{
	const char *at = *text;
	unsigned long value = 0;
	int digit;

	if (strncmp(at, prefix, strlen(prefix)))
		return false;
	at += strlen(prefix);
	if (digit_value(*at) < 0)
		return false;
	for (; (digit = digit_value(*at)) >= 0; at++) {
		if (check_mul_overflow(value, 16UL, &value) ||
		    check_add_overflow(value, (unsigned long)digit, &value))
			return false;
	}
	*text = at;
	*number = value;
	return true;
}

/* " [MODULE]", and nothing behind it. */
static bool is_module(const char *text)
{
	size_t len = strlen(text);

	return len > strlen(" []") && !strncmp(text, " [", 2) && strchr(text, ']') == text + len - 1;
}

enum symbol_verdict symbol_judge(const char *text, const char *name, unsigned long most,
				 unsigned long *offset)
{
	const char *at = strchr(text, '+');
	unsigned long behind, size;
	size_t len;

	if (!at || at == text)
		return SYMBOL_UNNAMED;
	len = at - text;
	if (!take_number(&at, "+0x", &behind) || !take_number(&at, "/0x", &size) ||
	    behind >= size || (*at && !is_module(at)))
		return SYMBOL_UNNAMED;
	if (strlen(name) != len || memcmp(text, name, len))
		return SYMBOL_OTHER;
	if (*at)
		return SYMBOL_OF_MODULE;
	*offset = behind;
	return behind > most ? SYMBOL_INSIDE : SYMBOL_FITS;
}
