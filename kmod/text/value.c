// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kernel.h>
#include <linux/overflow.h>

#include "request.h"
#include "signame.h"
#include "value.h"

/*
 * Take a decimal number off the front of a word: digits only, no leading zero,
 * at most max. False leaves the word as it was.
 */
static bool take_number(struct word *word, u64 max, u64 *number)
{
	u64 value = 0;
	size_t i;

	for (i = 0; i < word->len && is_digit(word->at[i]); i++) {
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

bool value_pid(struct word word, u32 *pid)
{
	return take_pid(&word, pid) && !word.len;
}

bool value_target(struct word word, struct request_target *target)
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

bool value_duration(struct word word, u64 *ns)
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

bool value_signal(struct word word, int *signal)
{
	u64 number;

	if (!take_number(&word, REQUEST_MAX_SIGNAL, &number)) {
		*signal = signal_by_name(word.at, word.len);
		return *signal;
	}
	*signal = number;
	return number && !word.len;
}
