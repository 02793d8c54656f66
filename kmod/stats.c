// SPDX-License-Identifier: GPL-2.0-only
/* The counters. */
#include <linux/atomic.h>

#include "stats.h"

static atomic64_t results[NR_RESULTS];
static atomic64_t longest_hold;

void stats_add_result(enum result result)
{
	atomic64_inc(&results[result]);
}

void stats_add_hold(u64 ns)
{
	/* The reaper is the only writer, so that a look before the change is enough. */
	if (ns > atomic64_read(&longest_hold))
		atomic64_set(&longest_hold, ns);
}

u64 stats_result(enum result result)
{
	return atomic64_read(&results[result]);
}

u64 stats_longest_hold(void)
{
	return atomic64_read(&longest_hold);
}
