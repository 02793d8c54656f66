// SPDX-License-Identifier: GPL-2.0-only
/* Audit records. */
#include <linux/audit.h>

#include "audit.h"
#include "result.h"

void audit_batch(const struct batch *batch)
{
	struct audit_buffer *buffer;
	enum result result;

	if (!audit_enabled)
		return;
	buffer = audit_log_start(audit_context(), GFP_KERNEL, AUDIT_KERNEL);
	if (!buffer)
		return;
	audit_log_format(buffer, "op=zreap");
	for (result = 0; result < NR_RESULTS; result++) {
		if (batch->counts[result])
			audit_log_format(buffer, " %s=%u", result_name(result),
					 batch->counts[result]);
	}
	audit_log_task_info(buffer);
	audit_log_end(buffer);
}
