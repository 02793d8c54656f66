/* SPDX-License-Identifier: GPL-2.0-only */
/* The listener that hears of each result at once. */
#ifndef ZREAP_LISTENER_H
#define ZREAP_LISTENER_H

#include "recent.h"

/**
 * listener_set() - set the function that hears of results from now on
 * @hear: called with each record, by the asker or kzreapd, also by several at once; may
 *	sleep; NULL: none
 *
 * Context: process; waits for calls under way.
 */
void listener_set(void (*hear)(const struct record *record));

/**
 * listener_tell() - tell the listener of a result
 * @record: the result
 *
 * Context: process; may sleep.
 */
void listener_tell(const struct record *record);

#endif
