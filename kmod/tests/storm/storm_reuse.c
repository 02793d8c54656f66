// SPDX-License-Identifier: GPL-2.0-only
/*
 * There are so few numbers for processes that the kernel uses them again at once. Makers offer
 * some of their children to the writers, which go on to write the numbers when other processes
 * have them. With START, zreap touches no other process: a child that was not offered is there
 * for its parent, with its status. Without START only zombies go. If a child started in the same
 * clock tick as an offered one that had its number, zreap cannot tell the two apart.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"
#include "../guest/zreapfile.h"
#include "crew.h"

#define MAKERS 2
#define WRITERS 2
#define OFFERS 2048
#define CHILDREN 256
#define MOST_LINES 12

/* Numbers are used again from 300 on; so some 40 are left. */
#define PID_MAX "340"

static struct crew makers, writers;

struct offer {
	pid_t pid;
	unsigned long long start;
	int status;
};

/* Shared. */
static struct market {
	bool with_start;
	atomic_uint nr_offers;
	/* Only those below are whole. */
	atomic_uint nr_valid;
	struct offer offers[OFFERS];
	atomic_uint nr_makers;
	atomic_uint nr_lost;
	atomic_uint nr_same_tick;
	atomic_uint nr_reused;
	/* What the rows say of those that were taken. */
	atomic_uint nr_taken;
	struct offer taken[OFFERS];
} *market;

static char stack[4096] __attribute__((aligned(16)));

static struct part {
	unsigned int yields;
	int status;
} part;

static int end_later(void *unused)
{
	unsigned int yields = part.yields;
	int status = part.status;

	while (yields--)
		sched_yield();
	_exit(status >> 8);
}

static pid_t make(struct random *random, bool lives)
{
	pid_t pid;

	part = (struct part){
		.yields = lives ? 20 + random_below(random, 50) : 0,
		.status = random_below(random, 256) << 8,
	};
	/* All numbers may be in use. */
	while ((pid = clone(end_later, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL)) < 0) {
		check(errno == EAGAIN);
		sched_yield();
	}
	return pid;
}

static void offer(pid_t pid, unsigned long long start)
{
	unsigned int nr = market->nr_offers++;

	check(nr < OFFERS);
	market->offers[nr] = (struct offer){ pid, start, part.status };
	while (market->nr_valid != nr)
		sched_yield();
	market->nr_valid++;
}

static bool was_offered(pid_t pid, unsigned long long start)
{
	unsigned int i;

	for (i = 0; i < market->nr_valid; i++) {
		if (market->offers[i].pid == pid && market->offers[i].start == start)
			return true;
	}
	return false;
}

/* Its child is gone, but not by its wait. */
static void lose(pid_t pid, unsigned long long start, bool offered, bool lives)
{
	market->nr_lost++;
	if (offered || !market->with_start)
		return;
	if (!was_offered(pid, start))
		complain("%d@%llu%s was taken, and was not offered", pid, start, lives ? ", which lived," : "");
	market->nr_same_tick++;
}

/* START, if the child is still there: if lines have no START, any writer may have taken it. */
static unsigned long long start_of(pid_t pid)
{
	return market->with_start ? procstat_start(pid) : 0;
}

/* Scene: make children, one at a time, offer some, and wait for each. */
static long make_and_offer(long number)
{
	struct random random = run_random(number);
	unsigned int i;

	for (i = 0; i < CHILDREN; i++) {
		bool lives = random_once_in(&random, 8), offered = random_once_in(&random, 2);
		pid_t pid = make(&random, lives);
		unsigned long long start = start_of(pid);
		unsigned int yields = random_below(&random, offered ? 200 : 10);
		int status;

		if (offered)
			offer(pid, start);
		while (yields--)
			sched_yield();
		if (waitpid(pid, &status, 0) == pid) {
			if (status != part.status)
				complain("%d ended with %#x, not %#x", pid, status, part.status);
		} else {
			check(errno == ECHILD);
			lose(pid, start, offered, lives);
		}
	}
	market->nr_makers--;
	return 0;
}

