// SPDX-License-Identifier: GPL-2.0-only
/* Lines for the kernel log. */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/user_namespace.h>

#include "log.h"
#include "result.h"
#include "row.h"

/* Room for an escaped name: four bytes for each. */
#define NAME_BYTES (4 * TASK_COMM_LEN)

/* ", 3 alive": room for every result with the longest count. */
#define COUNTS_BYTES (NR_RESULTS * 26)

void log_batch(const struct batch *batch)
{
	char name[NAME_BYTES], counts[COUNTS_BYTES] = "";
	unsigned int rows = 0;
	size_t len = 0;
	int i;

	for (i = 0; i < NR_RESULTS; i++) {
		if (!batch->counts[i])
			continue;
		rows += batch->counts[i];
		len += scnprintf(counts + len, sizeof(counts) - len, ", %u %s",
				 batch->counts[i], result_name(i));
	}
	row_escape(batch->caller.comm, true, name, sizeof(name));
	pr_info_ratelimited("%s[%d] uid %u: %u targets%s\n", name, batch->caller.pid.global,
			    from_kuid(&init_user_ns, batch->caller.uid), rows, counts);
}

void log_unfinished(size_t bytes)
{
	char comm[TASK_COMM_LEN], name[NAME_BYTES];

	row_escape(get_task_comm(comm, current), true, name, sizeof(name));
	pr_info_ratelimited("%s[%d] closed the file within a line: its last %zu bytes were not run\n",
			    name, task_tgid_nr(current), bytes);
}
