/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The book of a wave, in memory that all processes of a storm share: each child, the
 * wait status that only it has, and the side that took it. Each must be taken exactly once.
 */
#ifndef BOOK_H
#define BOOK_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#define BOOK_CHILDREN 512

enum taker { BY_ZREAP, BY_PARENT };

struct child {
	_Atomic pid_t pid;		/* 0: not there yet */
	atomic_ullong start;		/* 0: nobody has looked */
	int status;			/* what a wait for it gives */
	atomic_int taken[2];		/* by taker */
};

/* The signal for an adopter. All processes of storms block it, so that none is deaf. */
#define BOOK_SIGNAL SIGUSR1

struct book {
	unsigned int nr;
	/* The adopter, if there is one. */
	pid_t adopter;
	atomic_uint nr_taken;
	struct child children[BOOK_CHILDREN];
};

extern struct book *book;

void book_new(void);

/* Begin a wave of so many children. */
void book_open(unsigned int nr);

/* The child with this PID; NULL if there is none. */
struct child *book_find(pid_t pid);

/* A child was taken; a status of -1 is not known. */
void book_take(struct child *child, enum taker taker, int status);

/* A parent's wait took a child, or waitid() did; it must be in the book. */
void book_waited(pid_t pid, int status);
int book_status_of(const siginfo_t *info);

/* Wait as the parent until no child is left; or only for those that have ended by now. */
void book_wait_all(void);
void book_wait_ended(void);

/* Whether all have been taken. */
bool book_is_done(void);

/* End a wave: check that one side took each child, once, and tally them. */
void book_close(void);

#endif
