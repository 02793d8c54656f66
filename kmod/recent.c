// SPDX-License-Identifier: GPL-2.0-only
/* A ring of records. */
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>

#include "recent.h"

#define RECENT_MAX (1U << 20)

static unsigned int recent = 4096;
module_param(recent, uint, 0444);
MODULE_PARM_DESC(recent, "How many results /proc/zreap_recent keeps: 1 to 1048576 (default: 4096)");

static DEFINE_SPINLOCK(recent_lock); /* protects the records and their number */
static struct record *records;
static u64 nr_added;

int recent_init(void)
{
	if (!recent || recent > RECENT_MAX) {
		pr_err("cannot load: recent=%u is not 1 to %u\n", recent, RECENT_MAX);
		return -EINVAL;
	}
	nr_added = 0;
	records = kvcalloc(recent, sizeof(*records), GFP_KERNEL);
	return records ? 0 : -ENOMEM;
}

void recent_exit(void)
{
	kvfree(records);
}

static struct record *slot(u64 nr)
{
	u32 index;

	div_u64_rem(nr, recent, &index);
	return &records[index];
}

void recent_add(const struct batch *batch, const struct item *item)
{
	struct record record = {
		.time_ns = ktime_get_real_ns(),
		.verb = item->verb,
		.nr = item->nr,
		.ns_id = batch->ns_id,
		.caller = batch->caller,
		.outcome = item->outcome,
	};

	spin_lock(&recent_lock);
	*slot(nr_added++) = record;
	spin_unlock(&recent_lock);
}

/* A copy, since the slot may be overwritten as soon as the lock is dropped. */
static bool copy_record(u64 *nr, struct record *record)
{
	bool found;

	spin_lock(&recent_lock);
	if (nr_added > recent)
		*nr = max(*nr, nr_added - recent);
	found = *nr < nr_added;
	if (found)
		*record = *slot(*nr);
	spin_unlock(&recent_lock);
	return found;
}

bool recent_get(const struct opener *opener, u64 *nr, struct record *record)
{
	for (; copy_record(nr, record); (*nr)++) {
		if (access_is_global(opener) || access_same_ns(&record->ns_id, &opener->ns_id))
			return true;
	}
	return false;
}
