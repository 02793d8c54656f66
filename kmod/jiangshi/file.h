/* SPDX-License-Identifier: GPL-2.0-only */
/* The file /proc/PID/kill-if-jiangshi. */
#ifndef ZREAP_JIANGSHI_FILE_H
#define ZREAP_JIANGSHI_FILE_H

#include <linux/fs.h>

#define FILE_NAME "kill-if-jiangshi"

/*
 * Anybody may open it, and nobody may do anything thereby. procfs gives it an owner
 * that changes when its process becomes a zombie, and that is never the root of a
 * container, so the mode cannot be the guard: zreap checks opener and writer.
 */
#define FILE_MODE (S_IFREG | 0222)

extern const struct file_operations file_ops;

#endif
