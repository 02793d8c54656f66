/* SPDX-License-Identifier: GPL-2.0-only */
/* "all": every reapable zombie that an opener can see and an order selects. */
#ifndef ZREAP_SWEEP_H
#define ZREAP_SWEEP_H

#include "batch/batch.h"

/**
 * struct sweep - an "all" under way
 * @order: what to do
 * @parent: the only parent whose children it takes, counted; NULL: any
 * @nr: the number to go on with; -1: at the end
 */
struct sweep {
	struct order order;
	struct pid *parent;
	int nr;
};

/**
 * sweep_vet() - whether an opener may ask for an "all"
 * @opener: the asker
 * @order: what to do
 *
 * Without this check zreap would deny each zombie because of its adopter. The request would
 * look as if there were nothing to do.
 *
 * Context: process.
 * Return: 0, or -EPERM if the opener may not touch the adopter.
 */
int sweep_vet(const struct opener *opener, const struct order *order);

/**
 * sweep_begin() - begin a sweep
 * @sweep: filled; give it to sweep_end()
 * @opener: the asker
 * @order: what to do, valid and complete
 *
 * Context: process.
 */
void sweep_begin(struct sweep *sweep, const struct opener *opener, const struct order *order);

/**
 * sweep_gather() - fill the slice with the next zombies to take
 * @sweep: not at its end
 * @batch: its slice is empty; it stays empty if all were spared
 * @opener: the asker
 * @most: how many processes to look at; no more than the slice has room for
 *
 * Walks all processes up to the next that have exited, which can take long.
 *
 * Context: process, in the asker's own; or kzreapd, if the asker is in the initial PID
 * namespace; may sleep.
 * Return: 0, or -EINTR if the current task was killed: then the slice is empty. The batch's err
 * is the same.
 */
int sweep_gather(struct sweep *sweep, struct batch *batch, const struct opener *opener,
		 unsigned int most);

/**
 * sweep_step() - deal with the next processes that have exited
 * @sweep: not at its end
 * @batch: its slice is empty, before and after
 * @opener: the asker
 * @most: how many processes at most; no more than the slice has room for
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, or what runner_flush() gives.
 */
int sweep_step(struct sweep *sweep, struct batch *batch, const struct opener *opener,
	       unsigned int most);

/**
 * sweep_end() - drop what a sweep holds
 * @sweep: begun
 *
 * Context: process.
 */
void sweep_end(struct sweep *sweep);

#endif
