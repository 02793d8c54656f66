// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "recent.h"

#include <unistd.h>

#include "../guest/check.h"
#include "../guest/zreapfile.h"

static int fd = -1;
static char header[512];

void recent_follow(void)
{
	struct rows rows;

	if (fd >= 0)
		close(fd);
	fd = open("/proc/zreap_recent", O_RDONLY | O_CLOEXEC);
	check(fd >= 0);
	rows = rows_read(fd);
	snprintf(header, sizeof(header), "%s\n", rows.lines[0]);
	rows_free(&rows);
}

void recent_each(void (*act)(struct child *child, int status))
{
	struct rows rows;
	size_t i;

	check(!rows_try_read(fd, header, &rows));
	for (i = 0; i < rows.nr; i++) {
		const char *result = rows_cell(&rows, i, "RESULT");
		struct child *child;

		if (!result_takes(result))
			continue;
		child = book_find(atoi(rows_cell(&rows, i, "PID")));
		if (child)
			act(child, atoi(rows_cell(&rows, i, "STATUS")));
	}
	rows_free(&rows);
}
