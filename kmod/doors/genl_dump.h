/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers of many messages: the list of zombies, and requests for several targets. */
#ifndef ZREAP_GENL_DUMP_H
#define ZREAP_GENL_DUMP_H

#include <net/genetlink.h>

/**
 * genl_dump_start() - whether a dump may begin
 * @cb: the dump
 *
 * A refusal must come now: the sender may receive the first piece as late as it likes. Until
 * then the dump holds this module.
 *
 * Context: process, the sender's own.
 * Return: 0 or -EPERM.
 */
int genl_dump_start(struct netlink_callback *cb);

/**
 * genl_get_dump() - give the next piece of the list
 * @skb: where to
 * @cb: the dump
 *
 * Context: process, the receiver's own.
 * Return: how many bytes there are, 0 at the end, or -errno.
 */
int genl_get_dump(struct sk_buff *skb, struct netlink_callback *cb);

/**
 * genl_take_dump() - deal with as many targets as there is room for rows
 * @skb: where to
 * @cb: the dump
 *
 * The kernel makes the first call within the sender's own sendmsg(), with a lock held
 * that all other families need. So the first call deals with one target only. For a
 * sender outside the initial PID namespace it deals with none: that sender may have made
 * a target that takes long.
 *
 * Context: process, the receiver's own; may sleep.
 * Return: how many bytes there are; at the end, 0 or the errno of the request.
 */
int genl_take_dump(struct sk_buff *skb, struct netlink_callback *cb);

/**
 * genl_take_done() - end a dump; targets whose rows were not received stay as they are
 * @cb: the dump
 *
 * Context: process; the one that received the last piece or closed the socket, or a worker.
 * Return: 0.
 */
int genl_take_done(struct netlink_callback *cb);

#endif
