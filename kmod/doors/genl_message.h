/* SPDX-License-Identifier: GPL-2.0-only */
/* Messages and the permission, for the commands, dumps and events of the family. */
#ifndef ZREAP_GENL_MESSAGE_H
#define ZREAP_GENL_MESSAGE_H

#include <net/genetlink.h>

#include "batch/access.h"
#include "batch/batch.h"
#include "genl_row.h"

extern struct genl_family genl_family;

/* No message with a row is longer. */
#define GENL_MESSAGE_BYTES NLMSG_ALIGN(NLMSG_HDRLEN + GENL_HDRLEN + GENL_ROW_BYTES)

/**
 * struct genl_reply - the receiver of a message, and what the message answers
 * @portid: the receiver; 0 for a group
 * @seq: of the request
 * @flags: of the message
 * @cmd: of the request, or ZREAP_CMD_EVENT
 */
struct genl_reply {
	u32 portid;
	u32 seq;
	int flags;
	u8 cmd;
};

/**
 * genl_tell() - say in words why a request fails
 * @extack: of the request, or NULL
 * @message: a static string
 *
 * Context: any.
 */
void genl_tell(struct netlink_ext_ack *extack, const char *message);

/**
 * genl_open() - check whether the sender or receiver of a message may use its socket
 * @opener: filled on success; give it to access_close()
 * @request: the message
 * @extack: told why not
 *
 * Context: process.
 * Return: as access_open_socket().
 */
int genl_open(struct opener *opener, const struct sk_buff *request,
	      struct netlink_ext_ack *extack);

/**
 * genl_put_message() - append a message with one row
 * @skb: where to
 * @reply: what it answers
 * @row: the row
 *
 * Context: process.
 * Return: 0, or -EMSGSIZE with nothing appended.
 */
int genl_put_message(struct sk_buff *skb, const struct genl_reply *reply, const struct row *row);

/**
 * genl_stands_alone() - whether nothing follows a request in what was sent
 * @request: what was sent
 * @nlh: the request
 * @extack: told if something follows
 *
 * The kernel deals with all messages of one send in one hold of a lock that other
 * families need.
 *
 * Context: any.
 * Return: true if nothing follows.
 */
bool genl_stands_alone(const struct sk_buff *request, const struct nlmsghdr *nlh,
		       struct netlink_ext_ack *extack);

/**
 * struct genl_sink - puts the rows of a batch into a message buffer
 * @sink: the batch puts its rows here
 * @skb: the buffer; has GENL_MESSAGE_BYTES of room for each row that will come
 * @reply: what the rows answer
 * @opener: the reader
 */
struct genl_sink {
	struct sink sink;
	struct sk_buff *skb;
	struct genl_reply reply;
	const struct opener *opener;
};

/**
 * genl_sink_init() - make a sink; the caller sets its buffer and reader
 * @sink: the sink
 * @reply: what the rows answer
 *
 * Context: any.
 */
void genl_sink_init(struct genl_sink *sink, const struct genl_reply *reply);

/**
 * genl_conclude() - the errno that ends the answers to a batch
 * @batch: all of it is done
 * @extack: told what the errno means
 *
 * Context: any.
 * Return: as batch_errno().
 */
int genl_conclude(const struct batch *batch, struct netlink_ext_ack *extack);

#endif
