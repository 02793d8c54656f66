// SPDX-License-Identifier: GPL-2.0-only
/* Tables as text. */
#include <linux/kernel.h>
#include <linux/string.h>

#include "row.h"

static const char *const names[NR_COLUMNS] = {
	[COL_TIME_MS] = "TIME_MS",
	[COL_VERB] = "VERB",
	[COL_CALLER] = "CALLER",
	[COL_CALLER_UID] = "CALLER_UID",
	[COL_PID] = "PID",
	[COL_RESULT] = "RESULT",
	[COL_STATE] = "STATE",
	[COL_SPARED] = "SPARED",
	[COL_ERRNO] = "ERRNO",
	[COL_STATUS] = "STATUS",
	[COL_UTIME_US] = "UTIME_US",
	[COL_STIME_US] = "STIME_US",
	[COL_MAXRSS_KB] = "MAXRSS_KB",
	[COL_AGE_MS] = "AGE_MS",
	[COL_THREADS] = "THREADS",
	[COL_TRACER] = "TRACER",
	[COL_ADOPTER] = "ADOPTER",
	[COL_PPID] = "PPID",
	[COL_UID] = "UID",
	[COL_START] = "START",
	[COL_PARENT] = "PARENT",
	[COL_COMM] = "COMM",
};

#define RESULT_COLUMNS							\
	COL_PID, COL_RESULT, COL_ERRNO, COL_STATUS, COL_UTIME_US,	\
	COL_STIME_US, COL_MAXRSS_KB, COL_AGE_MS, COL_THREADS,		\
	COL_TRACER, COL_ADOPTER, COL_PPID, COL_START, COL_PARENT, COL_COMM

/* COMM ends every table, and so every list. */
static const enum column tables[NR_TABLES][NR_COLUMNS] = {
	[TABLE_ZOMBIES] = {
		COL_PID, COL_PPID, COL_START, COL_AGE_MS, COL_STATUS, COL_STATE,
		COL_SPARED, COL_UID, COL_THREADS, COL_TRACER, COL_PARENT, COL_COMM
	},
	[TABLE_RESULTS] = { RESULT_COLUMNS },
	[TABLE_RECENT] = {
		COL_TIME_MS, COL_VERB, COL_CALLER, COL_CALLER_UID, RESULT_COLUMNS
	},
};

void row_set_number(struct row *row, enum column column, u64 number)
{
	row->cells[column].kind = CELL_NUMBER;
	row->cells[column].number = number;
}

void row_set_text(struct row *row, enum column column, const char *text)
{
	row->cells[column].kind = CELL_TEXT;
	row->cells[column].text = text;
}

size_t row_header(enum table table, char buf[ROW_MAX_BYTES])
{
	const enum column *column = tables[table];
	size_t len = 0;

	for (; *column != COL_COMM; column++)
		len += scnprintf(buf + len, ROW_MAX_BYTES - len, "%s ", names[*column]);
	return len + scnprintf(buf + len, ROW_MAX_BYTES - len, "%s\n", names[COL_COMM]);
}

static size_t format_cell(const struct row *row, enum column column, char *buf, size_t size)
{
	switch (row->cells[column].kind) {
	case CELL_NUMBER:
		return scnprintf(buf, size, "%llu",
				 (unsigned long long)row->cells[column].number);
	case CELL_TEXT:
		/* Only the last cell of a line may be empty. */
		if (*row->cells[column].text || column == COL_COMM)
			return row_escape(row->cells[column].text, column != COL_COMM, buf, size);
		break;
	case CELL_ABSENT:
		break;
	}
	return scnprintf(buf, size, "-");
}

size_t row_format(enum table table, const struct row *row, char buf[ROW_MAX_BYTES])
{
	const enum column *column = tables[table];
	size_t len = 0;

	for (; *column != COL_COMM; column++) {
		len += format_cell(row, *column, buf + len, ROW_MAX_BYTES - len);
		len += scnprintf(buf + len, ROW_MAX_BYTES - len, " ");
	}
	len += format_cell(row, COL_COMM, buf + len, ROW_MAX_BYTES - len);
	return len + scnprintf(buf + len, ROW_MAX_BYTES - len, "\n");
}

size_t row_escape_bytes(const char *bytes, size_t len, bool spaces, char *buf, size_t size)
{
	size_t done = 0, i;

	*buf = '\0';
	for (i = 0; i < len; i++) {
		unsigned char c = bytes[i];
		bool plain = c >= 0x20 && c <= 0x7e && c != '\\' && !(spaces && c == ' ');

		done += scnprintf(buf + done, size - done, plain ? "%c" : "\\%03o", c);
	}
	return done;
}

size_t row_escape(const char *name, bool spaces, char *buf, size_t size)
{
	if (!strcmp(name, "-"))
		return scnprintf(buf, size, "\\055");
	return row_escape_bytes(name, strlen(name), spaces, buf, size);
}
