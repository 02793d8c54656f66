/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables of named columns that readers see. Pure text, no kernel state.
 * Compiles in user space too (tests/unit).
 */
#ifndef ZREAP_ROW_H
#define ZREAP_ROW_H

#include <linux/types.h>

enum column {
	COL_TIME_MS,
	COL_VERB,
	COL_CALLER,
	COL_CALLER_UID,
	COL_PID,
	COL_RESULT,
	COL_STATE,
	COL_SPARED,
	COL_ERRNO,
	COL_STATUS,
	COL_UTIME_US,
	COL_STIME_US,
	COL_MAXRSS_KB,
	COL_AGE_MS,
	COL_THREADS,
	COL_TRACER,
	COL_ADOPTER,
	COL_PPID,
	COL_UID,
	COL_START,
	COL_PARENT,
	COL_COMM,
	NR_COLUMNS
};

/* The three tables; docs/proc-interface.md gives their columns. */
enum table {
	TABLE_ZOMBIES,
	TABLE_RESULTS,
	TABLE_RECENT,
	NR_TABLES
};

/* No row of any table is longer, its LF and terminating NUL included. */
#define ROW_MAX_BYTES 512

/* Room for an escaped name of a task: 15 bytes, four for each, and NUL. */
#define ROW_NAME_BYTES 61

/**
 * struct row - the cells of one row; a cell that was not set is absent
 * @cells: by column
 * @cells.kind: which member of the union holds the value
 * @cells.number: an unsigned number
 * @cells.text: a terminated string, which must outlive the row; any bytes
 */
struct row {
	struct {
		enum { CELL_ABSENT, CELL_NUMBER, CELL_TEXT } kind;
		union {
			u64 number;
			const char *text;
		};
	} cells[NR_COLUMNS];
};

/**
 * row_set_number() - give a row a number
 * @row: the row
 * @column: where
 * @number: the value
 *
 * Context: any.
 */
void row_set_number(struct row *row, enum column column, u64 number);

/**
 * row_set_text() - give a row a text
 * @row: the row
 * @column: where
 * @text: the value; must outlive the row
 *
 * Context: any.
 */
void row_set_text(struct row *row, enum column column, const char *text);

/**
 * row_header() - write the line that names a table's columns
 * @table: which table
 * @buf: where to; LF and NUL end it
 *
 * Context: any.
 * Return: the length without the NUL.
 */
size_t row_header(enum table table, char buf[ROW_MAX_BYTES]);

/**
 * row_format() - write one row of a table
 * @table: which table
 * @row: its cells; those of other tables' columns are ignored
 * @buf: where to; LF and NUL end it
 *
 * Context: any.
 * Return: the length without the NUL.
 */
size_t row_format(enum table table, const struct row *row, char buf[ROW_MAX_BYTES]);

/**
 * row_escape() - make a name safe for a terminal, a log and a parser of columns
 * @name: a terminated string, any bytes
 * @spaces: whether spaces are escaped too
 * @buf: where to; terminated
 * @size: its size
 *
 * Bytes outside 0x20-0x7e and the backslash become \ooo. The name "-" becomes
 * \055, since "-" stands for an absent value.
 *
 * Context: any.
 * Return: the length without the NUL.
 */
size_t row_escape(const char *name, bool spaces, char *buf, size_t size);

/**
 * row_escape_bytes() - make any bytes safe for a terminal and a log
 * @bytes: not terminated; NUL is a byte like others
 * @len: how many
 * @spaces: whether spaces are escaped too
 * @buf: where to; terminated
 * @size: its size
 *
 * As row_escape(), but "-" has no meaning of its own.
 *
 * Context: any.
 * Return: the length without the NUL.
 */
size_t row_escape_bytes(const char *bytes, size_t len, bool spaces, char *buf, size_t size);

#endif
