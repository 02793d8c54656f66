// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long the list of zombies takes where there are many processes, beside readdir() of
 * /proc, and whether it is whole: half of the processes are zombies, half are asleep.
 * Usage: list_bench [PROCESSES]; 100,000 want about 8 GiB (scripts/vm run --mem 8G).
 */
#include <signal.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "procstat.h"
#include "zreapfile.h"

static void make_processes(long nr)
{
	tasks_unlimited();
	for (long zombies = nr / 2; zombies; zombies--)
		make_zombie(0);
	make_sleeper_crowd(nr - nr / 2);
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
