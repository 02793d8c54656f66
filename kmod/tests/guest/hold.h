/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways to hold a process, so that it can neither run nor wait for its children. */
#ifndef HOLD_H
#define HOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct hold {
	const char *name;
	/* It stops a process that sleeps uninterruptibly, too. */
	bool deep;
	/* It needs the freezer of cgroup v1. */
	bool v1;
	/* Its holder is the tracer, and so must be its end. */
	bool traces;
	/* It returns when no thread of the process can run. */
	void (*begin)(pid_t pid);
	void (*end)(pid_t pid);
};

extern const struct hold holds[];
extern const size_t nr_holds;

/* The holds by name. */
const struct hold *hold_find(const char *name);

/* Whether this kernel has the freezer of cgroup v1. */
bool hold_has_v1(void);

/*
 * Call these before the first and after the last use of a hold that needs cgroup v1. Its
 * freezer is in use all the time between. To begin and to end that use switches a static key,
 * which rewrites code of the kernel. QEMU 7.2 may get that wrong while another CPU runs the
 * code (scripts/lib/qemu.py says more), so the other CPUs are off for these moments.
 */
void hold_init(void);
void hold_exit(void);

#endif
