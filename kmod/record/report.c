// SPDX-License-Identifier: GPL-2.0-only
/* Fills the cells of rows. */
#include <linux/cred.h>
#include <linux/math64.h>
#include <linux/time64.h>
#include <linux/user_namespace.h>

#include "batch/listing.h"
#include "compat/start_offset.h"
#include "report.h"

static u32 uid_for(const struct opener *opener, kuid_t uid)
{
	return from_kuid_munged(opener->user_ns, uid);
}

static pid_t nr_for(const struct opener *opener, const struct seen *seen)
{
	return access_is_global(opener) ? seen->global : seen->here;
}

static void set_facts(struct row *row, const struct facts *facts, const struct opener *opener,
		      u64 start_offset_ns)
{
	if (!facts->exists)
		return;
	if (facts->ended && !facts->hidden)
		row_set_number(row, COL_STATUS, facts->status);
	if (facts->ended)
		row_set_number(row, COL_AGE_MS, div_u64(facts->age_ns, NSEC_PER_MSEC));
	row_set_number(row, COL_THREADS, facts->threads);
	if (facts->tracer.global)
		row_set_number(row, COL_TRACER, nr_for(opener, &facts->tracer));
	if (facts->adopter.global)
		row_set_number(row, COL_ADOPTER, nr_for(opener, &facts->adopter));
	row_set_number(row, COL_PPID, nr_for(opener, &facts->parent));
	row_set_number(row, COL_START, zombie_start_ticks(facts->start_ns, start_offset_ns));
	/* Tell nothing of a parent that the reader cannot see. */
	if (nr_for(opener, &facts->parent))
		row_set_text(row, COL_PARENT, facts->parent_comm);
	row_set_text(row, COL_COMM, facts->comm);
}

static void set_outcome(struct row *row, const struct outcome *outcome,
			const struct opener *opener, u64 start_offset_ns)
{
	row_set_text(row, COL_RESULT, result_name(outcome->result));
	row_set_number(row, COL_ERRNO, result_errno(outcome->result));
	set_facts(row, &outcome->facts, opener, start_offset_ns);
	if (outcome->result == RESULT_REAPED || outcome->result == RESULT_RELEASED) {
		row_set_number(row, COL_UTIME_US, outcome->usage.utime_us);
		row_set_number(row, COL_STIME_US, outcome->usage.stime_us);
		row_set_number(row, COL_MAXRSS_KB, outcome->usage.maxrss_kb);
	}
}

void report_zombie(struct row *row, enum result state, const struct facts *facts,
		   const struct opener *opener)
{
	row_set_number(row, COL_PID, nr_for(opener, &facts->pid));
	row_set_text(row, COL_STATE,
		     state == RESULT_WOULD_REAP ? "reapable" : result_name(state));
	if (listing_spared(state, facts))
		row_set_text(row, COL_SPARED, listing_spared(state, facts));
	row_set_number(row, COL_UID, uid_for(opener, facts->uid));
	set_facts(row, facts, opener, start_offset());
}

void report_outcome(struct row *row, pid_t nr, const struct outcome *outcome,
		    const struct opener *opener)
{
	row_set_number(row, COL_PID, nr);
	set_outcome(row, outcome, opener, start_offset());
}

void report_record(struct row *row, const struct record *record, const struct opener *opener,
		   u64 start_offset_ns)
{
	row_set_number(row, COL_TIME_MS, div_u64(record->time_ns, NSEC_PER_MSEC));
	row_set_text(row, COL_VERB, verb_name(record->verb));
	row_set_number(row, COL_CALLER, nr_for(opener, &record->caller.pid));
	row_set_number(row, COL_CALLER_UID, uid_for(opener, record->caller.uid));
	/* If another namespace asked, the number that it wrote means nothing here. */
	if (access_same_ns(&record->ns_id, &opener->ns_id))
		row_set_number(row, COL_PID, record->asked);
	else if (record->outcome.facts.exists)
		row_set_number(row, COL_PID, nr_for(opener, &record->outcome.facts.pid));
	set_outcome(row, &record->outcome, opener, start_offset_ns);
}

void report_header(struct seq_file *seq, enum table table)
{
	char line[ROW_MAX_BYTES];

	seq_write(seq, line, row_header(table, line));
}

void report_row(struct seq_file *seq, enum table table, const struct row *row)
{
	char line[ROW_MAX_BYTES];

	seq_write(seq, line, row_format(table, row, line));
}
