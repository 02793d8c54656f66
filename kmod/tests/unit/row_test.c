// SPDX-License-Identifier: GPL-2.0-only
/* Tables as text, in user space. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "result.h"
#include "row.h"

#include <linux/errno.h>

static void headers(void **state)
{
	char line[ROW_MAX_BYTES];
	size_t len = row_header(TABLE_ZOMBIES, line);

	assert_int_equal(len, strlen(line));
	assert_string_equal(line,
			    "PID PPID START AGE_MS STATUS STATE UID THREADS TRACER PARENT COMM\n");
	row_header(TABLE_RESULTS, line);
	assert_string_equal(line,
			    "PID RESULT ERRNO STATUS UTIME_US STIME_US MAXRSS_KB AGE_MS THREADS TRACER PPID START PARENT COMM\n");
	row_header(TABLE_RECENT, line);
	assert_memory_equal(line, "TIME_MS VERB CALLER CALLER_UID PID RESULT ", 42);
}

static void absent_cells(void **state)
{
	struct row row = {};
	char line[ROW_MAX_BYTES];
	size_t len;

	row_set_number(&row, COL_PID, 7);
	row_set_text(&row, COL_RESULT, "gone");
	row_set_number(&row, COL_ERRNO, ESRCH);
	len = row_format(TABLE_RESULTS, &row, line);
	assert_int_equal(len, strlen(line));
	assert_string_equal(line, "7 gone 3 - - - - - - - - - - -\n");
}

static void names(void **state)
{
	struct row row = {};
	char line[ROW_MAX_BYTES];

	row_set_text(&row, COL_PARENT, "a b");
	row_set_text(&row, COL_COMM, "c d");
	row_format(TABLE_ZOMBIES, &row, line);
	assert_string_equal(line, "- - - - - - - - - a\\040b c d\n");

	row_set_text(&row, COL_PARENT, "");
	row_set_text(&row, COL_COMM, "");
	row_format(TABLE_ZOMBIES, &row, line);
	assert_string_equal(line, "- - - - - - - - - - \n");
}

static void escapes(void **state)
{
	static const struct {
		const char *name, *escaped;
	} names[] = {
		{ "sh", "sh" },
		{ "", "" },
		{ "-", "\\055" },
		{ "--", "--" },
		{ "\n", "\\012" },
		{ "\033[31m", "\\033[31m" },
		{ "\x7f\x80\xff", "\\177\\200\\377" },
		{ "back\\slash", "back\\134slash" },
		{ "caf\xc3\xa9", "caf\\303\\251" },
	};
	char buf[ROW_NAME_BYTES];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		assert_int_equal(row_escape(names[i].name, false, buf, sizeof(buf)),
				 strlen(names[i].escaped));
		assert_string_equal(buf, names[i].escaped);
	}
	row_escape(" ", true, buf, sizeof(buf));
	assert_string_equal(buf, "\\040");
}

/* The longest cells of all: every number and every name at its limit. */
static void longest_row(void **state)
{
	static const char worst[] = "\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01";
	struct row row = {};
	char line[ROW_MAX_BYTES];
	enum column column;

	for (column = 0; column < NR_COLUMNS; column++)
		row_set_number(&row, column, U64_MAX);
	row_set_text(&row, COL_VERB, "release");
	row_set_text(&row, COL_RESULT, result_name(RESULT_KERNEL_CHILD));
	row_set_text(&row, COL_PARENT, worst);
	row_set_text(&row, COL_COMM, worst);
	assert_true(row_format(TABLE_RECENT, &row, line) < ROW_MAX_BYTES - 1);
	assert_int_equal(line[strlen(line) - 1], '\n');
}

static void results(void **state)
{
	enum result result;

	for (result = 0; result < NR_RESULTS; result++) {
		assert_non_null(result_name(result));
		assert_true(result_errno(result) >= 0);
	}
	assert_string_equal(result_name(RESULT_REAPED), "reaped");
	assert_int_equal(result_errno(RESULT_REAPED), 0);
	assert_int_equal(result_errno(RESULT_REUSED), ESTALE);
}

int main(void)
{
	const struct CMUnitTest row[] = {
		cmocka_unit_test(headers),
		cmocka_unit_test(absent_cells),
		cmocka_unit_test(names),
		cmocka_unit_test(escapes),
		cmocka_unit_test(longest_row),
		cmocka_unit_test(results),
	};

	return cmocka_run_group_tests(row, NULL, NULL);
}
