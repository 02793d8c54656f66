/* SPDX-License-Identifier: GPL-2.0-only */
/* An item: one target of a request, and its outcome. */
#ifndef ZREAP_ITEM_H
#define ZREAP_ITEM_H

#include <linux/pid.h>
#include <linux/types.h>

#include "kernel/zombie.h"
#include "text/request.h"
#include "text/result.h"

/**
 * struct usage - what a process used, with the children that it waited for
 * @utime_us: CPU time in user mode, microseconds
 * @stime_us: CPU time in the kernel, microseconds
 * @maxrss_kb: peak resident set, KiB
 */
struct usage {
	u64 utime_us;
	u64 stime_us;
	u64 maxrss_kb;
};

/**
 * struct outcome - the result of one target
 * @result: how it ended
 * @facts: what zreap knew of the process before
 * @usage: what it used; for RESULT_REAPED and RESULT_RELEASED only
 */
struct outcome {
	enum result result;
	struct facts facts;
	struct usage usage;
};

/**
 * struct item - one target
 * @target: the process and the conditions, with counted references
 * @nr: its number as the asker wrote it
 * @verb: what to do to it
 * @dry_run: only say what would be done
 * @chosen: it comes from "all", and has no row if there was nothing to do
 * @adopter: VERB_ADOPT: the new parent, counted; NULL: there is no such process
 * @signal: VERB_ADOPT: the signal for the adopter
 * @task: its leader, between a way's judge() and its finish()
 * @thread: VERB_ADOPT: the adopter's thread that takes it, within a hold of tasklist_lock
 * @outcome: valid once the item is settled
 */
struct item {
	struct target target;
	pid_t nr;
	enum verb verb;
	bool dry_run;
	bool chosen;
	struct pid *adopter;
	int signal;
	struct task_struct *task;
	struct task_struct *thread;
	struct outcome outcome;
};

#endif
