// SPDX-License-Identifier: GPL-2.0-only
/* The life of a batch. */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "adopt.h"
#include "batch.h"
#include "compat/start_offset.h"
#include "scan.h"

/* Fewer items than this are not worth a second allocation. */
#define BATCH_MIN_ROOM 16

static void item_release(struct item *item)
{
	put_pid(item->target.pid);
	put_pid(item->target.only_parent);
	put_pid(item->adopter);
	item->target.pid = NULL;
	item->target.only_parent = NULL;
	item->adopter = NULL;
}

static void batch_free(struct kref *refs)
{
	struct batch *batch = container_of(refs, struct batch, refs);

	while (batch->nr)
		item_release(&batch->items[--batch->nr]);
	kvfree(batch->items);
	put_pid_ns(batch->ns);
	kfree(batch);
}

struct batch *batch_get(struct batch *batch)
{
	kref_get(&batch->refs);
	return batch;
}

void batch_put(struct batch *batch)
{
	if (batch)
		kref_put(&batch->refs, batch_free);
}

static void caller_init(struct caller *caller, struct pid_namespace *ns)
{
	caller->pid.here = task_tgid_nr_ns(current, ns);
	caller->pid.global = task_tgid_nr(current);
	caller->uid = current_euid();
	caller->login_uid = audit_get_loginuid(current);
	caller->session = audit_get_sessionid(current);
	get_task_comm(caller->comm, current);
}

struct batch *batch_new(const struct opener *opener)
{
	struct batch *batch = kzalloc(sizeof(*batch), GFP_KERNEL_ACCOUNT);

	if (!batch)
		return ERR_PTR(-ENOMEM);
	kref_init(&batch->refs);
	init_completion(&batch->done);
	batch->ns = get_pid_ns(opener->ns);
	batch->ns_id = opener->ns_id;
	batch->start_offset_ns = start_offset();
	caller_init(&batch->caller, opener->ns);
	return batch;
}

