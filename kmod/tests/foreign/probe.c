// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdbool.h>

#include "probe.h"

#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"
#include "../guest/zreapfile.h"
#include "../storm/run.h"

/* How many numbers of seven digits fit in a batch. */
#define BATCH 8000

static const char *const answers[] = {
	"alive", "gone", "thread", "threads", "busy", "traced", "kernel-child", "would-reap",
};

#define NR_ANSWERS (sizeof(answers) / sizeof(*answers))

static atomic_ulong *counts;

void probe_new(void)
{
	counts = shared_memory(NR_ANSWERS * sizeof(*counts));
}

static void count(pid_t pid, const char *answer)
{
	size_t i;

	for (i = 0; i < NR_ANSWERS; i++) {
		if (!strcmp(answer, answers[i])) {
			counts[i]++;
			return;
		}
	}
	complain("a dry run says of %d: %s", pid, answer);
}

static void ask(pid_t first, pid_t last)
{
	int fd = zreap_open();
	char text[BATCH * 8 + 16];
	struct rows rows;
	size_t len = 0, i;
	pid_t pid;

	for (pid = first; pid <= last; pid++)
		len += sprintf(text + len, "%d ", pid);
	len += sprintf(text + len, "dry-run\n");
	/* The errno belongs to one of them; the rows tell of all. */
	zreap_write_bytes(fd, text, len);
	rows = rows_read(fd);
	if (rows.nr != (size_t)(last - first + 1))
		complain("%zu rows for the numbers from %d to %d", rows.nr, first, last);
	for (i = 0; i < rows.nr; i++)
		count(first + i, rows_cell(&rows, i, "RESULT"));
	rows_free(&rows);
	close(fd);
}

static void refuses(pid_t pid)
{
	int error = zreap_reap(pid);

	if (error != EBUSY)
		complain("to reap %d, which lives, gives: %s", pid, strerror(error));
}

void probe_all(void)
{
	pid_t last = procstat_number("/proc/sys/kernel/pid_max") - 1, first;

	for (first = 1; first <= last; first += BATCH)
		ask(first, first + BATCH - 1 < last ? first + BATCH - 1 : last);
	refuses(1);
	refuses(getppid());
	refuses(getpid());
}

bool probe_report(void)
{
	size_t i;

	for (i = 0; i < NR_ANSWERS; i++)
		printf(" %s=%lu", answers[i], counts[i]);
	/* The first two always exist. */
	return counts[0] && counts[1];
}
