/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole sweeps: kzreapd does them, or the writer itself. */
#ifndef ZREAP_SWEEPER_H
#define ZREAP_SWEEPER_H

#include "batch/batch.h"

/**
 * sweeper_run() - run a whole sweep
 * @batch: its slice is empty, before and after
 * @opener: the asker
 * @order: what to do, valid and complete
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, or what runner_flush() gives.
 */
int sweeper_run(struct batch *batch, const struct opener *opener, const struct order *order);

#endif
