/* SPDX-License-Identifier: GPL-2.0-only */
/* The last results of every door, kept so that no exit status is lost. */
#ifndef ZREAP_RECENT_H
#define ZREAP_RECENT_H

#include <linux/types.h>

#include "batch/access.h"
#include "batch/batch.h"

/**
 * struct record - one result, and its asker
 * @nr: how many records came before it since the module was loaded; recent_add() sets it
 * @time_ns: when, in nanoseconds since the epoch
 * @verb: the verb of the request
 * @asked: the process as the asker numbered it
 * @ns_id: the asker's PID namespace
 * @caller: the process that asked
 * @outcome: the result
 */
struct record {
	u64 nr;
	u64 time_ns;
	enum verb verb;
	pid_t asked;
	struct ns_id ns_id;
	struct caller caller;
	struct outcome outcome;
};

/**
 * recent_init() - make room for the records
 *
 * Context: process; may sleep.
 * Return: 0, -ENOMEM, or -EINVAL if the parameter is out of range.
 */
int recent_init(void);

/**
 * recent_exit() - drop all records
 *
 * Context: process; this file is no longer in use.
 */
void recent_exit(void);

/**
 * record_init() - make a record of the outcome of an item
 * @record: filled
 * @batch: the item's batch
 * @item: has its outcome
 *
 * Context: any.
 */
void record_init(struct record *record, const struct batch *batch, const struct item *item);

/**
 * recent_add() - keep a record; the oldest of its kind makes room
 * @record: copied; its number is set
 *
 * Context: process.
 */
void recent_add(struct record *record);

/**
 * recent_get() - read the next record that an opener may see
 * @opener: the reader; in the initial PID namespace it may see all records, elsewhere
 *	those of requests from its own namespace
 * @nr: where to begin; set to the number of the record that it found
 * @record: filled on success
 *
 * Context: process.
 * Return: whether there is one.
 */
bool recent_get(const struct opener *opener, u64 *nr, struct record *record);

#endif
