/* SPDX-License-Identifier: GPL-2.0-only */
/* The events of the family: every result, for the multicast group. */
#ifndef ZREAP_GENL_EVENT_H
#define ZREAP_GENL_EVENT_H

#include <net/genetlink.h>

extern const struct genl_multicast_group genl_groups[1];

/**
 * genl_events_begin() - register the family so that nobody without the privilege listens
 *
 * Context: process; may sleep.
 * Return: 0 or what the registration gives. If it cannot keep such listeners out, it
 * registers the family without events.
 */
int genl_events_begin(void);

/**
 * genl_events_end() - stop sending events
 *
 * Context: process; may sleep.
 */
void genl_events_end(void);

#endif
