/* SPDX-License-Identifier: GPL-2.0-only */
/* A batch: what one request asks for, and what came of it so far. */
#ifndef ZREAP_BATCH_H
#define ZREAP_BATCH_H

#include <linux/types.h>

#include "access.h"
#include "slice.h"
#include "text/request.h"
#include "text/result.h"

/* So many targets make a slice. */
#define BATCH_SLICE 1024

/**
 * struct caller - who asked
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
 * struct sink - where the rows of a batch go
 * @reserve: see to it that there is room for so many more, which were listed, or come
 *	from "all"; before anything is done to those targets. Returns 0 or -errno, which
 *	ends the batch.
 * @put: take the row of a settled item
 */
struct sink {
	int (*reserve)(struct sink *sink, unsigned int more, bool chosen);
	void (*put)(struct sink *sink, const struct item *item);
};

/**
 * struct batch - a request under way
 * @sink: where rows go; NULL: nobody will read them
 * @ns: the asker's PID namespace, counted
 * @ns_id: the same, to be remembered after the batch
 * @outside: that is not the initial PID namespace
 * @several: more than one target was asked for, or "all"
 * @err: what ended it before all was done: -EINTR: the caller was killed; -EPIPE: its
 *	socket was closed; -ENOBUFS, -ENOMEM: there was no room for more rows; 0: nothing
 * @start_offset_ns: start_offset() for the asker
 * @caller: who asked
 * @slice: what is dealt with next
 * @nr: how many targets have a row so far
 * @counts: with which result they ended
 * @spared: why "all" spared how many others
 * @failure: the result of the first target that was not dealt with; NR_RESULTS: there is none
 */
struct batch {
	struct sink *sink;
	struct pid_namespace *ns;
	struct ns_id ns_id;
	bool outside;
	bool several;
	int err;
	u64 start_offset_ns;
	struct caller caller;
	struct slice slice;
	unsigned int nr;
	unsigned int counts[NR_RESULTS];
	unsigned int spared[NR_RESULTS];
	enum result failure;
};

/**
 * batch_begin() - begin a batch of the current task
 * @batch: filled on success; give it to batch_exit()
 * @opener: in whose name
 * @nr: how many targets are listed
 * @all: whether there is an "all"
 *
 * Context: process; may sleep.
 * Return: 0 or -ENOMEM.
 */
int batch_begin(struct batch *batch, const struct opener *opener, unsigned int nr, bool all);

/**
 * batch_fits() - whether the slice takes one more target
 * @batch: the batch
 * @order: what is to be done to it
 *
 * Context: any.
 * Return: false if the slice is full, or of another verb.
 */
bool batch_fits(const struct batch *batch, const struct order *order);

/**
 * batch_add() - add a target, resolving PIDs as the opener numbers them
 * @batch: batch_fits() says that it takes the target
 * @opener: who asks
 * @order: what to do, valid and complete
 * @wanted: to whom
 *
 * Context: process, in the asker's own; may sleep.
 */
void batch_add(struct batch *batch, const struct opener *opener, const struct order *order,
	       const struct request_target *wanted);

/**
 * batch_add_pid() - add a process that is known already
 * @batch: empty
 * @opener: who asks
 * @order: what to do, valid and complete
 * @pid: to whom, counted by the caller
 *
 * Context: process, in the asker's own; may sleep.
 */
void batch_add_pid(struct batch *batch, const struct opener *opener, const struct order *order,
		   struct pid *pid);

/**
 * batch_choose() - add a process that "all" has come to
 * @batch: has room in its slice, which holds nothing else
 * @opener: who asks
 * @order: what to do, valid and complete
 * @pid: the process; its reference becomes the batch's
 * @nr: its number for the opener
 * @parent: the only parent that it may have; NULL: any
 *
 * Context: process, in the asker's own; may sleep.
 */
void batch_choose(struct batch *batch, const struct opener *opener, const struct order *order,
		  struct pid *pid, pid_t nr, struct pid *parent);

/**
 * batch_errno() - what write(2) gives for a batch
 * @batch: nothing of it is left to be done
 *
 * Context: any.
 * Return: 0 if every target was dealt with, or the negative errno of the first that was not.
 */
int batch_errno(const struct batch *batch);

/**
 * batch_exit() - free what a batch holds
 * @batch: what is in its slice is dropped
 *
 * Context: process; may sleep.
 */
void batch_exit(struct batch *batch);

#endif
