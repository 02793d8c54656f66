/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parents that wait for their child, each in another way. A round begins when a parent
 * makes a child, which ends when the test opens its gate. It ends when the parent has
 * told the exit code that its wait gave.
 */
#ifndef WAITER_H
#define WAITER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct waiter {
	const char *name;
	/* It sleeps uninterruptibly until waiter_go_on(): no signal and no tracer stops it. */
	bool deep;
	/* In its own process: make a child at the gate with this exit code, wait, and give the code or -1. */
	int (*play)(int code);
	/* Or a program that writes 0, reads codes from its standard input, and writes the codes of its waits. */
	const char *const *program;
};

extern const struct waiter waiters[];
extern const size_t nr_waiters;

/* A waiter at work; child is that of the last round. */
struct waiting {
	const struct waiter *waiter;
	pid_t pid;
	pid_t child;
	int codes;
	int said;
};

/* Once, before the first. */
void waiter_init(void);

/* Its process group is not orphaned, so that SIGTSTP stops it. */
struct waiting waiter_start(const struct waiter *waiter);
void waiter_end(struct waiting *waiting);

/* Begin a round; gives the child, which lives. The parent sleeps. */
pid_t waiter_begin(struct waiting *waiting, int code);

/* Let the child end and become a zombie. Hold the parent before, or it takes the child at once. */
void waiter_open_gate(const struct waiting *waiting);

/* End the uninterruptible sleep of a deep waiter. */
void waiter_go_on(const struct waiting *waiting);

/* The end of a round: the exit code that the parent got, or -1 if there was no child. */
int waiter_answer(const struct waiting *waiting);

#endif
