// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "zreapfile.h"

#include <stdarg.h>
#include <unistd.h>

#include "check.h"

int zreap_open(void)
{
	int fd = open("/proc/zreap", O_RDWR | O_CLOEXEC);

	check(fd >= 0);
	return fd;
}

static long try_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

long zreap_try_open(long flags)
{
	return try_open("/proc/zreap", flags);
}

long zreap_try_open_recent(long unused)
{
	return try_open("/proc/zreap_recent", O_RDONLY);
}

int zreap_write_bytes(int fd, const void *bytes, size_t len)
{
	ssize_t written = write(fd, bytes, len);

	if (written < 0)
		return errno;
	check((size_t)written == len);
	return 0;
}

int zreap_write(int fd, const char *text)
{
	return zreap_write_bytes(fd, text, strlen(text));
}

int zreap_reap(pid_t pid)
{
	char text[32];
	int fd = zreap_open(), err;

	snprintf(text, sizeof(text), "%d\n", pid);
	err = zreap_write(fd, text);
	close(fd);
	return err;
}

struct rows zreap_ask(int *error, const char *format, ...)
{
	int fd = zreap_open();
	struct rows rows;
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	*error = zreap_write(fd, text);
	rows = rows_read(fd);
	close(fd);
	return rows;
}

struct rows rows_of_text(char *text)
{
	struct rows rows = { .text = text };
	char *line, *rest = text;

	rows.lines = calloc(strlen(text) + 1, sizeof(*rows.lines));
	check(rows.lines);
	while ((line = strsep(&rest, "\n")) && *line)
		rows.lines[rows.nr++] = line;
	check(rows.nr);
	rows.nr--;
	return rows;
}

int rows_try_read(int fd, const char *header, struct rows *rows)
{
	size_t size = 1 << 16, len = strlen(header);
	char *text = malloc(size);
	ssize_t got;

	check(text);
	memcpy(text, header, len);
	while ((got = read(fd, text + len, size - len - 1)) > 0) {
		len += got;
		if (size - len < 4096)
			text = realloc(text, size *= 2);
		check(text);
	}
	if (got) {
		free(text);
		return errno;
	}
	text[len] = '\0';
	*rows = rows_of_text(text);
	return 0;
}

struct rows rows_read(int fd)
{
	struct rows rows;

	check(!rows_try_read(fd, "", &rows));
	return rows;
}

struct rows rows_of_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct rows rows;

	check(fd >= 0);
	rows = rows_read(fd);
	close(fd);
	return rows;
}

void rows_free(struct rows *rows)
{
	free(rows->lines);
	free(rows->text);
}

static int column_index(const char *header, const char *column)
{
	char copy[512], *rest = copy, *name;
	int index = 0;

	snprintf(copy, sizeof(copy), "%s", header);
	while ((name = strsep(&rest, " "))) {
		if (!strcmp(name, column))
			return index;
		index++;
	}
	return -1;
}

const char *rows_cell(const struct rows *rows, size_t row, const char *column)
{
	static char cells[8][512];
	static int turn;
	char *copy = cells[turn++ % 8], *cell = NULL;
	int index = column_index(rows->lines[0], column);
	bool last = column_index(rows->lines[0], "COMM") == index;

	if (row >= rows->nr || index < 0)
		return "";
	snprintf(copy, sizeof(cells[0]), "%s", rows->lines[row + 1]);
	while (index-- >= 0) {
		if (index < 0 && last)
			return copy;
		cell = strsep(&copy, " ");
	}
	return cell ? cell : "";
}

bool result_takes(const char *result)
{
	return !strcmp(result, "reaped") || !strcmp(result, "released");
}

size_t rows_find(const struct rows *rows, pid_t pid)
{
	size_t row;

	for (row = 0; row < rows->nr; row++) {
		if (atoi(rows_cell(rows, row, "PID")) == pid)
			break;
	}
	return row;
}
