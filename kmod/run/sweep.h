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
 * Without this check each zombie would be denied for its adopter, as if there were nothing
 * to do.
 *
 * Context: process.
 * Return: 0, or -EPERM if the opener may not touch the adopter.
 */
int sweep_vet(const struct opener *opener, const struct order *order);

/**
 * sweep_begin() - begin
 * @sweep: filled; give it to sweep_end()
 * @opener: who asks
 * @order: what to do, valid and complete
 *
 * Context: process.
 */
void sweep_begin(struct sweep *sweep, const struct opener *opener, const struct order *order);

/**
 * sweep_step() - deal with the next processes that have exited
 * @sweep: not at its end
 * @batch: its slice is empty, before and after
 * @opener: who asks
 * @most: how many processes at most; no more than the slice has room for
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, or what runner_flush() gives.
 */
int sweep_step(struct sweep *sweep, struct batch *batch, const struct opener *opener,
	       unsigned int most);

/**
 * sweep_run() - do all of it
 * @batch: what its slice holds is dealt with first
 * @opener: who asks
 * @order: what to do, valid and complete
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, or what runner_flush() gives.
 */
int sweep_run(struct batch *batch, const struct opener *opener, const struct order *order);

/**
 * sweep_end() - drop what a sweep holds
 * @sweep: begun
 *
 * Context: process.
 */
void sweep_end(struct sweep *sweep);

#endif
