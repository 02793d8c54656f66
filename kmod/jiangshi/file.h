/* SPDX-License-Identifier: GPL-2.0-only */
/* The file /proc/PID/kill-if-jiangshi. */
#ifndef ZREAP_JIANGSHI_FILE_H
#define ZREAP_JIANGSHI_FILE_H

#include <linux/fs.h>

#define FILE_NAME "kill-if-jiangshi"

/*
 * Anybody may open it; that alone permits nothing. zreap checks opener and writer.
 *
 * The mode cannot be the guard: procfs changes the owner of the file when its process
 * becomes a zombie, and the owner is never the root of a container.
 */
#define FILE_MODE (S_IFREG | 0222)

extern const struct file_operations file_ops;

#endif
