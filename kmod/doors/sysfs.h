/* SPDX-License-Identifier: GPL-2.0-only */
/* The folder /sys/kernel/zreap, one value a file. */
#ifndef ZREAP_SYSFS_H
#define ZREAP_SYSFS_H

/**
 * sysfs_publish() - make the folder appear
 *
 * Context: process; may sleep.
 * Return: 0 or -errno.
 */
int sysfs_publish(void);

/**
 * sysfs_retract() - remove the folder, and wait for its readers
 *
 * Context: process; may sleep.
 */
void sysfs_retract(void);

#endif
