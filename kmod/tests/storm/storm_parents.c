// SPDX-License-Identifier: GPL-2.0-only
/*
 * Something happens to parents while writers take their zombies. They exit, exec (from the main
 * thread and from another), lose the thread that made the children, stop, get killed, or begin
 * to wait. The storm's process inherits the children that they leave, and waits for them.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <pthread.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "book.h"
#include "children.h"
#include "crew.h"
#include "rest.h"
#include "writers.h"

#define PARENTS 8
#define BROOD 48
#define WRITERS 3

static struct crew writers;

/* Shared: how many parents have all their children. */
static atomic_uint *nr_ready;

static void fate_exit(struct random *random)
{
}

static void fate_exec(struct random *random)
{
	rest_exec(random_below(random, 10), 0);
}

static void *exec_in_thread(void *random)
{
	rest_exec(random_below(random, 10), 0);
}

static void fate_exec_in_thread(struct random *random)
{
	pthread_t thread;

	check(!pthread_create(&thread, NULL, exec_in_thread, random));
	pause();
}

static void *exit_later(void *yields)
{
	unsigned long left = (unsigned long)yields;

	while (left--)
		sched_yield();
	_exit(0);
}

/* The main thread, whose children they are, is gone; another lives. */
static void fate_lose_thread(struct random *random)
{
	pthread_t thread;
	unsigned long yields = random_below(random, 100);

	check(!pthread_create(&thread, NULL, exit_later, (void *)yields));
	pthread_exit(NULL);
}

/* The storm's process stops, continues and kills it. */
static void fate_be_killed(struct random *random)
{
	while (true)
		pause();
}

static void fate_wait(struct random *random)
{
	book_wait_all();
}

static void (*const fates[])(struct random *random) = {
	fate_exit, fate_exec, fate_exec_in_thread, fate_lose_thread, fate_be_killed, fate_wait,
};

#define NR_FATES (sizeof(fates) / sizeof(*fates))

struct parents {
	unsigned int nr;
	pid_t pids[PARENTS];
	unsigned int fates[PARENTS];
};

static void start_parent(struct parents *parents, struct random *random)
{
	unsigned int number = parents->nr++, fate = random_below(random, NR_FATES);
	pid_t pid = fork();

	check(pid >= 0);
	if (!pid) {
		struct random own = run_random(number);

		children_make(number * BROOD, BROOD, &own);
		++*nr_ready;
		fates[fate](&own);
		_exit(0);
	}
	parents->pids[number] = pid;
	parents->fates[number] = fate;
}

/* Wait for parents that have ended, and for the children that they left. */
static void wait_for_ended(struct parents *parents)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		unsigned int i;

		for (i = 0; i < PARENTS && parents->pids[i] != pid; i++)
			;
		if (i == PARENTS) {
			book_waited(pid, status);
			continue;
		}
		if (status && status != SIGKILL)
			complain("a parent ended with %#x", status);
		parents->pids[i] = 0;
		parents->nr--;
	}
}

/*
 * Stop, continue or kill a parent. Do not do so while it makes children, since the last
 * one's number would be lost. A parent that waits must have time to enter what it got.
 */
static void disturb(const struct parents *parents, struct random *random)
{
	static const int signals[] = { SIGSTOP, SIGCONT, SIGCONT, SIGKILL };
	unsigned int number = random_below(random, PARENTS);
	int signal = signals[random_below(random, 4)];

	if (!parents->pids[number] || *nr_ready < PARENTS)
		return;
	if (signal != SIGKILL || fates[parents->fates[number]] != fate_wait)
		check(!kill(parents->pids[number], signal));
}

static long write_in_some_way(long number)
{
	static const enum way_number used[] = {
		WAY_ONE, WAY_BATCH, WAY_BATCH_STARTED, WAY_RELEASE_BATCH, WAY_ADOPT, WAY_NETLINK_DUMP,
	};

	writer_run_one_of(used, sizeof(used) / sizeof(*used), PARENTS + 1 + number);
	return 0;
}

static void start(void)
{
	nr_ready = shared_memory(sizeof(*nr_ready));
	book_new();
	crew_start(&writers, WRITERS);
}

static void wave(void)
{
	struct random random = run_random(PARENTS);
	struct parents parents = {};

	book_open(PARENTS * BROOD);
	book->adopter = getpid();
	*nr_ready = 0;
	while (parents.nr < PARENTS)
		start_parent(&parents, &random);
	crew_begin(&writers, write_in_some_way);
	while (parents.nr || !book_is_done()) {
		wait_for_ended(&parents);
		disturb(&parents, &random);
		sched_yield();
	}
	crew_answer(&writers);
	book_close();
}

static void end(void)
{
	crew_end(&writers);
}

const struct storm storm_parents = {
	.name = "parents",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = " alive own-child parent-stopped ",
};
