// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tracers attach to children, see their ends, detach, exit or get killed, while writers reap the
 * children and parents wait for them. A tracer that sees an end does not take the child: it
 * leaves that to the parent.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <sched.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "book.h"
#include "children.h"
#include "crew.h"
#include "writers.h"

#define PARENTS 2
#define BROOD 96
#define TRACERS 2
#define WRITERS 2

static struct crew parents, tracers, writers;

static void yield(unsigned int times)
{
	while (times--)
		sched_yield();
}

/* A parent's gate, at which its children wait for their end; they have its files. */
static int gate[2];

static int end_at_gate(void *child)
{
	char byte;

	while (read(gate[0], &byte, 1) > 0)
		;
	_exit(((struct child *)child)->status >> 8);
}

/* Scene: make children that live on. */
static long make(long number)
{
	struct random random = run_random(number);
	unsigned int i;

	check(!pipe2(gate, O_CLOEXEC));
	for (i = number * BROOD; i < (number + 1) * BROOD; i++) {
		book->children[i].status = random_below(&random, 256) << 8;
		child_start(&book->children[i], end_at_gate, CLONE_FILES);
	}
	return 0;
}

/* It sees their ends as both their tracer and their parent. */
static void trace_some(unsigned int first, struct random *random)
{
	unsigned int i;

	for (i = first; i < first + BROOD; i++) {
		if (random_once_in(random, 8))
			ptrace(PTRACE_SEIZE, book->children[i].pid, 0, 0);
	}
}

/* Scene: let them end, and wait for them, or not. */
static long open_gate(long number)
{
	struct random random = run_random(PARENTS + number);
	bool waits = random_once_in(&random, 2);

	if (waits && random_once_in(&random, 2))
		trace_some(number * BROOD, &random);
	yield(random_below(&random, 400));
	close(gate[1]);
	if (waits)
		book_wait_all();
	return 0;
}

static bool seized[BOOK_CHILDREN];

/* It cannot attach to all: some have another tracer, or have ended. */
static void attach(struct random *random)
{
	unsigned int order[BOOK_CHILDREN], i;

	random_order(random, order, book->nr);
	memset(seized, 0, sizeof(seized));
	for (i = 0; i < book->nr; i++) {
		int options = random_once_in(random, 4) ? PTRACE_O_TRACEEXIT : 0;

		if (random_once_in(random, 2))
			seized[order[i]] = !ptrace(PTRACE_SEIZE, book->children[order[i]].pid, 0, options);
	}
}

/* Whether the tracer's wait gave an end, which must be the child's own. */
static bool is_end(pid_t pid, int status)
{
	const struct child *child = book_find(pid);

	if (!child)
		complain("%d is traced, and is not in the book", pid);
	if (WIFSTOPPED(status))
		return false;
	if (status != child->status)
		complain("%d has status %#x for its tracer, but ended with %#x", pid, status, child->status);
	return true;
}

static void see_ends(struct random *random)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (!is_end(pid, status))
			ptrace(PTRACE_CONT, pid, 0, 0);
	}
	check(errno == ECHILD);
}

static void detach(struct random *random)
{
	unsigned int i;

	for (i = 0; i < book->nr; i++) {
		pid_t pid = book->children[i].pid;
		int status;

		if (!seized[i])
			continue;
		ptrace(PTRACE_INTERRUPT, pid, 0, 0);
		if (waitpid(pid, &status, __WALL) == pid && !is_end(pid, status))
			ptrace(PTRACE_DETACH, pid, 0, 0);
	}
}

static void die(struct random *random)
{
	yield(random_below(random, 200));
}

static void await_death(struct random *random)
{
	while (true)
		pause();
}

static void (*const fates[])(struct random *random) = { see_ends, detach, die, await_death };

#define NR_FATES (sizeof(fates) / sizeof(*fates))

/* Scene: start a tracer, and see to its end. */
static long start_tracer(long number)
{
	struct random random = run_random(2 * PARENTS + number);
	unsigned int fate = random_below(&random, NR_FATES);
	int status;
	pid_t pid = fork();

	check(pid >= 0);
	if (!pid) {
		attach(&random);
		fates[fate](&random);
		_exit(0);
	}
	if (fates[fate] == await_death) {
		yield(random_below(&random, 400));
		check(!kill(pid, SIGKILL));
	}
	check(waitpid(pid, &status, 0) == pid);
	if (status && (fates[fate] != await_death || status != SIGKILL))
		complain("a tracer ended with %#x", status);
	return 0;
}

static long write_in_some_way(long number)
{
	static const enum way_number used[] = {
		WAY_ONE, WAY_BATCH, WAY_BATCH_STARTED, WAY_RELEASE, WAY_RELEASE_BATCH, WAY_NETLINK_DUMP,
	};

	writer_run_one_of(used, sizeof(used) / sizeof(*used), 2 * PARENTS + TRACERS + number);
	return 0;
}

/* Scene: the gate's other end. */
static long forget_gate(long unused)
{
	return close(gate[0]);
}

static void start(void)
{
	book_new();
	crew_start(&parents, PARENTS);
	crew_start(&tracers, TRACERS);
	crew_start(&writers, WRITERS);
}

static void wave(void)
{
	book_open(PARENTS * BROOD);
	crew_begin(&parents, make);
	crew_answer(&parents);
	crew_begin(&tracers, start_tracer);
	crew_begin(&writers, write_in_some_way);
	crew_begin(&parents, open_gate);
	crew_answer(&parents);
	crew_answer(&tracers);
	crew_answer(&writers);
	crew_is_childless(&parents);
	crew_begin(&parents, forget_gate);
	crew_answer(&parents);
	book_close();
}

static void end(void)
{
	crew_end(&parents);
	crew_end(&tracers);
	crew_end(&writers);
}

const struct storm storm_tracers = {
	.name = "tracers",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = " alive traced busy ",
	.sees = "traced",
};
