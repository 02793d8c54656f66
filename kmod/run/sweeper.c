// SPDX-License-Identifier: GPL-2.0-only
/* Whole sweeps: kzreapd does them, or the writer itself. */
#include <linux/limits.h>

#include "reaper.h"
#include "runner.h"
#include "sweep.h"
#include "sweeper.h"

/**
 * struct sweep_job - a sweep that kzreapd does, until it lacks room for rows
 * @job: for the reaper
 * @sweep: the sweep
 * @batch: the batch; kzreapd begins with what its slice holds
 * @opener: the asker
 * @room: for how many more rows there is room, after those of the slice at hand
 */
struct sweep_job {
	struct job job;
	struct sweep *sweep;
	struct batch *batch;
	const struct opener *opener;
	unsigned int room;
};

/*
 * The last slice stays settled, for the writer to tell. One without room for its rows stays
 * unsettled: their memory is charged to the current task, so the writer must get it.
 */
static bool step(struct job *job, unsigned int most)
{
	struct sweep_job *work = container_of(job, struct sweep_job, job);
	struct slice *slice = &work->batch->slice;

	if (slice->settled < slice->nr) {
		slice_step(slice, most);
		return slice->settled < slice->nr || work->sweep->nr > 0;
	}
	if (slice->nr) {
		runner_tell(work->batch);
		return true;
	}
	/* It cannot fail: nothing kills kzreapd. */
	sweep_gather(work->sweep, work->batch, work->opener, slice->room);
	if (slice->nr > work->room)
		return false;
	work->room -= slice->nr;
	return slice->nr || work->sweep->nr > 0;
}

/* For how many rows of later slices to make room, if there are more processes to look at. */
#define ROOM_AHEAD 32768

static int make_room(struct sweep_job *work)
{
	struct sink *sink = work->batch->sink;
	unsigned int nr = work->batch->slice.nr;
	unsigned int ahead = work->sweep->nr > 0 ? ROOM_AHEAD : 0;
	int err = runner_reserve(work->batch);

	if (!err)
		work->room = sink ? sink->expect(sink, nr + ahead) - nr : UINT_MAX;
	return err;
}

/*
 * Let kzreapd do all of a sweep: look, reap and tell. If it and the writer took turns, the
 * scheduler would wake now one, now the other in the place of an unrelated process, which
 * would wait for milliseconds. The writer looks first: mostly there is nothing to reap.
 */
static int hand_over(struct sweep *sweep, struct batch *batch, const struct opener *opener)
{
	struct slice *slice = &batch->slice;
	struct sweep_job work = {
		.job.step = step,
		.sweep = sweep,
		.batch = batch,
		.opener = opener,
	};

	while (!batch->err && !slice->nr && sweep->nr > 0)
		batch->err = sweep_gather(sweep, batch, opener, slice->room);
	while (!batch->err && slice->nr) {
		batch->err = make_room(&work);
		if (!batch->err)
			batch->err = reaper_run(&work.job, batch->outside);
		if (batch->err || slice->settled == slice->nr)
			runner_tell(batch);
	}
	return batch->err;
}

/*
 * Whether kzreapd may do all of a sweep. The rights of callers from other PID namespaces are
 * those of the current task, and kzreapd may do everything; it would also look for zombies
 * at nobody's charge. The initial PID namespace is trusted.
 */
static bool is_for_reaper(const struct batch *batch, const struct order *order)
{
	return !batch->outside && !order->dry_run && order->verb != VERB_RELEASE;
}

int sweeper_run(struct batch *batch, const struct opener *opener, const struct order *order)
{
	struct sweep sweep;
	int err = runner_flush(batch);

	if (err)
		return err;
	sweep_begin(&sweep, opener, order);
	if (is_for_reaper(batch, order))
		err = hand_over(&sweep, batch, opener);
	/* After hand_over() nothing is left, unless it failed. */
	while (!err && sweep.nr > 0)
		err = sweep_step(&sweep, batch, opener, batch->slice.room);
	sweep_end(&sweep);
	return err;
}
