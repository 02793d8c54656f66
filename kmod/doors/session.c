// SPDX-License-Identifier: GPL-2.0-only
/* From write(2) to batches. */
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "record/log.h"
#include "run/lines.h"
#include "run/runner.h"
#include "run/sweep.h"
#include "session.h"
#include "text/request.h"

static struct rows *rows_of(struct sink *sink)
{
	return &container_of(sink, struct session, sink)->rows;
}

static int reserve_rows(struct sink *sink, unsigned int more)
{
	return rows_reserve(rows_of(sink), more);
}

static unsigned int expect_rows(struct sink *sink, unsigned int more)
{
	return rows_expect(rows_of(sink), more);
}

static void put_row(struct sink *sink, const struct item *item)
{
	rows_add(rows_of(sink), item);
}

void session_init(struct session *session, bool readable)
{
	mutex_init(&session->lock);
	session->readable = readable;
	session->sink = (struct sink){
		.reserve = reserve_rows,
		.expect = expect_rows,
		.put = put_row,
	};
	rows_init(&session->rows,
		  access_is_global(&session->opener) ? UINT_MAX : ROWS_MOST_OUTSIDE);
}

static void drop_kept(struct session *session)
{
	kfree(session->kept);
	session->kept = NULL;
	session->nr_kept = 0;
}

void session_end(struct session *session)
{
	if (session->nr_kept)
		log_unfinished(&session->opener, session->nr_kept);
	drop_kept(session);
	rows_exit(&session->rows);
	access_close(&session->opener);
}

/* Join the bytes that were kept and those of this write. */
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
 * A write failed. A malformed text closes the file. So does any error while part of a
 * line is kept: the program may write the same bytes again or go on, and zreap cannot tell
 * which. The kept part could turn the next bytes into another number.
 */
static int fail(struct session *session, int err)
{
	if (err == -EINVAL || err == -E2BIG || session->nr_kept)
		close_session(session);
	return err;
}

/**
 * struct survey - what a text asks for
 * @nr: how many targets it lists
 * @all: whether it has an "all"
 */
struct survey {
	unsigned int nr;
	bool all;
};

/* Check all of a text before zreap does any of it. */
static int survey_text(const struct session *session, struct request_text text,
		       struct survey *survey)
{
	struct request_error error;
	struct request_line line;
	int more, vet = 0;

	*survey = (struct survey){};
	while ((more = request_next_line(&text, &line, &error)) > 0) {
		survey->nr += line.nr_targets;
		if (line.order.all) {
			survey->all = true;
			vet = sweep_vet(&session->opener, &line.order);
		}
		cond_resched();
	}
	if (more)
		log_malformed(&error);
	return more ? more : vet;
}

/* Get the memory for all rows of a list first, so that zreap does all of the list or none. */
static int promise_rows(struct session *session, unsigned int nr)
{
	int err = session->readable ? rows_promise(&session->rows, nr) : 0;

	return err == -ENOBUFS ? -E2BIG : err;
}

/* Do what a text asks for. A refused target sets *failure; it is no error. */
static int run(struct session *session, const char *at, size_t len, int *failure)
{
	const struct opener *opener = &session->opener;
	const struct request_text text = { .at = at, .end = at + len };
	struct survey survey;
	struct batch batch;
	int err;

	err = survey_text(session, text, &survey);
	if (!err)
		err = promise_rows(session, survey.nr);
	if (!err)
		err = batch_begin(&batch, opener, survey.nr, survey.all);
	if (err) {
		rows_trim(&session->rows);
		return err;
	}
	if (session->readable)
		batch.sink = &session->sink;
	err = lines_run(&batch, opener, text);
	*failure = batch_errno(&batch);
	runner_end(&batch);
	rows_trim(&session->rows);
	return err;
}

/* Get memory for the rest of a text, run the complete lines, and keep the rest. */
static int run_and_keep(struct session *session, const char *text, size_t cut, size_t len,
			int *failure)
{
	char *kept = NULL;
	int err = 0;

	if (cut < len) {
		kept = kmemdup(text + cut, len - cut, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
		if (!kept)
			return -ENOMEM;
	}
	drop_kept(session);
	session->kept = kept;
	session->nr_kept = len - cut;
	session->begun = true;
	if (!cut)
		return 0;
	err = run(session, text, cut, failure);
	/* A text without LF: no write may add to it. */
	if (!err && text[cut - 1] != '\n')
		session->closed = session->bare = true;
	return err;
}

static int write_text(struct session *session, const char *text, size_t len)
{
	struct request_error error;
	int err, failure = 0;
	size_t cut;

	err = request_cut(text, session->nr_kept, len, !session->begun, &cut, &error);
	if (err)
		log_malformed(&error);
	else
		err = run_and_keep(session, text, cut, len, &failure);
	if (err)
		return fail(session, err);
	/* A refusal may give EINVAL too, but its text is not malformed. */
	if (failure && session->nr_kept)
		close_session(session);
	return failure;
}

static ssize_t write_locked(struct session *session, const char __user *buf, size_t count)
{
	char *text;
	int err;

	session->written = true;
	rows_clear(&session->rows);
	if (session->closed) {
		if (session->bare)
			log_malformed(&request_after_bare);
		session->bare = false;
		return -EINVAL;
	}
	text = join(session, buf, count);
	if (IS_ERR(text)) {
		if (PTR_ERR(text) == -E2BIG)
			log_malformed(&request_too_long);
		return fail(session, PTR_ERR(text));
	}
	err = write_text(session, text, session->nr_kept + count);
	kvfree(text);
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
