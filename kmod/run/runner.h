/* SPDX-License-Identifier: GPL-2.0-only */
/* Has a batch dealt with, slice by slice, in the asker's context, and tells what came of it. */
#ifndef ZREAP_RUNNER_H
#define ZREAP_RUNNER_H

#include "batch/batch.h"

/**
 * runner_add() - add a target; if it does not fit, what is in the slice is dealt with first
 * @batch: the batch
 * @opener: who asks
 * @order: what to do, valid and complete
 * @wanted: to whom
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
 * runner_flush() - deal with the targets in the slice, and tell what came of them
 * @batch: the batch
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, -EINTR if the caller was killed, or what the sink has no room for.
 */
int runner_flush(struct batch *batch);

/**
 * runner_end() - have log and audit tell of a batch, and free what it holds
 * @batch: what is in its slice is dropped
 *
 * An "all" that found nothing to do, as a watcher's mostly does, is not worth a line,
 * unless parents that cannot wait were the reason. For a caller that was killed or has
 * gone nobody waits for a slow audit daemon: audit counts what it had no room for, and
 * panics if it is told to.
 *
 * Context: process; may sleep.
 */
void runner_end(struct batch *batch);

#endif
