/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_WORKER_THREAD_H
#define ZREAP_COMPAT_WORKER_THREAD_H

#include <linux/sched.h>

/*
 * WORKER_THREAD - flags of threads that a process has, but that never run its code
 *
 * io_uring's have PF_IO_WORKER. Since 54e6842d0775 ("fork/vm: Move common PF_IO_WORKER
 * behavior to new flag"), Linux 6.4, those of vhost have PF_USER_WORKER, and so have they.
 */
#ifdef PF_USER_WORKER
#define WORKER_THREAD (PF_IO_WORKER | PF_USER_WORKER)
#else
#define WORKER_THREAD PF_IO_WORKER
#endif

#endif
