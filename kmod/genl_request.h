/* SPDX-License-Identifier: GPL-2.0-only */
/* Netlink attributes as requests. */
#ifndef ZREAP_GENL_REQUEST_H
#define ZREAP_GENL_REQUEST_H

#include <net/genetlink.h>

#include "batch.h"
#include "zreap_genl.h"

/* What each command takes; ZREAP_A_ROW is not among it. */
extern const struct nla_policy genl_get_policy[ZREAP_A_TARGET + 1];
extern const struct nla_policy genl_take_policy[ZREAP_A_DRY_RUN + 1];

/**
 * genl_target() - read a target
 * @attr: a valid ZREAP_A_TARGET
 * @wanted: filled on success
 * @extack: told what is wrong
 *
 * Context: any.
 * Return: 0 or -EINVAL.
 */
int genl_target(const struct nlattr *attr, struct request_target *wanted,
		struct netlink_ext_ack *extack);

/**
 * genl_batch() - make a batch of a message
 * @opener: who asks
 * @nlh: the message
 * @cmd: ZREAP_CMD_REAP, ZREAP_CMD_ADOPT or ZREAP_CMD_RELEASE
 * @attrs: its attributes, valid by genl_take_policy; of those that stand several times, the last
 * @extack: told what is wrong
 *
 * Context: process, in the asker's own; may sleep.
 * Return: a batch with one reference, or an ERR_PTR: -EINVAL for what does not go together;
 * -EPERM if the opener may not touch the adopter of "all"; -ENOMEM; -EINTR if killed.
 */
struct batch *genl_batch(const struct opener *opener, const struct nlmsghdr *nlh, u8 cmd,
			 struct nlattr **attrs, struct netlink_ext_ack *extack);

#endif
