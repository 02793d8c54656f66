// SPDX-License-Identifier: GPL-2.0-only
/* Dumps: zreap makes each piece as the program receives it. */
#include <linux/err.h>
#include <linux/slab.h>

#include "batch/listing.h"
#include "genl_dump.h"
#include "genl_message.h"
#include "genl_request.h"
#include "kernel/scan.h"
#include "record/report.h"
#include "run/runner.h"
#include "run/sweep.h"

/**
 * struct genl_run - a request for several targets, under way
 * @batch: what is asked for
 * @sink: where its rows go
 * @order: what to do
 * @sweep: for "all"
 * @at: without "all": the next attribute to look at
 * @rest: how many bytes there are from @at on
 * @err: the error that ended it early; 0: none
 * @ended: @batch is over
 */
struct genl_run {
	struct batch batch;
	struct genl_sink sink;
	struct order order;
	struct sweep sweep;
	const struct nlattr *at;
	int rest;
	int err;
	bool ended;
};

/**
 * struct genl_dump - where a dump stands, in netlink_callback.ctx
 * @run: its request; NULL before the first piece, and for the list of zombies
 * @ns_id: the PID namespace whose numbers it gives
 * @begun: there was a call for it
 * @nr: the next process id of the list
 */
struct genl_dump {
	struct genl_run *run;
	struct ns_id ns_id;
	bool begun;
	int nr;
};

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

int genl_dump_start(struct netlink_callback *cb)
{
	struct opener opener;
	int err = genl_open(&opener, cb->skb, cb->extack);

	if (err)
		return err;
	dump_of(cb)->ns_id = opener.ns_id;
	access_close(&opener);
	return 0;
}

/*
 * Check the opener anew for each piece of a dump, as for each read(2). The receiver
 * needs the permission too, and must be in the PID namespace that gave the numbers.
 */
static int open_dump(struct opener *opener, struct genl_dump *dump, struct netlink_callback *cb)
{
	int err = genl_open(opener, cb->skb, cb->extack);

	if (err || access_same_ns(&dump->ns_id, &opener->ns_id))
		return err;
	access_close(opener);
	return -EXDEV;
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
		if (genl_put_message(skb, &reply, &row))
			return skb->len ? skb->len : -EMSGSIZE;
	}
	return skb->len;
}

