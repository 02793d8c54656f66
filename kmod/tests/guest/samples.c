// SPDX-License-Identifier: GPL-2.0-only
#include "samples.h"

#include <sys/mman.h>

#include "check.h"

struct samples *samples_new(void)
{
	struct samples *samples = mmap(NULL, sizeof(*samples), PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	check(samples != MAP_FAILED);
	return samples;
}

void samples_begin(struct samples *samples)
{
	samples->nr = 0;
	samples->stop = false;
}

void samples_add(struct samples *samples, double ms)
{
	if (samples->nr < MAX_SAMPLES)
		samples->ms[samples->nr++] = ms;
}

static int compare(const void *a, const void *b)
{
	double difference = *(const double *)a - *(const double *)b;

	return (difference > 0) - (difference < 0);
}

double samples_report(struct samples *samples, const char *name)
{
	long nr = samples->nr;

	check(nr > 0);
	qsort(samples->ms, nr, sizeof(*samples->ms), compare);
	printf("%-34s %6ld samples  p50 %8.3f ms  p99 %8.3f ms  max %8.3f ms\n", name, nr,
	       samples->ms[nr / 2], samples->ms[nr * 99 / 100], samples->ms[nr - 1]);
	fflush(stdout);
	return samples->ms[nr / 2];
}
