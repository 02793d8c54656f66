// SPDX-License-Identifier: GPL-2.0-only
/* From write(2) to batches. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "log.h"
#include "reaper.h"
#include "request.h"
#include "session.h"

void session_init(struct session *session)
{
	mutex_init(&session->lock);
}

static void drop_kept(struct session *session)
{
	kvfree(session->kept);
	session->kept = NULL;
	session->nr_kept = 0;
}

void session_end(struct session *session)
{
	if (session->nr_kept)
		log_unfinished(&session->opener, session->nr_kept);
	drop_kept(session);
	batch_put(session->batch);
	access_close(&session->opener);
}

/* What was kept and what comes now, in one piece. */
static char *join(const struct session *session, const char __user *buf, size_t count)
{
	char *text;

	if (count > REQUEST_MAX_BYTES || session->nr_kept + count > REQUEST_MAX_BYTES)
		return ERR_PTR(-E2BIG);
	text = kvmalloc(session->nr_kept + count + 1, GFP_KERNEL_ACCOUNT);
	if (!text)
		return ERR_PTR(-ENOMEM);
	if (session->nr_kept)
		memcpy(text, session->kept, session->nr_kept);
	if (copy_from_user(text + session->nr_kept, buf, count)) {
		kvfree(text);
		return ERR_PTR(-EFAULT);
	}
	return text;
}

/* Take nothing more. */
static void close_session(struct session *session)
{
	session->closed = true;
	drop_kept(session);
}

/*
 * A write was not taken. Malformed texts close the file; so does any error while part
 * of a line is kept, since nobody can tell whether the program writes the same bytes
 * again or goes on, and the kept part would make another number of what comes next.
 */
static int fail(struct session *session, int err)
{
	if (err == -EINVAL || err == -E2BIG || session->nr_kept)
		close_session(session);
	return err;
}

/* Parse and run; on success the session has the batch, whose own errno is not looked at. */
static int run(struct session *session, const char *text, size_t len, struct request_error *error)
{
	struct batch *batch = batch_parse(&session->opener, text, len, error);
	int err;

	if (IS_ERR(batch))
		return PTR_ERR(batch);
	err = reaper_run(batch);
	if (err) {
		batch_put(batch);
		return err;
	}
	session->batch = batch;
	return 0;
}

static ssize_t write_locked(struct session *session, const char __user *buf, size_t count)
{
	struct request_error error;
	size_t len, cut;
	char *text;
	int err;

	session->written = true;
	batch_put(session->batch);
	session->batch = NULL;
	if (session->closed)
		return -EINVAL;

	text = join(session, buf, count);
	if (IS_ERR(text))
		return fail(session, PTR_ERR(text));
	len = session->nr_kept + count;

	err = request_cut(text, session->nr_kept, len, !session->begun, &cut, &error);
	if (!err && cut) {
		err = run(session, text, cut, &error);
		/* A text without LF: nothing may be put behind it. */
		if (!err && text[cut - 1] != '\n')
			session->closed = true;
	}
	if (err) {
		kvfree(text);
		return fail(session, err);
	}

	session->begun = true;
	drop_kept(session);
	if (cut < len) {
		memmove(text, text + cut, len - cut);
		session->kept = text;
		session->nr_kept = len - cut;
	} else {
		kvfree(text);
	}
	err = session->batch ? batch_errno(session->batch) : 0;
	/* A refusal that is EINVAL is no malformed text. */
	if (err && session->nr_kept)
		close_session(session);
	return err ? err : count;
}

ssize_t session_write(struct session *session, const char __user *buf, size_t count)
{
	ssize_t result = mutex_lock_killable(&session->lock);

	if (result)
		return result;
	result = write_locked(session, buf, count);
	mutex_unlock(&session->lock);
	return result;
}
