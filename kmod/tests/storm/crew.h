/* SPDX-License-Identifier: GPL-2.0-only */
/* A crew of actors (actor.h) that play their scenes of a wave at the same time. */
#ifndef CREW_H
#define CREW_H

#include "../guest/actor.h"

#define CREW_MOST 9

struct crew {
	unsigned int nr;
	struct actor actors[CREW_MOST];
};

void crew_start(struct crew *crew, unsigned int nr);

/* Have all begin the same scene, each with its number. */
void crew_begin(struct crew *crew, scene play);
void crew_answer(struct crew *crew);

/* Check that none has a child. */
void crew_is_childless(struct crew *crew);

void crew_end(struct crew *crew);

#endif
