// SPDX-License-Identifier: GPL-2.0-only
/*
 * zreap is unloaded and loaded while other storms rage. Their writers find it there or not there,
 * and see no other fault. Nothing hangs.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"
#include "modules.h"

static const struct storm *const others[] = {
	&storm_waiters, &storm_parents, &storm_tracers, &storm_groups, &storm_pidns, &storm_killers, &storm_doors,
};

#define NR_OTHERS (sizeof(others) / sizeof(*others))

#define RCU_EXPEDITED "/sys/kernel/rcu_expedited"

static pid_t processes[NR_OTHERS];
static unsigned long nr_reloads, nr_busy;

static int module;

static void start(void)
{
	unsigned int i;

	module = module_open("zreap");
	/* A reload waits for many grace periods. A normal one takes seconds among so many processes. */
	procstat_put(RCU_EXPEDITED, "1");
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
	/* Among so many processes it would hardly have its turn. */
	check(!setpriority(PRIO_PROCESS, 0, -10));
}

/* For a while the writers have what they want. */
static void leave_loaded(void)
{
	struct random random = run_random(0);

	nanosleep(&(struct timespec){ 0, 1000000 * (1 + random_below(&random, 600)) }, NULL);
}

static void wave(void)
{
	int error = module_unload("zreap");

	/* It is in use while a request is under way. */
	if (error) {
		if (error != EAGAIN && error != EBUSY)
			complain("zreap cannot be unloaded: %s", strerror(error));
		nr_busy++;
		nanosleep(&(struct timespec){ 0, 200000 }, NULL);
		return;
	}
	/* The storm doors may be faster: it loads zreap_jiangshi, and with it zreap. */
	error = module_load(module);
	if (error && error != EEXIST)
		complain("zreap cannot be loaded again: %s", strerror(error));
	nr_reloads++;
	leave_loaded();
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
	procstat_put(RCU_EXPEDITED, "0");
	remark("%lu times unloaded and loaded, %lu times in use", nr_reloads, nr_busy);
	if (!nr_reloads)
		complain("zreap was never unloaded");
}

const struct storm storm_reload = {
	.name = "reload",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = "",
};
