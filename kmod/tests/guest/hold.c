// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "hold.h"

#include <glob.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"

#define V2 "/sys/fs/cgroup"
#define V1 "/run/freezer"
#define V1_KEEPER V1 "/keeper"

static void stop_by(pid_t pid, int signal)
{
	check(!kill(pid, signal));
	procstat_await_threads(pid, 'T');
}

static void stop(pid_t pid)
{
	stop_by(pid, SIGSTOP);
}

static void stop_from_terminal(pid_t pid)
{
	stop_by(pid, SIGTSTP);
}

static void go_on(pid_t pid)
{
	check(!kill(pid, SIGCONT));
}

static void trace(pid_t pid)
{
	pid_t threads[PROCSTAT_MOST_THREADS];
	size_t nr = procstat_threads(pid, threads), i;

	for (i = 0; i < nr; i++) {
		/* ptrace cannot seize a dead main thread. */
		if (ptrace(PTRACE_SEIZE, threads[i], 0, 0)) {
			check(errno == EPERM && threads[i] == pid);
			threads[i] = 0;
		}
	}
	for (i = 0; i < nr; i++) {
		int status;

		if (!threads[i])
			continue;
		check(!ptrace(PTRACE_INTERRUPT, threads[i], 0, 0));
		check(waitpid(threads[i], &status, __WALL) == threads[i]);
		check(WIFSTOPPED(status));
	}
}

static void let_go(pid_t pid)
{
	pid_t threads[PROCSTAT_MOST_THREADS];
	size_t nr = procstat_threads(pid, threads);

	while (nr--) {
		if (ptrace(PTRACE_DETACH, threads[nr], 0, 0))
			check(errno == ESRCH && threads[nr] == pid);
	}
}

/*
 * The cgroups of a process that a test freezes: the one that it comes from and goes
 * back to, and two below it for the time between.
 */
struct places {
	char home[160];
	char outer[192];
	char inner[200];
};

static struct places places_in(const char *home, pid_t pid)
{
	struct places places;

	snprintf(places.home, sizeof(places.home), "%s", home);
	snprintf(places.outer, sizeof(places.outer), "%s/held-%d", places.home, pid);
	snprintf(places.inner, sizeof(places.inner), "%s/inner", places.outer);
	return places;
}

/* Of the tree of v2, whether it is in its inner one now or not. */
static struct places places_v2(pid_t pid)
{
	char path[64], line[128] = "", home[160], tail[64];
	FILE *file;
	size_t len;

	snprintf(path, sizeof(path), "/proc/%d/cgroup", pid);
	file = fopen(path, "re");
	check(file);
	while (fgets(line, sizeof(line), file) && strncmp(line, "0::", 3))
		;
	fclose(file);
	check(!strncmp(line, "0::/", 4));
	line[strcspn(line, "\n")] = '\0';
	len = snprintf(tail, sizeof(tail), "/held-%d/inner", pid);
	if (strlen(line) > len && !strcmp(line + strlen(line) - len, tail))
		line[strlen(line) - len] = '\0';
	snprintf(home, sizeof(home), "%s%s", V2, strcmp(line, "0::/") ? line + 3 : "");
	return places_in(home, pid);
}

static struct places places_v1(pid_t pid)
{
	return places_in(V1, pid);
}

static void put(const char *cgroup, const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", cgroup, name);
	procstat_put(path, text);
}

static void enter(const char *cgroup, pid_t pid)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", pid);
	put(cgroup, "cgroup.procs", text);
}

static void move_in(const struct places *places, pid_t pid)
{
	check(!mkdir(places->outer, 0755) && !mkdir(places->inner, 0755));
	enter(places->inner, pid);
}

/* Its later children must not start in there. */
static void move_out(const struct places *places, pid_t pid)
{
	enter(places->home, pid);
	/* A process that has moved may not have left completely yet. */
	check_soon(!rmdir(places->inner));
	check_soon(!rmdir(places->outer));
}

/* Whether a line stands in a file of a cgroup. */
static bool says(const char *cgroup, const char *name, const char *wanted)
{
	char path[256], line[64];
	bool found = false;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", cgroup, name);
	file = fopen(path, "re");
	check(file);
	while (!found && fgets(line, sizeof(line), file))
		found = !strncmp(line, wanted, strlen(wanted));
	fclose(file);
	return found;
}

static void freeze_v2(const char *cgroup)
{
	put(cgroup, "cgroup.freeze", "1");
	check_soon(says(cgroup, "cgroup.events", "frozen 1"));
}

