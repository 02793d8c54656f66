/* SPDX-License-Identifier: GPL-2.0-only */
/* Times that a benchmark has measured, in memory that its processes share. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stdatomic.h>
#include <stdbool.h>

#define MAX_SAMPLES 200000

struct samples {
	atomic_bool stop;	/* tells the sampling process to end */
	long nr;
	double ms[MAX_SAMPLES];
};

struct samples *samples_new(void);

/* Begin anew. */
void samples_begin(struct samples *samples);

/* Append one; none once there are MAX_SAMPLES. */
void samples_add(struct samples *samples, double ms);

/* Sort them, print a line, and give the one in the middle. */
double samples_report(struct samples *samples, const char *name);

#endif
