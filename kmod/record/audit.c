// SPDX-License-Identifier: GPL-2.0-only
/* Audit records. */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/string.h>
#include <linux/user_namespace.h>

#include "audit.h"
#include "text/result.h"

/* Audit's own form: in quotes if that is safe, else in hexadecimal. */
static void log_name(struct audit_buffer *buffer, const char *name)
{
	const char *c = name;

	while (*c > 0x20 && *c < 0x7f && *c != '"')
		c++;
	if (*c)
		audit_log_format(buffer, " comm=%*phN", (int)strlen(name), name);
	else
		audit_log_format(buffer, " comm=\"%s\"", name);
}

void audit_batch(const struct batch *batch, gfp_t gfp)
{
	const struct caller *caller = &batch->caller;
	struct audit_buffer *buffer;
	enum result result;

	if (!audit_enabled)
		return;
	buffer = audit_log_start(NULL, gfp, AUDIT_KERNEL);
	if (!buffer)
		return;
	audit_log_format(buffer, "op=zreap pid=%d uid=%u auid=%u ses=%u", caller->pid.global,
			 from_kuid(&init_user_ns, caller->uid),
			 from_kuid(&init_user_ns, caller->login_uid), caller->session);
	log_name(buffer, caller->comm);
	for (result = 0; result < NR_RESULTS; result++) {
		if (batch->counts[result])
			audit_log_format(buffer, " %s=%u", result_name(result),
					 batch->counts[result]);
	}
	audit_log_end(buffer);
}
