/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User process U of a test: an actor that waits for its children when a signal tells
 * it to, in the signal's handler, and keeps what it got.
 */
#ifndef ADOPTER_H
#define ADOPTER_H

/* Scene: wait for all zombies at each of these signals from now on. */
long adopter_listen(long signal);

/* Scenes: sleep until this child was waited for; what wait4() gave. */
long adopter_status(long pid);
long adopter_utime_ms(long pid);

/* Scene: sleep until so many children were waited for; how many it were. */
long adopter_await_number(long nr);

#endif
