/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_SCAN_H
#define ZREAP_SCAN_H

#include <linux/pid_namespace.h>

/**
 * scan_exited() - the next process whose leader has exited, in PID order
 * @ns: the PID namespace; its numbers count
 * @nr: where to begin; set to the number of the process that it found
 *
 * It looks without tasklist_lock, so the answer is a hint: judge the process that it finds.
 *
 * Context: process; may sleep.
 * Return: a counted struct pid, or NULL at the end.
 */
struct pid *scan_exited(struct pid_namespace *ns, int *nr);

#endif
