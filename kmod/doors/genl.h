/* SPDX-License-Identifier: GPL-2.0-only */
/* The generic netlink family zreap: zreap.yaml and docs/netlink.md say what it takes and gives. */
#ifndef ZREAP_GENL_DOOR_H
#define ZREAP_GENL_DOOR_H

/**
 * genl_publish() - register the family
 *
 * The module is useful without the family, so the log tells of a failure and nothing
 * else happens. A failure must not end the module's init: a dump may have begun
 * already, and a failed init would not wait for it.
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
