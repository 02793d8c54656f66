/* SPDX-License-Identifier: GPL-2.0-only */
/* A slice: a bounded number of targets that are dealt with together, in one way. */
#ifndef ZREAP_SLICE_H
#define ZREAP_SLICE_H

#include <linux/completion.h>
#include <linux/list.h>
#include <linux/types.h>

#include "request.h"
#include "result.h"
#include "zombie.h"

/**
 * struct usage - what a process used, its own waited-for children included
 * @utime_us: CPU time in user mode, microseconds
 * @stime_us: CPU time in the kernel, microseconds
 * @maxrss_kb: peak resident set, KiB
 */
struct usage {
	u64 utime_us;
	u64 stime_us;
	u64 maxrss_kb;
};

/**
 * struct outcome - what came of one target
 * @result: how it ended
 * @facts: what was known of the process before
 * @usage: what it used; for RESULT_REAPED and RESULT_RELEASED only
 */
struct outcome {
	enum result result;
	struct facts facts;
	struct usage usage;
};

/**
 * struct item - one target
 * @target: the process and the conditions, with counted references
 * @nr: its number as the asker wrote it
 * @verb: what to do to it
 * @dry_run: only say what would be done
 * @chosen: it comes from "all": it has no row if there was nothing to do
 * @adopter: VERB_ADOPT: the process that is to be its parent, counted; NULL: there is none
 * @signal: VERB_ADOPT: what the adopter is sent
 * @task: its leader, between a way's judge() and its finish()
 * @thread: VERB_ADOPT: the thread of the adopter that takes it, within a hold of tasklist_lock
 * @outcome: valid once the item is settled
 */
struct item {
	struct target target;
	pid_t nr;
	enum verb verb;
	bool dry_run;
	bool chosen;
	struct pid *adopter;
	int signal;
	struct task_struct *task;
	struct task_struct *thread;
	struct outcome outcome;
};

/**
 * struct slice - items of one verb, of which all are dry runs or none is
 * @link: in a queue of the reaper, under its lock
 * @abandoned: under the lock of the queue: its writer is killed
 * @done: completed when the reaper is through with it
 * @nr: how many items
 * @room: for how many items there is memory
 * @settled: so many items, from the first, have their outcome
 * @items: in the order in which they were asked for
 */
struct slice {
	struct list_head link;
	bool abandoned;
	struct completion done;
	unsigned int nr;
	unsigned int room;
	unsigned int settled;
	struct item *items;
};

/**
 * slice_init() - get the memory for a slice
 * @slice: an empty one on success
 * @room: for how many items
 *
 * Context: process; may sleep.
 * Return: 0 or -ENOMEM.
 */
int slice_init(struct slice *slice, unsigned int room);

/**
 * slice_clear() - drop all items and what they hold
 * @slice: nobody works on it
 *
 * Context: process; may sleep.
 */
void slice_clear(struct slice *slice);

/**
 * slice_sift() - drop some items, and make the others unsettled
 * @slice: nobody works on it
 * @passes: whether an item stays
 * @data: for @passes
 *
 * Context: process; may sleep.
 */
void slice_sift(struct slice *slice, bool (*passes)(const struct item *item, void *data),
		void *data);

/**
 * slice_exit() - free all of a slice
 * @slice: nobody works on it
 *
 * Context: process; may sleep.
 */
void slice_exit(struct slice *slice);

/**
 * slice_look() - judge all items of a slice, and do nothing
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
 * Context: process; may sleep; a kernel thread of the reaper, unless the verb is VERB_RELEASE.
 */
void slice_step(struct slice *slice, unsigned int most);

#endif
