/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_TRACE_STRING_H
#define ZREAP_COMPAT_TRACE_STRING_H

#include <linux/version.h>

/*
 * trace_assign_string() - fill a __string() of a trace event
 *
 * Since 2c92ca849fcc ("tracing/treewide: Remove second parameter of
 * __assign_str()"), Linux 6.10, the source is that of __string().
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define trace_assign_string(field, source) __assign_str(field, source)
#else
#define trace_assign_string(field, source) __assign_str(field)
#endif

#endif
