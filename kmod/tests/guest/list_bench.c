// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long the list of zombies takes where there are many processes, beside readdir() of
 * /proc, and whether it is whole: half of the processes are zombies, half are asleep.
 * Usage: list_bench [PROCESSES]; 100,000 want about 8 GiB (scripts/vm run --mem 8G).
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "procstat.h"
#include "zreapfile.h"

static char stack[4096] __attribute__((aligned(16)));

/* It shares all memory, so that it costs little more than a zombie does. */
static int sleep_for_ever(void *unused)
{
	while (pause())
		;
	return 0;
}

static void make_processes(long nr)
{
	const struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };

	procstat_put("/proc/sys/kernel/pid_max", "4194304");
	procstat_put("/proc/sys/kernel/threads-max", "1000000");
	check(!setrlimit(RLIMIT_NPROC, &unlimited));
	for (; nr > 0; nr -= 2) {
		make_zombie(0);
		check(clone(sleep_for_ever, stack + sizeof(stack),
			    CLONE_VM | CLONE_FS | CLONE_FILES | SIGCHLD, NULL) > 0);
	}
}

static bool each(pid_t unused)
{
	return true;
}

int main(int argc, char **argv)
{
	long nr = argc > 1 ? atol(argv[1]) : 100000, listed;
	double begin, list_ms, proc_ms;
	struct rows rows;

	check(nr > 1);
	make_processes(nr);

	begin = clock_ms();
	rows = rows_of_file("/proc/zreap");
	list_ms = clock_ms() - begin;
	check(rows.nr >= (size_t)nr / 2);

	begin = clock_ms();
	listed = procstat_count(each);
	proc_ms = clock_ms() - begin;

	printf("%ld processes: %zu zombies listed in %.0f ms; readdir of /proc alone %.0f ms\n",
	       listed, rows.nr, list_ms, proc_ms);
	/* Sleepers outlive their maker: they go with the guest, or by the group. */
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM);
	return 0;
}
