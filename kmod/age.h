/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_AGE_H
#define ZREAP_AGE_H

#include <linux/sched.h>
#include <linux/types.h>

/**
 * age_of_zombie() - how long ago a task ran for the last time
 * @p: a task that has exited
 *
 * The kernel keeps no time of exit; the scheduler's accounts of the task's last
 * run on a CPU give it. In doubt the answer is younger than the truth. Time
 * that the machine was suspended does not count.
 *
 * Context: any; @p must not go away.
 * Return: nanoseconds.
 */
u64 age_of_zombie(const struct task_struct *p);

#endif
