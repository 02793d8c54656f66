/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading the events of netlink as they come. */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>

#include "book.h"

/* Events from now on; with room for all of a wave. */
void events_follow(void);

/*
 * Take each new event of a child in the book that was reaped or released. Gives whether that is
 * all of them: the kernel loses an event for which it has no memory.
 */
bool events_each(void (*act)(struct child *child, int status));

#endif
