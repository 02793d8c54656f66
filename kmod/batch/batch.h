/* SPDX-License-Identifier: GPL-2.0-only */
/* A batch: one request, and its results so far. */
#ifndef ZREAP_BATCH_H
#define ZREAP_BATCH_H

#include <linux/types.h>

#include "access.h"
#include "slice.h"
#include "text/request.h"
#include "text/result.h"

/* The most targets of a slice. */
#define BATCH_SLICE 128

/**
 * struct caller - the process that asked
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
 * @reserve: make room for more rows of an "all", before zreap touches their targets.
 *	Listed targets have room already. Returns 0, or -errno, which ends the batch.
 * @expect: make room for rows of an "all" that may come, those of @reserve among them, if
 *	there is memory. Returns for how many rows there is room. NULL: not for sweeper_run()
 * @put: take the row of a settled item. kzreapd may call it too
 */
struct sink {
	int (*reserve)(struct sink *sink, unsigned int more);
	unsigned int (*expect)(struct sink *sink, unsigned int more);
	void (*put)(struct sink *sink, const struct item *item);
};

/**
 * struct batch - a request under way
 * @sink: where rows go; NULL: the batch keeps no rows
 * @ns: the asker's PID namespace, counted
 * @ns_id: the same namespace, valid after the batch too
 * @outside: @ns is not the initial PID namespace
 * @several: the request has more than one target, or "all"
 * @err: why it ended early: -EINTR: the caller was killed; -EPIPE: its socket was closed;
 *	-ENOBUFS, -ENOMEM: there was no room for more rows; 0: it did not
 * @start_offset_ns: start_offset() for the asker
 * @caller: the process that asked
 * @asker: the thread that waits for the batch now; not counted, only compared
 * @slice: the targets to deal with next
 * @nr: how many targets have a row so far
 * @counts: how many of them ended with each result
 * @spared: how many others "all" spared, by the reason
 * @failure: the result of the first target that failed; NR_RESULTS: none did
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
	const struct task_struct *asker;
	struct slice slice;
	unsigned int nr;
	unsigned int counts[NR_RESULTS];
	unsigned int spared[NR_RESULTS];
	enum result failure;
};

/**
 * batch_begin() - begin a batch of the current task
 * @batch: filled on success; give it to batch_exit()
 * @opener: the batch acts in its name
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
 * @order: what to do to it
 *
 * Context: any.
 * Return: false if the slice is full, or has another verb.
 */
bool batch_fits(const struct batch *batch, const struct order *order);

/**
 * batch_add() - add a target, resolving PIDs as the opener numbers them
 * @batch: batch_fits() says that it takes the target
 * @opener: the asker
 * @order: what to do, valid and complete
 * @wanted: the target
 *
 * Context: process, in the asker's own; or kzreapd, if the asker is in the initial PID
 * namespace: then there is no right to check. May sleep.
 */
void batch_add(struct batch *batch, const struct opener *opener, const struct order *order,
	       const struct request_target *wanted);

/**
 * batch_add_pid() - add a process that the caller has looked up
 * @batch: empty
 * @opener: the asker
 * @order: what to do, valid and complete
 * @pid: the process; the caller holds a reference
 *
 * Context: process, in the asker's own; may sleep.
 */
void batch_add_pid(struct batch *batch, const struct opener *opener, const struct order *order,
		   struct pid *pid);

/**
 * batch_choose() - add a process that "all" has come to
 * @batch: has room in its slice, which holds nothing else
 * @opener: the asker
 * @order: what to do, valid and complete
 * @pid: the process; the batch takes over its reference
 * @nr: its number for the opener
 * @parent: the only parent that it may have; NULL: any
 *
 * Context: process, in the asker's own; or kzreapd, if the asker is in the initial PID
 * namespace: then there is no right to check. May sleep.
 */
void batch_choose(struct batch *batch, const struct opener *opener, const struct order *order,
		  struct pid *pid, pid_t nr, struct pid *parent);

/**
 * batch_errno() - what write(2) gives for a batch
 * @batch: all of it is done
 *
 * Context: any.
 * Return: 0 if zreap dealt with every target, else the negative errno of the first failure.
 */
int batch_errno(const struct batch *batch);

/**
 * batch_exit() - free what a batch holds, and drop what is left in its slice
 * @batch: the batch
 *
 * Context: process; may sleep.
 */
void batch_exit(struct batch *batch);

#endif