static int batch_reserve(struct batch *batch, unsigned int room)
{
	struct item *items;

	if (room <= batch->room)
		return 0;
	items = kvmalloc_array(room, sizeof(*items), GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!items)
		return -ENOMEM;
	if (batch->nr)
		memcpy(items, batch->items, batch->nr * sizeof(*items));
	kvfree(batch->items);
	batch->items = items;
	batch->room = room;
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

/* Append an item for a process, if there is memory; else its reference is dropped. */
static struct item *append(struct batch *batch, const struct opener *opener,
			   const struct order *order, struct pid *pid, struct pid *only_parent)
{
	struct item *item;

	if (batch->nr == batch->room &&
	    batch_reserve(batch, max(2 * batch->room, (unsigned int)BATCH_MIN_ROOM))) {
		put_pid(pid);
		return NULL;
	}
	item = &batch->items[batch->nr++];
	memset(item, 0, sizeof(*item));
	item->verb = order->verb;
	item->dry_run = order->dry_run;
	item->chosen = order->all;
	item->target.pid = pid;
	item->target.only_parent = get_pid(only_parent);
	item->target.ns = batch->ns;
	item->target.start_offset_ns = batch->start_offset_ns;
	item->target.min_age_ns = order->min_age_ns;
	if (pid)
		access_vet(opener, &item->target);
	return item;
}

int batch_add(struct batch *batch, const struct opener *opener, const struct order *order,
	      const struct request_target *wanted)
{
	struct item *item = append(batch, opener, order, access_find(opener, wanted->pid), NULL);

	if (!item)
		return -ENOMEM;
	item->nr = wanted->pid;
	item->target.has_start = wanted->has_start;
	item->target.start = wanted->start;
	set_adopter(item, opener, order);
	batch->several |= batch->nr > 1;
	return 0;
}

int batch_add_pid(struct batch *batch, const struct opener *opener, const struct order *order,
		  struct pid *pid)
{
	struct item *item = append(batch, opener, order, get_pid(pid), NULL);

	if (!item)
		return -ENOMEM;
	item->nr = pid_nr_ns(pid, batch->ns);
	set_adopter(item, opener, order);
	return 0;
}

/* Append what the scan finds; a parent that is given is the only one that counts. */
static int append_children(struct batch *batch, const struct opener *opener,
			   const struct order *order, struct pid *parent)
{
	struct facts facts;
	struct pid *pid;
	int nr;

	for (nr = 1; (pid = scan_exited(batch->ns, &nr)); nr++) {
		struct item *item = append(batch, opener, order, pid, parent);

		if (!item)
			return -ENOMEM;
		item->nr = nr;
		/* A first look; the reaper judges again. */
		if (zombie_look(&item->target, &facts) == RESULT_WOULD_REAP) {
			set_adopter(item, opener, order);
		} else {
			item_release(item);
			batch->nr--;
		}
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	return 0;
}

/* Else each zombie would be denied for it, which says that there is nothing to do. */
static int vet_adopter(const struct opener *opener, u32 nr)
{
	struct pid *adopter = access_find(opener, nr);
	bool may = !adopter || access_may_touch(opener, adopter);

	put_pid(adopter);
	return may ? 0 : -EPERM;
}

int batch_add_all(struct batch *batch, const struct opener *opener, const struct order *order)
{
	struct pid *parent;
	int err;

	batch->several = true;
	if (order->to) {
		err = vet_adopter(opener, order->to);
		if (err)
			return err;
	}
	if (!order->parent)
		return append_children(batch, opener, order, NULL);
	parent = access_find(opener, order->parent);
	if (!parent)
		return 0;
	err = append_children(batch, opener, order, parent);
	put_pid(parent);
	return err;
}

static int add_listed(struct batch *batch, const struct opener *opener, struct request_line *line)
{
	struct request_target wanted;
	int err = 0;

	while (!err && request_next_target(line, &wanted)) {
		err = batch_add(batch, opener, &line->order, &wanted);
		cond_resched();
	}
	return err;
}

/* Check the whole text, and count what it names. */
static int count_targets(struct request_text text, unsigned int *nr, struct request_error *error)
{
	struct request_line line;
	int more;

	*nr = 0;
	while ((more = request_next_line(&text, &line, error)) > 0)
		*nr += line.nr_targets;
	return more;
}

struct batch *batch_parse(const struct opener *opener, const char *bytes, size_t len,
			  struct request_error *error)
{
	struct request_text text = { .at = bytes, .end = bytes + len };
	struct request_line line;
	struct batch *batch;
	unsigned int nr;
	int err;

	err = count_targets(text, &nr, error);
	if (err)
		return ERR_PTR(err);
	batch = batch_new(opener);
	if (IS_ERR(batch))
		return batch;

	err = batch_reserve(batch, nr);
	while (!err && request_next_line(&text, &line, error) > 0) {
		if (line.order.all)
			err = batch_add_all(batch, opener, &line.order);
		else
			err = add_listed(batch, opener, &line);
	}
	if (!err)
		return batch;
	batch_put(batch);
	return ERR_PTR(err);
}

void batch_settle(struct batch *batch, struct item *item)
{
	item_release(item);
	if (item_has_row(item))
		batch->counts[item->outcome.result]++;
	else
		batch->spared++;
	batch->settled++;
}

bool item_has_row(const struct item *item)
{
	return !item->chosen || !result_spares(item->outcome.result);
}

bool batch_is_told(const struct batch *batch)
{
	return batch->nr > batch->spared;
}

const struct item *batch_first_failure(const struct batch *batch)
{
	unsigned int i;

	for (i = 0; i < batch->nr; i++) {
		const struct item *item = &batch->items[i];

		/* The goal of many is reached when one of them is gone. */
		if (item->outcome.result == RESULT_GONE && batch->several)
			continue;
		if (item_has_row(item) && result_errno(item->outcome.result))
			return item;
	}
	return NULL;
}

int batch_errno(const struct batch *batch)
{
	const struct item *item = batch_first_failure(batch);

	return item ? -result_errno(item->outcome.result) : 0;
}
