/* SPDX-License-Identifier: GPL-2.0-only */
/* Deals with a batch, slice by slice, and tells the results. */
#ifndef ZREAP_RUNNER_H
#define ZREAP_RUNNER_H

#include "batch/batch.h"

/**
 * runner_add() - add a target; if it does not fit, deal with the slice first
 * @batch: the batch
 * @opener: the asker
 * @order: what to do, valid and complete
 * @wanted: the target
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, or what runner_flush() gives.
 */
int runner_add(struct batch *batch, const struct opener *opener, const struct order *order,
	       const struct request_target *wanted);

/**
 * runner_spare() - note that "all" spares a process
 * @batch: the batch
 * @result: why
 *
 * Context: any.
 */
void runner_spare(struct batch *batch, enum result result);

/**
 * runner_reserve() - make room for the rows of the slice
 * @batch: its slice is not empty
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, or -errno if there is no room.
 */
int runner_reserve(struct batch *batch);

/**
 * runner_tell() - tell the results of those targets in the slice that are settled, and empty it
 * @batch: nobody else uses it
 *
 * Context: process, the asker or kzreapd; may sleep.
 */
void runner_tell(struct batch *batch);

/**
 * runner_flush() - deal with the targets in the slice, and tell the results
 * @batch: the batch
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, -EINTR if the caller was killed, or -errno if the sink has no room for more rows.
 */
int runner_flush(struct batch *batch);

/**
 * runner_end() - report a batch to the log and to audit, and free what it holds
 * @batch: the batch; what is left in its slice is dropped
 *
 * An "all" that found nothing to do gets no line in the log: a watcher mostly finds
 * nothing. It gets a line if it spared zombies because their parents cannot wait. If the
 * caller was killed or has gone, runner_end() does not wait for a slow audit daemon. Audit
 * then counts a record for which it has no room as lost, and panics if it is configured to.
 *
 * Context: process; may sleep.
 */
void runner_end(struct batch *batch);

#endif
