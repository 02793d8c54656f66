// SPDX-License-Identifier: GPL-2.0-only
/* Lines for the kernel log. */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/user_namespace.h>

#include "log.h"
#include "result.h"
#include "row.h"

/* ", 3 parent-stopped": room for every result with the longest count. */
#define COUNTS_BYTES (NR_RESULTS * 28)

/* Returns how many bytes there are. */
static size_t list_counts(const unsigned int counts[NR_RESULTS], char buf[COUNTS_BYTES])
{
	size_t len = 0;
	int i;

	*buf = '\0';
	for (i = 0; i < NR_RESULTS; i++) {
		if (counts[i])
			len += scnprintf(buf + len, COUNTS_BYTES - len, ", %u %s", counts[i],
					 result_name(i));
	}
	return len;
}

static const char *ending(int err)
{
	switch (err) {
	case 0:
		return "";
	case -EINTR:
		return ", the rest dropped: the writer was killed";
	case -EPIPE:
		return ", the rest dropped: the socket was closed";
	default:
		return ", the rest not done: no room for more rows";
	}
}

void log_batch(const struct batch *batch)
{
	char name[ROW_NAME_BYTES], counts[COUNTS_BYTES], spared[COUNTS_BYTES];

	list_counts(batch->counts, counts);
	list_counts(batch->spared, spared);
	row_escape(batch->caller.comm, true, name, sizeof(name));
	pr_info_ratelimited("%s[%d] uid %u: %u targets%s%s%s%s\n",
			    name, batch->caller.pid.global,
			    from_kuid(&init_user_ns, batch->caller.uid), batch->nr, counts,
			    *spared ? "; spared:" : "", spared,
			    ending(batch->err));
}

void log_malformed(const struct opener *opener, const struct request_error *error)
{
	char name[ROW_NAME_BYTES], text[REQUEST_ERROR_BYTES];

	row_escape(opener->comm, true, name, sizeof(name));
	request_error_text(error, text);
	pr_info_ratelimited("%s[%d] %s. Nothing was done\n", name, opener->pid, text);
}

void log_unfinished(const struct opener *opener, size_t bytes)
{
	char name[ROW_NAME_BYTES];

	row_escape(opener->comm, true, name, sizeof(name));
	pr_info_ratelimited("%s[%d]: closed within a line: its last %zu bytes were not run\n",
			    name, opener->pid, bytes);
}
