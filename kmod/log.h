/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel log says of the module's work, at a limited rate. */
#ifndef ZREAP_LOG_H
#define ZREAP_LOG_H

#include <linux/types.h>

#include "batch.h"

/**
 * log_batch() - say who asked, for how much, and what came of it
 * @batch: a batch that is done, or whose writer was killed
 *
 * Context: process.
 */
void log_batch(const struct batch *batch);

/**
 * log_malformed() - say that a write was not understood, and why
 * @opener: who had opened the file
 * @error: what is wrong
 *
 * Context: process.
 */
void log_malformed(const struct opener *opener, const struct request_error *error);

/**
 * log_unfinished() - say that an open file was closed within a line
 * @opener: who had opened it
 * @bytes: how many bytes were not run
 *
 * Context: process.
 */
void log_unfinished(const struct opener *opener, size_t bytes);

#endif
