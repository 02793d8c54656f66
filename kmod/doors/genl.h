/* SPDX-License-Identifier: GPL-2.0-only */
/* The generic netlink family zreap: zreap.yaml and docs/netlink.md say what it takes and gives. */
#ifndef ZREAP_GENL_DOOR_H
#define ZREAP_GENL_DOOR_H

/**
 * genl_publish() - register the family
 *
 * Without it the module is of use too, so a failure is only told to the log. It must
 * not end the module's init either: somebody may have begun a dump already, which
 * the end of a failed init would not wait for.
 *
 * Context: process; may sleep; reaper_run() works. The last step of init.
 */
void genl_publish(void);

/**
 * genl_retract() - unregister the family
 *
 * Context: process; waits for requests under way.
 */
void genl_retract(void);

#endif
