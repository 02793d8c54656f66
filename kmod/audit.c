// SPDX-License-Identifier: GPL-2.0-only
/* Audit records. */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/user_namespace.h>

#include "audit.h"
#include "result.h"
#include "row.h"

void audit_batch(const struct batch *batch)
{
	const struct caller *caller = &batch->caller;
	char name[ROW_NAME_BYTES];
	struct audit_buffer *buffer;
	enum result result;

	if (!audit_enabled)
		return;
	buffer = audit_log_start(NULL, GFP_KERNEL, AUDIT_KERNEL);
	if (!buffer)
		return;
	row_escape(caller->comm, true, name, sizeof(name));
	audit_log_format(buffer, "op=zreap pid=%d uid=%u auid=%u ses=%u comm=\"%s\"",
			 caller->pid.global, from_kuid(&init_user_ns, caller->uid),
			 from_kuid(&init_user_ns, caller->login_uid), caller->session, name);
	for (result = 0; result < NR_RESULTS; result++) {
		if (batch->counts[result])
			audit_log_format(buffer, " %s=%u", result_name(result),
					 batch->counts[result]);
	}
	audit_log_end(buffer);
}
