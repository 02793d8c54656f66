// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parents wait, in every way that there is, while writers reap the same children. One side alone
 * gets each child, and learns how it ended.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "book.h"
#include "children.h"
#include "crew.h"
#include "uring.h"
#include "writers.h"

#define PARENTS 4
#define WRITERS 2
#define BROOD 128
#define THREADS 3

#define WAIT_THAT_GETS "a wait that gets a child"

static struct crew parents, writers;

static void wait_each(unsigned int first, struct random *random)
{
	unsigned int order[BROOD], i;

	random_order(random, order, BROOD);
	for (i = 0; i < BROOD; i++) {
		pid_t pid = book->children[first + order[i]].pid;
		int status;

		if (waitpid(pid, &status, 0) == pid)
			book_waited(pid, status);
		else
			check(errno == ECHILD);
	}
}

static void wait_any(unsigned int first, struct random *random)
{
	book_wait_all();
}

/* Look first, and take the child that it saw, if that is still there. */
static void wait_and_look(unsigned int first, struct random *random)
{
	siginfo_t info, taken;

	while (!waitid(P_ALL, 0, &info, WEXITED | WNOWAIT)) {
		const struct child *child = book_find(info.si_pid);

		if (!child || child->status != book_status_of(&info))
			complain("%d is seen with status %#x", info.si_pid, book_status_of(&info));
		if (waitid(P_PID, info.si_pid, &taken, WEXITED))
			check(errno == ECHILD);
		else
			book_waited(info.si_pid, book_status_of(&taken));
	}
	check(errno == ECHILD);
}

static void *wait_in_thread(void *unused)
{
	wait_any(0, NULL);
	return NULL;
}

static void wait_in_threads(unsigned int first, struct random *random)
{
	pthread_t threads[THREADS];
	int i;

	for (i = 0; i < THREADS; i++)
		check(!pthread_create(&threads[i], NULL, wait_in_thread, NULL));
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static void wait_by_uring(unsigned int first, struct random *random)
{
	siginfo_t info;

	while (!uring_waitid(&info))
		book_waited(info.si_pid, book_status_of(&info));
	check(errno == ECHILD);
}

/* The last only where the kernel has it. */
static const struct {
	const char *name;
	void (*wait)(unsigned int first, struct random *random);
} waits[] = {
	{ "waitpid for each", wait_each },
	{ "waitpid for any", wait_any },
	{ "waitid after WNOWAIT", wait_and_look },
	{ "waitpid in threads", wait_in_threads },
	{ "io_uring", wait_by_uring },
};

#define NR_WAITS (sizeof(waits) / sizeof(*waits))

/* Shared: how many each got. */
static atomic_ulong *nr_got;

static bool has_uring;

static unsigned long got_of(unsigned int first)
{
	unsigned long nr = 0;
	unsigned int i;

	for (i = first; i < first + BROOD; i++)
		nr += book->children[i].taken[BY_PARENT];
	return nr;
}

/* Scene: make children and wait for them, until none is left. */
static long make_and_wait(long number)
{
	struct random random = run_random(number);
	unsigned int first = number * BROOD, way = random_below(&random, has_uring ? NR_WAITS : NR_WAITS - 1);
	unsigned long nr;

	children_make(first, BROOD, &random);
	waits[way].wait(first, &random);
	nr = got_of(first);
	if (nr)
		saw(WAIT_THAT_GETS);
	nr_got[way] += nr;
	return 0;
}

/* Scene: write in one of the ways that take. */
static long write_in_some_way(long number)
{
	static const enum way_number used[] = {
		WAY_ONE, WAY_ONE_STARTED, WAY_BATCH, WAY_BATCH_STARTED, WAY_RELEASE, WAY_RELEASE_BATCH,
	};

	writer_run_one_of(used, sizeof(used) / sizeof(*used), PARENTS + number);
	return 0;
}

static void start(void)
{
	has_uring = uring_has_waitid();
	if (!has_uring)
		remark("this kernel has no waitid by io_uring");
	nr_got = shared_memory(NR_WAITS * sizeof(*nr_got));
	book_new();
	crew_start(&parents, PARENTS);
	crew_start(&writers, WRITERS);
}

static void wave(void)
{
	book_open(PARENTS * BROOD);
	crew_begin(&parents, make_and_wait);
	crew_begin(&writers, write_in_some_way);
	crew_answer(&parents);
	crew_answer(&writers);
	crew_is_childless(&parents);
	book_close();
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < NR_WAITS; i++) {
		if (nr_got[i])
			remark("%s: %lu", waits[i].name, nr_got[i]);
	}
	crew_end(&parents);
	crew_end(&writers);
}

const struct storm storm_waiters = {
	.name = "waiters",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = " alive ",
	.sees = WAIT_THAT_GETS,
};
