/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_START_OFFSET_H
#define ZREAP_COMPAT_START_OFFSET_H

#include <linux/time_namespace.h>
#include <linux/types.h>

/*
 * The kernel's helper that adds the reader's time namespace to a time since boot. It came
 * with the one change that uses it, "fs/proc: apply timens offset for start_boottime of
 * processes", Linux 5.11. So where the header does not have it, /proc/PID/stat adds nothing.
 *
 * Kbuild looks into the header. If it were wrong, this would not build: the helper would be
 * missing, or be there twice.
 */
#ifndef HAVE_TIMENS_ADD_BOOTTIME_NS
static inline u64 timens_add_boottime_ns(u64 nsec)
{
	return nsec;
}
#endif

/*
 * start_offset() - what /proc/PID/stat adds to the start of a process, in nanoseconds
 *
 * A negative offset wraps, as adding it does again.
 */
static inline u64 start_offset(void)
{
	return timens_add_boottime_ns(0);
}

#endif
