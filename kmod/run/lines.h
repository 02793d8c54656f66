/* SPDX-License-Identifier: GPL-2.0-only */
/* The lines of a text, one after the other. */
#ifndef ZREAP_LINES_H
#define ZREAP_LINES_H

#include "batch/batch.h"

/**
 * lines_run() - do what a text asks for
 * @batch: its slice is empty, before and after
 * @opener: the asker
 * @text: request_next_line() has found no error in it; at its beginning
 *
 * Context: process, in the asker's own; may sleep.
 * Return: 0, or what runner_flush() gives.
 */
int lines_run(struct batch *batch, const struct opener *opener, struct request_text text);

#endif
