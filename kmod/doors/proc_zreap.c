// SPDX-License-Identifier: GPL-2.0-only
/* The file operations of /proc/zreap. */
#include <linux/err.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "batch/access.h"
#include "batch/listing.h"
#include "batch/rows.h"
#include "kernel/scan.h"
#include "kernel/zombie.h"
#include "proc_zreap.h"
#include "record/report.h"
#include "session.h"
#include "text/row.h"

/* Position 0 is the header, others are a PID, or 1 + the index of a row. */

static void *zreap_find_row(const struct session *session, loff_t *pos)
{
	return (void *)rows_get(&session->rows, *pos - 1);
}

static void *zreap_find_zombie(const struct session *session, loff_t *pos)
{
	struct pid *pid;
	int nr = *pos;

	if (*pos > REQUEST_MAX_PID)
		return NULL;
	pid = scan_exited(session->opener.ns, &nr);
	if (pid)
		*pos = nr;
	return pid;
}

static void *zreap_find(const struct session *session, loff_t *pos)
{
	if (session->written)
		return zreap_find_row(session, pos);
	return zreap_find_zombie(session, pos);
}

static void *zreap_start(struct seq_file *seq, loff_t *pos)
{
	struct session *session = seq->private;
	int err = mutex_lock_killable(&session->lock);

	if (err)
		return ERR_PTR(err);
	return *pos ? zreap_find(session, pos) : SEQ_START_TOKEN;
}

static void zreap_drop(const struct session *session, void *found)
{
	if (found != SEQ_START_TOKEN && !session->written)
		put_pid(found);
}

static void *zreap_next(struct seq_file *seq, void *found, loff_t *pos)
{
	zreap_drop(seq->private, found);
	/* At a seek, seq_file passes over any number of them. */
	cond_resched();
	(*pos)++;
	return fatal_signal_pending(current) ? NULL : zreap_find(seq->private, pos);
}

static void zreap_stop(struct seq_file *seq, void *found)
{
	struct session *session = seq->private;

	/* zreap_start() failed: the lock is not held. */
	if (IS_ERR(found))
		return;
	if (found)
		zreap_drop(session, found);
	mutex_unlock(&session->lock);
}

static void zreap_show_zombie(struct seq_file *seq, const struct opener *opener, struct pid *pid)
{
	struct target target = { .pid = pid };
	struct row row = {};
	struct facts facts;
	enum result state = listing_look(opener, &target, &facts);

	if (!listing_shows(state))
		return;
	report_zombie(&row, state, &facts, opener);
	report_row(seq, TABLE_ZOMBIES, &row);
}

static int zreap_show(struct seq_file *seq, void *found)
{
	struct session *session = seq->private;
	struct row row = {};

	if (found == SEQ_START_TOKEN) {
		report_header(seq, session->written ? TABLE_RESULTS : TABLE_ZOMBIES);
	} else if (session->written) {
		const struct kept_row *kept = found;

		report_outcome(&row, kept->nr, &kept->outcome, &session->opener);
		report_row(seq, TABLE_RESULTS, &row);
	} else {
		zreap_show_zombie(seq, &session->opener, found);
	}
	return 0;
}

static const struct seq_operations zreap_rows = {
	.start = zreap_start,
	.next = zreap_next,
	.stop = zreap_stop,
	.show = zreap_show,
};

static struct session *session_of(struct file *file)
{
	return ((struct seq_file *)file->private_data)->private;
}

static int zreap_open(struct inode *inode, struct file *file)
{
	struct session *session = __seq_open_private(file, &zreap_rows, sizeof(*session));
	int err;

	if (!session)
		return -ENOMEM;
	err = access_open(&session->opener, file);
	if (err) {
		seq_release_private(inode, file);
		return err;
	}
	session_init(session, file->f_mode & FMODE_READ);
	/* seq_open() cleared this flag. Offsets of writes mean nothing here. */
	file->f_mode |= FMODE_PWRITE;
	return 0;
}

static int zreap_release(struct inode *inode, struct file *file)
{
	session_end(session_of(file));
	return seq_release_private(inode, file);
}

static ssize_t zreap_read(struct kiocb *iocb, struct iov_iter *to)
{
	int err = access_check(&session_of(iocb->ki_filp)->opener);

	return err ? err : seq_read_iter(iocb, to);
}

static ssize_t zreap_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct session *session = session_of(file);
	ssize_t result = access_check(&session->opener);

	/* An empty write asks for nothing. Some C libraries begin a writev() with one. */
	if (result || !count)
		return result;
	result = session_write(session, buf, count);
	/*
	 * Reading begins anew, after a refused write too. seq_lseek() drops the rows that
	 * seq_file still has ready. It takes seq_file's lock. Readers take the session's
	 * lock within seq_file's, so do not hold the session's lock here.
	 */
	seq_lseek(file, 0, SEEK_SET);
	*pos = 0;
	return result;
}

/* A seek looks at the rows that it passes over. */
static loff_t zreap_lseek(struct file *file, loff_t offset, int whence)
{
	int err = access_check(&session_of(file)->opener);

	return err ? err : seq_lseek(file, offset, whence);
}

static const struct proc_ops zreap_ops = {
	.proc_open = zreap_open,
	.proc_release = zreap_release,
	.proc_read_iter = zreap_read,
	.proc_write = zreap_write,
	.proc_lseek = zreap_lseek,
};

static struct proc_dir_entry *zreap_entry;

int proc_zreap_publish(void)
{
	zreap_entry = proc_create("zreap", access_mode(0600), NULL, &zreap_ops);
	return zreap_entry ? 0 : -ENOMEM;
}

void proc_zreap_retract(void)
{
	proc_remove(zreap_entry);
}
