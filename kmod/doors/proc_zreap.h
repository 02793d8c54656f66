/* SPDX-License-Identifier: GPL-2.0-only */
/* The file /proc/zreap. */
#ifndef ZREAP_PROC_ZREAP_H
#define ZREAP_PROC_ZREAP_H

/**
 * proc_zreap_publish() - make the file appear
 *
 * Context: process; all that serves it is ready.
 * Return: 0 or -ENOMEM.
 */
int proc_zreap_publish(void);

/**
 * proc_zreap_retract() - make the file go, and wait for those who are using it
 *
 * Open files stay open, but nothing can be done with them any more.
 *
 * Context: process; may sleep.
 */
void proc_zreap_retract(void);

#endif