static void note_taken(const struct rows *rows, size_t row)
{
	unsigned int nr = market->nr_taken++;

	check(nr < OFFERS);
	market->taken[nr] = (struct offer){
		.pid = atoi(rows_cell(rows, row, "PID")),
		.start = strtoull(rows_cell(rows, row, "START"), NULL, 10),
		.status = atoi(rows_cell(rows, row, "STATUS")),
	};
}

static void count_rows(const struct rows *rows)
{
	size_t i;

	for (i = 0; i < rows->nr; i++) {
		const char *result = rows_cell(rows, i, "RESULT");

		if (result_takes(result)) {
			note_taken(rows, i);
		} else {
			market->nr_reused += !strcmp(result, "reused");
			refused(result, atoi(rows_cell(rows, i, "PID")));
		}
	}
}

/* Scene: write numbers that were offered, lately and long ago, until the makers are done. */
static long write_offers(long number)
{
	struct random random = run_random(MAKERS + number);
	char text[MOST_LINES * 64];
	int fd = zreap_open();

	while (market->nr_makers) {
		unsigned int nr = market->nr_valid, lines = 1 + random_below(&random, MOST_LINES), i;
		const char *verb = random_once_in(&random, 2) ? "reap" : "release";
		struct rows rows;
		size_t len = 0;

		if (!nr) {
			sched_yield();
			continue;
		}
		for (i = 0; i < lines; i++) {
			/* First the latest, one of each maker. */
			unsigned int back = i < MAKERS ? i : random_below(&random, 200);
			const struct offer *one = &market->offers[back < nr ? nr - 1 - back : 0];

			len += sprintf(text + len, "%s %d", verb, one->pid);
			if (market->with_start)
				len += sprintf(text + len, "@%llu", one->start);
			text[len++] = '\n';
		}
		text[len] = '\0';
		zreap_write(fd, text);
		rows = rows_read(fd);
		count_rows(&rows);
		rows_free(&rows);
	}
	close(fd);
	return 0;
}

static void start(void)
{
	market = shared_memory(sizeof(*market));
	crew_start(&makers, MAKERS);
	crew_start(&writers, WRITERS);
	procstat_put("/proc/sys/kernel/pid_max", PID_MAX);
}

static unsigned long nr_same_tick, nr_reused;

/* With START zreap takes only offered children, which ended as the row says, or one of the same clock tick. */
static bool is_strange(const struct offer *taken)
{
	unsigned int i;

	for (i = 0; i < market->nr_offers; i++) {
		const struct offer *offer = &market->offers[i];

		if (offer->pid == taken->pid && offer->start == taken->start && offer->status == taken->status)
			return false;
	}
	return true;
}

static unsigned int count_strange(void)
{
	unsigned int i, nr = 0;

	for (i = 0; i < market->nr_taken; i++)
		nr += is_strange(&market->taken[i]);
	return nr;
}

static void wave(void)
{
	struct random random = run_random(MAKERS + WRITERS);

	memset(market, 0, sizeof(*market));
	/* Without START no result is "reused". */
	market->with_start = !*run.wave || !random_once_in(&random, 4);
	market->nr_makers = MAKERS;
	crew_begin(&makers, make_and_offer);
	crew_begin(&writers, write_offers);
	crew_answer(&makers);
	crew_answer(&writers);
	crew_is_childless(&makers);
	if (market->nr_taken != market->nr_lost)
		complain("zreap took %u, but the parents miss %u", market->nr_taken, market->nr_lost);
	if (market->with_start && count_strange() > market->nr_same_tick)
		complain("%u rows are of nobody who was offered, but %u children of the same clock tick are missed",
			 count_strange(), market->nr_same_tick);
	run.tally->zombies += MAKERS * CHILDREN;
	run.tally->by_zreap += market->nr_taken;
	run.tally->by_parents += MAKERS * CHILDREN - market->nr_taken;
	nr_same_tick += market->nr_same_tick;
	nr_reused += market->nr_reused;
}

static void end(void)
{
	remark("%lu times another had the number, %lu times one of the same clock tick", nr_reused, nr_same_tick);
	crew_end(&makers);
	crew_end(&writers);
}

const struct storm storm_reuse = {
	.name = "reuse",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = " gone reused alive thread kernel-child ",
	.sees = "reused",
};
