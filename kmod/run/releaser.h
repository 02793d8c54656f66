/* SPDX-License-Identifier: GPL-2.0-only */
/* Releases zombies in the asker's own context and CPU time. */
#ifndef ZREAP_RELEASER_H
#define ZREAP_RELEASER_H

#include "batch/slice.h"

/**
 * releaser_run() - deal with a slice of VERB_RELEASE
 * @slice: only the caller uses it
 *
 * Context: process; may sleep.
 * Return: 0, or -EINTR if the current task was killed: then some items are not settled.
 */
int releaser_run(struct slice *slice);

#endif
