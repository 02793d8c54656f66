/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads what /proc/PID says of a process. */
#ifndef PROCSTAT_H
#define PROCSTAT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The most threads of a process that these functions look at. */
#define PROCSTAT_MOST_THREADS 1024

/* The state letter of a process or thread; 0 if there is none. */
char procstat_state(pid_t pid);

/* Field 22 of /proc/PID/stat; the process must exist. */
unsigned long long procstat_start(pid_t pid);

/* Whether its main thread has given up what it had, or is about to; the process must exist. */
bool procstat_is_exiting(pid_t pid);

/* Its parent; 0 if there is no such process. */
pid_t procstat_parent(pid_t pid);

/* Do something with each thread of the reaper, kzreapd/0 and so on: how many there are. Not thread-safe. */
unsigned int procstat_each_reaper(void (*act)(pid_t pid));

/* Its only child; 0 if it has none, or several. Not thread-safe. */
pid_t procstat_child(pid_t parent);

/* Wait until a process or thread is in a state; end the test if it never is. */
void procstat_await(pid_t pid, char state);

/* The same for all its threads that live, and for how many that is. */
size_t procstat_await_threads(pid_t pid, char state);

/* Its threads, the dead main thread included, and how many there are. */
size_t procstat_threads(pid_t pid, pid_t threads[PROCSTAT_MOST_THREADS]);

/* The number of processes in /proc for which this is true. */
long procstat_count(bool (*counts)(pid_t pid));

/* The number in a file such as pids.current; the file must exist. */
long procstat_number(const char *path);

/* Write a text to a file such as cgroup.procs; the kernel must take it. */
void procstat_put(const char *path, const char *text);

#endif
