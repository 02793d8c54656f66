// SPDX-License-Identifier: GPL-2.0-only
/* The thread and its queue. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/sched/clock.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "audit.h"
#include "genl.h"
#include "ksyms.h"
#include "log.h"
#include "reaper.h"
#include "recent.h"
#include "sight.h"
#include "stats.h"
#include "trace.h"
#include "way.h"

#define LOCK_BATCH_MAX 1024

static unsigned int lock_batch = 32;

static int set_lock_batch(const char *value, const struct kernel_param *param)
{
	unsigned int number;
	int err = kstrtouint(value, 10, &number);

	if (err)
		return err;
	if (!number || number > LOCK_BATCH_MAX)
		return -EINVAL;
	WRITE_ONCE(lock_batch, number);
	return 0;
}

static const struct kernel_param_ops lock_batch_ops = {
	.set = set_lock_batch,
	.get = param_get_uint,
};

module_param_cb(lock_batch, &lock_batch_ops, &lock_batch, 0644);
__MODULE_PARM_TYPE(lock_batch, "uint");
MODULE_PARM_DESC(lock_batch,
		 "How many targets are dealt with in one hold of tasklist_lock at most: 1 to 1024 (default: 32)");

/* Protects queue, the link of every batch in it, and how each batch ends. */
static DEFINE_SPINLOCK(queue_lock);
static LIST_HEAD(queue);
static DECLARE_WAIT_QUEUE_HEAD(queue_filled);
static struct task_struct *kzreapd;

static void queue_push(struct batch *batch)
{
	spin_lock(&queue_lock);
	list_add_tail(&batch->link, &queue);
	spin_unlock(&queue_lock);
}

static struct batch *queue_pop(void)
{
	struct batch *batch;

	spin_lock(&queue_lock);
	batch = list_first_entry_or_null(&queue, struct batch, link);
	if (batch)
		list_del(&batch->link);
	spin_unlock(&queue_lock);
	return batch;
}

static bool queue_is_empty(void)
{
	bool empty;

	spin_lock(&queue_lock);
	empty = list_empty(&queue);
	spin_unlock(&queue_lock);
	return empty;
}

static const struct way *way_of(const struct item *item)
{
	static const struct way *const ways[NR_VERBS] = {
		[VERB_REAP] = &reap_way,
		[VERB_ADOPT] = &adopt_way,
		[VERB_RELEASE] = &release_way,
	};

	return ways[item->verb];
}

/* The items from the first that is not settled that need one and the same lock. */
static unsigned int slice_end(const struct batch *batch)
{
	unsigned int end = min(batch->nr, batch->settled + READ_ONCE(lock_batch));
	const struct item *first = &batch->items[batch->settled];
	unsigned int i = batch->settled;

	while (i < end && batch->items[i].verb == first->verb &&
	       batch->items[i].dry_run == first->dry_run)
		i++;
	return i;
}

/*
 * What a target costs under the lock grows with the threads of its parent and of its
 * adopter: after so long the others get their turn, however few targets there were.
 */
#define LONG_HOLD_NS (200 * NSEC_PER_USEC)

/* Returns the end of the items that it came to, the first at least. */
static unsigned int act(struct batch *batch, unsigned int end,
			enum result (*act_on)(struct item *item))
{
	unsigned int i = batch->settled;
	u64 since = local_clock();

	do {
		batch->items[i].outcome.result = act_on(&batch->items[i]);
	} while (++i < end && local_clock() - since < LONG_HOLD_NS);
	return i;
}

static unsigned int act_shared(struct batch *batch, unsigned int end,
			       enum result (*act_on)(struct item *item))
{
	read_lock(ksyms_tasklist_lock);
	end = act(batch, end, act_on);
	read_unlock(ksyms_tasklist_lock);
	return end;
}

static unsigned int act_exclusive(struct batch *batch, unsigned int end,
				  enum result (*act_on)(struct item *item))
{
	u64 since;

