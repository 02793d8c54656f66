// SPDX-License-Identifier: GPL-2.0-only
/*
 * The threads and their queues.
 *
 * One zombie can take long to release: a fifth of a second if it is in a thousand proc
 * mounts. So there are several threads. Callers from other PID namespaces have a lane of
 * their own, because they may have made such zombies to hold up other callers.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "kernel/zombie.h"
#include "reaper.h"

#define LOCK_BATCH_MAX 1024

static unsigned int lock_batch = 32;

static int set_lock_batch(const char *value, const struct kernel_param *param)
{
	unsigned int number;
	int err = kstrtouint(value, 10, &number);

	if (err)
		return err;
	if (!number || number > LOCK_BATCH_MAX)
		return -EINVAL;
	WRITE_ONCE(lock_batch, number);
	return 0;
}

static const struct kernel_param_ops lock_batch_ops = {
	.set = set_lock_batch,
	.get = param_get_uint,
};

module_param_cb(lock_batch, &lock_batch_ops, &lock_batch, 0644);
__MODULE_PARM_TYPE(lock_batch, "uint");
MODULE_PARM_DESC(lock_batch,
		 "How many targets are dealt with in one hold of tasklist_lock at most: 1 to 1024 (default: 32)");

/**
 * struct lane - a queue and the threads that serve it
 * @lock: protects @queue, and the state of every job of this lane
 * @queue: the jobs that no worker has taken
 * @idle: its workers wait here for a job
 */
struct lane {
	spinlock_t lock; /* protects queue, and the state of every job of this lane */
	struct list_head queue;
	wait_queue_head_t idle;
};

#define LANE(name) {							\
	.lock = __SPIN_LOCK_UNLOCKED(name.lock),			\
	.queue = LIST_HEAD_INIT(name.queue),				\
	.idle = __WAIT_QUEUE_HEAD_INITIALIZER(name.idle),		\
}

static struct lane inner_lane = LANE(inner_lane);
static struct lane outer_lane = LANE(outer_lane);

/**
 * struct worker - a thread, kzreapd
 * @lane: the lane that it serves
 * @thread: the thread; NULL: it was not started
 */
static struct worker {
	struct lane *lane;
	struct task_struct *thread;
} workers[] = {
	{ &inner_lane }, { &inner_lane }, { &inner_lane },
	{ &outer_lane }, { &outer_lane },
};

/*
 * __wake_up_sync_key() tells the scheduler that the writer is about to wait. So the
 * scheduler tends to wake the worker on the writer's CPU. On another CPU the worker would
 * take the place of an unrelated process, for milliseconds.
 */
static void push(struct lane *lane, struct job *job)
{
	spin_lock(&lane->lock);
	list_add_tail(&job->link, &lane->queue);
	spin_unlock(&lane->lock);
	__wake_up_sync_key(&lane->idle, TASK_NORMAL, NULL);
}

static struct job *take_first(struct lane *lane)
{
	struct job *job;

	spin_lock(&lane->lock);
	job = list_first_entry_or_null(&lane->queue, struct job, link);
	if (job)
		list_del_init(&job->link);
	spin_unlock(&lane->lock);
	return job;
}

/*
 * Queue the current thread ahead of those that wait already. A writer then wakes it first,
 * while its data is still in the cache of its CPU.
 */
static void wait_first(struct wait_queue_head *queue, struct wait_queue_entry *wait)
{
	spin_lock_irq(&queue->lock);
	__add_wait_queue_exclusive(queue, wait);
	set_current_state(TASK_IDLE);
	spin_unlock_irq(&queue->lock);
}

/* Waits for a job. Returns NULL if there is none and the thread must stop. */
static struct job *pop(struct lane *lane)
{
	struct job *job;

	while (!(job = take_first(lane)) && !kthread_should_stop()) {
		DEFINE_WAIT(wait);

		wait_first(&lane->idle, &wait);
		if (list_empty(&lane->queue) && !kthread_should_stop())
			schedule();
		finish_wait(&lane->idle, &wait);
	}
	return job;
}

/*
 * Queue an unfinished job behind the others, so that none starves. Returns true if the job
 * is finished or abandoned.
 */
static bool put_back(struct lane *lane, struct job *job, bool finished)
{
	bool through;

	spin_lock(&lane->lock);
	job->finished = finished;
	through = finished || job->abandoned;
	if (!through)
		list_add_tail(&job->link, &lane->queue);
	spin_unlock(&lane->lock);
	return through;
}

/*
 * The writer was killed: take its job off the queue, or mark it as abandoned. Returns true
 * if no thread works on the job, now or later.
 */
static bool take_back(struct lane *lane, struct job *job)
{
	bool queued;

	spin_lock(&lane->lock);
	queued = !list_empty(&job->link);
	if (queued)
		list_del_init(&job->link);
	else
		job->abandoned = true;
	spin_unlock(&lane->lock);
	return queued;
}

static int reaper_main(void *data)
{
	struct worker *worker = data;
	struct job *job;

	while ((job = pop(worker->lane))) {
		bool finished = !job->step(job, READ_ONCE(lock_batch));

		/* After complete() the job belongs to its writer, and may be gone. */
		if (put_back(worker->lane, job, finished))
			complete(&job->done);
		cond_resched();
	}
	return 0;
}

int reaper_start(void)
{
	unsigned int i;

	BUILD_BUG_ON(ARRAY_SIZE(workers) > ZOMBIE_MOST_TAKERS);
	for (i = 0; i < ARRAY_SIZE(workers); i++) {
		struct task_struct *thread = kthread_create(reaper_main, &workers[i],
							    "kzreapd/%u", i);

		if (IS_ERR(thread)) {
			reaper_stop();
			return PTR_ERR(thread);
		}
		workers[i].thread = thread;
		zombie_add_taker(thread);
		wake_up_process(thread);
	}
	return 0;
}

void reaper_stop(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(workers) && workers[i].thread; i++)
		kthread_stop(workers[i].thread);
}

int reaper_run(struct job *job, bool outside)
{
	struct lane *lane = outside ? &outer_lane : &inner_lane;

	/* The wait below does not see a signal if the job is done before it begins. */
	if (fatal_signal_pending(current))
		return -EINTR;
	INIT_LIST_HEAD(&job->link);
	job->abandoned = false;
	job->finished = false;
	init_completion(&job->done);
	push(lane, job);
	if (wait_for_completion_killable(&job->done) && !take_back(lane, job))
		wait_for_completion(&job->done);
	return job->finished ? 0 : -EINTR;
}
