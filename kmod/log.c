// SPDX-License-Identifier: GPL-2.0-only
/* Lines for the kernel log. */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/user_namespace.h>

#include "log.h"
#include "result.h"
#include "row.h"

/* ", 3 alive": room for every result with the longest count. */
#define COUNTS_BYTES (NR_RESULTS * 26)

void log_batch(const struct batch *batch)
{
	char name[ROW_NAME_BYTES], counts[COUNTS_BYTES] = "";
	const char *dropped = "";
	size_t len = 0;
	int i;

	for (i = 0; i < NR_RESULTS; i++) {
		if (batch->counts[i])
			len += scnprintf(counts + len, sizeof(counts) - len, ", %u %s",
					 batch->counts[i], result_name(i));
	}
	if (batch->settled < batch->nr)
		dropped = ", the rest dropped: the writer was killed";
	row_escape(batch->caller.comm, true, name, sizeof(name));
	pr_info_ratelimited("%s[%d] uid %u: %u targets%s%s\n",
			    name, batch->caller.pid.global,
			    from_kuid(&init_user_ns, batch->caller.uid),
			    batch->nr - batch->spared, counts, dropped);
}

void log_unfinished(const struct opener *opener, size_t bytes)
{
	char name[ROW_NAME_BYTES];

	row_escape(opener->comm, true, name, sizeof(name));
	pr_info_ratelimited("%s[%d]: closed within a line: its last %zu bytes were not run\n",
			    name, opener->pid, bytes);
}
