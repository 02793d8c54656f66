// SPDX-License-Identifier: GPL-2.0-only
/* A table of first sights. */
#include <linux/sched/clock.h>
#include <linux/spinlock.h>

#include "sight.h"

/* Only when a whole bucket is of zombies that are still looked at is one of them forgotten. */
#define NR_BUCKETS 1024
#define NR_PLACES 8

struct sight {
	pid_t pid;
	u64 start_ns;
	u64 since_ns;
	u64 looked_ns;
};

/*
 * Protects sights. Interrupts are off, since it is taken within tasklist_lock, which
 * interrupts take for reading.
 */
static DEFINE_SPINLOCK(sights_lock);
static struct sight sights[NR_BUCKETS][NR_PLACES];

/* The place of a process in its bucket, or else the one not looked at for longest. */
static struct sight *find_place(struct sight *bucket, pid_t pid, u64 start_ns)
{
	struct sight *oldest = bucket, *sight;

	lockdep_assert_held(&sights_lock);
	for (sight = bucket; sight < bucket + NR_PLACES; sight++) {
		if (sight->pid == pid && sight->start_ns == start_ns)
			return sight;
		if (sight->looked_ns < oldest->looked_ns)
			oldest = sight;
	}
	*oldest = (struct sight){ .pid = pid, .start_ns = start_ns, .since_ns = local_clock() };
	return oldest;
}

u64 sight_age(pid_t pid, u64 start_ns)
{
	unsigned long flags;
	struct sight *sight;
	u64 now, age;

	spin_lock_irqsave(&sights_lock, flags);
	sight = find_place(sights[pid % NR_BUCKETS], pid, start_ns);
	now = local_clock();
	age = now > sight->since_ns ? now - sight->since_ns : 0;
	sight->looked_ns = now;
	spin_unlock_irqrestore(&sights_lock, flags);
	return age;
}
