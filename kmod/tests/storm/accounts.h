/* SPDX-License-Identifier: GPL-2.0-only */
/* What a storm must leave as it was. */
#ifndef ACCOUNTS_H
#define ACCOUNTS_H

#include <stdbool.h>

#define ACCOUNTS_CACHES 6

struct accounts {
	long objects[ACCOUNTS_CACHES];
};

struct accounts accounts_take(void);

/* Whether all is counted that always is there. Says what is not. */
bool accounts_are_whole(const struct accounts *accounts);

/*
 * Whether all is as it was, or comes to be so within 20 s: slab objects, the cgroup's
 * count of processes, children of kzreapd, kmemleak. Says what is not.
 */
bool accounts_settle(const struct accounts *before, const char *cgroup);

#endif
