// SPDX-License-Identifier: GPL-2.0-only
/*
 * There are two rings of records. One keeps the results that carry an exit status, the
 * other keeps the rest. A caller can cause any number of refusals at no cost, but these
 * never push out an exit status. Readers see both rings as one list, in order.
 */
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>

#include "recent.h"

#define RECENT_MAX (1U << 20)

static unsigned int recent = 4096;
module_param(recent, uint, 0444);
MODULE_PARM_DESC(recent,
		 "How many taken zombies /proc/zreap_recent keeps, and as many other results: 1 to 1048576 (default: 4096)");

struct ring {
	struct record *records;
	u64 nr_added;
};

static DEFINE_SPINLOCK(recent_lock); /* protects the rings and nr_records */
static struct ring taken, others;
static u64 nr_records;

int recent_init(void)
{
	if (!recent || recent > RECENT_MAX) {
		pr_err("cannot load: recent=%u is not 1 to %u\n", recent, RECENT_MAX);
		return -EINVAL;
	}
	taken.records = kvcalloc(recent, sizeof(*taken.records), GFP_KERNEL | __GFP_NOWARN);
	others.records = kvcalloc(recent, sizeof(*others.records), GFP_KERNEL | __GFP_NOWARN);
	if (taken.records && others.records)
		return 0;
	recent_exit();
	return -ENOMEM;
}

void recent_exit(void)
{
	kvfree(taken.records);
	kvfree(others.records);
}

static struct record *slot(const struct ring *ring, u64 index)
{
	u32 place;

	div_u64_rem(index, recent, &place);
	return &ring->records[place];
}

void record_init(struct record *record, const struct batch *batch, const struct item *item)
{
	*record = (struct record){
		.time_ns = ktime_get_real_ns(),
		.verb = item->verb,
		.asked = item->nr,
		.ns_id = batch->ns_id,
		.caller = batch->caller,
		.outcome = item->outcome,
	};
}

void recent_add(struct record *record)
{
	struct ring *ring = result_takes(record->outcome.result) ? &taken : &others;

	spin_lock(&recent_lock);
	record->nr = nr_records++;
	*slot(ring, ring->nr_added++) = *record;
	spin_unlock(&recent_lock);
}

/* The first record of a ring that is nr or later; NULL if there is none. */
static const struct record *ring_find(const struct ring *ring, u64 nr)
{
	u64 low = ring->nr_added > recent ? ring->nr_added - recent : 0;
	u64 high = ring->nr_added;

	lockdep_assert_held(&recent_lock);
	while (low < high) {
		u64 middle = low + (high - low) / 2;

		if (slot(ring, middle)->nr < nr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ring->nr_added ? slot(ring, low) : NULL;
}

/* Copies the record: its slot may be overwritten as soon as the lock is dropped. */
static bool copy_record(u64 nr, struct record *record)
{
	const struct record *a, *b;

	spin_lock(&recent_lock);
	a = ring_find(&taken, nr);
	b = ring_find(&others, nr);
	if (!a || (b && b->nr < a->nr))
		a = b;
	if (a)
		*record = *a;
	spin_unlock(&recent_lock);
	return a;
}

bool recent_get(const struct opener *opener, u64 *nr, struct record *record)
{
	for (; copy_record(*nr, record); *nr = record->nr + 1) {
		if (access_is_global(opener) || access_same_ns(&record->ns_id, &opener->ns_id)) {
			*nr = record->nr;
			return true;
		}
		if (fatal_signal_pending(current))
			break;
		cond_resched();
	}
	return false;
}
