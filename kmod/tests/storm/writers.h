/* SPDX-License-Identifier: GPL-2.0-only */
/* Writers: they ask zreap, by any of its doors, to take the children in the book. */
#ifndef WRITERS_H
#define WRITERS_H

#include <stddef.h>

#include "book.h"
#include "random.h"

enum outcome {
	TOOK,		/* reaped or released */
	MOVED,		/* adopted */
	GONE,		/* somebody else was faster */
	REFUSED,
};

/* A writer's request for one child, and the answer. */
struct wish {
	struct child *child;
	enum outcome outcome;
	int status;	/* -1: there was no answer */
};

struct way {
	const char *name;
	/* The most wishes of one request. */
	unsigned int most;
	void (*ask)(const struct way *way, struct wish *wishes, size_t nr);
	/* The first word of a line in the file. */
	const char *verb;
	/* It has START, or names the adopter. */
	bool with_start;
	bool adopts;
	/* It is gentle, and asks for this least age; 0: neither. */
	unsigned int gentle_ms;
	/* The command of netlink. */
	int command;
};

enum way_number {
	WAY_ONE,	/* a write for each, whose errno is the answer */
	WAY_ONE_STARTED,
	WAY_BATCH,
	WAY_BATCH_STARTED,
	WAY_RELEASE,
	WAY_RELEASE_BATCH,
	WAY_ADOPT,
	WAY_NETLINK,
	WAY_NETLINK_DUMP,
	WAY_NETLINK_RELEASE,
	WAY_NETLINK_ADOPT,
	WAY_JIANGSHI,
	WAY_GENTLE,
	WAY_GENTLE_RELEASE,
	WAY_GENTLE_NETLINK,
	NR_WAYS,
};

/* Gentle ways leave parents this time to wait, from when they can. */
#define GENTLE_MS 3000

extern const struct way ways[NR_WAYS];

/* Sleep a little while zreap is not loaded. The process that loads it needs a CPU. */
void writer_await_module(void);

/* Ask in this way, in any order, again and again, until all children in the book are gone. */
void writer_run(const struct way *way, struct random *random);

/* The same in one of these ways, as this role chooses in this wave. */
void writer_run_one_of(const enum way_number *of, unsigned int nr, unsigned int role);

#endif
