/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel thread kzreapd, which does all releasing, and its queue. */
#ifndef ZREAP_REAPER_H
#define ZREAP_REAPER_H

#include "batch.h"

/**
 * reaper_start() - start the thread
 *
 * Context: process; may sleep.
 * Return: 0 or -errno.
 */
int reaper_start(void);

/**
 * reaper_stop() - end the thread when its queue is empty
 *
 * Context: process; may sleep; nobody calls reaper_run() any more.
 */
void reaper_stop(void);

/**
 * reaper_run() - have a batch done, and wait for it
 * @batch: the caller keeps its reference
 *
 * Context: process; sleeps until the batch is done or the caller is killed.
 * Return: 0, or -EINTR if the caller was killed: then the batch must not be
 * read, and its items that are not taken yet are dropped.
 */
int reaper_run(struct batch *batch);

#endif
