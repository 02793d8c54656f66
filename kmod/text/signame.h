/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_SIGNAME_H
#define ZREAP_SIGNAME_H

#include <linux/types.h>

/**
 * signal_by_name() - the number of a signal
 * @name: as in "USR1" or "SIGUSR1"; not terminated
 * @len: its length
 *
 * Context: any.
 * Return: the number, or 0 if there is no such signal. Real-time signals have no names.
 */
int signal_by_name(const char *name, size_t len);

#endif
