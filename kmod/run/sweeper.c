// SPDX-License-Identifier: GPL-2.0-only
/* Whole sweeps: kzreapd does them, or the writer itself. */
#include <linux/limits.h>
#include <linux/minmax.h>

#include "runner.h"
#include "sweep.h"
#include "sweeper.h"

/**
 * struct whole_sweep - a sweep; kzreapd does it if it may, as long as there is room for its rows
 * @supply: the zombies that it has not come to
 * @sweep: the sweep
 * @opener: the asker
 * @room: for kzreapd: how many more rows have room, after those of the slice at hand
 */
struct whole_sweep {
	struct supply supply;
	struct sweep sweep;
	const struct opener *opener;
	unsigned int room;
};

static bool has_more(const struct supply *supply, const struct batch *batch)
{
	const struct whole_sweep *whole = container_of(supply, struct whole_sweep, supply);

	return whole->sweep.nr > 0 && whole->room >= batch->slice.room;
}

static void fill(struct supply *supply, struct batch *batch)
{
	struct whole_sweep *whole = container_of(supply, struct whole_sweep, supply);

	/* It cannot fail: nothing kills kzreapd. */
	sweep_gather(&whole->sweep, batch, whole->opener, batch->slice.room);
	whole->room -= batch->slice.nr;
}

/* For how many rows of later slices to make room, if there are more processes to look at. */
#define ROOM_AHEAD 32768

/*
 * The memory of rows is charged to the current task, so the writer must get it. If there is
 * none for the slice at hand, runner_flush() says so.
 */
static void make_room_ahead(struct whole_sweep *whole, const struct batch *batch)
{
	struct sink *sink = batch->sink;
	unsigned int nr = batch->slice.nr;
	unsigned int ahead = whole->sweep.nr > 0 ? ROOM_AHEAD : 0;

	whole->room = sink ? max(sink->expect(sink, nr + ahead), nr) - nr : UINT_MAX;
}

/* The writer looks first: mostly there is nothing to reap. */
static int hand_over(struct whole_sweep *whole, struct batch *batch)
{
	int err = sweep_gather(&whole->sweep, batch, whole->opener, batch->slice.room);

	if (err || !batch->slice.nr)
		return err;
	make_room_ahead(whole, batch);
	return runner_flush(batch, &whole->supply);
}

int sweeper_run(struct batch *batch, const struct opener *opener, const struct order *order)
{
	struct whole_sweep whole = {
		.supply = { .has_more = has_more, .fill = fill },
		.opener = opener,
	};
	bool handing_over = runner_may_hand_over(batch, order);
	int err = 0;

	sweep_begin(&whole.sweep, opener, order);
	while (!err && whole.sweep.nr > 0)
		err = handing_over ? hand_over(&whole, batch) :
				     sweep_step(&whole.sweep, batch, opener, batch->slice.room);
	sweep_end(&whole.sweep);
	return err;
}
