/* SPDX-License-Identifier: GPL-2.0-only */
/* The file /proc/zreap. */
#ifndef ZREAP_PROC_ZREAP_H
#define ZREAP_PROC_ZREAP_H

/**
 * proc_zreap_publish() - make the file appear
 *
 * Context: process; everything that serves the file is ready.
 * Return: 0 or -ENOMEM.
 */
int proc_zreap_publish(void);

/**
 * proc_zreap_retract() - remove the file, and wait for its users
 *
 * Open files stay open, but every use of them fails.
 *
 * Context: process; may sleep.
 */
void proc_zreap_retract(void);

#endif
