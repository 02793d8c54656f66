// SPDX-License-Identifier: GPL-2.0-only
/*
 * Many processes, for a benchmark: sleepers that share their memory, and zombies of parents that never
 * wait. It says "ready" and stays until its standard input ends.
 * Usage: crowd SLEEPERS PARENTS ZOMBIES-OF-EACH
 */
#include <signal.h>

#include "actor.h"
#include "check.h"

int main(int argc, char **argv)
{
	long parents;
	char byte;

	check(argc == 4);
	tasks_unlimited();
	for (parents = atol(argv[2]); parents > 0; parents--) {
		struct actor parent = actor_start();

		check(actor_play(&parent, make_zombie_crowd, atol(argv[3])) > 0);
	}
	make_sleeper_crowd(atol(argv[1]));
	check(puts("ready") >= 0 && !fflush(stdout));
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	/* The sleepers outlive their maker: they go with its group. */
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM);
	return 0;
}
