/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The adopter of a test: an actor that waits for its children in a signal's handler, and
 * keeps what the waits gave.
 */
#ifndef ADOPTER_H
#define ADOPTER_H

/* Scene: wait for all zombies at each of these signals from now on. */
long adopter_listen(long signal);

/* Scenes: sleep until the handler has waited for this child; what wait4() gave. */
long adopter_status(long pid);
long adopter_utime_ms(long pid);

/* Scene: sleep until the handler has waited for so many children; gives their number. */
long adopter_await_number(long nr);

#endif
