/* SPDX-License-Identifier: GPL-2.0-only */
/* Single words of a request that stand for a number: PIDs, targets, durations and signals. */
#ifndef ZREAP_VALUE_H
#define ZREAP_VALUE_H

#include <linux/types.h>

#include "word.h"

struct request_target;

/**
 * value_pid() - read a PID
 * @word: all of it: decimal, no leading zero, 1 to REQUEST_MAX_PID
 * @pid: set on success
 *
 * Context: any.
 * Return: whether the word is well-formed.
 */
bool value_pid(struct word word, u32 *pid);

/**
 * value_target() - read a PID or PID@START
 * @word: all of it
 * @target: filled on success
 *
 * Context: any.
 * Return: whether the word is well-formed.
 */
bool value_target(struct word word, struct request_target *target);

/**
 * value_duration() - read a duration, such as 60s
 * @word: all of it: a number and one of the units ms, s, m, h
 * @ns: set on success, in nanoseconds
 *
 * Context: any.
 * Return: whether the word is well-formed and its nanoseconds fit in 64 bits.
 */
bool value_duration(struct word word, u64 *ns);

/**
 * value_signal() - read a signal
 * @word: all of it: 1 to REQUEST_MAX_SIGNAL, or the name of a standard signal
 * @signal: set on success
 *
 * Context: any.
 * Return: whether the word is well-formed.
 */
bool value_signal(struct word word, int *signal);

#endif
