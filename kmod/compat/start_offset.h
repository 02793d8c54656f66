/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_START_OFFSET_H
#define ZREAP_COMPAT_START_OFFSET_H

#include <linux/time64.h>
#include <linux/time_namespace.h>
#include <linux/version.h>

/*
 * start_offset() - what /proc/PID/stat adds to the start of a process, in nanoseconds
 *
 * Since Linux 5.11 that is what the reader's time namespace adds to the boot clock;
 * before, nothing. No type or macro tells which it is. A negative offset wraps, as
 * adding it does again.
 */
static inline u64 start_offset(void)
{
	struct timespec64 offset = {};

	if (LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0))
		timens_add_boottime(&offset);
	return timespec64_to_ns(&offset);
}

#endif
