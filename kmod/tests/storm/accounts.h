/* SPDX-License-Identifier: GPL-2.0-only */
/* The accounts of the kernel that a storm must leave as they were. */
#ifndef ACCOUNTS_H
#define ACCOUNTS_H

#include <stdbool.h>

#define ACCOUNTS_CACHES 6

struct accounts {
	long objects[ACCOUNTS_CACHES];
};

struct accounts accounts_take(void);

/* Whether the accounts count what is always there. Says what they miss. */
bool accounts_are_whole(const struct accounts *accounts);

/*
 * Whether all is as it was, or is so again within 20 s: slab objects, the cgroup's
 * count of processes, children of kzreapd, kmemleak. Says what is not.
 */
bool accounts_settle(const struct accounts *before, const char *cgroup);

#endif
