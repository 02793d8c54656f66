// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keeps zreap busy until SIGTERM, beside programs that know nothing of it. It runs the storm of
 * all doors on its own zombies, and a probe that zreap refuses. It takes no zombie of others:
 * the storm asks for a PID only during the wave that made it, which is some hundred forks, and
 * the kernel uses a PID again only after all others.
 * Prints a line when it has begun, and one with its figures at the end.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../storm/book.h"
#include "../storm/storms.h"
#include "probe.h"

static atomic_bool *over;

static void wave(void)
{
	storm_doors.wave();
	if (*over)
		run.limits.count = 0;
}

static void play_storm(void)
{
	struct storm storm = storm_doors;

	storm.wave = wave;
	run_waves(&storm);
}

static void probe(void)
{
	run.storm = &storm_doors;
	while (!*over)
		probe_all();
}

static pid_t start_process(void (*play)(void))
{
	pid_t pid = fork();

	check(pid >= 0);
	if (!pid) {
		check(!prctl(PR_SET_PDEATHSIG, SIGKILL));
		play();
		_exit(0);
	}
	return pid;
}

static bool ends_well(pid_t pid)
{
	int status;

	return waitpid(pid, &status, 0) == pid && !status;
}

int main(void)
{
	int signal;
	sigset_t blocked;
	pid_t storm, prober;
	bool ok;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGCHLD);
	sigaddset(&blocked, BOOK_SIGNAL);
	check(!sigprocmask(SIG_BLOCK, &blocked, NULL));
	run = (struct run){
		.limits = { .seed = time(NULL), .count = ULONG_MAX },
		.tally = shared_memory(sizeof(*run.tally)),
		.crowded = true,
	};
	over = shared_memory(sizeof(*over));
	probe_new();
	storm = start_process(play_storm);
	prober = start_process(probe);
	printf("busy, seed=%llu\n", (unsigned long long)run.limits.seed);
	fflush(stdout);

	/* SIGCHLD means that one of the two has failed. */
	sigdelset(&blocked, BOOK_SIGNAL);
	check(!sigwait(&blocked, &signal));
	*over = true;
	ok = ends_well(storm);
	ok = ends_well(prober) && ok && signal == SIGTERM;
	printf("zombies=%lu by zreap=%lu by parents=%lu refused=%lu; a probe is told:", run.tally->zombies,
	       run.tally->by_zreap, run.tally->by_parents, run.tally->refused);
	ok = probe_report() && ok && run.tally->by_zreap;
	printf("\n");
	return ok ? 0 : 1;
}