	write_lock_irq(ksyms_tasklist_lock);
	since = local_clock();
	end = act(batch, end, act_on);
	stats_add_hold(local_clock() - since);
	write_unlock_irq(ksyms_tasklist_lock);
	return end;
}

static void finish_item(struct item *item)
{
	struct outcome *outcome = &item->outcome;

	if (!result_takes(outcome->result))
		return;
	if (way_of(item)->finish)
		outcome->result = way_of(item)->finish(item);
	sight_forget(outcome->facts.pid.global, outcome->facts.start_ns);
}

static void tell_item(struct batch *batch, struct item *item)
{
	struct record record;

	if (item_has_row(item)) {
		record_init(&record, batch, item);
		recent_add(&record);
		stats_add_result(item->outcome.result);
		trace_zreap_result(batch, item);
		genl_event(&record);
	}
	batch_settle(batch, item);
}

static void do_slice(struct batch *batch)
{
	const struct item *first = &batch->items[batch->settled];
	const struct way *way = way_of(first);
	unsigned int end = slice_end(batch), i;

	if (first->dry_run)
		end = act_shared(batch, end, way->judge);
	else if (way->exclusive)
		end = act_exclusive(batch, end, way->take);
	else
		end = act_shared(batch, end, way->take);

	/* The PIDs of all are free before anything is told, which may wait for memory. */
	for (i = batch->settled; i < end; i++)
		finish_item(&batch->items[i]);
	while (batch->settled < end)
		tell_item(batch, &batch->items[batch->settled]);
}

/* Nothing of the batch will change. Returns whether its writer has left it. */
static bool end_batch(struct batch *batch)
{
	bool abandoned;

	spin_lock(&queue_lock);
	batch->ended = true;
	abandoned = batch->abandoned;
	spin_unlock(&queue_lock);
	return abandoned;
}

/* The writer is killed. Returns false if the batch has ended already. */
static bool abandon_batch(struct batch *batch)
{
	bool abandoned;

	spin_lock(&queue_lock);
	abandoned = !batch->ended;
	WRITE_ONCE(batch->abandoned, abandoned);
	spin_unlock(&queue_lock);
	return abandoned;
}

/* One slice of the first batch; what is left of it goes behind the others, so that none starves. */
static void serve(struct batch *batch)
{
	if (batch->settled < batch->nr && !READ_ONCE(batch->abandoned))
		do_slice(batch);

	if (batch->settled < batch->nr && !READ_ONCE(batch->abandoned)) {
		queue_push(batch);
		return;
	}
	if (batch_is_told(batch))
		log_batch(batch);
	/* A writer that waits makes the record itself, and bears what that costs. */
	if (end_batch(batch) && batch_is_told(batch))
		audit_batch(batch, GFP_NOWAIT | __GFP_NOWARN);
	complete(&batch->done);
	/* The queue's reference, taken in reaper_run(): the batch is in no list any more. */
	batch_put(batch);
}

static int reaper_main(void *unused)
{
	while (true) {
		struct batch *batch;

		wait_event_idle(queue_filled, !queue_is_empty() || kthread_should_stop());
		batch = queue_pop();
		if (!batch)
			return 0;
		serve(batch);
		cond_resched();
	}
}

int reaper_start(void)
{
	kzreapd = kthread_create(reaper_main, NULL, "kzreapd");
	if (IS_ERR(kzreapd))
		return PTR_ERR(kzreapd);
	zombie_set_heir(kzreapd);
	wake_up_process(kzreapd);
	return 0;
}

void reaper_stop(void)
{
	kthread_stop(kzreapd);
}

int reaper_run(struct batch *batch)
{
	queue_push(batch_get(batch));
	wake_up(&queue_filled);
	if (wait_for_completion_killable(&batch->done) && abandon_batch(batch))
		return -EINTR;
	if (batch_is_told(batch))
		audit_batch(batch, GFP_KERNEL);
	return 0;
}
