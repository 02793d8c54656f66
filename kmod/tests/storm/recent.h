/* SPDX-License-Identifier: GPL-2.0-only */
/* What /proc/zreap_recent tells of the children in the book. */
#ifndef RECENT_H
#define RECENT_H

#include "book.h"

/* Begin to follow; the rows so far do not count. */
void recent_follow(void);

/* Call this for each child that was taken, by the rows since the last call. */
void recent_each(void (*act)(struct child *child, int status));

#endif
