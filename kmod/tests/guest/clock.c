// SPDX-License-Identifier: GPL-2.0-only
#include "clock.h"

#include <time.h>

#include "check.h"

double clock_ms(void)
{
	struct timespec time;

	check(!clock_gettime(CLOCK_MONOTONIC, &time));
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}
