// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reap: kzreapd makes the zombie its own child and waits for it. The kernel itself does
 * the release, with all its accounts. If the wait fails, the zombie stays a child of
 * kzreapd, and goes to init when kzreapd ends.
 */
#include <linux/sched.h>
#include <linux/time64.h>
#include <linux/wait.h>
#include <uapi/linux/wait.h>

#include "kernel/ksyms.h"
#include "way.h"

static enum result reap_judge(struct item *item, struct parent_look *look)
{
	return zombie_judge(&item->target, &item->outcome.facts, &item->task, look);
}

static enum result reap_take(struct item *item, struct parent_look *look)
{
	zombie_move(item->task, current);
	return RESULT_REAPED;
}

static u64 to_us(const struct __kernel_old_timeval *tv)
{
	return (u64)tv->tv_sec * USEC_PER_SEC + tv->tv_usec;
}

static enum result reap_finish(struct item *item)
{
	pid_t pid = item->outcome.facts.pid.global;
	struct rusage rusage;
	long waited = ksyms_wait4(pid, WNOHANG | __WALL, &rusage);

	/* Others get the CPU between two waits, as they do when a parent waits. */
	cond_resched();
	if (waited != pid) {
		pr_err("the kernel's wait for zombie %d, now a child of kzreapd, gave %ld\n",
		       pid, waited);
		return RESULT_FAILED;
	}
	item->outcome.usage = (struct usage){
		.utime_us = to_us(&rusage.ru_utime),
		.stime_us = to_us(&rusage.ru_stime),
		.maxrss_kb = rusage.ru_maxrss,
	};
	return RESULT_REAPED;
}

const struct way reap_way = {
	.would = RESULT_WOULD_REAP,
	.exclusive = true,
	.judge = reap_judge,
	.take = reap_take,
	.finish = reap_finish,
};
