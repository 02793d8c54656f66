// SPDX-License-Identifier: GPL-2.0-only
/* The counters. */
#include <linux/atomic.h>

#include "stats.h"

static atomic64_t results[NR_RESULTS];
static atomic64_t spared[NR_RESULTS];
static atomic64_t longest_hold;

void stats_add_result(enum result result)
{
	atomic64_inc(&results[result]);
}

void stats_add_spared(enum result result)
{
	atomic64_inc(&spared[result]);
}

void stats_add_hold(u64 ns)
{
	s64 longest = atomic64_read(&longest_hold);

	/* A failed exchange gives the new value. */
	while (ns > longest && !atomic64_try_cmpxchg(&longest_hold, &longest, ns))
		;
}

u64 stats_result(enum result result)
{
	return atomic64_read(&results[result]);
}

u64 stats_spared(enum result result)
{
	return atomic64_read(&spared[result]);
}

u64 stats_longest_hold(void)
{
	return atomic64_read(&longest_hold);
}
