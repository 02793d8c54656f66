// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signals kill writers while they write, or while all their targets are in the queue. The
 * module works on, and every zombie is still there, or is gone and has a row in the recent
 * results.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"
#include "../guest/zreapfile.h"
#include "book.h"
#include "children.h"
#include "crew.h"
#include "recent.h"
#include "writers.h"

#define PARENTS 2
#define BROOD 256
#define WRITERS 3

static struct crew parents;

static long make(long number)
{
	struct random random = run_random(number);

	children_make(number * BROOD, BROOD, &random);
	return 0;
}

/* Scene: take what is left. */
static long wait_for_rest(long number)
{
	unsigned int i;

	for (i = number * BROOD; i < (number + 1) * BROOD; i++) {
		int status;
		pid_t pid = book->children[i].pid;

		if (waitpid(pid, &status, 0) == pid)
			book_waited(pid, status);
		else
			check(errno == ECHILD);
	}
	return 0;
}

static void write_once(int flags, const char *text, size_t len)
{
	int fd = open("/proc/zreap", flags | O_CLOEXEC);

	if (fd >= 0) {
		zreap_write_bytes(fd, text, len);
		close(fd);
	} else if (run.reloads) {
		writer_await_module();
	} else {
		complain("zreap is not there: %s", strerror(errno));
	}
}

/* All children of a parent at once; of those that were taken, a readable file keeps rows. */
static void write_all(struct random *random)
{
	char text[64];
	int len = sprintf(text, "all min-age=0s parent=%d\n",
			  parents.actors[random_below(random, PARENTS)].pid);

	write_once(random_below(random, 2) ? O_RDWR : O_WRONLY, text, len);
}

/* One write after the other, of any length, until it has asked for all; others read the rows. */
static void write_blindly(struct random *random)
{
	static const char *const verbs[] = { "", "reap ", "release " };
	unsigned int order[BOOK_CHILDREN], i = 0, end;

	random_order(random, order, book->nr);
	while (i < book->nr) {
		char text[BOOK_CHILDREN * 32];
		size_t len = 0;

		end = i + 1 + random_below(random, book->nr - i);
		for (; i < end; i++)
			len += sprintf(text + len, "%s%d\n", verbs[random_below(random, 3)],
				       book->children[order[i]].pid);
		write_once(O_WRONLY, text, len);
		if (!random_below(random, 4))
			write_all(random);
	}
	_exit(0);
}

static pid_t start_writer(unsigned int number)
{
	pid_t pid = fork();

	check(pid >= 0);
	if (!pid) {
		struct random random = run_random(PARENTS + 1 + number);

		write_blindly(&random);
	}
	return pid;
}

/* Whether it was still writing. */
static bool kill_writer(pid_t pid, unsigned int yields)
{
	int status;

	while (yields--)
		sched_yield();
	check(!kill(pid, SIGKILL));
	check(waitpid(pid, &status, 0) == pid);
	if (status && status != SIGKILL)
		complain("a writer ended with %#x", status);
	return status;
}

/* This comes after everything that the killed writers have in the queue. */
static void await_queue(void)
{
	int error = zreap_reap(4194304);

	if (error != ESRCH)
		complain("the module does not work any more: %s", strerror(error));
}

static void take_told(struct child *child, int status)
{
	book_take(child, BY_ZREAP, status);
}

/* A module that comes and goes takes its results with it: it has taken the children for which no parent waited. */
static void take_missing(void)
{
	unsigned int i;

	for (i = 0; i < book->nr; i++) {
		if (!book->children[i].taken[BY_PARENT])
			book_take(&book->children[i], BY_ZREAP, -1);
	}
}

static void set_lock_batch(struct random *random)
{
	static const char *const numbers[] = { "1", "4", "32", "1024" };

	procstat_put("/sys/module/zreap/parameters/lock_batch", numbers[random_below(random, 4)]);
}

static void wave(void)
{
	struct random random = run_random(PARENTS);
	unsigned int i, nr_killed = 0;
	pid_t writers[WRITERS];

	book_open(PARENTS * BROOD);
	crew_begin(&parents, make);
	crew_answer(&parents);
	if (!run.reloads)
		set_lock_batch(&random);
	for (i = 0; i < WRITERS; i++)
		writers[i] = start_writer(i);
	for (i = 0; i < WRITERS; i++)
		nr_killed += kill_writer(writers[i], random_below(&random, 200));
	if (!run.reloads) {
		await_queue();
		recent_each(take_told);
	}
	if (nr_killed == WRITERS && book->nr_taken && !book_is_done())
		saw("writers that are killed in the midst of their work");
	crew_begin(&parents, wait_for_rest);
	crew_answer(&parents);
	if (run.reloads)
		take_missing();
	crew_is_childless(&parents);
	book_close();
}

static void start(void)
{
	if (!run.reloads)
		recent_follow();
	book_new();
	crew_start(&parents, PARENTS);
}

static void end(void)
{
	if (!run.reloads)
		procstat_put("/sys/module/zreap/parameters/lock_batch", "32");
	crew_end(&parents);
}

const struct storm storm_killers = {
	.name = "killers",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = "",
	.sees = "writers that are killed in the midst of their work",
};
