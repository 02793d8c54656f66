/* SPDX-License-Identifier: GPL-2.0-only */
/* A batch: all that one write asks for, and what came of it. */
#ifndef ZREAP_BATCH_H
#define ZREAP_BATCH_H

#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/types.h>

#include "access.h"
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
 * struct item - one target of a batch
 * @target: the process and the conditions; its references are dropped once the item is settled
 * @nr: its number as the asker wrote it
 * @verb: what to do to it
 * @dry_run: only say what would be done
 * @chosen: it comes from "all": it has no row if there was nothing to do
 * @adopter: VERB_ADOPT: the process that is to be its parent, counted; NULL: there is none
 * @signal: VERB_ADOPT: what the adopter is sent
 * @claimed: VERB_RELEASE: the process between its claim and its release, else NULL
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
	struct task_struct *claimed;
	struct outcome outcome;
};

/**
 * struct caller - who wrote
 * @pid: the process
 * @uid: its effective user id
 * @login_uid: its audit user id
 * @session: its audit session
 * @comm: its name
 */
struct caller {
	struct seen pid;
	kuid_t uid;
	kuid_t login_uid;
	unsigned int session;
	char comm[TASK_COMM_LEN];
};

/**
 * struct batch - a counted list of items
 * @refs: one for the writer or its open file, one for the queue
 * @link: in the reaper's queue, under its lock
 * @done: completed when no item will change any more
 * @abandoned: the writer was killed: drop what is not taken yet
 * @ended: nothing of it will change
 * @ns: the asker's PID namespace, counted
 * @ns_id: the same, to be remembered after the batch
 * @start_offset_ns: start_offset() for the asker
 * @caller: who asked
 * @nr: how many items
 * @room: for how many items there is memory
 * @settled: so many items, from the first, have their outcome; the reaper's own until @done
 * @spared: so many of them have no row; the reaper's own until @done
 * @several: more than one target was written, or "all"
 * @counts: how many items with a row ended with which result; the reaper's own until @done
 * @items: in the order in which they were asked for
 */
struct batch {
	struct kref refs;
	struct list_head link;
	struct completion done;
	bool abandoned;
	bool ended;
	struct pid_namespace *ns;
	struct ns_id ns_id;
	u64 start_offset_ns;
	struct caller caller;
	unsigned int nr;
	unsigned int room;
	unsigned int settled;
	unsigned int spared;
	bool several;
	unsigned int counts[NR_RESULTS];
	struct item *items;
};

/**
 * batch_new() - begin a batch of the current task
 * @opener: in whose name
 *
 * Context: process; may sleep.
 * Return: an empty batch with one reference, or ERR_PTR(-ENOMEM).
 */
struct batch *batch_new(const struct opener *opener);

/**
 * batch_add() - add a target, resolving PIDs as the opener numbers them
 * @batch: not yet given to the reaper
 * @opener: who asks
 * @order: what to do, valid
 * @wanted: to whom
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0 or -ENOMEM.
 */
int batch_add(struct batch *batch, const struct opener *opener, const struct order *order,
	      const struct request_target *wanted);

/**
 * batch_add_pid() - add a process that is known already
 * @batch: not yet given to the reaper
 * @opener: who asks
 * @order: what to do, valid
 * @pid: to whom, counted by the caller
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0 or -ENOMEM.
 */
int batch_add_pid(struct batch *batch, const struct opener *opener, const struct order *order,
		  struct pid *pid);

/**
 * batch_add_all() - add every reapable zombie that the opener can see and the order selects
 * @batch: not yet given to the reaper; at most one such call, or a few bytes
 *	could ask for memory without bounds
 * @opener: who asks
 * @order: what to do, valid
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, -EPERM if the opener may not touch the adopter, -ENOMEM, or -EINTR if killed.
 */
int batch_add_all(struct batch *batch, const struct opener *opener, const struct order *order);

/**
 * batch_parse() - make a batch of a text
 * @opener: who asks
 * @bytes: complete lines
 * @len: how many bytes
 * @error: filled if they are malformed; points into @bytes
 *
 * Context: process, in the asker's own; may sleep.
 * Return: a batch with one reference, or an ERR_PTR: -EINVAL for malformed text or a second
 * "all"; what batch_add_all() gives.
 */
struct batch *batch_parse(const struct opener *opener, const char *bytes, size_t len,
			  struct request_error *error);

/**
 * batch_get() - take a reference
 * @batch: the batch
 *
 * Context: any.
 * Return: @batch.
 */
struct batch *batch_get(struct batch *batch);

/**
 * batch_put() - drop a reference
 * @batch: the batch, or NULL
 *
 * Context: process; may sleep.
 */
void batch_put(struct batch *batch);

/**
 * batch_settle() - note that an item has its outcome, and drop what it no longer needs
 * @batch: the batch
 * @item: its next item that is not settled
 *
 * Context: the reaper; no lock held.
 */
void batch_settle(struct batch *batch, struct item *item);

/**
 * item_has_row() - whether readers see a settled item
 * @item: the item
 *
 * Context: any.
 * Return: true if it has one.
 */
bool item_has_row(const struct item *item);

/**
 * batch_is_told() - whether log and audit have anything to tell of a batch
 * @batch: a batch that will not change
 *
 * An "all" that found nothing to do, as a watcher's mostly does, is not worth a line.
 *
 * Context: any.
 * Return: true if it is.
 */
bool batch_is_told(const struct batch *batch);

/**
 * batch_first_failure() - the first target that was not dealt with
 * @batch: a batch that is done
 *
 * Context: any.
 * Return: an item, or NULL.
 */
const struct item *batch_first_failure(const struct batch *batch);

/**
 * batch_errno() - what write(2) gives for a batch
 * @batch: a batch that is done
 *
 * Context: any.
 * Return: 0 if every target was dealt with, or the negative errno of the first that was not.
 */
int batch_errno(const struct batch *batch);

#endif
