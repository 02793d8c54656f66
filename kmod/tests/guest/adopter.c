// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "adopter.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define MAX_WAITED 4096

/* Written by the handler only. */
static struct waited {
	pid_t pid;
	int status;
	long utime_ms;
} waited[MAX_WAITED];
static volatile sig_atomic_t nr_waited;
static int listens_to;

static void wait_for_zombies(int signal)
{
	struct waited *next = &waited[nr_waited];
	int saved = errno;
	struct rusage usage;

	while ((next->pid = wait4(-1, &next->status, WNOHANG, &usage)) > 0) {
		next->utime_ms = usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000;
		check(nr_waited + 1 < MAX_WAITED);
		next = &waited[++nr_waited];
	}
	errno = saved;
}

long adopter_listen(long signal)
{
	const struct sigaction action = { .sa_handler = wait_for_zombies, .sa_flags = SA_RESTART };

	listens_to = signal;
	return sigaction(signal, &action, NULL);
}

/* The handler runs in sigsuspend() only, so that nothing changes between a look and the sleep. */
static const struct waited *await(long pid, long nr)
{
	const struct waited *found = NULL;
	sigset_t told, before;
	int i;

	sigemptyset(&told);
	sigaddset(&told, listens_to);
	check(!sigprocmask(SIG_BLOCK, &told, &before));
	while (!found && nr_waited < nr) {
		for (i = 0; i < nr_waited && !found; i++) {
			if (waited[i].pid == pid)
				found = &waited[i];
		}
		if (!found)
			sigsuspend(&before);
	}
	check(!sigprocmask(SIG_SETMASK, &before, NULL));
	return found;
}

long adopter_status(long pid)
{
	return await(pid, MAX_WAITED)->status;
}

long adopter_utime_ms(long pid)
{
	return await(pid, MAX_WAITED)->utime_ms;
}

long adopter_await_number(long nr)
{
	await(0, nr);
	return nr_waited;
}
