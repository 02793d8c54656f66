// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "run.h"

#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/clock.h"
#include "../guest/procstat.h"
#include "accounts.h"

#define CGROUP "/sys/fs/cgroup/storm"

/* If a storm makes no step for so long, it hangs. A kernel with KASAN beside other guests needs minutes for some. */
#define HANG_SECONDS 300

/* A storm that has not seen what it must see goes on for so many waves. */
#define SEEING_WAVES 20

struct run run;

void *shared_memory(unsigned long bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	check(memory != MAP_FAILED);
	return memory;
}

static void print_remark(const char *format, va_list args)
{
	char text[1024];

	vsnprintf(text, sizeof(text), format, args);
	printf("# %s: %s\n", run.storm->name, text);
	fflush(stdout);
}

void remark(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_remark(format, args);
	va_end(args);
}

void complain(const char *format, ...)
{
	va_list args;

	remark("fault in wave %lu, process %d:", *run.wave, getpid());
	va_start(args, format);
	print_remark(format, args);
	va_end(args);
	_exit(99);
}

void saw(const char *what)
{
	if (run.storm->sees && !strcmp(run.storm->sees, what))
		run.tally->seen++;
}

void refused(const char *result, int pid)
{
	char word[64];

	snprintf(word, sizeof(word), " %s ", result);
	if (!strstr(run.storm->refusals, word))
		complain("%d is refused: %s", pid, result);
	run.tally->refused++;
	saw(result);
}

struct random run_random(unsigned int role)
{
	return random_of(run.limits.seed, *run.wave, role);
}

static double end_ms;

bool run_goes_on(void)
{
	return run.limits.seconds ? clock_ms() < end_ms : run.tally->zombies < run.limits.count;
}

void run_step(void)
{
	run.tally->steps++;
}

void run_waves(const struct storm *storm)
{
	run.storm = storm;
	run.wave = shared_memory(sizeof(*run.wave));
	/* The orphans of a storm come to it. */
	check(!prctl(PR_SET_CHILD_SUBREAPER, 1));
	if (storm->start)
		storm->start();
	do {
		storm->wave();
		++*run.wave;
		run_step();
	} while (run_goes_on() || (storm->sees && !run.tally->seen && *run.wave < SEEING_WAVES));
	if (storm->end)
		storm->end();
	if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
		complain("it has children after its end");
}

static pid_t start_process(const struct storm *storm)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	check(pid >= 0);
	if (!pid) {
		check(!prctl(PR_SET_PDEATHSIG, SIGKILL));
		procstat_put(CGROUP "/cgroup.procs", "0");
		run_waves(storm);
		_exit(0);
	}
	return pid;
}

/* What a process sleeps in. */
static void print_stack(pid_t pid)
{
	char path[64], line[256];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stack", pid);
	file = fopen(path, "re");
	if (!file)
		return;
	remark("process %d, state %c:", pid, procstat_state(pid));
	while (fgets(line, sizeof(line), file))
		remark("  %.*s", (int)strcspn(line, "\n"), line);
	fclose(file);
}

static void each_process(void (*act)(pid_t pid))
{
	FILE *file = fopen(CGROUP "/cgroup.procs", "re");
	int pid;

	check(file);
	while (fscanf(file, "%d", &pid) == 1)
		act(pid);
	fclose(file);
}

static void kill_process(pid_t pid)
{
	kill(pid, SIGKILL);
}

static bool await_child(pid_t pid, int *status, unsigned long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigtimedwait(&child, NULL, &time);
	return waitpid(pid, status, WNOHANG) == pid;
}

/* Watch until the storm's process ends, which it must do by itself. */
static bool watch(pid_t pid)
{
	unsigned long steps = 0;
	double since = clock_ms();
	int status;

	while (!await_child(pid, &status, 1000)) {
		if (run.tally->steps != steps) {
			steps = run.tally->steps;
			since = clock_ms();
		}
		if (clock_ms() - since > HANG_SECONDS * 1000) {
			remark("hangs after step %lu", steps);
			each_process(print_stack);
			procstat_each_reaper(print_stack);
			each_process(kill_process);
			waitpid(pid, NULL, 0);
			return false;
		}
	}
	if (status)
		remark("its process ended with wait status %d", status);
	return !status;
}

/* End the processes that a failed storm has left, so that the next storm has a chance. */
static void clear(void)
{
	double end = clock_ms() + 10000;

	while (procstat_number(CGROUP "/pids.current") && clock_ms() < end) {
		each_process(kill_process);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		sched_yield();
	}
	if (access("/proc/zreap", F_OK) && system("modprobe zreap"))
		remark("zreap cannot be loaded again");
}

/* Whether the storm saw what it must see. */
static bool has_shown(void)
{
	const char *sees = run.storm->sees;

	if (!run.tally->by_zreap)
		remark("zreap has taken nothing");
	if (sees && !run.tally->seen)
		remark("this was not seen: %s", sees);
	return run.tally->by_zreap && (!sees || run.tally->seen);
}

enum verdict run_storm(const struct storm *storm, const struct limits *limits, unsigned int number)
{
	const char *lack = storm->lacks ? storm->lacks() : NULL;
	double begin = clock_ms();
	struct accounts before;
	bool ok, whole;

	run = (struct run){ .storm = storm, .limits = *limits };
	if (lack) {
		remark("%s", lack);
		return VERDICT_LACKING;
	}
	run.tally = shared_memory(sizeof(*run.tally));
	end_ms = begin + limits->seconds * 1000;
	check(!mkdir(CGROUP, 0755) || errno == EEXIST);
	before = accounts_take();
	whole = accounts_are_whole(&before);
	ok = watch(start_process(storm));
	if (ok)
		ok = has_shown() && whole && accounts_settle(&before, CGROUP);
	else
		clear();
	printf("%s %u - %s # seed=%llu zombies=%lu by zreap=%lu by parents=%lu refused=%lu ms=%.0f\n",
	       ok ? "ok" : "not ok", number, storm->name, (unsigned long long)limits->seed,
	       run.tally->zombies, run.tally->by_zreap, run.tally->by_parents, run.tally->refused,
	       clock_ms() - begin);
	fflush(stdout);
	if (rmdir(CGROUP))
		remark("its cgroup cannot be removed: %s", strerror(errno));
	munmap(run.tally, sizeof(*run.tally));
	return ok ? VERDICT_OK : VERDICT_FAILED;
}
