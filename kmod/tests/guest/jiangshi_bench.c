// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cost of zreap_jiangshi for others: look-ups and listings in /proc/PID with its
 * probes off and on by turns. The probes are switched by kernel.ftrace_enabled. The
 * difference is small: where other work shares the CPUs, the figures say nothing.
 * Usage: jiangshi_bench [ROUNDS]
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <float.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "procstat.h"

#define TIMES 1000
#define ZOMBIES 100

static pid_t zombies[ZOMBIES];

static double now_us(void)
{
	return clock_ms() * 1e3;
}

static void list(const char *path)
{
	DIR *dir = opendir(path);

	check(dir);
	while (readdir(dir))
		;
	closedir(dir);
}

/* Each of these gives microseconds a call. */

static double look_up_missing(void)
{
	double start = now_us();
	int i;

	for (i = 0; i < TIMES; i++)
		check(access("/proc/self/not-there", F_OK) && errno == ENOENT);
	return (now_us() - start) / TIMES;
}

static double list_known(void)
{
	double start;
	int i;

	list("/proc/self");
	start = now_us();
	for (i = 0; i < TIMES / 10; i++)
		list("/proc/self");
	return (now_us() - start) / (TIMES / 10);
}

/* The first listing of a process makes inodes for all its files. */
static double list_new(void)
{
	struct actor parent = actor_start();
	double start;
	char path[32];
	int i;

	for (i = 0; i < ZOMBIES; i++)
		zombies[i] = actor_play(&parent, make_zombie, 0);
	start = now_us();
	for (i = 0; i < ZOMBIES; i++) {
		snprintf(path, sizeof(path), "/proc/%d", zombies[i]);
		list(path);
	}
	start = now_us() - start;
	for (i = 0; i < ZOMBIES; i++)
		check(!actor_play(&parent, wait_for, zombies[i]));
	actor_end(&parent);
	return start / ZOMBIES;
}

/* Switching rewrites code, which an emulator then translates anew: let that pass. */
static double call_with_probes(const char *on, double (*call)(void))
{
	procstat_put("/proc/sys/kernel/ftrace_enabled", on);
	call();
	return call();
}

static double smaller(double a, double b)
{
	return a < b ? a : b;
}

/* The fastest round of each: what else runs on the machine only makes a round slower. */
static void measure(const char *name, double (*call)(void), int rounds)
{
	double off = DBL_MAX, on = DBL_MAX;

	/* Neither always goes first: each leaves work behind for the next. */
	while (rounds--) {
		on = smaller(on, call_with_probes("1", call));
		off = smaller(off, call_with_probes("0", call));
		off = smaller(off, call_with_probes("0", call));
		on = smaller(on, call_with_probes("1", call));
	}
	printf("%-32s %8.2f us without %8.2f us with  %+6.2f us (%+.1f %%)\n", name, off, on,
	       on - off, 100 * (on / off - 1));
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 10;

	check(rounds > 0);
	check(!system("modprobe zreap_jiangshi"));
	measure("look up a name that is not there", look_up_missing, rounds);
	measure("list a known process", list_known, rounds);
	measure("list a new process", list_new, rounds);
	return 0;
}
