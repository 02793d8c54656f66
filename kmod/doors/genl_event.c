// SPDX-License-Identifier: GPL-2.0-only
/* Sends the events. */
#include <net/genetlink.h>

#include "compat/genl_privileged.h"
#include "genl_event.h"
#include "genl_message.h"
#include "record/listener.h"
#include "record/report.h"
#include "uapi/zreap_genl.h"

const struct genl_multicast_group genl_groups[1] = {
	{ .name = ZREAP_MCGRP_EVENTS, GENL_PRIVILEGED },
};

static void multicast(const struct record *record)
{
	const struct genl_reply to_all = { .cmd = ZREAP_CMD_EVENT };
	struct opener everybody;
	struct row row = {};
	struct sk_buff *skb;

	skb = genlmsg_new(GENL_ROW_BYTES, GFP_KERNEL);
	if (!skb) {
		genl_set_err(&genl_family, &init_net, 0, 0, -ENOBUFS);
		return;
	}
	access_global_reader(&everybody);
	/* The current task, of any time namespace, is not the one that hears of it. */
	report_record(&row, record, &everybody, 0);
	if (genl_put_message(skb, &to_all, &row))
		nlmsg_free(skb);
	else
		genlmsg_multicast_netns(&genl_family, &init_net, skb, 0, 0, GFP_KERNEL);
}

static void hear(const struct record *record)
{
	if (genl_has_listeners(&genl_family, &init_net, 0))
		multicast(record);
}

#define GENL_TRIES 8

/*
 * The kernel lets anybody join a group that has no owner yet, and keeps those members
 * when the group becomes ours. From then on, joining needs the privilege.
 *
 * genl_unregister_family() throws all members out. One kind of member gets past that: the
 * kernel checks it before the group is ours, drops its lock, and adds it afterwards. If
 * listeners rejoin faster than zreap can throw them out, zreap sends no events: better
 * none than to everybody.
 */
int genl_events_begin(void)
{
	int tries, err;

	for (tries = 0; tries < GENL_TRIES; tries++) {
		err = genl_register_family(&genl_family);
		if (err)
			return err;
		if (!genl_has_listeners(&genl_family, &init_net, 0)) {
			listener_set(hear);
			return 0;
		}
		genl_unregister_family(&genl_family);
	}
	pr_warn("no netlink events: listeners rejoin the group at once, and may lack the privilege\n");
	return genl_register_family(&genl_family);
}

/* Once the family is gone, another group may have the number. */
void genl_events_end(void)
{
	listener_set(NULL);
}
