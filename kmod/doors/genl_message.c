// SPDX-License-Identifier: GPL-2.0-only
/* Messages of the family. */
#include "genl_message.h"
#include "record/report.h"

void genl_tell(struct netlink_ext_ack *extack, const char *message)
{
	if (extack)
		extack->_msg = message;
}

int genl_open(struct opener *opener, const struct sk_buff *request,
	      struct netlink_ext_ack *extack)
{
	int err = access_open_socket(opener, NETLINK_CB(request).sk);

	if (err)
		genl_tell(extack, "the opener of the socket and the sender need CAP_KILL");
	return err;
}

int genl_put_message(struct sk_buff *skb, const struct genl_reply *reply, const struct row *row)
{
	void *message = genlmsg_put(skb, reply->portid, reply->seq, &genl_family, reply->flags,
				    reply->cmd);

	if (!message)
		return -EMSGSIZE;
	if (genl_put_row(skb, row)) {
		genlmsg_cancel(skb, message);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, message);
	return 0;
}

bool genl_stands_alone(const struct sk_buff *request, const struct nlmsghdr *nlh,
		       struct netlink_ext_ack *extack)
{
	if (request->len <= NLMSG_ALIGN(nlh->nlmsg_len))
		return true;
	genl_tell(extack, "a request that acts must be sent alone");
	return false;
}

/* The buffer has the room already. */
static int reserve_nothing(struct sink *sink, unsigned int more)
{
	return 0;
}

static void put_row(struct sink *sink, const struct item *item)
{
	struct genl_sink *to = container_of(sink, struct genl_sink, sink);
	struct row row = {};

	report_outcome(&row, item->nr, &item->outcome, to->opener);
	WARN_ON_ONCE(genl_put_message(to->skb, &to->reply, &row));
}

void genl_sink_init(struct genl_sink *sink, const struct genl_reply *reply)
{
	sink->sink = (struct sink){ .reserve = reserve_nothing, .put = put_row };
	sink->reply = *reply;
}

int genl_conclude(const struct batch *batch, struct netlink_ext_ack *extack)
{
	int err = batch_errno(batch);

	if (err)
		genl_tell(extack, result_meaning(batch->failure));
	return err;
}
