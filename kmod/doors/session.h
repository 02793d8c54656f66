/* SPDX-License-Identifier: GPL-2.0-only */
/* An open /proc/zreap: the text that was written to it, and the results. */
#ifndef ZREAP_SESSION_H
#define ZREAP_SESSION_H

#include <linux/mutex.h>
#include <linux/types.h>

#include "batch/access.h"
#include "batch/batch.h"
#include "batch/rows.h"

/**
 * struct session - the state of an open file
 * @lock: protects all that follows @readable; held while a batch runs, and within the
 *	lock of the open seq_file while that is read
 * @opener: the process that opened it
 * @readable: the file is open for reading
 * @kept: bytes that wait for their LF; NULL: none
 * @nr_kept: how many
 * @written: there was a write, so rows are results now
 * @begun: zreap took a write, so the next is not the first
 * @closed: takes nothing more
 * @bare: a PID without LF has closed it, and no write has come since
 * @sink: puts into @rows
 * @rows: of the last batch; none if the file is not open for reading
 */
struct session {
	struct mutex lock; /* protects all that follows readable */
	struct opener opener;
	bool readable;
	char *kept;
	size_t nr_kept;
	bool written;
	bool begun;
	bool closed;
	bool bare;
	struct sink sink;
	struct rows rows;
};

/**
 * session_init() - begin
 * @session: zeroed; its opener is set
 * @readable: the file is open for reading, so that rows are kept
 *
 * Context: process.
 */
void session_init(struct session *session, bool readable);

/**
 * session_end() - log what was kept and not run, and free everything but the session
 * @session: no longer in use
 *
 * Context: process; may sleep.
 */
void session_end(struct session *session);

/**
 * session_write() - take one write(2), by the rules of docs/proc-interface.md
 * @session: the open file; access was checked
 * @buf: user memory
 * @count: how many bytes; not 0
 *
 * Context: process; sleeps until the batch is done.
 * Return: @count or -errno.
 */
ssize_t session_write(struct session *session, const char __user *buf, size_t count);

#endif
