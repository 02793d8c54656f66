// SPDX-License-Identifier: GPL-2.0-only
/*
 * The threads and their queues.
 *
 * One zombie can take long to release (one that is in a thousand proc mounts: a fifth of
 * a second), so there are several threads. Those who ask from other PID namespaces have
 * a lane of their own: they may have made such zombies to hold up the others.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

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
 * @lock: protects @queue, @idle, and the link and abandoned of every slice that is here
 * @queue: of slices
 * @idle: of workers; who became idle last is woken first, since its CPU may still be awake
 */
struct lane {
	spinlock_t lock; /* protects all of it, and link and abandoned of every slice that is here */
	struct list_head queue;
	struct list_head idle;
};

#define LANE(name) {							\
	.lock = __SPIN_LOCK_UNLOCKED(name.lock),			\
	.queue = LIST_HEAD_INIT(name.queue),				\
	.idle = LIST_HEAD_INIT(name.idle),				\
}

static struct lane inner_lane = LANE(inner_lane);
static struct lane outer_lane = LANE(outer_lane);

/**
 * struct worker - a thread, kzreapd
 * @lane: what it serves
 * @thread: itself; NULL: it was not started
 * @link: in @lane->idle
 */
static struct worker {
	struct lane *lane;
	struct task_struct *thread;
	struct list_head link;
} workers[] = {
	{ &inner_lane }, { &inner_lane }, { &inner_lane },
	{ &outer_lane }, { &outer_lane },
};

static void push(struct lane *lane, struct slice *slice)
{
	struct worker *worker;

	spin_lock(&lane->lock);
	list_add_tail(&slice->link, &lane->queue);
	worker = list_first_entry_or_null(&lane->idle, struct worker, link);
	if (worker) {
		list_del_init(&worker->link);
		wake_up_process(worker->thread);
	}
	spin_unlock(&lane->lock);
}

/* Waits for a slice. Returns NULL if there is none and the thread is to stop. */
static struct slice *pop(struct worker *worker)
{
	struct lane *lane = worker->lane;
	struct slice *slice;

	spin_lock(&lane->lock);
	while (true) {
		/* Before the look: whoever wakes this thread does so after a change. */
		set_current_state(TASK_IDLE);
		if (!list_empty(&lane->queue) || kthread_should_stop())
			break;
		if (list_empty(&worker->link))
			list_add(&worker->link, &lane->idle);
		spin_unlock(&lane->lock);
		schedule();
		spin_lock(&lane->lock);
	}
	__set_current_state(TASK_RUNNING);
	list_del_init(&worker->link);
	slice = list_first_entry_or_null(&lane->queue, struct slice, link);
	if (slice)
		list_del_init(&slice->link);
	spin_unlock(&lane->lock);
	return slice;
}

/* What is left of a slice goes behind the others, so that none starves. Returns whether nothing is. */
static bool put_back(struct lane *lane, struct slice *slice)
{
	bool through;

	spin_lock(&lane->lock);
	through = slice->settled == slice->nr || slice->abandoned;
	if (!through)
		list_add_tail(&slice->link, &lane->queue);
	spin_unlock(&lane->lock);
	return through;
}

/* The writer is killed. Returns whether no thread is at work on its slice, nor will be. */
static bool take_back(struct lane *lane, struct slice *slice)
{
	bool queued;

	spin_lock(&lane->lock);
	queued = !list_empty(&slice->link);
	if (queued)
		list_del_init(&slice->link);
	else
		slice->abandoned = true;
	spin_unlock(&lane->lock);
	return queued;
}

static int reaper_main(void *data)
{
	struct worker *worker = data;
	struct slice *slice;

	while ((slice = pop(worker))) {
		slice_step(slice, READ_ONCE(lock_batch));
		/* After this the slice is its writer's, and may be gone. */
		if (put_back(worker->lane, slice))
			complete(&slice->done);
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
		INIT_LIST_HEAD(&workers[i].link);
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

int reaper_run(struct slice *slice, bool outside)
{
	struct lane *lane = outside ? &outer_lane : &inner_lane;

	slice->abandoned = false;
	push(lane, slice);
	if (wait_for_completion_killable(&slice->done) && !take_back(lane, slice))
		wait_for_completion(&slice->done);
	return slice->settled < slice->nr ? -EINTR : 0;
}
