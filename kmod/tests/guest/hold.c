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
#define V2_OUTER V2 "/held"
#define V2_INNER V2_OUTER "/inner"
#define V1 "/run/freezer"
#define V1_OUTER V1 "/held"
#define V1_INNER V1_OUTER "/inner"
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

static pid_t traced[PROCSTAT_MOST_THREADS];
static size_t nr_traced;

static void trace(pid_t pid)
{
	size_t nr = procstat_threads(pid, traced), i;

	nr_traced = 0;
	for (i = 0; i < nr; i++) {
		/* A dead main thread is not to be had. */
		if (ptrace(PTRACE_SEIZE, traced[i], 0, 0))
			check(errno == EPERM && traced[i] == pid);
		else
			traced[nr_traced++] = traced[i];
	}
	for (i = 0; i < nr_traced; i++) {
		int status;

		check(!ptrace(PTRACE_INTERRUPT, traced[i], 0, 0));
		check(waitpid(traced[i], &status, __WALL) == traced[i]);
		check(WIFSTOPPED(status));
	}
}

static void let_go(pid_t pid)
{
	while (nr_traced)
		check(!ptrace(PTRACE_DETACH, traced[--nr_traced], 0, 0));
}

static void enter(const char *cgroup, pid_t pid)
{
	char path[128], text[16];

	snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup);
	snprintf(text, sizeof(text), "%d", pid);
	procstat_put(path, text);
}

/* Whether a line stands in a file of a cgroup. */
static bool says(const char *cgroup, const char *name, const char *wanted)
{
	char path[128], line[64];
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

static void freeze_v2(const char *cgroup, pid_t pid)
{
	char path[128];

	enter(V2_INNER, pid);
	snprintf(path, sizeof(path), "%s/cgroup.freeze", cgroup);
	procstat_put(path, "1");
	check_soon(says(cgroup, "cgroup.events", "frozen 1"));
}

/* Its later children shall not be born in there. */
static void thaw_v2(const char *cgroup, pid_t pid)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/cgroup.freeze", cgroup);
	procstat_put(path, "0");
	enter(V2, pid);
}

static void freeze_v2_own(pid_t pid)
{
	freeze_v2(V2_INNER, pid);
}

static void thaw_v2_own(pid_t pid)
{
	thaw_v2(V2_INNER, pid);
}

static void freeze_v2_above(pid_t pid)
{
	freeze_v2(V2_OUTER, pid);
}

static void thaw_v2_above(pid_t pid)
{
	thaw_v2(V2_OUTER, pid);
}

static void put_v1(const char *cgroup, const char *state)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/freezer.state", cgroup);
	procstat_put(path, state);
}

/* A process that just execs can get away, and must be asked again. */
static bool try_freeze_v1(const char *cgroup)
{
	put_v1(cgroup, "FROZEN");
	return says(cgroup, "freezer.state", "FROZEN");
}

static void freeze_v1(const char *cgroup)
{
	check_soon(try_freeze_v1(cgroup));
}

static void thaw_v1(const char *cgroup, pid_t pid)
{
	put_v1(cgroup, "THAWED");
	enter(V1, pid);
}

static void freeze_v1_own(pid_t pid)
{
	enter(V1_INNER, pid);
	freeze_v1(V1_INNER);
}

static void thaw_v1_own(pid_t pid)
{
	thaw_v1(V1_INNER, pid);
}

static void freeze_v1_above(pid_t pid)
{
	enter(V1_INNER, pid);
	freeze_v1(V1_OUTER);
}

static void thaw_v1_above(pid_t pid)
{
	thaw_v1(V1_OUTER, pid);
}

const struct hold holds[] = {
	{ "stopped by SIGSTOP", .begin = stop, .end = go_on },
	{ "stopped by SIGTSTP", .begin = stop_from_terminal, .end = go_on },
	{ "traced", .begin = trace, .end = let_go },
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
	check(!mkdir(V2_OUTER, 0755) && !mkdir(V2_INNER, 0755));
	if (!hold_has_v1())
		return;
	keeper = actor_start();
	check(!mkdir(V1, 0755));
	switch_other_cpus("0");
	check(!mount("freezer", V1, "cgroup", 0, "freezer"));
	check(!mkdir(V1_KEEPER, 0755) && !mkdir(V1_OUTER, 0755) && !mkdir(V1_INNER, 0755));
	enter(V1_KEEPER, keeper.pid);
	freeze_v1(V1_KEEPER);
	switch_other_cpus("1");
}

/* Its last process may not be wholly gone yet. */
static void remove_cgroup(const char *path)
{
	check_soon(!rmdir(path));
}

void hold_exit(void)
{
	remove_cgroup(V2_INNER);
	remove_cgroup(V2_OUTER);
	if (!hold_has_v1())
		return;
	switch_other_cpus("0");
	put_v1(V1_KEEPER, "THAWED");
	actor_end(&keeper);
	remove_cgroup(V1_KEEPER);
	remove_cgroup(V1_INNER);
	remove_cgroup(V1_OUTER);
	check(!umount(V1));
	switch_other_cpus("1");
	check(!rmdir(V1));
}
