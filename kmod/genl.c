// SPDX-License-Identifier: GPL-2.0-only
/* The commands and events of the family. */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <net/genetlink.h>

#include "access.h"
#include "batch.h"
#include "compat/genl_privileged.h"
#include "compat/start_offset.h"
#include "genl.h"
#include "genl_request.h"
#include "genl_row.h"
#include "listing.h"
#include "reaper.h"
#include "report.h"
#include "scan.h"

static struct genl_family genl_family;

/* To whom a message goes, and what it answers. */
struct genl_reply {
	u32 portid;
	u32 seq;
	int flags;
	u8 cmd;
};

/**
 * struct genl_dump - where a dump stands, in netlink_callback.ctx
 * @batch: what was done; NULL before, and for a dump of all zombies
 * @ns_id: whose numbers it gives
 * @begun: there was a call for it
 * @next: the next item of @batch
 * @nr: the next process id to look at
 */
struct genl_dump {
	struct batch *batch;
	struct ns_id ns_id;
	bool begun;
	unsigned int next;
	int nr;
};

static void tell(struct netlink_ext_ack *extack, const char *message)
{
	if (extack)
		extack->_msg = message;
}

static int open_socket(struct opener *opener, const struct sk_buff *request,
		       struct netlink_ext_ack *extack)
{
	int err = access_open_socket(opener, NETLINK_CB(request).sk);

	if (err)
		tell(extack, "the opener of the socket and the sender need CAP_KILL");
	return err;
}

static int put_message(struct sk_buff *skb, const struct genl_reply *reply, const struct row *row)
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

static int answer(struct genl_info *info, const struct row *row)
{
	const struct genl_reply reply = {
		.portid = info->snd_portid, .seq = info->snd_seq, .cmd = info->genlhdr->cmd,
	};
	struct sk_buff *skb = genlmsg_new(GENL_ROW_BYTES, GFP_KERNEL);
	int err;

	if (!skb)
		return -ENOMEM;
	err = put_message(skb, &reply, row);
	if (err) {
		nlmsg_free(skb);
		return err;
	}
	return genlmsg_reply(skb, info);
}

/* What ends the answers: the errno of write(2), and what it means. */
static int conclude(const struct batch *batch, struct netlink_ext_ack *extack)
{
	const struct item *item = batch_first_failure(batch);

	if (!item)
		return 0;
	tell(extack, result_meaning(item->outcome.result));
	return -result_errno(item->outcome.result);
}

static int do_for_sender(struct sk_buff *request, struct genl_info *info,
			 int (*act)(struct genl_info *info, const struct opener *opener))
{
	struct opener opener;
	int err = open_socket(&opener, request, info->extack);

	if (err)
		return err;
	err = act(info, &opener);
	access_close(&opener);
	return err;
}

static int take_one(struct genl_info *info, const struct opener *opener)
{
	struct row row = {};
	struct batch *batch;
	int err;

	batch = genl_batch(opener, info->nlhdr, info->genlhdr->cmd, info->attrs, info->extack);
	if (IS_ERR(batch))
		return PTR_ERR(batch);
	if (batch->several) {
		tell(info->extack, "several targets want NLM_F_DUMP, for their answers");
		err = -EINVAL;
		goto out;
	}
	err = reaper_run(batch);
	if (err)
		goto out;
	report_item(&row, &batch->items[0], opener);
	err = answer(info, &row);
	if (!err)
		err = conclude(batch, info->extack);
out:
	batch_put(batch);
	return err;
}

static int genl_take(struct sk_buff *request, struct genl_info *info)
{
	return do_for_sender(request, info, take_one);
}

static int look_at(struct genl_info *info, const struct opener *opener)
{
	struct request_target wanted;
	struct target target = {};
	struct row row = {};
	struct facts facts;
	enum result state;
	int err;

	if (!info->attrs[ZREAP_A_TARGET]) {
		tell(info->extack, "no target: all zombies want NLM_F_DUMP");
		return -EINVAL;
	}
	err = genl_target(info->attrs[ZREAP_A_TARGET], &wanted, info->extack);
	if (err)
		return err;
	target.pid = access_find(opener, wanted.pid);
	target.has_start = wanted.has_start;
	target.start = wanted.start;
	target.start_offset_ns = start_offset();
	state = listing_look(opener, &target, &facts);
	put_pid(target.pid);
	if (!listing_shows(state)) {
		tell(info->extack, result_meaning(state));
		return -result_errno(state);
	}
	report_zombie(&row, state, &facts, opener);
	return answer(info, &row);
}

static int genl_get(struct sk_buff *request, struct genl_info *info)
{
	return do_for_sender(request, info, look_at);
}

static struct genl_dump *dump_of(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct genl_dump) > sizeof(cb->ctx));
	return (struct genl_dump *)cb->ctx;
}

static struct genl_reply dump_reply(const struct netlink_callback *cb)
{
	return (struct genl_reply){
		.portid = NETLINK_CB(cb->skb).portid,
		.seq = cb->nlh->nlmsg_seq,
		.flags = NLM_F_MULTI,
		.cmd = ((struct genlmsghdr *)nlmsg_data(cb->nlh))->cmd,
	};
}

/*
 * In the sender's context. Refused at once: the first piece may come as late as the
 * sender likes to receive it, and until then the dump holds this module.
 */
static int genl_dump_start(struct netlink_callback *cb)
{
	struct opener opener;
	int err = open_socket(&opener, cb->skb, cb->extack);

	if (err)
		return err;
	dump_of(cb)->ns_id = opener.ns_id;
	access_close(&opener);
	return 0;
}

