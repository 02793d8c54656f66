/* SPDX-License-Identifier: GPL-2.0-only */
/* Asks for a zombie that zreap spares because of its parent, by all doors. Include cmocka.h before. */
#ifndef SPARED_H
#define SPARED_H

#include <sys/types.h>

/* Load what kill-if-jiangshi needs; must come before the rest. */
void spared_init(void);

/* What the list says of a zombie: STATE and SPARED. */
void assert_listed(pid_t zombie, const char *state, const char *spared);

/*
 * Its parent is stopped: named or chosen by "all", whatever is asked for, each door says
 * "parent-stopped" and EAGAIN, or passes it over. Nothing changes, and the counters count.
 */
void assert_spared_as_stopped(pid_t parent, pid_t zombie);

/* Its parent is busy: the same for what is gentle, as "all" is. What is not gentle would take it. */
void assert_spared_as_busy(pid_t parent, pid_t zombie);

/* All but these two would take it, be it gentle. */
void assert_not_spared(pid_t parent, pid_t zombie);

#endif
