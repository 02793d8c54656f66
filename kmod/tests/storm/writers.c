// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "writers.h"

#include <time.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/zreapfile.h"
#include "../guest/zreapnl.h"
#include "run.h"

#define MOST 256

static enum outcome refuse(const char *result, pid_t pid)
{
	refused(result, pid);
	return REFUSED;
}

static enum outcome outcome_of(const char *result, pid_t pid)
{
	if (result_takes(result))
		return TOOK;
	if (!strcmp(result, "adopted"))
		return MOVED;
	if (!strcmp(result, "gone"))
		return GONE;
	return refuse(result, pid);
}

/* The answer of a write to its only target. */
static enum outcome outcome_of_errno(const struct way *way, int error, pid_t pid)
{
	switch (error) {
	case 0:
		return way->adopts ? MOVED : TOOK;
	case ESRCH:
		return GONE;
	case EBUSY:
	case EAGAIN:
		return refuse("alive", pid);
	case EEXIST:
		return refuse("own-child", pid);
	default:
		complain("%d is refused by errno: %s", pid, strerror(error));
	}
}

void writer_await_module(void)
{
	nanosleep(&(struct timespec){ 0, 10000000 }, NULL);
}

/* The module, or its file, is not there. */
static void absent(struct wish *wishes, size_t nr, int error)
{
	size_t i;

	if (!run.reloads)
		complain("zreap is not there: %s", strerror(error));
	for (i = 0; i < nr; i++)
		wishes[i].outcome = REFUSED;
	run.tally->refused += nr;
	writer_await_module();
}

/* EPROTONOSUPPORT: a dump that comes while the module is being unloaded. */
static bool is_absent(int error)
{
	return error == ENOENT || error == ENODEV || error == EIO || error == EPROTONOSUPPORT;
}

static size_t put_lines(const struct way *way, const struct wish *wishes, size_t nr, char *text)
{
	size_t i, len = 0;

	for (i = 0; i < nr; i++) {
		const struct child *child = wishes[i].child;

		len += sprintf(text + len, "%s%d", way->verb, child->pid);
		if (way->with_start)
			len += sprintf(text + len, "@%llu", child->start);
		if (way->adopts)
			len += sprintf(text + len, " to=%d signal=%d", book->adopter, BOOK_SIGNAL);
		if (way->gentle_ms)
			len += sprintf(text + len, " gentle min-age=%ums", way->gentle_ms);
		text[len++] = '\n';
	}
	return len;
}

static void take_rows(const struct rows *rows, struct wish *wishes, size_t nr)
{
	size_t i;

	if (rows->nr != nr)
		complain("%zu rows for %zu targets", rows->nr, nr);
	for (i = 0; i < nr; i++) {
		pid_t pid = atoi(rows_cell(rows, i, "PID"));
		const char *status = rows_cell(rows, i, "STATUS");

		if (pid != wishes[i].child->pid)
			complain("row %zu is about %d, not %d", i, pid, wishes[i].child->pid);
		wishes[i].outcome = outcome_of(rows_cell(rows, i, "RESULT"), pid);
		wishes[i].status = strcmp(status, "-") ? atoi(status) : -1;
	}
}

/*
 * One write. The rows tell more than its errno. But if the module may go in between, a write has
 * one target, and the errno counts.
 */
static void ask_file(const struct way *way, struct wish *wishes, size_t nr)
{
	int fd = open("/proc/zreap", O_RDWR | O_CLOEXEC), error;
	char text[MOST * 64];
	size_t len;

	if (fd < 0) {
		absent(wishes, nr, errno);
		return;
	}
	len = put_lines(way, wishes, nr, text);
	error = zreap_write_bytes(fd, text, len);
	if (error && is_absent(error)) {
		absent(wishes, nr, error);
	} else if (way->most == 1 || run.reloads) {
		wishes[0].outcome = outcome_of_errno(way, error, wishes[0].child->pid);
	} else {
		struct rows rows = rows_read(fd);

		take_rows(&rows, wishes, nr);
		rows_free(&rows);
	}
	close(fd);
}

