// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "accounts.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"
#include "run.h"

#define KMEMLEAK "/sys/kernel/debug/kmemleak"
#define SETTLE_SECONDS 20

/* Some have another name in newer kernels. Those of PID namespaces come with the first one. */
static const struct {
	const char *name;
	const char *newer;
	bool comes_later;
} caches[ACCOUNTS_CACHES] = {
	{ "task_struct", "", false },
	{ "signal_cache", "", false },
	{ "pid", "", false },
	{ "cred_jar", "cred", false },
	{ "pid_2", "", true },
	{ "pid_namespace", "", true },
};

/*
 * So many more objects mean nothing: kworkers and readers of the counts come and go, and a
 * CPU's own slab counts as completely in use.
 */
#define SLACK 12
static long slack[ACCOUNTS_CACHES];

/*
 * Make the CPUs give up their reserves, where a file permits that. access(2) would make
 * creds to answer, and so fill the reserve again.
 */
static void shrink(const char *cache)
{
	char path[128];
	struct stat status;

	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", cache);
	if (!stat(path, &status))
		procstat_put(path, "1");
}

struct accounts accounts_take(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN), objects, per_slab;
	struct accounts accounts = {};
	char line[512], name[64];
	FILE *file;
	int i;

	for (i = 0; i < ACCOUNTS_CACHES; i++) {
		shrink(caches[i].name);
		if (*caches[i].newer)
			shrink(caches[i].newer);
	}
	file = fopen("/proc/slabinfo", "re");
	check(file);
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%63s %ld %*d %*d %ld", name, &objects, &per_slab) != 3)
			continue;
		for (i = 0; i < ACCOUNTS_CACHES; i++) {
			if (!strcmp(name, caches[i].name) || !strcmp(name, caches[i].newer)) {
				accounts.objects[i] = objects;
				slack[i] = SLACK + cpus * per_slab;
			}
		}
	}
	fclose(file);
	return accounts;
}

/* A cache that was merged with another has no line, and so no count. */
bool accounts_are_whole(const struct accounts *accounts)
{
	int i;

	for (i = 0; i < ACCOUNTS_CACHES; i++) {
		if (!accounts->objects[i] && !caches[i].comes_later) {
			remark("%s has no line in /proc/slabinfo: the kernel needs slab_nomerge", caches[i].name);
			return false;
		}
	}
	return true;
}

/* The parent whose children are counted. */
static pid_t parent;

static bool is_child(pid_t pid)
{
	return procstat_parent(pid) == parent;
}

static struct state {
	struct accounts slabs;
	long processes;
	unsigned int reapers;
	long children;
} seen;

static void add_children(pid_t reaper)
{
	parent = reaper;
	seen.children += procstat_count(is_child);
}

static struct state look(const char *cgroup)
{
	char path[128];

	seen = (struct state){ .slabs = accounts_take() };
	snprintf(path, sizeof(path), "%s/pids.current", cgroup);
	seen.processes = procstat_number(path);
	seen.reapers = procstat_each_reaper(add_children);
	return seen;
}

static bool is_settled(const struct state *state, const struct accounts *before)
{
	int i;

	for (i = 0; i < ACCOUNTS_CACHES; i++) {
		if (state->slabs.objects[i] > before->objects[i] + slack[i])
			return false;
	}
	return state->reapers && !state->children && !state->processes;
}

static void say(const struct state *state, const struct accounts *before)
{
	int i;

	for (i = 0; i < ACCOUNTS_CACHES; i++)
		remark("%s: %ld objects, before %ld, slack %ld", caches[i].name, state->slabs.objects[i],
		       before->objects[i], slack[i]);
	remark("%u kzreapd have %ld children, the cgroup %ld processes", state->reapers, state->children,
	       state->processes);
}

/* kmemleak does not report younger objects. */
#define LEAST_LEAK_AGE_SECONDS 5

/* An object that two scans find unreferenced is lost. */
static bool nothing_leaked(void)
{
	char line[256];
	bool clean = true;
	FILE *file;

	if (access(KMEMLEAK, W_OK))
		return true;
	sleep(LEAST_LEAK_AGE_SECONDS + 1);
	procstat_put(KMEMLEAK, "scan");
	procstat_put(KMEMLEAK, "scan");
	file = fopen(KMEMLEAK, "re");
	check(file);
	while (fgets(line, sizeof(line), file)) {
		remark("%.*s", (int)strcspn(line, "\n"), line);
		clean = false;
	}
	fclose(file);
	procstat_put(KMEMLEAK, "clear");
	return clean;
}

bool accounts_settle(const struct accounts *before, const char *cgroup)
{
	const struct timespec tenth = { 0, 100000000 };
	time_t end = time(NULL) + SETTLE_SECONDS;
	struct state state = look(cgroup);

	while (!is_settled(&state, before) && time(NULL) < end) {
		nanosleep(&tenth, NULL);
		state = look(cgroup);
	}
	if (!is_settled(&state, before)) {
		say(&state, before);
		return false;
	}
	return nothing_leaked();
}
