// SPDX-License-Identifier: GPL-2.0-only
/*
 * All doors at once, each wanting every zombie: the file by its three verbs, netlink by
 * single commands and dumps, kill-if-jiangshi, an adopter that waits, and now and then the
 * parents. Each zombie goes exactly once, and the recent results and the events tell of those
 * that zreap took.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <time.h>

#include "../guest/check.h"
#include "book.h"
#include "children.h"
#include "crew.h"
#include "events.h"
#include "recent.h"
#include "writers.h"

#define PARENTS 2
#define BROOD 256

static const enum way_number doors[] = {
	WAY_ONE_STARTED, WAY_BATCH, WAY_RELEASE_BATCH, WAY_ADOPT, WAY_NETLINK, WAY_NETLINK_DUMP,
	WAY_NETLINK_RELEASE, WAY_NETLINK_ADOPT, WAY_JIANGSHI,
};

#define NR_DOORS (sizeof(doors) / sizeof(*doors))

static struct crew parents, writers, adopter;

/* Scene: make children; once in some waves wait for them too. */
static long make(long number)
{
	struct random random = run_random(number);

	children_make(number * BROOD, BROOD, &random);
	if (random_once_in(&random, 4))
		book_wait_all();
	return 0;
}

static long use_door(long number)
{
	struct random random = run_random(PARENTS + number);

	writer_run(&ways[doors[number]], &random);
	return 0;
}

/* Scene: wait for adopted children at each signal, until the wave is over. */
static long adopt(long unused)
{
	sigset_t told;

	sigemptyset(&told);
	sigaddset(&told, BOOK_SIGNAL);
	while (!book_is_done()) {
		sigtimedwait(&told, NULL, &(struct timespec){ 0, 10000000 });
		book_wait_ended();
	}
	return 0;
}

static void start(void)
{
	if (system("modprobe zreap_jiangshi"))
		complain("zreap_jiangshi cannot be loaded");
	if (!run.reloads) {
		recent_follow();
		if (!run.crowded)
			events_follow();
	}
	book_new();
	crew_start(&parents, PARENTS);
	crew_start(&writers, NR_DOORS);
	crew_start(&adopter, 1);
}

/* By the recent results, or the events. */
static int told[BOOK_CHILDREN];

static void count(struct child *child, int status)
{
	if (status != child->status)
		complain("%d ended with %#x, but is told to have with %#x", child->pid, child->status, status);
	told[child - book->children]++;
}

static void check_told(const char *by)
{
	unsigned int i;

	for (i = 0; i < book->nr; i++) {
		const struct child *child = &book->children[i];

		if (told[i] != child->taken[BY_ZREAP])
			complain("%d was taken %d times by zreap, and is told %d times by %s", child->pid,
				 child->taken[BY_ZREAP], told[i], by);
	}
	memset(told, 0, sizeof(told));
}

static void check_accounts(void)
{
	recent_each(count);
	check_told("the recent results");
	if (run.crowded)
		return;
	if (!events_each(count))
		complain("events are lost");
	check_told("the events");
}

static void wave(void)
{
	book_open(PARENTS * BROOD);
	book->adopter = adopter.actors[0].pid;
	crew_begin(&parents, make);
	crew_begin(&writers, use_door);
	crew_begin(&adopter, adopt);
	crew_answer(&parents);
	crew_answer(&writers);
	crew_answer(&adopter);
	crew_is_childless(&parents);
	crew_is_childless(&adopter);
	if (!run.reloads)
		check_accounts();
	book_close();
}

static void end(void)
{
	crew_end(&parents);
	crew_end(&writers);
	crew_end(&adopter);
}

const struct storm storm_doors = {
	.name = "doors",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = " alive own-child ",
};
