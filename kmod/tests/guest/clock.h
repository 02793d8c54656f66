/* SPDX-License-Identifier: GPL-2.0-only */
/* A clock that nobody sets. */
#ifndef CLOCK_H
#define CLOCK_H

/* CLOCK_MONOTONIC, in milliseconds. */
double clock_ms(void);

#endif
