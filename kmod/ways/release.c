// SPDX-License-Identifier: GPL-2.0-only
/*
 * Release: claim the zombie as a waiter would, with the lock held for reading, and release
 * it. It never changes parents. zreap leaves out what wait() does beyond the release: it
 * charges nobody with the zombie's CPU time and memory. The release must follow each
 * claim, or the zombie stays for ever: nobody else will release it.
 */
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/time64.h>

#include "kernel/ksyms.h"
#include "way.h"

static enum result release_judge(struct item *item, struct parent_look *look)
{
	enum result result = zombie_judge(&item->target, &item->outcome.facts, &item->task, look);

	return result == RESULT_WOULD_REAP ? RESULT_WOULD_RELEASE : result;
}

/* The same as getrusage() gives, but not scaled to what the scheduler counted. */
static struct usage usage_of(const struct task_struct *p)
{
	const struct signal_struct *signal = p->signal;

	return (struct usage){
		.utime_us = div_u64(p->utime + signal->utime + signal->cutime, NSEC_PER_USEC),
		.stime_us = div_u64(p->stime + signal->stime + signal->cstime, NSEC_PER_USEC),
		.maxrss_kb = max(signal->maxrss, signal->cmaxrss) * (PAGE_SIZE / 1024),
	};
}

static enum result release_take(struct item *item, struct parent_look *look)
{
	struct task_struct *p = item->task;

	/* A waiter may have claimed the zombie first; it cannot have given it back. */
	if (cmpxchg(&p->exit_state, EXIT_ZOMBIE, EXIT_DEAD) != EXIT_ZOMBIE)
		return release_judge(item, look);
	/* Wake after the claim: the waiters hold the lock for reading, as we do. */
	zombie_wake_parent(p);
	item->outcome.usage = usage_of(p);
	return RESULT_RELEASED;
}

static enum result release_finish(struct item *item)
{
	ksyms_release_task(item->task);
	return RESULT_RELEASED;
}

const struct way release_way = {
	.would = RESULT_WOULD_RELEASE,
	.judge = release_judge,
	.take = release_take,
	.finish = release_finish,
};
