/* SPDX-License-Identifier: GPL-2.0-only */
/* Asks zreap for processes that it must not take. */
#ifndef PROBE_H
#define PROBE_H

/* Call it once, before you fork the process that probes: they share the counts. */
void probe_new(void);

/*
 * Ask for every number that a process can have, as a dry run, and for some living processes in
 * earnest. An answer that zreap may not give ends the process.
 */
void probe_all(void);

/* Print how often each answer came, in one line; gives whether all of them were right. */
bool probe_report(void);

#endif
