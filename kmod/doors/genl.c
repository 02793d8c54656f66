// SPDX-License-Identifier: GPL-2.0-only
/* The family, and its commands that ask for one answer. */
#include <linux/module.h>
#include <net/genetlink.h>

#include "batch/access.h"
#include "batch/batch.h"
#include "batch/listing.h"
#include "compat/start_offset.h"
#include "genl.h"
#include "genl_dump.h"
#include "genl_event.h"
#include "genl_message.h"
#include "genl_request.h"
#include "record/report.h"
#include "run/runner.h"

static struct genl_reply reply_to(const struct genl_info *info)
{
	return (struct genl_reply){
		.portid = info->snd_portid, .seq = info->snd_seq, .cmd = info->genlhdr->cmd,
	};
}

static struct sk_buff *new_answer(void)
{
	return nlmsg_new(GENL_MESSAGE_BYTES, GFP_KERNEL);
}

static int do_for_sender(struct sk_buff *request, struct genl_info *info,
			 int (*act)(struct genl_info *info, const struct opener *opener))
{
	struct opener opener;
	int err = genl_open(&opener, request, info->extack);

	if (err)
		return err;
	err = act(info, &opener);
	access_close(&opener);
	return err;
}

static int take_one(struct genl_info *info, const struct opener *opener)
{
	const struct genl_reply reply = reply_to(info);
	struct request_target wanted;
	struct genl_sink sink;
	struct batch batch;
	struct order order;
	unsigned int nr;
	int err;

	err = genl_order(&order, info->genlhdr->cmd, info->attrs, info->extack);
	if (!err)
		err = genl_targets(info->nlhdr, &nr, info->extack);
	if (err)
		return err;
	if (order.all || nr > 1) {
		genl_tell(info->extack, "several targets want NLM_F_DUMP, for their answers");
		return -EINVAL;
	}
	/* The request may take long, and the kernel holds a lock that other families need. */
	if (!access_is_global(opener)) {
		genl_tell(info->extack, "outside the initial PID namespace ask with NLM_F_DUMP");
		return -EOPNOTSUPP;
	}
	genl_sink_init(&sink, &reply);
	sink.opener = opener;
	sink.skb = new_answer();
	if (!sink.skb)
		return -ENOMEM;
	err = batch_begin(&batch, opener, 1, false);
	if (err)
		goto free_answer;
	batch.sink = &sink.sink;
	err = genl_target(info->attrs[ZREAP_A_TARGET], &wanted, info->extack);
	if (err)
		goto end_batch;
	batch_add(&batch, opener, &order, &wanted);
	err = runner_flush(&batch, NULL);
	if (err)
		goto end_batch;
	err = genlmsg_reply(sink.skb, info);
	sink.skb = NULL;
	if (!err)
		err = genl_conclude(&batch, info->extack);
end_batch:
	runner_end(&batch);
free_answer:
	nlmsg_free(sink.skb);
	return err;
}

static int genl_take(struct sk_buff *request, struct genl_info *info)
{
	if (!genl_stands_alone(request, info->nlhdr, info->extack))
		return -EINVAL;
	return do_for_sender(request, info, take_one);
}

static int look_at(struct genl_info *info, const struct opener *opener)
{
	const struct genl_reply reply = reply_to(info);
	struct request_target wanted;
	struct target target = {};
	struct row row = {};
	struct facts facts;
	enum result state;
	struct sk_buff *skb;
	int err;

	if (!info->attrs[ZREAP_A_TARGET]) {
		genl_tell(info->extack, "no target: all zombies want NLM_F_DUMP");
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
		genl_tell(info->extack, result_meaning(state));
		return -result_errno(state);
	}
	report_zombie(&row, state, &facts, opener);
	skb = new_answer();
	if (!skb)
		return -ENOMEM;
	/* There is room for one row. */
	genl_put_message(skb, &reply, &row);
	return genlmsg_reply(skb, info);
}

static int genl_get(struct sk_buff *request, struct genl_info *info)
{
	return do_for_sender(request, info, look_at);
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

/* It is not netnsok, so it exists in the initial network namespace only. */
struct genl_family genl_family __ro_after_init = {
	.name = ZREAP_FAMILY_NAME,
	.version = ZREAP_FAMILY_VERSION,
	.module = THIS_MODULE,
	.parallel_ops = true,
	.ops = genl_commands,
	.n_ops = ARRAY_SIZE(genl_commands),
	.mcgrps = genl_groups,
	.n_mcgrps = ARRAY_SIZE(genl_groups),
};

static bool genl_is_registered;

void genl_publish(void)
{
	int err = genl_events_begin();

	genl_is_registered = !err;
	if (err)
		pr_warn("no netlink: the kernel does not register the family (error %d)\n", err);
}

void genl_retract(void)
{
	genl_events_end();
	if (genl_is_registered)
		genl_unregister_family(&genl_family);
}
