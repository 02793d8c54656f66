// SPDX-License-Identifier: GPL-2.0-only
/* Sends the events. */
#include <linux/mutex.h>
#include <net/genetlink.h>

#include "compat/genl_privileged.h"
#include "genl_event.h"
#include "genl_message.h"
#include "report.h"
#include "zreap_genl.h"

const struct genl_multicast_group genl_groups[1] = {
	{ .name = ZREAP_MCGRP_EVENTS, GENL_PRIVILEGED },
};

/* After the family is gone its group's number may be another's. */
static DEFINE_MUTEX(genl_events_lock); /* protects genl_events_on, and events against its change */
static bool genl_events_on;

static void switch_events(bool on)
{
	mutex_lock(&genl_events_lock);
	genl_events_on = on;
	mutex_unlock(&genl_events_lock);
}

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
	report_record(&row, record, &everybody);
	if (genl_put_message(skb, &to_all, &row))
		nlmsg_free(skb);
	else
		genlmsg_multicast_netns(&genl_family, &init_net, skb, 0, 0, GFP_KERNEL);
}

void genl_event(const struct record *record)
{
	mutex_lock(&genl_events_lock);
	if (genl_events_on && genl_has_listeners(&genl_family, &init_net, 0))
		multicast(record);
	mutex_unlock(&genl_events_lock);
}

#define GENL_TRIES 8

/*
 * The kernel lets anybody join a group that is nobody's yet, and keeps those members
 * when it becomes ours; from then on it asks whoever joins for the privilege.
 * Unregistering throws all of them out, but for one who was asked before the group was
 * ours and is made a member after it: the kernel lets go of its lock in between. If
 * somebody is always faster, there are no events: better none than told to everybody.
 */
int genl_events_begin(void)
{
	int tries, err;

	for (tries = 0; tries < GENL_TRIES; tries++) {
		err = genl_register_family(&genl_family);
		if (err)
			return err;
		if (!genl_has_listeners(&genl_family, &init_net, 0)) {
			switch_events(true);
			return 0;
		}
		genl_unregister_family(&genl_family);
	}
	pr_warn("no netlink events: somebody without the privilege listens to the group beforehand\n");
	return genl_register_family(&genl_family);
}

void genl_events_end(void)
{
	switch_events(false);
}