int genl_get_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct genl_dump *dump = dump_of(cb);
	struct opener opener;
	int err;

	if (nlmsg_attrlen(cb->nlh, GENL_HDRLEN)) {
		genl_tell(cb->extack, "a dump of all zombies takes no attributes");
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

/* Check all of the request before zreap does any of it. */
static int prepare(struct genl_run *run, const struct opener *opener, struct netlink_callback *cb)
{
	const struct genl_reply reply = dump_reply(cb);
	struct nlattr *attrs[ZREAP_A_FORCE + 1];
	unsigned int nr;
	/* Parse valid attributes again: kernel versions keep them in different places. */
	int err = genlmsg_parse(cb->nlh, &genl_family, attrs, ZREAP_A_FORCE, genl_take_policy,
				cb->extack);

	if (!err)
		err = genl_order(&run->order, reply.cmd, attrs, cb->extack);
	if (!err)
		err = genl_targets(cb->nlh, &nr, cb->extack);
	if (!err && run->order.all)
		err = sweep_vet(opener, &run->order);
	if (!err)
		err = batch_begin(&run->batch, opener, nr, run->order.all);
	if (err)
		return err;
	genl_sink_init(&run->sink, &reply);
	run->batch.sink = &run->sink.sink;
	if (run->order.all)
		sweep_begin(&run->sweep, opener, &run->order);
	run->at = nlmsg_attrdata(cb->nlh, GENL_HDRLEN);
	run->rest = nlmsg_attrlen(cb->nlh, GENL_HDRLEN);
	return 0;
}

static struct genl_run *run_begin(const struct opener *opener, struct netlink_callback *cb)
{
	struct genl_run *run = kzalloc(sizeof(*run), GFP_KERNEL_ACCOUNT);
	int err;

	if (!run)
		return ERR_PTR(-ENOMEM);
	err = genl_stands_alone(cb->skb, cb->nlh, cb->extack) ? prepare(run, opener, cb) : -EINVAL;
	if (!err)
		return run;
	kfree(run);
	return ERR_PTR(err);
}

static bool is_at_end(const struct genl_run *run)
{
	return run->order.all ? run->sweep.nr < 0 : !nla_ok(run->at, run->rest);
}

static int add_listed(struct genl_run *run, const struct opener *opener, unsigned int most)
{
	struct request_target wanted;
	int err = 0;

	for (; !err && most && !is_at_end(run); run->at = nla_next(run->at, &run->rest)) {
		if (nla_type(run->at) != ZREAP_A_TARGET)
			continue;
		err = genl_target(run->at, &wanted, NULL);
		if (!err)
			batch_add(&run->batch, opener, &run->order, &wanted);
		most--;
	}
	return err ? err : runner_flush(&run->batch, NULL);
}

static int step(struct genl_run *run, const struct opener *opener, unsigned int most)
{
	if (run->order.all)
		return sweep_step(&run->sweep, &run->batch, opener, most);
	return add_listed(run, opener, most);
}

/* Whether there is no row to give yet. */
static bool is_without_row(const struct genl_run *run, const struct sk_buff *skb)
{
	return !run->err && !skb->len && !is_at_end(run);
}

static void run_once(struct genl_run *run, struct sk_buff *skb, const struct opener *opener,
		     unsigned int most)
{
	run->sink.skb = skb;
	run->sink.opener = opener;
	run->batch.asker = current;
	run->err = step(run, opener, min(most, run->batch.slice.room));
}

/* Only a call that puts no row can tell the end. */
static int conclude(struct genl_run *run, struct netlink_ext_ack *extack)
{
	if (!run->ended)
		runner_end(&run->batch);
	run->ended = true;
	return run->err ? run->err : genl_conclude(&run->batch, extack);
}

/* A first call that puts nothing would end the dump. So put an empty message; it has room. */
static void put_noop(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genl_reply reply = dump_reply(cb);
	struct nlmsghdr *message = nlmsg_put(skb, reply.portid, reply.seq, NLMSG_NOOP, GENL_HDRLEN,
					     reply.flags);

	*(struct genlmsghdr *)nlmsg_data(message) = (struct genlmsghdr){
		.cmd = reply.cmd, .version = ZREAP_FAMILY_VERSION,
	};
}

int genl_take_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	unsigned int most = skb_tailroom(skb) / GENL_MESSAGE_BYTES;
	struct genl_dump *dump = dump_of(cb);
	struct opener opener;
	int err;

	if (!most)
		return -EMSGSIZE;
	err = open_dump(&opener, dump, cb);
	if (err)
		return err;
	if (!dump->run) {
		struct genl_run *run = run_begin(&opener, cb);

		err = PTR_ERR_OR_ZERO(run);
		if (err)
			goto close;
		dump->run = run;
		if (access_is_global(&opener) && is_without_row(run, skb))
			run_once(run, skb, &opener, 1);
		if (is_without_row(run, skb))
			put_noop(skb, cb);
	}
	/* A piece without rows would end the dump. */
	while (is_without_row(dump->run, skb))
		run_once(dump->run, skb, &opener, most);
	err = skb->len ? skb->len : conclude(dump->run, cb->extack);
close:
	access_close(&opener);
	return err;
}

int genl_take_done(struct netlink_callback *cb)
{
	struct genl_run *run = dump_of(cb)->run;

	if (!run)
		return 0;
	if (!run->ended) {
		if (!is_at_end(run))
			run->batch.err = -EPIPE;
		runner_end(&run->batch);
	}
	if (run->order.all)
		sweep_end(&run->sweep);
	kfree(run);
	return 0;
}
