// SPDX-License-Identifier: GPL-2.0-only
#include "fault.h"

#include <sys/mman.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"

#define DEBUG "/sys/kernel/debug/"

bool fault_is_there(void)
{
	return !access(DEBUG "failslab", F_OK) && !access(DEBUG "fail_page_alloc", F_OK) &&
	       !access("/proc/self/fail-nth", F_OK);
}

/* Not all are of both kinds. */
static void configure(const char *kind, const char *setting, const char *value)
{
	char path[128];

	snprintf(path, sizeof(path), DEBUG "%s/%s", kind, setting);
	if (!access(path, W_OK))
		procstat_put(path, value);
}

void fault_configure(void)
{
	static const char *const kinds[] = { "failslab", "fail_page_alloc" };
	static const struct {
		const char *setting;
		const char *value;
	} settings[] = {
		{ "task-filter", "Y" }, { "ignore-gfp-wait", "N" }, { "ignore-gfp-highmem", "N" },
		{ "min-order", "0" }, { "cache-filter", "N" }, { "verbose", "0" }, { "times", "1000000000" },
		{ "interval", "1" }, { "probability", "5" },
	};
	unsigned int i, j;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		for (j = 0; j < sizeof(settings) / sizeof(*settings); j++)
			configure(kinds[i], settings[j].setting, settings[j].value);
	}
}

void fault_choose(pid_t pid, bool chosen)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/make-it-fail", pid);
	procstat_put(path, chosen ? "1" : "0");
}

/*
 * The calling process's own files. It opens them early: while the kernel refuses it memory, it
 * could not open them.
 */
static struct {
	pid_t owner;
	int nth;
	int chosen;
} own;

static int open_own(const char *name)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/%s", name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	check(fd >= 0);
	return fd;
}

void fault_prepare(void)
{
	check(!mlockall(MCL_CURRENT));
	if (own.owner == getpid())
		return;
	own.owner = getpid();
	own.nth = open_own("fail-nth");
	own.chosen = open_own("make-it-fail");
}

void fault_choose_self(bool chosen)
{
	check(pwrite(own.chosen, chosen ? "1" : "0", 1, 0) == 1);
}

void fault_arm(unsigned int nth)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", nth);

	check(pwrite(own.nth, text, len, 0) == len);
}

unsigned int fault_left(void)
{
	char text[16] = "";

	check(pread(own.nth, text, sizeof(text) - 1, 0) > 0);
	return atoi(text);
}

bool fault_disarm(void)
{
	bool all_spent = !fault_left();

	check(pwrite(own.nth, "0", 1, 0) == 1);
	return all_spent;
}
