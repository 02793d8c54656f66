/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel log says of the module's work, at a limited rate. A worker prints it,
 * so that nobody who asks for something waits for a slow console.
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
 * log_stop() - print what waits, and end
 *
 * Context: process; may sleep. Nobody has anything more to say.
 */
void log_stop(void);

/**
 * log_batch() - say who asked, for how much, and what came of it
 * @batch: a batch that is done, or whose writer was killed
 *
 * Context: process; does not sleep.
 */
void log_batch(const struct batch *batch);

/**
 * log_unfinished() - say that an open file was closed within a line
 * @opener: who had opened it
 * @bytes: how many bytes were not run
 *
 * Context: process; does not sleep.
 */
void log_unfinished(const struct opener *opener, size_t bytes);

/**
 * log_malformed() - say what is wrong with what the current task has written
 * @error: what is wrong; its text still stands
 *
 * Context: process, in the writer's own; does not sleep.
 */
void log_malformed(const struct request_error *error);

#endif
