// SPDX-License-Identifier: GPL-2.0-only
/* Whole sweeps: kzreapd does them, or the writer itself. */
#include <linux/limits.h>
#include <linux/minmax.h>

#include "runner.h"
#include "sweep.h"
#include "sweeper.h"

/**
 * struct whole_sweep - a sweep that kzreapd does, as long as there is room for its rows
 * @supply: the zombies that it has not come to
 * @sweep: the sweep
 * @opener: the asker
 * @room: for how many more rows there is room, after those of the slice at hand
 */
struct whole_sweep {
	struct supply supply;
	struct sweep sweep;
	const struct opener *opener;
	unsigned int room;
};

static struct whole_sweep *whole_sweep_of(struct supply *supply)
{
	return container_of(supply, struct whole_sweep, supply);
}

static bool has_more(struct supply *supply, const struct batch *batch)
{
	const struct whole_sweep *work = whole_sweep_of(supply);

	return work->sweep.nr > 0 && work->room >= batch->slice.room;
}

static void fill(struct supply *supply, struct batch *batch)
{
	struct whole_sweep *work = whole_sweep_of(supply);

	/* It cannot fail: nothing kills kzreapd. */
	sweep_gather(&work->sweep, batch, work->opener, batch->slice.room);
	work->room -= batch->slice.nr;
}

/* For how many rows of later slices to make room, if there are more processes to look at. */
#define ROOM_AHEAD 32768

/* Their memory is charged to the current task, so the writer must get it. */
static void make_room_ahead(struct whole_sweep *work, const struct batch *batch)
{
	struct sink *sink = batch->sink;
	unsigned int nr = batch->slice.nr;
	unsigned int ahead = work->sweep.nr > 0 ? ROOM_AHEAD : 0;

	work->room = sink ? max(sink->expect(sink, nr + ahead), nr) - nr : UINT_MAX;
}

/* The writer looks first: mostly there is nothing to reap. */
static int hand_over(struct whole_sweep *work, struct batch *batch)
{
	int err = sweep_gather(&work->sweep, batch, work->opener, batch->slice.room);

	if (err || !batch->slice.nr)
		return err;
	make_room_ahead(work, batch);
	return runner_flush(batch, &work->supply);
}

int sweeper_run(struct batch *batch, const struct opener *opener, const struct order *order)
{
	struct whole_sweep work = {
		.supply = { .has_more = has_more, .fill = fill },
		.opener = opener,
	};
	bool handing_over = runner_may_hand_over(batch, order);
	int err = 0;

	sweep_begin(&work.sweep, opener, order);
	while (!err && work.sweep.nr > 0)
		err = handing_over ? hand_over(&work, batch) :
				     sweep_step(&work.sweep, batch, opener, batch->slice.room);
	sweep_end(&work.sweep);
	return err;
}