static struct mnl_socket *nl;

static struct mnl_socket *netlink(void)
{
	if (!nl)
		nl = nl_open();
	return nl;
}

/* The family goes with the module, and the next has another number. */
static void netlink_lost(void)
{
	mnl_socket_close(nl);
	nl = NULL;
}

static void ask_netlink(const struct way *way, struct wish *wishes, size_t nr)
{
	struct nlmsghdr *request;
	struct nl_answer answer;
	size_t i;

	if (!netlink()) {
		absent(wishes, nr, errno);
		return;
	}
	request = nl_begin(way->command, way->most > 1);
	if (way->adopts)
		nl_adopter(request, book->adopter, BOOK_SIGNAL);
	if (way->gentle_ms) {
		mnl_attr_put(request, ZREAP_A_GENTLE, 0, NULL);
		mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, way->gentle_ms);
	}
	for (i = 0; i < nr; i++)
		nl_target(request, wishes[i].child->pid, way->with_start ? wishes[i].child->start : 0);
	answer = nl_ask(nl, request);
	if (!answer.nr && is_absent(answer.error)) {
		nl_free(&answer);
		netlink_lost();
		absent(wishes, nr, answer.error);
		return;
	}
	if (answer.nr != nr)
		complain("netlink: %zu rows for %zu targets, errno %d", answer.nr, nr, answer.error);
	for (i = 0; i < nr; i++) {
		const struct nl_row *row = &answer.rows[i];

		if (row->number[ZREAP_A_ROW_PID] != (uint64_t)wishes[i].child->pid)
			complain("netlink: row %zu is not about %d", i, wishes[i].child->pid);
		wishes[i].outcome = outcome_of(row->text[ZREAP_A_ROW_RESULT], wishes[i].child->pid);
		wishes[i].status = row->has[ZREAP_A_ROW_STATUS] ? (int)row->number[ZREAP_A_ROW_STATUS] : -1;
	}
	nl_free(&answer);
}

static void ask_jiangshi(const struct way *way, struct wish *wishes, size_t nr)
{
	pid_t pid = wishes[0].child->pid;
	char path[64];
	int fd, error;

	snprintf(path, sizeof(path), "/proc/%d/kill-if-jiangshi", pid);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		/* Without a process there is no such file either. */
		if (errno != ENOENT && errno != ESRCH)
			complain("%s: %s", path, strerror(errno));
		wishes[0].outcome = GONE;
		return;
	}
	error = zreap_write(fd, "1");
	close(fd);
	if (error == ENODEV)
		absent(wishes, nr, error);
	else
		wishes[0].outcome = outcome_of_errno(way, error, pid);
}

const struct way ways[NR_WAYS] = {
	[WAY_ONE] = { "one", 1, ask_file, "" },
	[WAY_ONE_STARTED] = { "one@", 1, ask_file, "", .with_start = true },
	[WAY_BATCH] = { "batch", MOST, ask_file, "" },
	[WAY_BATCH_STARTED] = { "batch@", MOST, ask_file, "reap ", .with_start = true },
	[WAY_RELEASE] = { "release", 1, ask_file, "release " },
	[WAY_RELEASE_BATCH] = { "release batch", MOST, ask_file, "release " },
	[WAY_ADOPT] = { "adopt", MOST, ask_file, "adopt ", .adopts = true },
	[WAY_NETLINK] = { "netlink", 1, ask_netlink, .command = ZREAP_CMD_REAP },
	[WAY_NETLINK_DUMP] = { "netlink dump", MOST, ask_netlink, .command = ZREAP_CMD_REAP },
	[WAY_NETLINK_RELEASE] = { "netlink release@", MOST, ask_netlink, .with_start = true,
				  .command = ZREAP_CMD_RELEASE },
	[WAY_NETLINK_ADOPT] = { "netlink adopt", MOST, ask_netlink, .adopts = true, .command = ZREAP_CMD_ADOPT },
	[WAY_JIANGSHI] = { "kill-if-jiangshi", 1, ask_jiangshi },
	[WAY_GENTLE] = { "gentle", MOST, ask_file, "", .gentle_ms = GENTLE_MS },
	[WAY_GENTLE_RELEASE] = { "gentle release@", MOST, ask_file, "release ", .with_start = true,
				 .gentle_ms = GENTLE_MS },
	[WAY_GENTLE_NETLINK] = { "gentle netlink", MOST, ask_netlink, .command = ZREAP_CMD_REAP,
				 .gentle_ms = GENTLE_MS },
};

