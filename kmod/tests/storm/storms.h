/* SPDX-License-Identifier: GPL-2.0-only */
/* All storms, each in the file of its name. */
#ifndef STORMS_H
#define STORMS_H

#include "run.h"

extern const struct storm storm_waiters, storm_parents, storm_tracers, storm_groups, storm_pidns, storm_reuse,
	storm_killers, storm_reload, storm_doors, storm_stops, storm_memory;

#endif
