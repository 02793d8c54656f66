// SPDX-License-Identifier: GPL-2.0-only
#include "crew.h"

#include "run.h"

void crew_start(struct crew *crew, unsigned int nr)
{
	for (crew->nr = 0; crew->nr < nr; crew->nr++)
		crew->actors[crew->nr] = actor_start();
}

void crew_begin(struct crew *crew, scene play)
{
	unsigned int i;

	for (i = 0; i < crew->nr; i++)
		actor_begin(&crew->actors[i], play, i);
}

void crew_answer(struct crew *crew)
{
	unsigned int i;

	for (i = 0; i < crew->nr; i++)
		actor_answer(&crew->actors[i]);
}

void crew_is_childless(struct crew *crew)
{
	unsigned int i;

	for (i = 0; i < crew->nr; i++) {
		if (actor_play(&crew->actors[i], wait_for_any, 0) != -1)
			complain("actor %d has a child left", crew->actors[i].pid);
	}
}

void crew_end(struct crew *crew)
{
	while (crew->nr)
		actor_end(&crew->actors[--crew->nr]);
}
