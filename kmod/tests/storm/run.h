/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run of a storm: in a process and a cgroup of its own, watched from outside,
 * wave after wave until its time or its number of zombies is reached.
 */
#ifndef RUN_H
#define RUN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "random.h"

struct storm {
	const char *name;
	/* Why this guest cannot run the storm; NULL if it can. May be absent. */
	const char *(*lacks)(void);
	/* In the storm's own process. start and end may be absent. */
	void (*start)(void);
	void (*wave)(void);
	void (*end)(void);
	/* Results of the module that refuse, each with a blank before and behind, and may occur. */
	const char *refusals;
	/* saw() must get this at least once, or the storm has shown nothing; NULL: no such demand. */
	const char *sees;
};

/* Counted by all processes of a run. */
struct tally {
	atomic_ulong steps;
	atomic_ulong zombies;
	atomic_ulong by_zreap;
	atomic_ulong by_parents;
	atomic_ulong refused;
	atomic_ulong seen;	/* what the storm must see */
};

struct limits {
	uint64_t seed;
	unsigned int seconds;	/* 0: the count counts */
	unsigned long count;
};

enum verdict { VERDICT_OK, VERDICT_FAILED, VERDICT_LACKING };

/* Run a storm, print its line of TAP, and give account. */
enum verdict run_storm(const struct storm *storm, const struct limits *limits, unsigned int number);

/* What follows is for the processes of a storm. */

extern struct run {
	const struct storm *storm;
	struct limits limits;
	struct tally *tally;
	/* The module is unloaded and loaded meanwhile: a failure because it is not there is no fault. */
	bool reloads;
	/* Others ask meanwhile for more PIDs than a listener has room for events. */
	bool crowded;
	/* Shared: the number of this wave. */
	atomic_ulong *wave;
} run;

/* Play the waves of a storm in the calling process. */
void run_waves(const struct storm *storm);

bool run_goes_on(void);

/* A wave, an event or a long step of a start is over: this shows the watcher that the storm does not hang. */
void run_step(void);

/* The choices of one role in this wave. */
struct random run_random(unsigned int role);

/* The storm has failed: say so, and end the process. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* The module has refused a PID, with a result that must be one of those that may occur. */
void refused(const char *result, int pid);

/* Note an event: perhaps it is the one that the storm must see. */
void saw(const char *what);

/* A remark for the reader of the TAP. */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Memory that the processes of a storm share. */
void *shared_memory(unsigned long bytes);

#endif
