// SPDX-License-Identifier: GPL-2.0-only
/* From targets to results. */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "adopt.h"
#include "audit.h"
#include "batch.h"
#include "compat/start_offset.h"
#include "genl_event.h"
#include "log.h"
#include "reaper.h"
#include "recent.h"
#include "releaser.h"
#include "stats.h"
#include "trace.h"

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
	caller_init(&batch->caller, opener->ns);
	return 0;
}

static void set_adopter(struct item *item, const struct opener *opener, const struct order *order)
{
	if (order->verb != VERB_ADOPT)
		return;
	item->signal = order->signal ? order->signal : SIGCHLD;
	item->adopter = order->to ? access_find(opener, order->to) :
				    adopt_successor(item->target.pid);
	if (item->adopter && !access_may_touch(opener, item->adopter))
		item->target.denied = true;
}

/* Append an item for a process; its reference becomes the item's. */
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
	item->target.start_offset_ns = batch->start_offset_ns;
	item->target.min_age_ns = order->min_age_ns;
	item->target.gentle = order->gentle;
	item->target.force = order->force;
	if (pid)
		access_vet(opener, &item->target);
	set_adopter(item, opener, order);
	return item;
}

/* A slice is of one verb, and all of it dry runs or none. */
static bool fits(const struct slice *slice, const struct order *order)
{
	return !slice->nr ||
	       (slice->nr < slice->room && slice->items[0].verb == order->verb &&
		slice->items[0].dry_run == order->dry_run);
}

int batch_add(struct batch *batch, const struct opener *opener, const struct order *order,
	      const struct request_target *wanted)
{
	struct item *item;
	int err;

	if (!fits(&batch->slice, order)) {
		err = batch_flush(batch);
		if (err)
			return err;
	}
	item = append(batch, opener, order, access_find(opener, wanted->pid), NULL);
	item->nr = wanted->pid;
	item->target.has_start = wanted->has_start;
	item->target.start = wanted->start;
	return 0;
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

void batch_spare(struct batch *batch, enum result result)
{
	batch->spared[result]++;
	stats_add_spared(result);
}

static void tell_row(struct batch *batch, const struct item *item)
{
	enum result result = item->outcome.result;
	struct record record;

	record_init(&record, batch, item);
	recent_add(&record);
	stats_add_result(result);
	trace_zreap_result(batch, item);
	genl_event(&record);
	if (batch->sink)
		batch->sink->put(batch->sink, item);
	batch->nr++;
	batch->counts[result]++;
	/* The goal of many is reached when one of them is gone. */
	if (result == RESULT_GONE && batch->several)
		return;
	if (result_errno(result) && batch->failure == NR_RESULTS)
		batch->failure = result;
}

static void tell(struct batch *batch, const struct item *item)
{
	if (!item->chosen || !result_spares(item->outcome.result))
		tell_row(batch, item);
	else if (item->outcome.facts.exists)
		batch_spare(batch, item->outcome.result);
}

static int run(struct batch *batch)
{
	struct slice *slice = &batch->slice;
	int err = batch->sink ? batch->sink->reserve(batch->sink, slice->nr,
						      slice->items[0].chosen) : 0;

	if (err)
		return err;
	if (slice->items[0].dry_run)
		return slice_look(slice, slice->items[0].verb);
	if (slice->items[0].verb == VERB_RELEASE)
		return releaser_run(slice);
	return reaper_run(slice, batch->outside);
}

int batch_flush(struct batch *batch)
{
	struct slice *slice = &batch->slice;
	unsigned int i;

	if (!slice->nr)
		return 0;
	batch->err = run(batch);
	for (i = 0; i < slice->settled; i++) {
		tell(batch, &slice->items[i]);
		cond_resched();
	}
	slice_clear(slice);
	return batch->err;
}

int batch_errno(const struct batch *batch)
{
	return batch->failure == NR_RESULTS ? 0 : -result_errno(batch->failure);
}

void batch_end(struct batch *batch)
{
	bool left = batch->err == -EINTR || batch->err == -EPIPE;

	if (batch->nr || batch->spared[RESULT_PARENT_STOPPED] || batch->spared[RESULT_PARENT_BUSY])
		log_batch(batch);
	if (batch->nr)
		audit_batch(batch, left ? GFP_NOWAIT | __GFP_NOWARN : GFP_KERNEL);
	slice_exit(&batch->slice);
	put_pid_ns(batch->ns);
}
