/* SPDX-License-Identifier: GPL-2.0-only */
/* Turns what the module knows into rows, with process ids as the reader numbers them. */
#ifndef ZREAP_REPORT_H
#define ZREAP_REPORT_H

#include <linux/seq_file.h>

#include "batch/access.h"
#include "batch/batch.h"
#include "recent.h"
#include "text/row.h"

/**
 * report_zombie() - fill a row of the list of zombies
 * @row: zeroed; filled; holds pointers into @facts
 * @state: what reap would say now
 * @facts: of the process, judged for @opener's namespace
 * @opener: the reader; the start counts in the current time namespace, the uid in the opener's
 *	user namespace
 *
 * Context: process, the reader's own.
 */
void report_zombie(struct row *row, enum result state, const struct facts *facts,
		   const struct opener *opener);

/**
 * report_outcome() - fill a row of the results of a batch
 * @row: zeroed; filled; holds pointers into @outcome
 * @nr: the target's number as the asker wrote it
 * @outcome: its result
 * @opener: the reader
 *
 * Context: process, the reader's own.
 */
void report_outcome(struct row *row, pid_t nr, const struct outcome *outcome,
		    const struct opener *opener);

/**
 * report_record() - fill a row of the recent results
 * @row: zeroed; filled; holds pointers into @record
 * @record: the result
 * @opener: the reader
 * @start_offset_ns: start_offset() for the reader; 0: the initial time namespace
 *
 * Context: process.
 */
void report_record(struct row *row, const struct record *record, const struct opener *opener,
		   u64 start_offset_ns);

/**
 * report_header() - show the line that names a table's columns
 * @seq: where to
 * @table: which table
 *
 * Context: process.
 */
void report_header(struct seq_file *seq, enum table table);

/**
 * report_row() - show a row
 * @seq: where to
 * @table: which table
 * @row: its cells
 *
 * Context: process.
 */
void report_row(struct seq_file *seq, enum table table, const struct row *row);

#endif
