/* SPDX-License-Identifier: GPL-2.0-only */
/* Looks at a process for the list of zombies. */
#ifndef ZREAP_LISTING_H
#define ZREAP_LISTING_H

#include "access.h"
#include "kernel/zombie.h"

/**
 * listing_look() - what reap would say of a process now
 * @opener: the asker; access was checked
 * @target: the process, to which the caller holds a reference, and its start if that is a
 *	condition
 * @facts: what is known of it
 *
 * Context: process.
 * Return: as zombie_look(); RESULT_DENIED if @opener may not touch it.
 */
enum result listing_look(const struct opener *opener, struct target *target, struct facts *facts);

/**
 * listing_shows() - whether a process belongs to the list
 * @state: what listing_look() gave
 *
 * Context: any.
 * Return: true if it does.
 */
bool listing_shows(enum result state);

/**
 * listing_spared() - why "all min-age=0s" would spare a process
 * @state: what listing_look() gave
 * @facts: what it found
 *
 * Context: any.
 * Return: the word for a result, or NULL if "all" would take the process.
 */
const char *listing_spared(enum result state, const struct facts *facts);

#endif
