/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's table of the files in /proc/PID, and our copy, which has one more. */
#ifndef ZREAP_JIANGSHI_TABLE_H
#define ZREAP_JIANGSHI_TABLE_H

#include <linux/fs.h>
#include <linux/types.h>

/**
 * struct pid_entry - as fs/proc/base.c has it, where it is private
 * @name: of the file
 * @len: of the name
 * @mode: of the file, with its type
 * @iop: what the inode can do; NULL: the usual
 * @fop: what the file can do; NULL: the inode's own
 * @op: of procfs
 */
struct pid_entry {
	const char *name;
	unsigned int len;
	umode_t mode;
	const struct inode_operations *iop;
	const struct file_operations *fop;
	const void *op;
};

/* The kernels that we looked at have 54 to 56 entries. */
#define TABLE_MAX_ENTRIES 256

/**
 * struct table - the copy
 * @original: the kernel's first entry
 * @original_end: behind its last
 * @original_nr: how many entries it has
 * @entries: the same, and the extra one behind them
 */
struct table {
	const struct pid_entry *original;
	const struct pid_entry *original_end;
	unsigned int original_nr;
	struct pid_entry entries[TABLE_MAX_ENTRIES + 1];
};

/**
 * table_copy() - copy the kernel's table, and verify every entry
 * @table: the copy; of no use after a failure
 * @first: its first entry
 * @end: behind its last
 * @name: of the extra file, which has no operations yet
 * @mode: of the extra file
 *
 * @first and @end may point anywhere: it verifies everything, and says in the log what
 * is not as expected.
 *
 * Context: process; may sleep.
 * Return: 0 or -EOPNOTSUPP.
 */
int table_copy(struct table *table, const struct pid_entry *first, const struct pid_entry *end,
	       const char *name, umode_t mode);

/**
 * table_extra() - the entry that the kernel's table does not have
 * @table: the copy
 *
 * Context: any.
 * Return: its place in @table.
 */
static inline struct pid_entry *table_extra(struct table *table)
{
	return &table->entries[table->original_nr];
}

#endif
