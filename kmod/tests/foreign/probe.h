/* SPDX-License-Identifier: GPL-2.0-only */
/* Asking zreap for what it must not take. */
#ifndef PROBE_H
#define PROBE_H

/* Once, before the process that probes is forked: the counts are shared. */
void probe_new(void);

/*
 * Ask, as a dry run, for every number that a process can have, and in earnest for some that
 * live. Ends the process if an answer is none that may be.
 */
void probe_all(void);

/* Print how often which answer came, as words of one line; whether all went as it should. */
bool probe_report(void);

#endif
