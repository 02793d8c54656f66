/* SPDX-License-Identifier: GPL-2.0-only */
/* Asks for a zombie that zreap spares because of its parent, by all doors. Include cmocka.h before. */
#ifndef SPARED_H
#define SPARED_H

#include <sys/types.h>

/* Load the modules for kill-if-jiangshi; call it before the rest. */
void spared_init(void);

/* The columns STATE and SPARED of a zombie in the list. */
void assert_listed(pid_t zombie, const char *state, const char *spared);

/*
 * Its parent is stopped. By whatever verb, each door answers "parent-stopped" and EAGAIN for a
 * named zombie, and "all" passes it over. Nothing changes, and the counters count.
 */
void assert_spared_as_stopped(pid_t parent, pid_t zombie);

/* Its parent is busy: the same for gentle requests, as "all" is. Others would take it. */
void assert_spared_as_busy(pid_t parent, pid_t zombie);

/* Its parent can wait: requests would take it, gentle or not. */
void assert_not_spared(pid_t parent, pid_t zombie);

#endif