/*
 * The opener anew for each piece of a dump, as for each read(2): whoever receives
 * it must have the permission too, and be where the numbers mean the same.
 */
static int open_dump(struct opener *opener, struct genl_dump *dump, struct netlink_callback *cb)
{
	int err = open_socket(opener, cb->skb, cb->extack);

	if (err || access_same_ns(&dump->ns_id, &opener->ns_id))
		return err;
	access_close(opener);
	return -EXDEV;
}

static int run_dump(struct genl_dump *dump, const struct opener *opener,
		    struct netlink_callback *cb, u8 cmd)
{
	struct nlattr *attrs[ZREAP_A_DRY_RUN + 1];
	struct batch *batch;
	/* Again, though they are valid: where the kernel keeps them differs between versions. */
	int err = genlmsg_parse(cb->nlh, &genl_family, attrs, ZREAP_A_DRY_RUN, genl_take_policy,
				cb->extack);

	if (err)
		return err;
	batch = genl_batch(opener, cb->nlh, cmd, attrs, cb->extack);
	if (IS_ERR(batch))
		return PTR_ERR(batch);
	err = reaper_run(batch);
	if (err)
		batch_put(batch);
	else
		dump->batch = batch;
	return err;
}

/* Put as many rows as there is room for. The end is told only by a call that puts none. */
static int put_results(struct sk_buff *skb, struct genl_dump *dump, const struct opener *opener,
		       struct netlink_callback *cb)
{
	const struct genl_reply reply = dump_reply(cb);

	for (; dump->next < dump->batch->nr; dump->next++) {
		const struct item *item = &dump->batch->items[dump->next];
		struct row row = {};

		if (!item_has_row(item))
			continue;
		report_item(&row, item, opener);
		if (put_message(skb, &reply, &row))
			return skb->len ? skb->len : -EMSGSIZE;
	}
	return skb->len ? skb->len : conclude(dump->batch, cb->extack);
}

static int genl_take_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct genl_dump *dump = dump_of(cb);
	struct opener opener;
	int err = open_dump(&opener, dump, cb);

	if (err)
		return err;
	if (!dump->begun)
		err = run_dump(dump, &opener, cb, dump_reply(cb).cmd);
	dump->begun = true;
	if (!err)
		err = put_results(skb, dump, &opener, cb);
	access_close(&opener);
	return err;
}

static int genl_take_done(struct netlink_callback *cb)
{
	batch_put(dump_of(cb)->batch);
	return 0;
}

static int put_listing(struct sk_buff *skb, struct genl_dump *dump, const struct opener *opener,
		       struct netlink_callback *cb)
{
	const struct genl_reply reply = dump_reply(cb);
	struct pid *pid;

	for (; (pid = scan_exited(opener->ns, &dump->nr)); dump->nr++) {
		struct target target = { .pid = pid };
		struct row row = {};
		struct facts facts;
		enum result state = listing_look(opener, &target, &facts);

		put_pid(pid);
		if (!listing_shows(state))
			continue;
		report_zombie(&row, state, &facts, opener);
		if (put_message(skb, &reply, &row))
			return skb->len ? skb->len : -EMSGSIZE;
	}
	return skb->len;
}

static int genl_get_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct genl_dump *dump = dump_of(cb);
	struct opener opener;
	int err;

	if (nlmsg_attrlen(cb->nlh, GENL_HDRLEN)) {
		tell(cb->extack, "a dump of all zombies takes no attributes");
		return -EINVAL;
	}
	err = open_dump(&opener, dump, cb);
	if (err)
		return err;
	if (!dump->begun)
		dump->nr = 1;
	dump->begun = true;
	err = put_listing(skb, dump, &opener, cb);
	access_close(&opener);
	return err;
}

#define GENL_TAKE(command) {						\
	.cmd = command,							\
	.doit = genl_take,						\
	.start = genl_dump_start,					\
	.dumpit = genl_take_dump,					\
	.done = genl_take_done,						\
	.policy = genl_take_policy,					\
	.maxattr = ARRAY_SIZE(genl_take_policy) - 1,			\
}

static const struct genl_ops genl_commands[] = {
	{
		.cmd = ZREAP_CMD_GET,
		.doit = genl_get,
		.start = genl_dump_start,
		.dumpit = genl_get_dump,
		.policy = genl_get_policy,
		.maxattr = ARRAY_SIZE(genl_get_policy) - 1,
	},
	GENL_TAKE(ZREAP_CMD_REAP),
	GENL_TAKE(ZREAP_CMD_ADOPT),
	GENL_TAKE(ZREAP_CMD_RELEASE),
};

static const struct genl_multicast_group genl_groups[] = {
	{ .name = ZREAP_MCGRP_EVENTS, GENL_PRIVILEGED },
};

/* Only in the initial network namespace: it is not netnsok. */
static struct genl_family genl_family __ro_after_init = {
	.name = ZREAP_FAMILY_NAME,
	.version = ZREAP_FAMILY_VERSION,
	.module = THIS_MODULE,
	.parallel_ops = true,
	.ops = genl_commands,
	.n_ops = ARRAY_SIZE(genl_commands),
	.mcgrps = genl_groups,
	.n_mcgrps = ARRAY_SIZE(genl_groups),
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
	if (put_message(skb, &to_all, &row))
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
static int register_unheard(void)
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

static bool genl_is_registered;

void genl_publish(void)
{
	int err = register_unheard();

	genl_is_registered = !err;
	if (err)
		pr_warn("no netlink: its family cannot be registered (%d)\n", err);
}

void genl_retract(void)
{
	switch_events(false);
	if (genl_is_registered)
		genl_unregister_family(&genl_family);
}
