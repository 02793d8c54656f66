// SPDX-License-Identifier: GPL-2.0-only
/* A table of first sights. */
#include <linux/sched/clock.h>
#include <linux/spinlock.h>

#include "sight.h"

/* Processes are numbered one after the other: about so many may be zombies without a clash. */
#define NR_SIGHTS 8192

struct sight {
	pid_t pid;
	u64 start_ns;
	u64 since_ns;
};

static DEFINE_SPINLOCK(sights_lock); /* protects sights */
static struct sight sights[NR_SIGHTS];

u64 sight_age(pid_t pid, u64 start_ns)
{
	struct sight *sight = &sights[pid % NR_SIGHTS];
	u64 now = local_clock(), age = 0;

	spin_lock(&sights_lock);
	if (sight->pid == pid && sight->start_ns == start_ns)
		age = now > sight->since_ns ? now - sight->since_ns : 0;
	else
		*sight = (struct sight){ .pid = pid, .start_ns = start_ns, .since_ns = now };
	spin_unlock(&sights_lock);
	return age;
}
