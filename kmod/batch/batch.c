// SPDX-License-Identifier: GPL-2.0-only
/* Turns targets into items. */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "batch.h"
#include "compat/start_offset.h"
#include "kernel/heir.h"

static void caller_init(struct caller *caller, struct pid_namespace *ns)
{
	caller->pid.here = task_tgid_nr_ns(current, ns);
	caller->pid.global = task_tgid_nr(current);
	caller->uid = current_euid();
	caller->login_uid = audit_get_loginuid(current);
	caller->session = audit_get_sessionid(current);
	get_task_comm(caller->comm, current);
}

int batch_begin(struct batch *batch, const struct opener *opener, unsigned int nr, bool all)
{
	memset(batch, 0, sizeof(*batch));
	if (slice_init(&batch->slice, all ? BATCH_SLICE : clamp(nr, 1U, (unsigned int)BATCH_SLICE)))
		return -ENOMEM;
	batch->ns = get_pid_ns(opener->ns);
	batch->ns_id = opener->ns_id;
	batch->outside = !access_is_global(opener);
	batch->several = all || nr > 1;
	batch->start_offset_ns = start_offset();
	batch->failure = NR_RESULTS;
	batch->asker = current;
	caller_init(&batch->caller, opener->ns);
	return 0;
}

static void set_adopter(struct item *item, const struct opener *opener, const struct order *order)
{
	if (order->verb != VERB_ADOPT)
		return;
	item->signal = order->signal ? order->signal : SIGCHLD;
	item->adopter = order->to ? access_find(opener, order->to) :
				    heir_of(item->target.pid);
	if (item->adopter && !access_may_touch(opener, item->adopter))
		item->target.denied = true;
}

/* Append an item for a process; the item takes over its reference. */
static struct item *append(struct batch *batch, const struct opener *opener,
			   const struct order *order, struct pid *pid, struct pid *only_parent)
{
	struct slice *slice = &batch->slice;
	struct item *item = &slice->items[slice->nr++];

	memset(item, 0, sizeof(*item));
	item->verb = order->verb;
	item->dry_run = order->dry_run;
	item->chosen = order->all;
	item->target.pid = pid;
	item->target.only_parent = get_pid(only_parent);
	item->target.ns = batch->ns;
	item->target.asker = batch->asker;
	item->target.start_offset_ns = batch->start_offset_ns;
	item->target.min_age_ns = order->min_age_ns;
	item->target.gentle = order->gentle;
	item->target.force = order->force;
	if (pid)
		access_vet(opener, &item->target);
	set_adopter(item, opener, order);
	return item;
}

/* A slice has one verb, and either all of its items are dry runs or none is. */
bool batch_fits(const struct batch *batch, const struct order *order)
{
	const struct slice *slice = &batch->slice;

	return !slice->nr ||
	       (slice->nr < slice->room && slice->items[0].verb == order->verb &&
		slice->items[0].dry_run == order->dry_run);
}

void batch_add(struct batch *batch, const struct opener *opener, const struct order *order,
	       const struct request_target *wanted)
{
	struct item *item = append(batch, opener, order, access_find(opener, wanted->pid), NULL);

	item->nr = wanted->pid;
	item->target.has_start = wanted->has_start;
	item->target.start = wanted->start;
}

void batch_add_pid(struct batch *batch, const struct opener *opener, const struct order *order,
		   struct pid *pid)
{
	append(batch, opener, order, get_pid(pid), NULL)->nr = pid_nr_ns(pid, batch->ns);
}

void batch_choose(struct batch *batch, const struct opener *opener, const struct order *order,
		  struct pid *pid, pid_t nr, struct pid *parent)
{
	append(batch, opener, order, pid, parent)->nr = nr;
}

int batch_errno(const struct batch *batch)
{
	return batch->failure == NR_RESULTS ? 0 : -result_errno(batch->failure);
}

void batch_exit(struct batch *batch)
{
	slice_exit(&batch->slice);
	put_pid_ns(batch->ns);
}