/* Learn when the zombies in the book started. */
static void look_at_starts(void)
{
	int fd = open("/proc/zreap", O_RDONLY | O_CLOEXEC);
	struct rows rows;
	size_t i;

	if (fd < 0 && run.reloads) {
		writer_await_module();
		return;
	}
	check(fd >= 0);
	if (!rows_try_read(fd, "", &rows)) {
		for (i = 0; i < rows.nr; i++) {
			struct child *child = book_find(atoi(rows_cell(&rows, i, "PID")));

			if (child)
				child->start = strtoull(rows_cell(&rows, i, "START"), NULL, 10);
		}
		rows_free(&rows);
	} else if (!run.reloads) {
		complain("cannot list: %s", strerror(errno));
	}
	close(fd);
}

static unsigned int most_of(const struct way *way)
{
	/* See ask_file(). */
	return run.reloads && way->ask == ask_file ? 1 : way->most;
}

/* The children to ask for in one go, from a place in the order on; moves that on. */
static size_t choose(const struct way *way, const unsigned int *order, unsigned int *at,
		     const bool *gone, unsigned int most, struct wish *wishes)
{
	size_t nr = 0;

	for (; *at < book->nr && nr < most; ++*at) {
		struct child *child = &book->children[order[*at]];

		if (gone[order[*at]] || !child->pid || (way->with_start && !child->start))
			continue;
		wishes[nr++] = (struct wish){ .child = child, .outcome = REFUSED, .status = -1 };
	}
	return nr;
}

static unsigned int settle(const struct wish *wishes, size_t nr, bool *gone)
{
	unsigned int nr_gone = 0;
	size_t i;

	for (i = 0; i < nr; i++) {
		if (wishes[i].outcome == TOOK)
			book_take(wishes[i].child, BY_ZREAP, wishes[i].status);
		if (wishes[i].outcome == TOOK || wishes[i].outcome == GONE) {
			gone[wishes[i].child - book->children] = true;
			nr_gone++;
		}
	}
	return nr_gone;
}

/* There was nothing to take, so leave the CPU to the makers of children. */
static void pause_briefly(void)
{
	nanosleep(&(struct timespec){ 0, 200000 }, NULL);
}

void writer_run(const struct way *way, struct random *random)
{
	unsigned int order[BOOK_CHILDREN], most, nr_gone = 0, at;
	bool gone[BOOK_CHILDREN] = {};
	struct wish wishes[MOST];

	random_order(random, order, book->nr);
	most = 1 + random_below(random, most_of(way));
	while (nr_gone < book->nr && !book_is_done()) {
		unsigned int nr_before = nr_gone;

		if (way->with_start)
			look_at_starts();
		at = 0;
		while (at < book->nr) {
			size_t nr = choose(way, order, &at, gone, most, wishes);

			if (nr) {
				way->ask(way, wishes, nr);
				nr_gone += settle(wishes, nr, gone);
			}
		}
		if (nr_gone == nr_before)
			pause_briefly();
	}
}

void writer_run_one_of(const enum way_number *of, unsigned int nr, unsigned int role)
{
	struct random random = run_random(role);

	writer_run(&ways[of[random_below(&random, nr)]], &random);
}
