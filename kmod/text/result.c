// SPDX-License-Identifier: GPL-2.0-only
/* The table of results. */
#include <linux/errno.h>

#include "result.h"

static const struct {
	const char *name;
	int error;
	const char *meaning;
} results[NR_RESULTS] = {
#define ZREAP_RESULT(id, name, error, meaning) [RESULT_##id] = { name, error, meaning },
	ZREAP_RESULTS(ZREAP_RESULT)
#undef ZREAP_RESULT
};

const char *result_name(enum result result)
{
	return results[result].name;
}

int result_errno(enum result result)
{
	return results[result].error;
}

const char *result_meaning(enum result result)
{
	return results[result].meaning;
}

bool result_takes(enum result result)
{
	return result == RESULT_REAPED || result == RESULT_ADOPTED ||
	       result == RESULT_RELEASED || result == RESULT_FAILED;
}

bool result_spares(enum result result)
{
	return (result >= RESULT_GONE && result <= RESULT_YOUNG) || result == RESULT_OWN_CHILD;
}
