/* SPDX-License-Identifier: GPL-2.0-only */
/* Using /proc/zreap from C: opening, writing, and finding cells by column name. */
#ifndef ZREAPFILE_H
#define ZREAPFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Rows of a file of tables, in memory. */
struct rows {
	char *text;
	char **lines;	/* the header first */
	size_t nr;	/* without the header */
};

int zreap_open(void);

/* Scenes (actor.h): open /proc/zreap with flags of open(2), or /proc/zreap_recent, and close it: 0, or the errno. */
long zreap_try_open(long flags);
long zreap_try_open_recent(long unused);

/* Write a text in one write(2): 0, or the errno. */
int zreap_write(int fd, const char *text);
int zreap_write_bytes(int fd, const void *bytes, size_t len);

/* Write a number and LF to a newly opened file: 0, or the errno. */
int zreap_reap(pid_t pid);

/* Write a line to a newly opened file, and give its rows; *error: 0, or the errno. */
struct rows zreap_ask(int *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The rows of a terminated text from malloc(), which they take over; free with rows_free(). */
struct rows rows_of_text(char *text);

/* All rows that can be read from here on; free with rows_free(). */
struct rows rows_read(int fd);

/* The same below the caller's header, for a file that has given its header: 0, or the errno. */
int rows_try_read(int fd, const char *header, struct rows *rows);

struct rows rows_of_file(const char *path);
void rows_free(struct rows *rows);

/* The cell of a row, counted from 0; "" if there is no such row or column. Valid until the next call but seven. */
const char *rows_cell(const struct rows *rows, size_t row, const char *column);

/* Whether this RESULT means that a zombie is released: reaped or released. */
bool result_takes(const char *result);

/* The row with this PID; the number of rows if there is none. */
size_t rows_find(const struct rows *rows, pid_t pid);

#endif
