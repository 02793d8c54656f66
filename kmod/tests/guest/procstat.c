// SPDX-License-Identifier: GPL-2.0-only
#include "procstat.h"

#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

/* What follows the name in a file like /proc/PID/stat, from the state on; -1 if there is no such process. */
static int read_stat_of(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return -1;
	len = read(fd, text, size - 1);
	close(fd);
	if (len <= 0)
		return -1;
	text[len] = '\0';
	memmove(text, strrchr(text, ')') + 2, strlen(strrchr(text, ')') + 2) + 1);
	return 0;
}

static int read_stat(pid_t pid, char *text, size_t size)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	return read_stat_of(path, text, size);
}

char procstat_state(pid_t pid)
{
	char text[1024];

	return read_stat(pid, text, sizeof(text)) ? 0 : text[0];
}

static unsigned long long stat_field(pid_t pid, int wanted)
{
	char text[1024], *at = text;
	int field;

	check(!read_stat(pid, text, sizeof(text)));
	for (field = 3; field < wanted; field++)
		at = strchr(at, ' ') + 1;
	return strtoull(at, NULL, 10);
}

unsigned long long procstat_start(pid_t pid)
{
	return stat_field(pid, 22);
}

bool procstat_is_exiting(pid_t pid)
{
	/* PF_EXITING of the kernel's flags. */
	return stat_field(pid, 9) & 4;
}

pid_t procstat_parent(pid_t pid)
{
	char text[1024];

	return read_stat(pid, text, sizeof(text)) ? 0 : atoi(text + 2);
}

/* End the test if it is too late; say what was waited for. */
static void hurry(time_t deadline, pid_t pid, char state)
{
	if (time(NULL) < deadline)
		return;
	fprintf(stderr, "process %d is in state %c, not %c\n", pid, procstat_state(pid), state);
	exit(99);
}

void procstat_await(pid_t pid, char state)
{
	time_t deadline = time(NULL) + 60;

	while (procstat_state(pid) != state) {
		hurry(deadline, pid, state);
		usleep(200);
	}
}

size_t procstat_threads(pid_t pid, pid_t threads[PROCSTAT_MOST_THREADS])
{
	struct dirent *entry;
	char path[64];
	size_t nr = 0;
	DIR *folder;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	folder = opendir(path);
	check(folder);
	while ((entry = readdir(folder))) {
		pid_t thread = atoi(entry->d_name);

		if (!thread)
			continue;
		check(nr < PROCSTAT_MOST_THREADS);
		threads[nr++] = thread;
	}
	closedir(folder);
	return nr;
}

/* Of those that live how many are in a state; -1 if one is not. */
static long count_threads(pid_t pid, char state)
{
	pid_t threads[PROCSTAT_MOST_THREADS];
	size_t nr = procstat_threads(pid, threads), i;
	long living = 0;

	for (i = 0; i < nr; i++) {
		char path[64], text[1024];

		snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", pid, threads[i]);
		if (read_stat_of(path, text, sizeof(text)) || strchr("ZX", text[0]))
			continue;
		if (text[0] != state)
			return -1;
		living++;
	}
	return living;
}

size_t procstat_await_threads(pid_t pid, char state)
{
	time_t deadline = time(NULL) + 60;
	long nr;

	while ((nr = count_threads(pid, state)) < 0) {
		hurry(deadline, pid, state);
		usleep(200);
	}
	return nr;
}

long procstat_count(bool (*counts)(pid_t pid))
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	long nr = 0;

	check(proc);
	while ((entry = readdir(proc))) {
		pid_t pid = atoi(entry->d_name);

		nr += pid > 0 && counts(pid);
	}
	closedir(proc);
	return nr;
}

static pid_t parent_to_match, found;

static bool is_child(pid_t pid)
{
	if (procstat_parent(pid) != parent_to_match)
		return false;
	found = pid;
	return true;
}

pid_t procstat_child(pid_t parent)
{
	parent_to_match = parent;
	return procstat_count(is_child) == 1 ? found : 0;
}

static void (*act_on_reaper)(pid_t pid);

static bool is_reaper(pid_t pid)
{
	static const char name[] = "kzreapd/";
	char path[64], comm[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(comm, sizeof(comm), file))
		comm[0] = '\0';
	fclose(file);
	if (strncmp(comm, name, strlen(name)))
		return false;
	act_on_reaper(pid);
	return true;
}

unsigned int procstat_each_reaper(void (*act)(pid_t pid))
{
	act_on_reaper = act;
	return procstat_count(is_reaper);
}

long procstat_number(const char *path)
{
	FILE *file = fopen(path, "re");
	long number;

	check(file && fscanf(file, "%ld", &number) == 1);
	fclose(file);
	return number;
}

void procstat_put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text)) {
		fprintf(stderr, "cannot write %s to %s: %s\n", text, path, strerror(errno));
		exit(99);
	}
	close(fd);
}
