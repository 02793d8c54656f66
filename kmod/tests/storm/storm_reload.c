// SPDX-License-Identifier: GPL-2.0-only
/*
 * zreap is unloaded and loaded while other storms rage: for their writers it is there
 * or not, and nothing else; nothing hangs.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"

static const struct storm *const others[] = {
	&storm_waiters, &storm_doors,
};

#define NR_OTHERS (sizeof(others) / sizeof(*others))

static pid_t processes[NR_OTHERS];
static unsigned long nr_reloads, nr_busy;

static void start(void)
{
	unsigned int i;

	for (i = 0; i < NR_OTHERS; i++) {
		processes[i] = fork();
		check(processes[i] >= 0);
		if (!processes[i]) {
			check(!prctl(PR_SET_PDEATHSIG, SIGKILL));
			run.reloads = true;
			run_waves(others[i]);
			_exit(0);
		}
	}
}

/* It is in use while somebody's request is under way. */
static void wave(void)
{
	if (system("modprobe -r zreap 2> /dev/null")) {
		nr_busy++;
		return;
	}
	if (system("modprobe zreap"))
		complain("zreap cannot be loaded again");
	nr_reloads++;
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < NR_OTHERS; i++) {
		int status;

		check(waitpid(processes[i], &status, 0) == processes[i]);
		if (status)
			complain("storm %s ended with %#x", others[i]->name, status);
	}
	remark("%lu times unloaded and loaded, %lu times in use", nr_reloads, nr_busy);
}

const struct storm storm_reload = {
	.name = "reload",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = "",
};
