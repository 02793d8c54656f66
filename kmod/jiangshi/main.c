// SPDX-License-Identifier: GPL-2.0-only
/*
 * zreap_jiangshi: /proc/PID/kill-if-jiangshi, a door to zreap.
 *
 * It has no exit, and so stays until the next boot: inodes in the cache keep its
 * operations, and a reader that sleeps in a directory keeps its table.
 */
#include <linux/cache.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>

#include "file.h"
#include "gate.h"
#include "probe.h"
#include "self.h"
#include "table.h"

/* Operations for every process's directory: nobody may change them once the module is loaded. */
static struct table table __ro_after_init;

/* Look up the file, which is not there yet, and see which table procfs looks it up in. */
static int discover_table(void)
{
	const struct pid_entry *first, *end;

	self_looks_up(FILE_NAME);
	probe_seen(&first, &end);
	if (!first) {
		pr_err("cannot load: a look-up in /proc/self did not come by the probe. It needs procfs at /proc, kernel.ftrace_enabled=1, and probes switched on\n");
		return -EOPNOTSUPP;
	}
	return table_copy(&table, first, end, FILE_NAME, FILE_MODE);
}

/*
 * Whether the kernel takes the copy for its own table. The file has no operations
 * yet, so nothing that stays behind refers to this module; the second look-up only
 * has forgotten what the listing has put in the cache.
 */
static bool is_taken(void)
{
	return self_looks_up(FILE_NAME) && self_lists(FILE_NAME) && self_looks_up(FILE_NAME);
}

static int __init jiangshi_init(void)
{
	int err;

	err = gate_start();
	if (err)
		return err;
	err = probe_place();
	if (err)
		goto stop_gate;
	err = discover_table();
	if (err)
		goto remove_probes;
	probe_show(&table);
	if (!is_taken()) {
		pr_err("cannot load: the kernel does not take another table of /proc/PID from a probe\n");
		err = -EOPNOTSUPP;
		goto hide_table;
	}
	table_extra(&table)->fop = &file_ops;
	probe_open();
	pr_info("/proc/PID/%s is there. This module cannot be unloaded: it stays until the next boot\n",
		FILE_NAME);
	return 0;

hide_table:
	probe_show(NULL);
remove_probes:
	probe_remove();
stop_gate:
	gate_stop();
	return err;
}

module_init(jiangshi_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Reaps a zombie: echo 1 > /proc/PID/kill-if-jiangshi. Needs zreap. Cannot be unloaded: it stays until the next boot");
MODULE_AUTHOR("The zreap developers");
MODULE_VERSION(ZREAP_VERSION);
MODULE_SOFTDEP("pre: zreap");
