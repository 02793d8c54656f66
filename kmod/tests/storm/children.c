// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "children.h"

#include <sched.h>
#include <unistd.h>

#include "../guest/check.h"

/* Ends while its maker waits: the cheapest way, since it borrows its maker's memory. */
static pid_t make_by_vfork(int status)
{
	pid_t pid = vfork();

	if (!pid) {
		if (status & 0x7f)
			kill(getpid(), status);
		_exit(status >> 8);
	}
	return pid;
}

/* Ends at a time of its own. */
static pid_t make_by_fork(int status, unsigned int yields)
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
	unsigned int code = random_below(random, 256), way = random_below(random, 16);
	pid_t pid;

	child->status = way ? code << 8 : SIGKILL;
	if (way == 1)
		pid = make_by_fork(child->status, random_below(random, 20));
	else
		pid = make_by_vfork(child->status);
	check(pid > 0);
	child->pid = pid;
}

void children_make(unsigned int first, unsigned int nr, struct random *random)
{
	unsigned int i;

	for (i = first; i < first + nr; i++)
		child_make(&book->children[i], random);
}
