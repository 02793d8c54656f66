// SPDX-License-Identifier: GPL-2.0-only
/*
 * Processes whose main thread ends first and whose other threads end later, one by one, by
 * exit_group(), by a signal, or by an exec, while writers reap them and parents wait for them.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "book.h"
#include "children.h"
#include "crew.h"
#include "rest.h"
#include "writers.h"

#define PARENTS 3
#define BROOD 64
#define WRITERS 2
#define MOST_THREADS 3
#define STACK_BYTES 16384

static struct crew parents, writers;

enum end { END_EACH, END_GROUP, END_SIGNAL, END_EXEC };

/* How a process plays its part. Its parent's memory is its own. */
struct part {
	enum end end;
	unsigned int nr_threads;
	unsigned int yields;
};

static struct part parts[BOOK_CHILDREN];
static char stacks[BOOK_CHILDREN][MOST_THREADS][STACK_BYTES] __attribute__((aligned(16)));

static int end_thread(void *argument)
{
	const struct child *child = argument;
	const struct part *part = &parts[child - book->children];
	unsigned int yields;

	for (yields = part->yields; yields; yields--)
		sched_yield();
	switch (part->end) {
	case END_GROUP:
		_exit(child->status >> 8);
	case END_SIGNAL:
		kill(getpid(), child->status);
		break;
	case END_EXEC:
		rest_exec(0, child->status >> 8);
	case END_EACH:
		break;
	}
	syscall(SYS_exit, child->status >> 8);
	return 0;
}

/* The main thread. */
static int lead(void *argument)
{
	const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	const struct child *child = argument;
	unsigned int place = child - book->children, i;

	for (i = 0; i < parts[place].nr_threads; i++) {
		if (clone(end_thread, stacks[place][i] + STACK_BYTES, flags, argument) < 0)
			break;
	}
	syscall(SYS_exit, child->status >> 8);
	return 0;
}

static void cast(struct child *child, struct random *random)
{
	struct part *part = &parts[child - book->children];
	unsigned int end = random_below(random, 48);

	*part = (struct part){
		.end = end == 0 ? END_EXEC : end < 6 ? END_SIGNAL : end < 16 ? END_GROUP : END_EACH,
		.nr_threads = 1 + random_below(random, MOST_THREADS),
		.yields = random_below(random, 30),
	};
	child->status = part->end == END_SIGNAL ? SIGKILL : (int)random_below(random, 256) << 8;
}

/* Scene: make processes, and wait for them, or not. */
static long make(long number)
{
	struct random random = run_random(number);
	unsigned int i;

	for (i = number * BROOD; i < (number + 1) * BROOD; i++) {
		cast(&book->children[i], &random);
		child_start(&book->children[i], lead, 0);
	}
	if (!random_once_in(&random, 2))
		book_wait_all();
	return 0;
}

static long write_in_some_way(long number)
{
	static const enum way_number used[] = {
		WAY_ONE, WAY_ONE_STARTED, WAY_BATCH, WAY_BATCH_STARTED, WAY_RELEASE, WAY_RELEASE_BATCH, WAY_NETLINK,
	};

	writer_run_one_of(used, sizeof(used) / sizeof(*used), PARENTS + number);
	return 0;
}

static void start(void)
{
	book_new();
	crew_start(&parents, PARENTS);
	crew_start(&writers, WRITERS);
}

static void wave(void)
{
	book_open(PARENTS * BROOD);
	crew_begin(&parents, make);
	crew_begin(&writers, write_in_some_way);
	crew_answer(&parents);
	crew_answer(&writers);
	crew_is_childless(&parents);
	book_close();
}

static void end(void)
{
	crew_end(&parents);
	crew_end(&writers);
}

const struct storm storm_groups = {
	.name = "groups",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = " alive threads ",
	.sees = "threads",
};
