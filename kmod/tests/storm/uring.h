/* SPDX-License-Identifier: GPL-2.0-only */
/* waitid() by io_uring, which kernels from 6.7 on have. */
#ifndef URING_H
#define URING_H

#include <signal.h>
#include <stdbool.h>

bool uring_has_waitid(void);

/* waitid(P_ALL, 0, info, WEXITED), on a ring of the calling process. */
int uring_waitid(siginfo_t *info);

#endif
