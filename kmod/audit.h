/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_AUDIT_H
#define ZREAP_AUDIT_H

#include "batch.h"

/**
 * audit_batch() - leave a record with the audit subsystem, where that is enabled
 * @batch: a batch that is done, or whose writer was killed
 *
 * Context: process; does not sleep for memory or for the audit daemon.
 */
void audit_batch(const struct batch *batch);

#endif
