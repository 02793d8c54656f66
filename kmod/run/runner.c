// SPDX-License-Identifier: GPL-2.0-only
/* From items to results. */
#include <linux/sched.h>

#include "batch/batch.h"
#include "reaper.h"
#include "record/audit.h"
#include "record/listener.h"
#include "record/log.h"
#include "record/recent.h"
#include "record/stats.h"
#include "record/trace.h"
#include "releaser.h"
#include "runner.h"

void runner_spare(struct batch *batch, enum result result)
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
	listener_tell(&record);
	if (batch->sink)
		batch->sink->put(batch->sink, item);
	batch->nr++;
	batch->counts[result]++;
	/* In a request for several targets, a target that is gone is no failure. */
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
		runner_spare(batch, item->outcome.result);
}

void runner_tell(struct batch *batch)
{
	struct slice *slice = &batch->slice;
	unsigned int i;

	stats_add_hold(slice->longest_hold_ns);
	for (i = 0; i < slice->settled; i++) {
		tell(batch, &slice->items[i]);
		cond_resched();
	}
	slice_clear(slice);
}

int runner_reserve(struct batch *batch)
{
	const struct slice *slice = &batch->slice;

	if (!batch->sink)
		return 0;
	return batch->sink->reserve(batch->sink, slice->nr, slice->items[0].chosen);
}

/* A slice for kzreapd. */
struct slice_job {
	struct job job;
	struct slice *slice;
};

static bool step(struct job *job, unsigned int most)
{
	struct slice *slice = container_of(job, struct slice_job, job)->slice;

	slice_step(slice, most);
	return slice->settled < slice->nr;
}

static int run(struct batch *batch)
{
	struct slice *slice = &batch->slice;
	struct slice_job job = { .job.step = step, .slice = slice };
	int err = runner_reserve(batch);

	if (err)
		return err;
	if (slice->items[0].dry_run)
		return slice_look(slice, slice->items[0].verb);
	if (slice->items[0].verb == VERB_RELEASE)
		return releaser_run(slice);
	return reaper_run(&job.job, batch->outside);
}

int runner_flush(struct batch *batch)
{
	if (!batch->slice.nr)
		return 0;
	batch->err = run(batch);
	runner_tell(batch);
	return batch->err;
}

int runner_add(struct batch *batch, const struct opener *opener, const struct order *order,
	       const struct request_target *wanted)
{
	int err = batch_fits(batch, order) ? 0 : runner_flush(batch);

	if (!err)
		batch_add(batch, opener, order, wanted);
	return err;
}

void runner_end(struct batch *batch)
{
	bool left = batch->err == -EINTR || batch->err == -EPIPE;

	if (batch->nr || batch->spared[RESULT_PARENT_STOPPED] || batch->spared[RESULT_PARENT_BUSY])
		log_batch(batch);
	if (batch->nr)
		audit_batch(batch, left ? GFP_NOWAIT | __GFP_NOWARN : GFP_KERNEL);
	batch_exit(batch);
}
