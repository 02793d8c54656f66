/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_AUDIT_H
#define ZREAP_AUDIT_H

#include "batch/batch.h"

/**
 * audit_batch() - leave a record with the audit subsystem, if that is enabled
 * @batch: a batch that is over
 * @gfp: whether to wait for memory and for the audit daemon. Without a wait, audit
 *	counts a record for which it has no room as lost, and panics if it is configured to.
 *
 * Context: process.
 */
void audit_batch(const struct batch *batch, gfp_t gfp);

#endif
