// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "book.h"

#include <string.h>
#include <sys/wait.h>

#include "../guest/check.h"
#include "run.h"

struct book *book;

void book_new(void)
{
	book = shared_memory(sizeof(*book));
}

void book_open(unsigned int nr)
{
	memset(book, 0, sizeof(*book));
	book->nr = nr;
}

struct child *book_find(pid_t pid)
{
	/* Most requests come in the order of the book. */
	static _Thread_local unsigned int next;
	unsigned int i;

	for (i = 0; i < book->nr; i++) {
		struct child *child = &book->children[(next + i) % book->nr];

		if (child->pid == pid) {
			next = (next + i + 1) % book->nr;
			return child;
		}
	}
	return NULL;
}

void book_take(struct child *child, enum taker taker, int status)
{
	if (status != -1 && status != child->status)
		complain("%d has status %#x for its %s, but ended with %#x", child->pid, status,
			 taker == BY_ZREAP ? "reaper" : "parent", child->status);
	if (child->taken[taker]++ || child->taken[!taker])
		complain("%d is taken twice: %d times by zreap, %d times by its parent", child->pid,
			 child->taken[BY_ZREAP], child->taken[BY_PARENT]);
	book->nr_taken++;
}

void book_waited(pid_t pid, int status)
{
	struct child *child = book_find(pid);

	if (!child)
		complain("%d was waited for, and is not in the book", pid);
	book_take(child, BY_PARENT, status);
}

int book_status_of(const siginfo_t *info)
{
	return info->si_code == CLD_EXITED ? info->si_status << 8 : info->si_status;
}

static void wait_each(int options)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, options)) > 0)
		book_waited(pid, status);
}

void book_wait_all(void)
{
	wait_each(0);
	check(errno == ECHILD);
}

void book_wait_ended(void)
{
	wait_each(WNOHANG);
}

bool book_is_done(void)
{
	return book->nr_taken == book->nr;
}

void book_close(void)
{
	unsigned int i;

	for (i = 0; i < book->nr; i++) {
		struct child *child = &book->children[i];
		int zreap = child->taken[BY_ZREAP], parent = child->taken[BY_PARENT];

		if (zreap + parent != 1)
			complain("%d was taken %d times by zreap, %d times by its parent", child->pid, zreap,
				 parent);
		run.tally->by_zreap += zreap;
		run.tally->by_parents += parent;
	}
	run.tally->zombies += book->nr;
}
