// SPDX-License-Identifier: GPL-2.0-only
/* The table of results: names and errnos. */
#include <linux/errno.h>

#include "result.h"

static const struct {
	const char *name;
	int error;
} results[NR_RESULTS] = {
#define ZREAP_RESULT(id, name, error) [RESULT_##id] = { name, error },
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

bool result_takes(enum result result)
{
	return result == RESULT_REAPED || result == RESULT_ADOPTED ||
	       result == RESULT_RELEASED || result == RESULT_FAILED;
}

bool result_spares(enum result result)
{
	return (result >= RESULT_GONE && result <= RESULT_YOUNG) || result == RESULT_OWN_CHILD;
}
