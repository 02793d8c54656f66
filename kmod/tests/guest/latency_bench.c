// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a bystander feels while zreap takes many zombies: the time that its fork, exit and wait
 * take, in peace; and then, in turn, during the parent's own waitpid() loop and during one
 * write of "all".
 * Usage: latency_bench [ZOMBIES [ROUNDS]]
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "samples.h"
#include "zreapfile.h"

/* Shared with the bystander. */
static struct samples *samples;
static long nr_zombies = 20000, nr_rounds = 5;

static long make_zombies(long nr)
{
	while (nr--)
		make_zombie(0);
	return 0;
}

static long wait_for_all(long unused)
{
	while (waitpid(-1, NULL, 0) > 0)
		;
	return 0;
}

static long reap_all(long unused)
{
	int fd = zreap_open();

	check(!zreap_write(fd, "all min-age=0s\n"));
	close(fd);
	return 0;
}

static long sleep_a_while(long unused)
{
	return sleep(5);
}

/* Fork, exit, wait, until told to stop. */
static long stand_by(long unused)
{
	while (!samples->stop && samples->nr < MAX_SAMPLES) {
		double start = clock_ms();
		pid_t pid = fork();

		if (!pid)
			_exit(0);
		check(waitpid(pid, NULL, 0) == pid);
		samples_add(samples, clock_ms() - start);
	}
	return 0;
}

/* Let an actor do something beside the bystander. */
static void measure(const char *name, struct actor *actor, scene play)
{
	struct actor bystander;
	char what[64];
	double start;

	samples_begin(samples);
	bystander = actor_start();
	actor_begin(&bystander, stand_by, 0);
	start = clock_ms();
	actor_play(actor, play, 0);
	start = clock_ms() - start;
	samples->stop = true;
	check(!actor_answer(&bystander));
	actor_end(&bystander);
	snprintf(what, sizeof(what), "%-28s %8.0f ms", name, start);
	samples_report(samples, what);
}

int main(int argc, char **argv)
{
	struct actor parent = actor_start(), writer = actor_start();

	if (argc > 1)
		nr_zombies = atol(argv[1]);
	if (argc > 2)
		nr_rounds = atol(argv[2]);
	check(nr_zombies > 0 && nr_rounds > 0);
	samples = samples_new();
	printf("%ld zombies of one parent\n", nr_zombies);
	measure("in peace", &writer, sleep_a_while);
	while (nr_rounds--) {
		actor_play(&parent, make_zombies, nr_zombies);
		measure("waitpid loop of the parent", &parent, wait_for_all);
		actor_play(&parent, make_zombies, nr_zombies);
		measure("all min-age=0s", &writer, reap_all);
	}
	fflush(stdout);
	actor_end(&writer);
	actor_end(&parent);
	return system("echo longest hold of tasklist_lock: $(cat /sys/kernel/zreap/stats/longest_hold_ns) ns");
}
