// SPDX-License-Identifier: GPL-2.0-only
/* Tables as text: a KUnit suite, which also runs in user space. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#include "result.h"
#include "row.h"

static char *new_line(struct kunit *test)
{
	return kunit_kzalloc(test, ROW_MAX_BYTES, GFP_KERNEL);
}

static struct row *new_row(struct kunit *test)
{
	return kunit_kzalloc(test, sizeof(struct row), GFP_KERNEL);
}

static void is_row(struct kunit *test, enum table table, const struct row *row, const char *text)
{
	char *line = new_line(test);
	size_t len = row_format(table, row, line);

	KUNIT_EXPECT_STREQ(test, line, text);
	KUNIT_EXPECT_EQ(test, len, strlen(text));
}

static void is_header(struct kunit *test, enum table table, const char *text)
{
	char *line = new_line(test);
	size_t len = row_header(table, line);

	KUNIT_EXPECT_STREQ(test, line, text);
	KUNIT_EXPECT_EQ(test, len, strlen(text));
}

#define RESULT_HEADER \
	"PID RESULT ERRNO STATUS UTIME_US STIME_US MAXRSS_KB AGE_MS THREADS TRACER ADOPTER PPID START PARENT COMM\n"

static void headers(struct kunit *test)
{
	is_header(test, TABLE_ZOMBIES,
		  "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n");
	is_header(test, TABLE_RESULTS, RESULT_HEADER);
	is_header(test, TABLE_RECENT, "TIME_MS VERB CALLER CALLER_UID " RESULT_HEADER);
}

static void absent_cells(struct kunit *test)
{
	struct row *row = new_row(test);

	row_set_number(row, COL_PID, 7);
	row_set_text(row, COL_RESULT, "gone");
	row_set_number(row, COL_ERRNO, ESRCH);
	is_row(test, TABLE_RESULTS, row, "7 gone 3 - - - - - - - - - - - -\n");
}

static void names(struct kunit *test)
{
	struct row *row = new_row(test);

	row_set_text(row, COL_PARENT, "a b");
	row_set_text(row, COL_COMM, "c d");
	is_row(test, TABLE_ZOMBIES, row, "- - - - - - - - - - a\\040b c d\n");
	row_set_text(row, COL_PARENT, "");
	row_set_text(row, COL_COMM, "");
	is_row(test, TABLE_ZOMBIES, row, "- - - - - - - - - - - \n");
}

static void escapes(struct kunit *test)
{
	static const struct {
		const char *name, *escaped;
		bool spaces;
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
		{ "a b", "a b" },
		{ "a b", "a\\040b", true },
	};
	char *buf = kunit_kzalloc(test, ROW_NAME_BYTES, GFP_KERNEL);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		size_t len = row_escape(names[i].name, names[i].spaces, buf, ROW_NAME_BYTES);

		KUNIT_EXPECT_STREQ(test, buf, names[i].escaped);
		KUNIT_EXPECT_EQ(test, len, strlen(names[i].escaped));
	}
}

/* The longest name that a task can have. */
static const char worst_name[] = "\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01";

static void longest_name(struct kunit *test)
{
	char *buf = kunit_kzalloc(test, ROW_NAME_BYTES, GFP_KERNEL);

	KUNIT_EXPECT_EQ(test, row_escape(worst_name, true, buf, ROW_NAME_BYTES), strlen(worst_name) * 4);
}

/* Every number and every name at its limit. */
static void longest_row(struct kunit *test)
{
	struct row *row = new_row(test);
	char *line = new_line(test);
	enum column column;
	size_t len;

	for (column = 0; column < NR_COLUMNS; column++)
		row_set_number(row, column, U64_MAX);
	row_set_text(row, COL_VERB, "release");
	row_set_text(row, COL_RESULT, result_name(RESULT_KERNEL_CHILD));
	row_set_text(row, COL_PARENT, worst_name);
	row_set_text(row, COL_COMM, worst_name);
	len = row_format(TABLE_RECENT, row, line);
	KUNIT_EXPECT_TRUE(test, len < ROW_MAX_BYTES - 1);
	KUNIT_EXPECT_TRUE(test, line[len - 1] == '\n');
}

static void results(struct kunit *test)
{
	enum result result;

	for (result = 0; result < NR_RESULTS; result++) {
		KUNIT_EXPECT_TRUE(test, result_name(result));
		KUNIT_EXPECT_TRUE(test, result_errno(result) >= 0);
		/* What takes a zombie is no refusal. */
		KUNIT_EXPECT_TRUE(test, !result_takes(result) || result == RESULT_FAILED ||
					!result_errno(result));
	}
	KUNIT_EXPECT_TRUE(test, result_spares(RESULT_GONE) && result_spares(RESULT_YOUNG) &&
				result_spares(RESULT_OWN_CHILD));
	KUNIT_EXPECT_FALSE(test, result_spares(RESULT_WOULD_RELEASE) || result_spares(RESULT_DEAF) ||
				 result_spares(RESULT_FAILED));
	KUNIT_EXPECT_STREQ(test, result_name(RESULT_REAPED), "reaped");
	KUNIT_EXPECT_EQ(test, result_errno(RESULT_REUSED), ESTALE);
}

static struct kunit_case row_cases[] = {
	KUNIT_CASE(headers),
	KUNIT_CASE(absent_cells),
	KUNIT_CASE(names),
	KUNIT_CASE(escapes),
	KUNIT_CASE(longest_name),
	KUNIT_CASE(longest_row),
	KUNIT_CASE(results),
	{}
};

static struct kunit_suite row_suite = {
	.name = "zreap_row",
	.test_cases = row_cases,
};

kunit_test_suite(row_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit suite of zreap's tables");
