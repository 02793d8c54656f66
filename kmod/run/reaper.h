/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel threads kzreapd, which reap and adopt, and their queues. */
#ifndef ZREAP_REAPER_H
#define ZREAP_REAPER_H

#include "batch/slice.h"

/**
 * reaper_start() - start the threads
 *
 * Context: process; may sleep.
 * Return: 0 or -errno.
 */
int reaper_start(void);

/**
 * reaper_stop() - end the threads
 *
 * Context: process; may sleep; no call of reaper_run() comes after it.
 */
void reaper_stop(void);

/**
 * reaper_run() - let kzreapd deal with a slice, and wait for it
 * @slice: belongs to the caller again afterwards
 * @outside: the asker is outside the initial PID namespace
 *
 * Context: process; sleeps until the slice is settled, or until the caller is killed and no
 * thread works on the slice.
 * Return: 0, or -EINTR if the caller was killed: then some items may not be settled.
 */
int reaper_run(struct slice *slice, bool outside);

#endif
