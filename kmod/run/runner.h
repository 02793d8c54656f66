/* SPDX-License-Identifier: GPL-2.0-only */
/* Deals with a batch, slice by slice, and tells the results. */
#ifndef ZREAP_RUNNER_H
#define ZREAP_RUNNER_H

#include "batch/batch.h"

/**
 * struct supply - where kzreapd gets the targets that come after those in a slice
 * @has_more: whether there may be more, and kzreapd may deal with them
 * @fill: put some into the slice, which is empty; it may stay empty. Their rows have room.
 *
 * Context of both: kzreapd, while the writer waits for it; may sleep.
 */
struct supply {
	bool (*has_more)(const struct supply *supply, const struct batch *batch);
	void (*fill)(struct supply *supply, struct batch *batch);
};

/**
 * runner_may_hand_over() - whether kzreapd may find targets in the writer's place
 * @batch: the batch
 * @order: what to do to them
 *
 * The writer itself does releases and dry runs. A request from another PID namespace has the
 * rights of the current task, and kzreapd may do everything. It would also work at nobody's
 * charge. The initial PID namespace is trusted.
 *
 * Context: any.
 * Return: true if kzreapd may.
 */
bool runner_may_hand_over(const struct batch *batch, const struct order *order);

/**
 * runner_spare() - note that "all" spares a process
 * @batch: the batch
 * @result: why
 *
 * Context: any.
 */
void runner_spare(struct batch *batch, enum result result);

/**
 * runner_flush() - deal with the targets in the slice, and tell the results
 * @batch: the batch; its slice is empty afterwards
 * @supply: kzreapd, if it deals with the slice, goes on with these; NULL: it does not
 *
 * If kzreapd and the writer took turns, slice by slice, the scheduler would wake now one, now
 * the other in the place of an unrelated process, which would wait for milliseconds.
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, -EINTR if the caller was killed before all was done, or -errno if the sink has no
 * room for more rows.
 */
int runner_flush(struct batch *batch, struct supply *supply);

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
