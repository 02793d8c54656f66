// SPDX-License-Identifier: GPL-2.0-only
/* Holds of tasklist_lock. */
#include <linux/mm.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/time64.h>

#include "kernel/ksyms.h"
#include "kernel/sight.h"
#include "slice.h"
#include "ways/way.h"

int slice_init(struct slice *slice, unsigned int room)
{
	slice->nr = 0;
	slice->settled = 0;
	slice->longest_hold_ns = 0;
	slice->items = &slice->one;
	if (room > 1)
		slice->items = kvmalloc_array(room, sizeof(*slice->items),
					      GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	slice->room = slice->items ? room : 0;
	return slice->items ? 0 : -ENOMEM;
}

static void item_exit(struct item *item)
{
	put_pid(item->target.pid);
	put_pid(item->target.only_parent);
	put_pid(item->adopter);
}

void slice_clear(struct slice *slice)
{
	while (slice->nr)
		item_exit(&slice->items[--slice->nr]);
	slice->settled = 0;
	slice->longest_hold_ns = 0;
}

void slice_sift(struct slice *slice, bool (*passes)(const struct item *item, void *data),
		void *data)
{
	unsigned int i, kept = 0;

	for (i = 0; i < slice->nr; i++) {
		if (passes(&slice->items[i], data))
			slice->items[kept++] = slice->items[i];
		else
			item_exit(&slice->items[i]);
	}
	slice->nr = kept;
	slice->settled = 0;
}

void slice_exit(struct slice *slice)
{
	slice_clear(slice);
	if (slice->items != &slice->one)
		kvfree(slice->items);
}

static const struct way *way_of(enum verb verb)
{
	static const struct way *const ways[NR_VERBS] = {
		[VERB_REAP] = &reap_way,
		[VERB_ADOPT] = &adopt_way,
		[VERB_RELEASE] = &release_way,
	};

	return ways[verb];
}

/*
 * The cost of a target under the lock grows with the threads of its parent and of its
 * adopter. So a hold takes no more targets after this time, and others get their turn.
 */
#define LONG_HOLD_NS (200 * NSEC_PER_USEC)

/*
 * Whether a process may take long to release. The time grows with the proc mounts that it
 * was seen in, and the owner of its PID namespace may make many. zreap trusts the owner of
 * the initial one. A slow process ends its hold, so no other target of the hold waits for it.
 */
static bool may_be_slow(struct task_struct *p)
{
	return task_pid(p)->level > 0;
}

/* The purpose of a hold. */
enum act {
	LOOK,	/* to say what would be done */
	CLAIM,	/* to take them when all have been judged */
	TAKE,	/* to take each at once */
};

/* Judge at least one item; TAKE also takes each at once. Returns the end of those judged. */
static unsigned int judge(const struct way *way, struct slice *slice, unsigned int end,
			  enum act act, struct parent_look *look)
{
	unsigned int i = slice->settled;
	u64 since = local_clock();

	do {
		struct item *item = &slice->items[i];

		item->outcome.result = way->judge(item, look);
		if (item->outcome.result != way->would)
			continue;
		if (act != LOOK && may_be_slow(item->task))
			end = i + 1;
		if (act == TAKE)
			item->outcome.result = way->take(item, look);
	} while (++i < end && local_clock() - since < LONG_HOLD_NS);
	return i;
}

/*
 * Judge all before the first claim, since judging may allocate memory. A claim that no
 * release follows would last for ever.
 */
static unsigned int claim(const struct way *way, struct slice *slice, unsigned int end)
{
	struct parent_look look = {};
	unsigned int i;

	read_lock(ksyms_tasklist_lock);
	end = judge(way, slice, end, CLAIM, &look);
	for (i = slice->settled; i < end; i++) {
		struct item *item = &slice->items[i];

		if (item->outcome.result == way->would)
			item->outcome.result = way->take(item, &look);
	}
	read_unlock(ksyms_tasklist_lock);
	return end;
}

static unsigned int move(const struct way *way, struct slice *slice, unsigned int end)
{
	struct parent_look look = {};
	u64 since;

	write_lock_irq(ksyms_tasklist_lock);
	since = local_clock();
	end = judge(way, slice, end, TAKE, &look);
	slice->longest_hold_ns = max(slice->longest_hold_ns, local_clock() - since);
	write_unlock_irq(ksyms_tasklist_lock);
	return end;
}

static void finish(const struct way *way, struct item *item)
{
	struct outcome *outcome = &item->outcome;

	if (!result_takes(outcome->result))
		return;
	if (way->finish)
		outcome->result = way->finish(item);
	sight_forget(outcome->facts.pid.global, outcome->facts.start_ns);
}

static unsigned int hold_end(const struct slice *slice, unsigned int most)
{
	return min(slice->nr, slice->settled + most);
}

void slice_step(struct slice *slice, unsigned int most)
{
	const struct way *way = way_of(slice->items[0].verb);
	unsigned int end = hold_end(slice, most);

	end = way->exclusive ? move(way, slice, end) : claim(way, slice, end);
	while (slice->settled < end)
		finish(way, &slice->items[slice->settled++]);
}

/* The most items that zreap looks at in one hold. */
#define LOOKS 32

int slice_look(struct slice *slice, enum verb verb)
{
	const struct way *way = way_of(verb);

	while (slice->settled < slice->nr) {
		struct parent_look look = {};

		if (fatal_signal_pending(current))
			return -EINTR;
		read_lock(ksyms_tasklist_lock);
		slice->settled = judge(way, slice, hold_end(slice, LOOKS), LOOK, &look);
		read_unlock(ksyms_tasklist_lock);
		cond_resched();
	}
	return 0;
}
