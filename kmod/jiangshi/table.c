// SPDX-License-Identifier: GPL-2.0-only
/* Copying and verifying the table. */
#include <linux/errno.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "table.h"

/* Names are shorter than this. */
#define NAME_BYTES 64

static bool read_name(const struct pid_entry *entry, char *name)
{
	return entry->len && entry->len < NAME_BYTES &&
	       !copy_from_kernel_nofault(name, entry->name, entry->len + 1) &&
	       strnlen(name, NAME_BYTES) == entry->len && !strchr(name, '/');
}

static bool is_known_type(umode_t mode)
{
	return S_ISDIR(mode) || S_ISREG(mode) || S_ISLNK(mode);
}

static bool verify(const struct table *table, const char *extra)
{
	char name[NAME_BYTES];
	unsigned int i;

	for (i = 0; i < table->original_nr; i++) {
		const struct pid_entry *entry = &table->entries[i];

		if (!read_name(entry, name) || !is_known_type(entry->mode)) {
			pr_err("cannot load: entry %u of %u of the kernel's table of /proc/PID is not of the known form\n",
			       i, table->original_nr);
			return false;
		}
		if (i < 2 && strcmp(name, i ? "fd" : "task")) {
			pr_err("cannot load: the kernel's table of /proc/PID begins with another name than task and fd: \"%s\"\n",
			       name);
			return false;
		}
		if (!strcmp(name, extra)) {
			pr_err("cannot load: the kernel's table of /proc/PID has %s already\n",
			       extra);
			return false;
		}
	}
	return true;
}

int table_copy(struct table *table, const struct pid_entry *first, const struct pid_entry *end,
	       const char *name, umode_t mode)
{
	unsigned long bytes = (unsigned long)end - (unsigned long)first;
	unsigned long nr = bytes / sizeof(*first);

	if (bytes % sizeof(*first) || nr < 2 || nr > TABLE_MAX_ENTRIES) {
		pr_err("cannot load: the kernel's table of /proc/PID has %lu bytes, which does not fit entries of %zu bytes\n",
		       bytes, sizeof(*first));
		return -EOPNOTSUPP;
	}
	table->original = first;
	table->original_end = end;
	table->original_nr = nr;
	if (copy_from_kernel_nofault(table->entries, first, bytes)) {
		pr_err("cannot load: the kernel's table of /proc/PID cannot be read\n");
		return -EOPNOTSUPP;
	}
	if (!verify(table, name))
		return -EOPNOTSUPP;
	table->entries[nr] = (struct pid_entry){
		.name = name,
		.len = strlen(name),
		.mode = mode,
	};
	return 0;
}
