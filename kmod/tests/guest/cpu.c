// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "cpu.h"

#include <sched.h>

#include "check.h"

void cpu_keep(pid_t pid, int cpu)
{
	cpu_set_t only;

	CPU_ZERO(&only);
	CPU_SET(cpu, &only);
	check(!sched_setaffinity(pid, sizeof(only), &only));
}
