/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel threads kzreapd, which reap and adopt, and their queues. */
#ifndef ZREAP_REAPER_H
#define ZREAP_REAPER_H

#include <linux/completion.h>
#include <linux/list.h>
#include <linux/types.h>

/**
 * struct job - work for kzreapd, which does it in steps
 * @step: do a little, with @most targets at most in a hold of tasklist_lock. Returns false
 *	if this was the last step. Context: kzreapd, with all its rights; may sleep.
 * @link: in a queue; under the lock of the queue
 * @abandoned: its writer was killed; under the lock of the queue
 * @finished: its last step is done; under the lock of the queue
 * @done: completed when no thread works on it, now or later
 *
 * The caller of reaper_run() sets @step only.
 */
struct job {
	bool (*step)(struct job *job, unsigned int most);
	struct list_head link;
	bool abandoned;
	bool finished;
	struct completion done;
};

/**
 * reaper_start() - start the threads
 *
 * Context: process; may sleep.
 * Return: 0 or -errno.
 */
int reaper_start(void);

/**
 * reaper_stop() - end the threads
 *
 * Context: process; may sleep; no call of reaper_run() comes after it.
 */
void reaper_stop(void);

/**
 * reaper_run() - let kzreapd do a job, and wait for it
 * @job: belongs to the caller again afterwards
 * @outside: the asker is outside the initial PID namespace
 *
 * Other jobs have their turn between two steps.
 *
 * Context: process; sleeps until the job is finished, or until the caller is killed and no
 * thread works on the job.
 * Return: 0, or -EINTR if the caller was killed before the last step.
 */
int reaper_run(struct job *job, bool outside);

#endif
