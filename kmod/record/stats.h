/* SPDX-License-Identifier: GPL-2.0-only */
/* Counters since the module was loaded. */
#ifndef ZREAP_STATS_H
#define ZREAP_STATS_H

#include <linux/types.h>

#include "text/result.h"

/**
 * stats_add_result() - count the outcome of a target
 * @result: how it ended
 *
 * Context: any.
 */
void stats_add_result(enum result result);

/**
 * stats_add_spared() - count what "all" spared
 * @result: why
 *
 * Context: any.
 */
void stats_add_spared(enum result result);

/**
 * stats_add_hold() - account a hold of tasklist_lock for writing
 * @ns: how long it was, in nanoseconds
 *
 * Context: any.
 */
void stats_add_hold(u64 ns);

/**
 * stats_result() - how many targets ended with a result
 * @result: which result
 *
 * Context: any.
 */
u64 stats_result(enum result result);

/**
 * stats_spared() - how many zombies "all" has spared, each counted every time
 * @result: why
 *
 * Context: any.
 */
u64 stats_spared(enum result result);

/**
 * stats_longest_hold() - the longest hold so far
 *
 * Context: any.
 * Return: nanoseconds.
 */
u64 stats_longest_hold(void);

#endif
