// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "children.h"

#include <sched.h>
#include <unistd.h>

#include "../guest/check.h"

#define STACK_BYTES 4096

/* Each maker has its own stacks, which are free again at the end of the wave. */
static char stacks[BOOK_CHILDREN][STACK_BYTES] __attribute__((aligned(16)));

void child_start(struct child *child, int (*part)(void *child), int flags)
{
	char *top = stacks[child - book->children] + STACK_BYTES;
	pid_t pid = clone(part, top, CLONE_VM | SIGCHLD | flags, child);

	check(pid > 0);
	child->pid = pid;
}

static int end_by_exit(void *child)
{
	_exit(((struct child *)child)->status >> 8);
}

static int end_by_signal(void *child)
{
	kill(getpid(), ((struct child *)child)->status);
	return 0;
}

static pid_t fork_child(int status, unsigned int yields)
{
	pid_t pid = fork();

	if (!pid) {
		while (yields--)
			sched_yield();
		_exit(status >> 8);
	}
	return pid;
}

void child_make(struct child *child, struct random *random)
{
	unsigned int code = random_below(random, 256), way = random_below(random, 32);

	child->status = code << 8;
	if (way == 0) {
		child->status = SIGKILL;
		child_start(child, end_by_signal, 0);
	} else if (way == 1) {
		child->pid = fork_child(child->status, random_below(random, 20));
		check(child->pid > 0);
	} else {
		child_start(child, end_by_exit, 0);
	}
}

void children_make(unsigned int first, unsigned int nr, struct random *random)
{
	unsigned int i;

	for (i = first; i < first + nr; i++)
		child_make(&book->children[i], random);
}
