// SPDX-License-Identifier: GPL-2.0-only
/* Finds the zombies of an "all", piece by piece. */
#include <linux/errno.h>
#include <linux/sched.h>

#include "kernel/scan.h"
#include "runner.h"
#include "sweep.h"

int sweep_vet(const struct opener *opener, const struct order *order)
{
	struct pid *adopter = order->to ? access_find(opener, order->to) : NULL;
	bool may = !adopter || access_may_touch(opener, adopter);

	put_pid(adopter);
	return may ? 0 : -EPERM;
}

void sweep_begin(struct sweep *sweep, const struct opener *opener, const struct order *order)
{
	sweep->order = *order;
	sweep->parent = order->parent ? access_find(opener, order->parent) : NULL;
	/* If there is no such parent, the order selects nothing. */
	sweep->nr = order->parent && !sweep->parent ? -1 : 1;
}

void sweep_end(struct sweep *sweep)
{
	put_pid(sweep->parent);
}

static void scan(struct sweep *sweep, struct batch *batch, const struct opener *opener,
		 unsigned int most)
{
	struct pid *pid;

	while (batch->slice.nr < most && (pid = scan_exited(batch->ns, &sweep->nr))) {
		batch_choose(batch, opener, &sweep->order, pid, sweep->nr++, sweep->parent);
		cond_resched();
	}
}

struct sieve {
	const struct sweep *sweep;
	struct batch *batch;
};

/* Keep what the first look passes. Count the rest as spared if the order selects it. */
static bool passes(const struct item *item, void *data)
{
	const struct facts *facts = &item->outcome.facts;
	const struct sieve *sieve = data;
	const struct pid *parent = sieve->sweep->parent;

	if (item->outcome.result == RESULT_WOULD_REAP)
		return true;
	if (facts->exists && (!parent || facts->parent.global == pid_nr((struct pid *)parent)))
		runner_spare(sieve->batch, item->outcome.result);
	return false;
}

int sweep_gather(struct sweep *sweep, struct batch *batch, const struct opener *opener,
		 unsigned int most)
{
	struct sieve sieve = { .sweep = sweep, .batch = batch };

	scan(sweep, batch, opener, most);
	/*
	 * Judge as for a plain reap, with tasklist_lock held for reading only. The reaper
	 * takes it for writing, which holds up others.
	 */
	batch->err = slice_look(&batch->slice, VERB_REAP);
	if (batch->err)
		slice_clear(&batch->slice);
	else
		slice_sift(&batch->slice, passes, &sieve);
	return batch->err;
}

int sweep_step(struct sweep *sweep, struct batch *batch, const struct opener *opener,
	       unsigned int most)
{
	int err = sweep_gather(sweep, batch, opener, most);

	return err ? err : runner_flush(batch, NULL);
}
