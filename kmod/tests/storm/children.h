/* SPDX-License-Identifier: GPL-2.0-only */
/* Making the children of a storm. */
#ifndef CHILDREN_H
#define CHILDREN_H

#include "book.h"
#include "random.h"

/*
 * Make a child that shares its maker's memory, which is cheap. It plays its part on a small
 * stack that belongs to its place in the book.
 */
void child_start(struct child *child, int (*part)(void *child), int flags);

/* Make a child that ends at once, in one of several ways. */
void child_make(struct child *child, struct random *random);

/* The same for a part of the book. */
void children_make(unsigned int first, unsigned int nr, struct random *random);

#endif
