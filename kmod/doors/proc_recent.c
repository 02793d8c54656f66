// SPDX-License-Identifier: GPL-2.0-only
/* The file operations of /proc/zreap_recent. */
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>

#include "batch/access.h"
#include "compat/start_offset.h"
#include "proc_recent.h"
#include "record/recent.h"
#include "record/report.h"
#include "text/row.h"

/* Position 0 is the header, others are 1 + the number of a record. */

struct recent_reader {
	struct opener opener;
	struct record record;
};

static void *recent_find(struct seq_file *seq, loff_t *pos)
{
	struct recent_reader *reader = seq->private;
	u64 nr = *pos - 1;

	if (!recent_get(&reader->opener, &nr, &reader->record))
		return NULL;
	*pos = nr + 1;
	return &reader->record;
}

static void *recent_start(struct seq_file *seq, loff_t *pos)
{
	return *pos ? recent_find(seq, pos) : SEQ_START_TOKEN;
}

static void *recent_next(struct seq_file *seq, void *found, loff_t *pos)
{
	/* At a seek, seq_file passes over any number of them. */
	cond_resched();
	(*pos)++;
	return fatal_signal_pending(current) ? NULL : recent_find(seq, pos);
}

static void recent_stop(struct seq_file *seq, void *found)
{
}

static int recent_show(struct seq_file *seq, void *found)
{
	struct recent_reader *reader = seq->private;
	struct row row = {};

	if (found == SEQ_START_TOKEN) {
		report_header(seq, TABLE_RECENT);
		return 0;
	}
	report_record(&row, found, &reader->opener, start_offset());
	report_row(seq, TABLE_RECENT, &row);
	return 0;
}

static const struct seq_operations recent_rows = {
	.start = recent_start,
	.next = recent_next,
	.stop = recent_stop,
	.show = recent_show,
};

static struct recent_reader *reader_of(struct file *file)
{
	return ((struct seq_file *)file->private_data)->private;
}

static int recent_open(struct inode *inode, struct file *file)
{
	struct recent_reader *reader = __seq_open_private(file, &recent_rows, sizeof(*reader));
	int err;

	if (!reader)
		return -ENOMEM;
	err = access_open(&reader->opener, file);
	if (err)
		seq_release_private(inode, file);
	return err;
}

static int recent_release(struct inode *inode, struct file *file)
{
	access_close(&reader_of(file)->opener);
	return seq_release_private(inode, file);
}

static ssize_t recent_read(struct kiocb *iocb, struct iov_iter *to)
{
	int err = access_check(&reader_of(iocb->ki_filp)->opener);

	return err ? err : seq_read_iter(iocb, to);
}

/* A seek looks at the rows that it passes over. */
static loff_t recent_lseek(struct file *file, loff_t offset, int whence)
{
	int err = access_check(&reader_of(file)->opener);

	return err ? err : seq_lseek(file, offset, whence);
}

static const struct proc_ops recent_ops = {
	.proc_open = recent_open,
	.proc_release = recent_release,
	.proc_read_iter = recent_read,
	.proc_lseek = recent_lseek,
};

static struct proc_dir_entry *recent_entry;

int proc_recent_publish(void)
{
	recent_entry = proc_create("zreap_recent", access_mode(0400), NULL, &recent_ops);
	return recent_entry ? 0 : -ENOMEM;
}

void proc_recent_retract(void)
{
	proc_remove(recent_entry);
}
