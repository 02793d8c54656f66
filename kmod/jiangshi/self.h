/* SPDX-License-Identifier: GPL-2.0-only */
/* Looking at /proc/self as any process does, to see what the kernel makes of it. */
#ifndef ZREAP_JIANGSHI_SELF_H
#define ZREAP_JIANGSHI_SELF_H

#include <linux/types.h>

/**
 * self_looks_up() - look up /proc/self/NAME, and make the kernel forget it
 * @name: of the file
 *
 * Context: process; may sleep.
 * Return: whether it was there.
 */
bool self_looks_up(const char *name);

/**
 * self_lists() - list /proc/self
 * @name: of the file to look for
 *
 * Context: process; may sleep.
 * Return: whether it was listed, exactly once and last.
 */
bool self_lists(const char *name);

#endif
