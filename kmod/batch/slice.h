/* SPDX-License-Identifier: GPL-2.0-only */
/* A slice: a bounded number of targets that zreap deals with together, in one way. */
#ifndef ZREAP_SLICE_H
#define ZREAP_SLICE_H

#include <linux/types.h>

#include "text/request.h"
#include "ways/item.h"

/**
 * struct slice - items of one verb; either all are dry runs or none is
 * @nr: how many items
 * @room: for how many items there is memory
 * @settled: how many items, from the first, have their outcome
 * @longest_hold_ns: the longest time for which zreap held tasklist_lock for writing, in
 *	nanoseconds
 * @items: in the order in which they were asked for
 * @one: the memory of @items if there is room for one
 */
struct slice {
	unsigned int nr;
	unsigned int room;
	unsigned int settled;
	u64 longest_hold_ns;
	struct item *items;
	struct item one;
};

/**
 * slice_init() - get the memory for a slice
 * @slice: empty on success; do not move it
 * @room: for how many items
 *
 * Context: process; may sleep.
 * Return: 0 or -ENOMEM.
 */
int slice_init(struct slice *slice, unsigned int room);

/**
 * slice_clear() - drop all items and what they hold
 * @slice: not being worked on
 *
 * Context: process; may sleep.
 */
void slice_clear(struct slice *slice);

/**
 * slice_sift() - drop some items, and make the others unsettled
 * @slice: not being worked on
 * @passes: whether an item stays
 * @data: for @passes
 *
 * Context: process; may sleep.
 */
void slice_sift(struct slice *slice, bool (*passes)(const struct item *item, void *data),
		void *data);

/**
 * slice_exit() - free all of a slice
 * @slice: not being worked on
 *
 * Context: process; may sleep.
 */
void slice_exit(struct slice *slice);

/**
 * slice_look() - judge all items of a slice, and change nothing
 * @slice: all of it is settled on success
 * @verb: what to judge for; the slice's own, or VERB_REAP
 *
 * Context: process; takes tasklist_lock for reading, again and again.
 * Return: 0, or -EINTR if the current task was killed.
 */
int slice_look(struct slice *slice, enum verb verb);

/**
 * slice_step() - deal with the next items of a slice, in one hold of tasklist_lock
 * @slice: has items that are not settled
 * @most: how many at most
 *
 * Context: process; may sleep; only kzreapd, unless the verb is VERB_RELEASE.
 */
void slice_step(struct slice *slice, unsigned int most);

#endif
