/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The three ways to rid a parent of a zombie. Each has its own file: reap.c,
 * release.c and adopt.c.
 */
#ifndef ZREAP_WAY_H
#define ZREAP_WAY_H

#include "batch.h"

/**
 * struct way - how one verb is carried out; called by kzreapd only
 * @exclusive: @take() wants tasklist_lock for writing, else for reading
 * @judge: say what @take() would do, and fill item->outcome.facts; tasklist_lock
 *	held at least for reading. Returns the way's "would" result, or a refusal.
 * @take: do what must be done under the lock; tasklist_lock held. Returns a
 *	success, or a refusal with nothing changed.
 * @finish: do the rest, or NULL if there is none; no lock held; may sleep; always
 *	called after a success of @take(), with nothing in between but the same for
 *	others of one hold. Returns how it ended.
 */
struct way {
	bool exclusive;
	enum result (*judge)(struct item *item);
	enum result (*take)(struct item *item);
	enum result (*finish)(struct item *item);
};

extern const struct way reap_way;
extern const struct way release_way;
extern const struct way adopt_way;

#endif
