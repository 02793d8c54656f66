/* SPDX-License-Identifier: GPL-2.0-only */
/* Where processes run. */
#ifndef CPU_H
#define CPU_H

#include <sys/types.h>

/* From now on only on this CPU. 0: the caller, and what it forks. */
void cpu_keep(pid_t pid, int cpu);

#endif
