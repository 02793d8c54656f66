/* SPDX-License-Identifier: GPL-2.0-only */
/* Netlink attributes as requests. */
#ifndef ZREAP_GENL_REQUEST_H
#define ZREAP_GENL_REQUEST_H

#include <net/genetlink.h>

#include "text/request.h"
#include "uapi/zreap_genl.h"

/* The attributes that each command takes; none takes ZREAP_A_ROW. */
extern const struct nla_policy genl_get_policy[ZREAP_A_TARGET + 1];
extern const struct nla_policy genl_take_policy[ZREAP_A_FORCE + 1];

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
 * genl_targets() - check and count the targets of a message
 * @nlh: the message
 * @nr: set on success
 * @extack: told what is wrong
 *
 * Context: process.
 * Return: 0 or -EINVAL.
 */
int genl_targets(const struct nlmsghdr *nlh, unsigned int *nr, struct netlink_ext_ack *extack);

/**
 * genl_order() - read what to do
 * @order: filled on success, valid and complete
 * @cmd: ZREAP_CMD_REAP, ZREAP_CMD_ADOPT or ZREAP_CMD_RELEASE
 * @attrs: of the message, valid by genl_take_policy; if one stands several times, the last
 * @extack: told what is wrong
 *
 * Context: any.
 * Return: 0, or -EINVAL for attributes that do not go together.
 */
int genl_order(struct order *order, u8 cmd, struct nlattr **attrs,
	       struct netlink_ext_ack *extack);

#endif
