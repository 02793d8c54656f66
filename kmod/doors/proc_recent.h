/* SPDX-License-Identifier: GPL-2.0-only */
/* The file /proc/zreap_recent. */
#ifndef ZREAP_PROC_RECENT_H
#define ZREAP_PROC_RECENT_H

/**
 * proc_recent_publish() - make the file appear
 *
 * Context: process; everything that serves the file is ready.
 * Return: 0 or -ENOMEM.
 */
int proc_recent_publish(void);

/**
 * proc_recent_retract() - remove the file, and wait for its users
 *
 * Open files stay open, but every use of them fails.
 *
 * Context: process; may sleep.
 */
void proc_recent_retract(void);

#endif
