// SPDX-License-Identifier: GPL-2.0-only
/* Two tables of sights, by process id. */
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "sight.h"

struct sight {
	u64 start_ns;
	u64 when_ns;
};

/**
 * struct sights - a table
 * @by_pid: of struct sight. Its lock protects the whole table. Take it with interrupts
 *	off: zreap takes it within tasklist_lock, and interrupts take that for reading.
 * @hand: the search for stale sights has come to this id
 * @lost: the last sight for which there was no memory
 */
struct sights {
	struct xarray by_pid;
	unsigned long hand;
	struct sight lost;
};

static struct sights zombies = { .by_pid = XARRAY_INIT(zombies.by_pid, XA_FLAGS_LOCK_IRQ) };
static struct sights parents = { .by_pid = XARRAY_INIT(parents.by_pid, XA_FLAGS_LOCK_IRQ) };

static u64 since(const struct sight *sight)
{
	u64 now = local_clock();

	/* Clocks of CPUs may differ a little. */
	return now > sight->when_ns ? now - sight->when_ns : 0;
}

static struct sight *find(struct sights *sights, pid_t pid, u64 start_ns)
{
	struct sight *sight = xa_load(&sights->by_pid, pid);

	return sight && sight->start_ns == start_ns ? sight : NULL;
}

static void drop(struct sights *sights, pid_t pid)
{
	kfree(__xa_erase(&sights->by_pid, pid));
}

static bool is_stale(pid_t pid, const struct sight *sight)
{
	struct task_struct *task;
	bool stale;

	rcu_read_lock();
	task = pid_task(find_pid_ns(pid, &init_pid_ns), PIDTYPE_TGID);
	stale = !task || task->start_boottime != sight->start_ns;
	rcu_read_unlock();
	return stale;
}

/* Two looks for each new sight keep the table close to the number of sights that are not stale. */
static void drop_stale(struct sights *sights)
{
	int looks;

	for (looks = 0; looks < 2; looks++) {
		struct sight *sight = xa_find(&sights->by_pid, &sights->hand, ULONG_MAX,
					      XA_PRESENT);

		if (!sight) {
			sights->hand = 0;
			return;
		}
		if (is_stale(sights->hand, sight))
			drop(sights, sights->hand);
		sights->hand++;
	}
}

/* Remember that a process was seen now. */
static void add(struct sights *sights, pid_t pid, u64 start_ns)
{
	struct sight *sight = kmalloc(sizeof(*sight), GFP_ATOMIC | __GFP_NOWARN), *old;
	struct sight now = { .start_ns = start_ns, .when_ns = local_clock() };

	if (!sight) {
		sights->lost = now;
		return;
	}
	*sight = now;
	/* The sight there belongs to a process that had this id before. */
	old = __xa_store(&sights->by_pid, pid, sight, GFP_ATOMIC | __GFP_NOWARN);
	if (xa_is_err(old)) {
		sights->lost = now;
		old = sight;
	}
	kfree(old);
	drop_stale(sights);
}

u64 sight_age(pid_t pid, u64 start_ns, bool remember)
{
	struct sight *sight;
	unsigned long flags;
	u64 age = 0;

	xa_lock_irqsave(&zombies.by_pid, flags);
	sight = find(&zombies, pid, start_ns);
	if (sight)
		age = since(sight);
	else if (remember)
		add(&zombies, pid, start_ns);
	xa_unlock_irqrestore(&zombies.by_pid, flags);
	return age;
}

void sight_forget(pid_t pid, u64 start_ns)
{
	unsigned long flags;

	/* zreap never remembered most of them. It takes no zombie that it is just remembering. */
	if (!xa_load(&zombies.by_pid, pid))
		return;
	xa_lock_irqsave(&zombies.by_pid, flags);
	if (find(&zombies, pid, start_ns))
		drop(&zombies, pid);
	xa_unlock_irqrestore(&zombies.by_pid, flags);
}

void sight_unable(pid_t pid, u64 start_ns)
{
	struct sight *sight;
	unsigned long flags;

	xa_lock_irqsave(&parents.by_pid, flags);
	sight = find(&parents, pid, start_ns);
	if (sight)
		sight->when_ns = local_clock();
	else
		add(&parents, pid, start_ns);
	xa_unlock_irqrestore(&parents.by_pid, flags);
}

u64 sight_able_for(pid_t pid, u64 start_ns)
{
	struct sight *sight;
	unsigned long flags;
	u64 able = U64_MAX;

	xa_lock_irqsave(&parents.by_pid, flags);
	sight = find(&parents, pid, start_ns);
	if (sight)
		able = since(sight);
	if (parents.lost.when_ns)
		able = min(able, since(&parents.lost));
	xa_unlock_irqrestore(&parents.by_pid, flags);
	return able;
}

static void drop_all(struct sights *sights)
{
	struct sight *sight;
	unsigned long pid;

	xa_for_each(&sights->by_pid, pid, sight)
		kfree(sight);
	xa_destroy(&sights->by_pid);
}

void sight_exit(void)
{
	drop_all(&zombies);
	drop_all(&parents);
}
