// SPDX-License-Identifier: GPL-2.0-only
/* Lines for the kernel log. */
#include <linux/atomic.h>
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/user_namespace.h>
#include <linux/workqueue.h>

#include "log.h"
#include "text/row.h"
#include "text/summary.h"

/* Room for any line, without pr_fmt and LF. */
#define LINE_BYTES SUMMARY_BYTES

/* The most lines that wait for a console that does not move. */
#define MAX_WAITING 64

/* A line on its way to the worker, which frees it. */
struct line {
	struct work_struct work;
	char text[LINE_BYTES];
};

/* A kind of lines. Each topic has its own rate, so that a flood of one silences no other. */
struct topic {
	const char *name;
	struct ratelimit_state limit;
	atomic_t left_out; /* lines since the worker last told how many */
	struct delayed_work tell;
};

static struct topic summaries = { .name = "batches" };
static struct topic unfinished_lines = { .name = "unfinished lines" };
static struct topic malformed_requests = { .name = "malformed requests" };

static struct topic *const topics[] = { &summaries, &unfinished_lines, &malformed_requests };

static struct workqueue_struct *printer;
static atomic_t nr_waiting;

static void tell_left_out(struct work_struct *work)
{
	struct topic *topic = container_of(work, struct topic, tell.work);
	int nr = atomic_xchg(&topic->left_out, 0);

	if (nr)
		pr_info("left out %d more lines about %s\n", nr, topic->name);
}

/*
 * Whether zreap may say a line now. Ask before you make the line: then a line that is left
 * out costs next to nothing.
 */
static bool may_say(struct topic *topic)
{
	if (__ratelimit(&topic->limit) && atomic_read(&nr_waiting) < MAX_WAITING)
		return true;
	/* Only the first one since the worker told queues it: one such line an interval. */
	if (atomic_inc_return(&topic->left_out) == 1)
		queue_delayed_work(printer, &topic->tell, DEFAULT_RATELIMIT_INTERVAL);
	return false;
}

static void print_line(struct work_struct *work)
{
	struct line *line = container_of(work, struct line, work);

	pr_info("%s\n", line->text);
	kfree(line);
	atomic_dec(&nr_waiting);
}

__printf(1, 2)
static void say(const char *format, ...)
{
	struct line *line = kmalloc(sizeof(*line), GFP_NOWAIT | __GFP_NOWARN);
	va_list arguments;

	va_start(arguments, format);
	if (line) {
		vscnprintf(line->text, sizeof(line->text), format, arguments);
		INIT_WORK(&line->work, print_line);
		atomic_inc(&nr_waiting);
		queue_work(printer, &line->work);
	} else {
		struct va_format text = { .fmt = format, .va = &arguments };

		pr_info("%pV\n", &text);
	}
	va_end(arguments);
}

static void init_topic(struct topic *topic)
{
	ratelimit_state_init(&topic->limit, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
	/* The worker tells what was left out. Else the kernel would, in the writer's time. */
	ratelimit_set_flags(&topic->limit, RATELIMIT_MSG_ON_RELEASE);
	INIT_DELAYED_WORK(&topic->tell, tell_left_out);
}

int log_start(void)
{
	size_t i;

	/* Prints in order, one line at a time. */
	printer = alloc_ordered_workqueue("zreap_log", 0);
	if (!printer)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(topics); i++)
		init_topic(topics[i]);
	return 0;
}

void log_stop(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(topics); i++)
		flush_delayed_work(&topics[i]->tell);
	destroy_workqueue(printer);
}

static const char *ending(int err)
{
	switch (err) {
	case 0:
		return NULL;
	case -EINTR:
		return ", the rest dropped: the writer was killed";
	case -EPIPE:
		return ", the rest dropped: the socket was closed";
	default:
		return ", the rest not done: no room for more rows";
	}
}

void log_batch(const struct batch *batch)
{
	const struct summary summary = {
		.comm = batch->caller.comm,
		.pid = batch->caller.pid.global,
		.uid = from_kuid(&init_user_ns, batch->caller.uid),
		.nr_targets = batch->nr,
		.counts = batch->counts,
		.spared = batch->spared,
		.ending = ending(batch->err),
	};
	char text[SUMMARY_BYTES];

	if (!may_say(&summaries))
		return;
	summary_text(&summary, text);
	say("%s", text);
}

void log_unfinished(const struct opener *opener, size_t bytes)
{
	char name[ROW_NAME_BYTES];

	if (!may_say(&unfinished_lines))
		return;
	row_escape(opener->comm, true, name, sizeof(name));
	say("%s[%d]: closed within a line: its last %zu bytes were not run", name, opener->pid,
	    bytes);
}

void log_malformed(const struct request_error *error)
{
	char comm[TASK_COMM_LEN], name[ROW_NAME_BYTES], text[REQUEST_ERROR_BYTES];

	if (!may_say(&malformed_requests))
		return;
	get_task_comm(comm, current);
	row_escape(comm, true, name, sizeof(name));
	request_error_text(error, text);
	say("%s[%d] %s. This write did nothing", name, task_tgid_nr(current), text);
}
