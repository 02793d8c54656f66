// SPDX-License-Identifier: GPL-2.0-only
/* A table of first sights. */
#include <linux/hash.h>
#include <linux/log2.h>
#include <linux/sched/clock.h>
#include <linux/spinlock.h>
#include <linux/time64.h>

#include "sight.h"

#define NR_BUCKETS 1024
#define NR_PLACES 8

/*
 * Who was looked at so lately keeps its place, so that in a full bucket some grow
 * old and go, instead of each making the next one young.
 */
#define KEPT_NS (600ULL * NSEC_PER_SEC)

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

static struct sight *bucket_of(pid_t pid)
{
	return sights[hash_32(pid, ilog2(NR_BUCKETS))];
}

/* The place of a process, or NULL. */
static struct sight *find(pid_t pid, u64 start_ns)
{
	struct sight *bucket = bucket_of(pid), *sight;

	lockdep_assert_held(&sights_lock);
	for (sight = bucket; sight < bucket + NR_PLACES; sight++) {
		if (sight->pid == pid && sight->start_ns == start_ns)
			return sight;
	}
	return NULL;
}

/* A new place, or NULL if all are kept for others. */
static struct sight *add(pid_t pid, u64 start_ns, u64 now)
{
	struct sight *bucket = bucket_of(pid), *sight;

	lockdep_assert_held(&sights_lock);
	for (sight = bucket; sight < bucket + NR_PLACES; sight++) {
		if (sight->pid && sight->looked_ns + KEPT_NS > now)
			continue;
		*sight = (struct sight){ .pid = pid, .start_ns = start_ns, .since_ns = now };
		return sight;
	}
	return NULL;
}

u64 sight_age(pid_t pid, u64 start_ns)
{
	unsigned long flags;
	struct sight *sight;
	u64 now, age = 0;

	spin_lock_irqsave(&sights_lock, flags);
	now = local_clock();
	sight = find(pid, start_ns);
	if (!sight)
		sight = add(pid, start_ns, now);
	if (sight) {
		/* Clocks of CPUs may differ a little. */
		age = now > sight->since_ns ? now - sight->since_ns : 0;
		sight->looked_ns = now;
	}
	spin_unlock_irqrestore(&sights_lock, flags);
	return age;
}

void sight_forget(pid_t pid, u64 start_ns)
{
	unsigned long flags;
	struct sight *sight;

	spin_lock_irqsave(&sights_lock, flags);
	sight = find(pid, start_ns);
	if (sight)
		sight->pid = 0;
	spin_unlock_irqrestore(&sights_lock, flags);
}
