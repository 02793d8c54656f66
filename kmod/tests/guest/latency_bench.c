// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a bystander feels while many zombies go: the time that its fork, exit and wait
 * take, in peace, during the parent's own waitpid() loop, and during one write of "all".
 * Usage: latency_bench [ZOMBIES]
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "zreapfile.h"

#define MAX_SAMPLES 200000

/* Shared with the bystander. */
struct samples {
	volatile int stop;
	long nr;
	double ms[MAX_SAMPLES];
};

static struct samples *samples;
static long nr_zombies = 20000;

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
		samples->ms[samples->nr++] = clock_ms() - start;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	double difference = *(const double *)a - *(const double *)b;

	return (difference > 0) - (difference < 0);
}

static void report(const char *name, double ms)
{
	long nr = samples->nr;

	check(nr > 0);
	qsort(samples->ms, nr, sizeof(*samples->ms), compare);
	printf("%-28s %8.0f ms  %6ld samples  p50 %7.3f ms  p99 %7.3f ms  max %8.3f ms\n", name, ms, nr,
	       samples->ms[nr / 2], samples->ms[nr * 99 / 100], samples->ms[nr - 1]);
}

/* Let an actor do something beside the bystander. */
static void measure(const char *name, struct actor *actor, scene play)
{
	struct actor bystander;
	double start;

	samples->nr = 0;
	samples->stop = 0;
	bystander = actor_start();
	actor_begin(&bystander, stand_by, 0);
	start = clock_ms();
	actor_play(actor, play, 0);
	start = clock_ms() - start;
	samples->stop = 1;
	check(!actor_answer(&bystander));
	actor_end(&bystander);
	report(name, start);
}

int main(int argc, char **argv)
{
	struct actor parent = actor_start(), writer = actor_start();

	if (argc > 1)
		nr_zombies = atol(argv[1]);
	check(nr_zombies > 0);
	samples = mmap(NULL, sizeof(*samples), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(samples != MAP_FAILED);
	printf("%ld zombies of one parent\n", nr_zombies);
	measure("in peace", &writer, sleep_a_while);
	actor_play(&parent, make_zombies, nr_zombies);
	measure("waitpid loop of the parent", &parent, wait_for_all);
	actor_play(&parent, make_zombies, nr_zombies);
	measure("all min-age=0s", &writer, reap_all);
	fflush(stdout);
	actor_end(&writer);
	actor_end(&parent);
	return system("echo longest hold of tasklist_lock: $(cat /sys/kernel/zreap/stats/longest_hold_ns) ns");
}
