// SPDX-License-Identifier: GPL-2.0-only
/* A process of the list. */
#include "listing.h"

enum result listing_look(const struct opener *opener, struct target *target, struct facts *facts)
{
	enum result state;

	target->ns = opener->ns;
	if (target->pid)
		access_vet(opener, target);
	state = zombie_look(target, facts);
	put_pid(target->only_parent);
	target->only_parent = NULL;
	return state;
}

bool listing_shows(enum result state)
{
	/* The others were released since the scan, or never were zombies. */
	return state != RESULT_GONE && state != RESULT_THREAD && state != RESULT_ALIVE;
}

const char *listing_spared(enum result state, const struct facts *facts)
{
	if (state != RESULT_WOULD_REAP)
		return result_name(state);
	return facts->readiness == PROCESS_BUSY ? result_name(RESULT_PARENT_BUSY) : NULL;
}