/* A process that just execs can escape, so seize it again. */
static bool try_freeze_v1(const char *cgroup)
{
	put(cgroup, "freezer.state", "FROZEN");
	return says(cgroup, "freezer.state", "FROZEN");
}

static void freeze_v1(const char *cgroup)
{
	check_soon(try_freeze_v1(cgroup));
}

/* A freezer, and how to let its cgroups go. */
struct freezer {
	struct places (*places)(pid_t pid);
	void (*freeze)(const char *cgroup);
	const char *file;
	const char *thawed;
};

static const struct freezer v1 = { places_v1, freeze_v1, "freezer.state", "THAWED" };
static const struct freezer v2 = { places_v2, freeze_v2, "cgroup.freeze", "0" };

static void freeze(const struct freezer *freezer, pid_t pid, bool above)
{
	struct places places = freezer->places(pid);

	move_in(&places, pid);
	freezer->freeze(above ? places.outer : places.inner);
}

static void thaw(const struct freezer *freezer, pid_t pid, bool above)
{
	struct places places = freezer->places(pid);

	put(above ? places.outer : places.inner, freezer->file, freezer->thawed);
	move_out(&places, pid);
}

static void freeze_v2_own(pid_t pid)
{
	freeze(&v2, pid, false);
}

static void thaw_v2_own(pid_t pid)
{
	thaw(&v2, pid, false);
}

static void freeze_v2_above(pid_t pid)
{
	freeze(&v2, pid, true);
}

static void thaw_v2_above(pid_t pid)
{
	thaw(&v2, pid, true);
}

static void freeze_v1_own(pid_t pid)
{
	freeze(&v1, pid, false);
}

static void thaw_v1_own(pid_t pid)
{
	thaw(&v1, pid, false);
}

static void freeze_v1_above(pid_t pid)
{
	freeze(&v1, pid, true);
}

static void thaw_v1_above(pid_t pid)
{
	thaw(&v1, pid, true);
}

const struct hold holds[] = {
	{ "stopped by SIGSTOP", .begin = stop, .end = go_on },
	{ "stopped by SIGTSTP", .begin = stop_from_terminal, .end = go_on },
	{ "traced", .begin = trace, .end = let_go, .traces = true },
	{ "frozen by cgroup v2", .begin = freeze_v2_own, .end = thaw_v2_own, .deep = true },
	{ "frozen by cgroup v2 from above", .begin = freeze_v2_above, .end = thaw_v2_above, .deep = true },
	{ "frozen by cgroup v1", .begin = freeze_v1_own, .end = thaw_v1_own, .deep = true, .v1 = true },
	{ "frozen by cgroup v1 from above", .begin = freeze_v1_above, .end = thaw_v1_above, .deep = true, .v1 = true },
};

const size_t nr_holds = sizeof(holds) / sizeof(*holds);

const struct hold *hold_find(const char *name)
{
	size_t i;

	for (i = 0; i < nr_holds && strcmp(holds[i].name, name); i++)
		;
	check(i < nr_holds);
	return &holds[i];
}

bool hold_has_v1(void)
{
	return !system("grep -q '^freezer\t' /proc/cgroups");
}

static void switch_other_cpus(const char *on)
{
	glob_t files;
	size_t i;

	/* The first is always on, and has no such file. */
	if (glob("/sys/devices/system/cpu/cpu[0-9]*/online", 0, NULL, &files))
		return;
	for (i = 0; i < files.gl_pathc; i++) {
		if (!strstr(files.gl_pathv[i], "/cpu0/"))
			procstat_put(files.gl_pathv[i], on);
	}
	globfree(&files);
}

/* Is frozen as long as the freezer of v1 may be used. */
static struct actor keeper;

void hold_init(void)
{
	if (!hold_has_v1())
		return;
	keeper = actor_start();
	check(!mkdir(V1, 0755));
	switch_other_cpus("0");
	check(!mount("freezer", V1, "cgroup", 0, "freezer"));
	check(!mkdir(V1_KEEPER, 0755));
	enter(V1_KEEPER, keeper.pid);
	freeze_v1(V1_KEEPER);
	switch_other_cpus("1");
}

void hold_exit(void)
{
	if (!hold_has_v1())
		return;
	switch_other_cpus("0");
	put(V1_KEEPER, v1.file, v1.thawed);
	actor_end(&keeper);
	check_soon(!rmdir(V1_KEEPER));
	check(!umount(V1));
	switch_other_cpus("1");
	check(!rmdir(V1));
}
