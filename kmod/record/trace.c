// SPDX-License-Identifier: GPL-2.0-only
/* Defines the tracepoint. */
#include <linux/build_bug.h>
#include <linux/cred.h>
#include <linux/user_namespace.h>

#define CREATE_TRACE_POINTS
#include "trace.h"

#define ZREAP_RESULT(id, name, error, meaning)			\
	static_assert(sizeof(name) <= TRACE_WORD_BYTES,		\
		      "the word of a result does not fit into its trace event");
ZREAP_RESULTS(ZREAP_RESULT)
#undef ZREAP_RESULT
