// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long a request for one zombie takes while others ask for zombies that take long to
 * release, because a process has looked them up in each of 1500 proc mounts. A container asks
 * for such zombies, by each verb, or root of the machine does, which also asks for the one.
 * Usage: bystander_bench [MOUNTS [ZOMBIES]]
 */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "samples.h"
#include "zreapfile.h"

#define SAMPLES 100
#define FOLDER "/tmp/mounts"

static int nr_mounts = 1500, nr_slow = 20;

/* Shared with the actors: what the bystander measures, and what the other one asks for. */
static struct samples *samples;
static char *request;

/* Scene of a container's init: its own proc mounts. */
static long enter(long unused)
{
	char path[64];
	int i;

	check(!mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	check(!mount("proc", "/proc", "proc", 0, NULL));
	check(!mkdir(FOLDER, 0755) && !mount("mounts", FOLDER, "tmpfs", 0, NULL));
	for (i = 0; i < nr_mounts; i++) {
		snprintf(path, sizeof(path), FOLDER "/%d", i);
		check(!mkdir(path, 0755) && !mount("proc", path, "proc", 0, NULL));
	}
	return 0;
}

static void look_up(pid_t pid)
{
	static const char *const names[] = { "stat", "status", "cmdline", "comm", "limits", "sched" };
	size_t name;
	int i;

	for (i = 0; i < nr_mounts; i++) {
		for (name = 0; name < sizeof(names) / sizeof(*names); name++) {
			char path[64];

			snprintf(path, sizeof(path), FOLDER "/%d/%d/%s", i, pid, names[name]);
			access(path, F_OK);
		}
	}
}

/* Scene: zombies that are known to each mount. */
static long make_slow(long nr)
{
	while (nr--)
		look_up(make_zombie(0));
	return 0;
}

/* Scene: only compute, until the bystander has its samples. */
static long compute(long unused)
{
	while (!samples->stop)
		;
	return 0;
}

/* Scene: how many milliseconds it takes. */
static long ask(long unused)
{
	double start = clock_ms();
	int fd = zreap_open();

	check(!zreap_write(fd, request));
	close(fd);
	return clock_ms() - start;
}

/* Scene: make zombies, and ask for each, until there are enough samples. */
static long stand_by(long unused)
{
	while (!samples->stop && samples->nr < SAMPLES) {
		pid_t pid = make_zombie(0);
		double start = clock_ms();

		check(!zreap_reap(pid));
		samples_add(samples, clock_ms() - start);
	}
	return 0;
}

/* A CPU that wakes up takes its time, so that it is quicker beside a process that keeps one awake. */
static double measure_in_quiet(struct actor *bystander, struct actor *other)
{
	samples_begin(samples);
	actor_play(bystander, stand_by, 0);
	samples_report(samples, "in quiet");
	samples_begin(samples);
	actor_begin(other, compute, 0);
	actor_play(bystander, stand_by, 0);
	samples->stop = true;
	actor_answer(other);
	return samples_report(samples, "beside a process that computes");
}

/* While an actor asks, until the bystander has its samples, or the actor its answer. */
static void measure_beside(struct actor *bystander, struct actor *init, struct actor *asker,
			   const char *verb, double quiet)
{
	char name[64];
	double middle;
	long ms;

	actor_play(init, make_slow, nr_slow);
	/* In the container all are its own; root must leave the bystander's alone. */
	sprintf(request, asker == init ? "%s all min-age=0s\n" : "%s all min-age=0s parent=%d\n", verb, init->pid);
	samples_begin(samples);
	actor_begin(asker, ask, 0);
	actor_begin(bystander, stand_by, 0);
	ms = actor_answer(asker);
	samples->stop = true;
	actor_answer(bystander);
	snprintf(name, sizeof(name), "%s by %s", verb, asker == init ? "a container" : "root");
	middle = samples_report(samples, name);
	printf("    %.0f ms for each of its zombies; the one takes %.1f times as long as beside one that computes\n",
	       (double)ms / nr_slow, middle / quiet);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct actor bystander, root, init;
	double quiet;

	if (argc > 1)
		nr_mounts = atoi(argv[1]);
	if (argc > 2)
		nr_slow = atoi(argv[2]);
	check(nr_mounts > 0 && nr_slow > 0);
	check(!system("rmmod zreap && modprobe zreap allow_pidns=1"));
	samples = samples_new();
	request = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(request != MAP_FAILED);
	bystander = actor_start();
	root = actor_start();
	init = actor_start_in(CLONE_NEWPID | CLONE_NEWNS);
	actor_play(&init, enter, 0);
	printf("%d proc mounts, %d zombies that are known to all of them\n", nr_mounts, nr_slow);
	quiet = measure_in_quiet(&bystander, &root);
	measure_beside(&bystander, &init, &init, "reap", quiet);
	measure_beside(&bystander, &init, &init, "release", quiet);
	measure_beside(&bystander, &init, &root, "reap", quiet);
	measure_beside(&bystander, &init, &root, "release", quiet);
	actor_end(&init);
	actor_end(&root);
	actor_end(&bystander);
	return system("rmmod zreap && modprobe zreap");
}
