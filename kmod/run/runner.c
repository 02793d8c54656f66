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

static void tell_slice(struct batch *batch)
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

/* Make room for the rows of the slice. */
static int reserve(struct batch *batch)
{
	struct sink *sink = batch->sink;
	const struct slice *slice = &batch->slice;

	return sink && slice->items[0].chosen ? sink->reserve(sink, slice->nr) : 0;
}

bool runner_may_hand_over(const struct batch *batch, const struct order *order)
{
	return !batch->outside && !order->dry_run && order->verb != VERB_RELEASE;
}

/**
 * struct batch_job - what kzreapd does for a batch
 * @job: for the reaper
 * @batch: kzreapd begins with what its slice holds
 * @supply: kzreapd goes on with these; NULL: it does not
 */
struct batch_job {
	struct job job;
	struct batch *batch;
	struct supply *supply;
};

/* The last slice stays settled, for the writer to tell. */
static bool step(struct job *job, unsigned int most)
{
	struct batch_job *work = container_of(job, struct batch_job, job);
	struct slice *slice = &work->batch->slice;

	if (slice->settled < slice->nr)
		slice_step(slice, most);
	else if (slice->nr)
		tell_slice(work->batch);
	else
		work->supply->fill(work->supply, work->batch);
	return slice->settled < slice->nr ||
	       (work->supply && work->supply->has_more(work->supply, work->batch));
}

static int run(struct batch *batch, struct supply *supply)
{
	struct slice *slice = &batch->slice;
	struct batch_job work = { .job.step = step, .batch = batch, .supply = supply };
	int err = reserve(batch);

	if (err)
		return err;
	if (slice->items[0].dry_run)
		return slice_look(slice, slice->items[0].verb);
	if (slice->items[0].verb == VERB_RELEASE)
		return releaser_run(slice);
	return reaper_run(&work.job, batch->outside);
}

int runner_flush(struct batch *batch, struct supply *supply)
{
	if (!batch->slice.nr)
		return 0;
	batch->err = run(batch, supply);
	tell_slice(batch);
	return batch->err;
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
