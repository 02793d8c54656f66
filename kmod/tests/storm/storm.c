// SPDX-License-Identifier: GPL-2.0-only
/*
 * Storms: run in a guest where zreap is loaded.
 * storm [--seconds N | --count ZOMBIES] [--seed S] [NAME...]
 */
#define _GNU_SOURCE
#include <getopt.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"
#include "book.h"
#include "rest.h"
#include "storms.h"

#define DEFAULT_SECONDS 20

static const struct storm *const storms[] = {
	&storm_waiters, &storm_parents, &storm_tracers, &storm_groups, &storm_pidns, &storm_reuse,
	&storm_killers, &storm_reload, &storm_doors, &storm_stops, &storm_memory,
};

#define NR_STORMS (sizeof(storms) / sizeof(*storms))

static void usage(void)
{
	size_t i;

	fprintf(stderr, "usage: storm [--seconds N | --count ZOMBIES] [--seed S] [NAME...]\nstorms:");
	for (i = 0; i < NR_STORMS; i++)
		fprintf(stderr, " %s", storms[i]->name);
	fprintf(stderr, "\n");
	exit(2);
}

static unsigned long long number_of(const char *text)
{
	unsigned long long number;
	char *end;

	errno = 0;
	number = strtoull(text, &end, 10);
	if (errno || end == text || *end || *text == '-')
		usage();
	return number;
}

static const struct storm *find(const char *name)
{
	size_t i;

	for (i = 0; i < NR_STORMS; i++) {
		if (!strcmp(storms[i]->name, name))
			return storms[i];
	}
	usage();
	return NULL;
}

static struct limits read_options(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seconds", required_argument, NULL, 's' },
		{ "count", required_argument, NULL, 'c' },
		{ "seed", required_argument, NULL, 'r' },
		{},
	};
	struct limits limits = { .seed = time(NULL) };
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 's')
			limits.seconds = number_of(optarg);
		else if (option == 'c')
			limits.count = number_of(optarg);
		else if (option == 'r')
			limits.seed = number_of(optarg);
		else
			usage();
	}
	if (limits.seconds && limits.count)
		usage();
	if (!limits.seconds && !limits.count)
		limits.seconds = DEFAULT_SECONDS;
	return limits;
}

/* sigtimedwait() takes SIGCHLD. The processes of the storms block both too, so none is deaf. */
static void block_signals(void)
{
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigaddset(&blocked, BOOK_SIGNAL);
	check(!sigprocmask(SIG_BLOCK, &blocked, NULL));
}

int main(int argc, char **argv)
{
	unsigned int nr = 0, nr_failed = 0, nr_named, i;
	struct limits limits;

	if (argc == 4 && !strcmp(argv[1], REST_OPTION))
		return rest_main(argv + 2);
	limits = read_options(argc, argv);
	nr_named = argc - optind;
	for (i = 0; i < nr_named; i++)
		find(argv[optind + i]);
	/* This may be no guest, and so no machine for a storm. */
	if (access("/proc/zreap", F_OK)) {
		fprintf(stderr, "storm: zreap is not loaded here\n");
		return 2;
	}
	block_signals();
	rest_init();
	for (i = 0; i < (nr_named ? nr_named : NR_STORMS); i++) {
		const struct storm *storm = nr_named ? find(argv[optind + i]) : storms[i];
		enum verdict verdict;

		/* The kernel should not use a number again soon. */
		procstat_put("/proc/sys/kernel/pid_max", "4194304");
		verdict = run_storm(storm, &limits, nr + 1);
		nr += verdict != VERDICT_LACKING;
		nr_failed += verdict == VERDICT_FAILED || (nr_named && verdict == VERDICT_LACKING);
	}
	printf("1..%u\n", nr);
	return nr_failed ? 1 : 0;
}
