/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tells the kernel log of the module's work, at a limited rate. A worker prints the lines,
 * so that no writer waits for a slow console.
 */
#ifndef ZREAP_LOG_H
#define ZREAP_LOG_H

#include <linux/types.h>

#include "batch/batch.h"
#include "text/request.h"

/**
 * log_start() - be ready for lines
 *
 * Context: process; may sleep.
 * Return: 0 or -ENOMEM.
 */
int log_start(void);

/**
 * log_stop() - print the lines that wait, and end
 *
 * Context: process; may sleep; no line comes after it.
 */
void log_stop(void);

/**
 * log_batch() - name the caller of a batch, and count its targets and results
 * @batch: a batch that is done, or whose writer was killed
 *
 * Context: process; does not sleep.
 */
void log_batch(const struct batch *batch);

/**
 * log_unfinished() - say that an open file was closed within a line
 * @opener: the process that had opened it
 * @bytes: how many bytes were not run
 *
 * Context: process; does not sleep.
 */
void log_unfinished(const struct opener *opener, size_t bytes);

/**
 * log_malformed() - say what is wrong with a text that the current task has written
 * @error: what is wrong; the text that it points into still exists
 *
 * Context: process, in the writer's own; does not sleep.
 */
void log_malformed(const struct request_error *error);

#endif
