/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's fault injection: it refuses memory that one process asks for. */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>
#include <sys/types.h>

bool fault_is_there(void);

/* One in 20 allocations of the chosen processes fails. */
void fault_configure(void);
void fault_choose(pid_t pid, bool chosen);

/* Call it before faults begin: the process gets all its memory, so that page faults allocate nothing. */
void fault_prepare(void);
void fault_choose_self(bool chosen);

/* The nth allocation of the calling process from here on fails. */
#define FAULT_MOST 1000000
void fault_arm(unsigned int nth);

/* How many are left until then; 0: it has failed. */
unsigned int fault_left(void);

/* Stop that; gives whether an allocation failed. */
bool fault_disarm(void);

#endif
