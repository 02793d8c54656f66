// SPDX-License-Identifier: GPL-2.0-only
/*
 * What zreap_jiangshi costs everybody else: look-ups and listings in /proc/PID with its
 * probes off and on by turns. The probes are switched by kernel.ftrace_enabled.
 * Usage: jiangshi_bench [ROUNDS]
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"

#define MAX_ROUNDS 1000
#define TIMES 2000
#define ZOMBIES 100

static pid_t zombies[ZOMBIES];

static double now_us(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
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

static int compare(const void *a, const void *b)
{
	double difference = *(const double *)a - *(const double *)b;

	return (difference > 0) - (difference < 0);
}

static double median(double *values, int nr)
{
	qsort(values, nr, sizeof(*values), compare);
	return values[nr / 2];
}

/* Switching rewrites code of the kernel, which an emulator then translates anew: let that pass first. */
static double call_with_probes(const char *on, double (*call)(void))
{
	procstat_put("/proc/sys/kernel/ftrace_enabled", on);
	call();
	return call();
}

static void measure(const char *name, double (*call)(void), int rounds)
{
	static double off[MAX_ROUNDS], on[MAX_ROUNDS];
	double median_off, median_on;
	int i;

	for (i = 0; i < rounds; i++) {
		off[i] = call_with_probes("0", call);
		on[i] = call_with_probes("1", call);
	}
	median_off = median(off, rounds);
	median_on = median(on, rounds);
	printf("%-32s %9.2f us without %9.2f us with  %+7.2f us (%+.1f %%)\n", name, median_off,
	       median_on, median_on - median_off, 100 * (median_on / median_off - 1));
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 21;

	check(rounds > 0 && rounds <= MAX_ROUNDS);
	check(!system("modprobe zreap_jiangshi"));
	measure("look up a name that is not there", look_up_missing, rounds);
	measure("list a known process", list_known, rounds);
	measure("list a new process", list_new, rounds);
	return 0;
}
