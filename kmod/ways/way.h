/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The three ways to rid a parent of a zombie. Each has its own file: reap.c,
 * release.c and adopt.c.
 */
#ifndef ZREAP_WAY_H
#define ZREAP_WAY_H

#include "item.h"

/**
 * struct way - how zreap carries out one verb
 * @would: what @judge gives if @take may follow
 * @exclusive: @take needs tasklist_lock for writing, else for reading
 * @judge: say what would be done, and fill item->outcome.facts; tasklist_lock held at
 *	least for reading. Returns @would, or a refusal.
 * @take: do what must be done under the lock, in the same hold. Returns a success, or a
 *	refusal with nothing changed. Does not wait.
 * @finish: do the rest, or NULL if there is none; no lock held; may sleep; always
 *	called after a success of @take. Returns how it ended.
 */
struct way {
	enum result would;
	bool exclusive;
	enum result (*judge)(struct item *item, struct parent_look *look);
	enum result (*take)(struct item *item, struct parent_look *look);
	enum result (*finish)(struct item *item);
};

extern const struct way reap_way;
extern const struct way release_way;
extern const struct way adopt_way;

#endif
