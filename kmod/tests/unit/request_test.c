// SPDX-License-Identifier: GPL-2.0-only
/* The parser, in user space. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "request.h"

#include <linux/errno.h>

/* Parse a copy without anything behind it, so that the sanitizer sees a read too far. */
static int parse_bytes(const char *bytes, size_t len, struct request_line *line)
{
	char *copy = malloc(len ? len : 1);
	const char *at = copy;
	struct request_target target;
	int result;

	memcpy(copy, bytes, len);
	result = request_next_line(&at, copy + len, line);
	if (result > 0) {
		struct request_line rest = *line;
		unsigned int nr = 0;

		while (request_next_target(&rest, &target))
			nr++;
		assert_int_equal(nr, line->nr_targets);
	}
	free(copy);
	return result;
}

static int parse(const char *text, struct request_line *line)
{
	return parse_bytes(text, strlen(text), line);
}

static void accepts(const char *text, unsigned int targets)
{
	struct request_line line;

	if (parse(text, &line) != 1)
		fail_msg("refused: %s", text);
	assert_int_equal(line.nr_targets, targets);
}

static void refuses(const char *text)
{
	struct request_line line;

	if (parse(text, &line) != -EINVAL)
		fail_msg("accepted: %s", text);
}

static void lines(void **state)
{
	struct request_line line;

	accepts("1\n", 1);
	accepts("1", 1);
	accepts("4194304\n", 1);
	accepts("reap 1\n", 1);
	accepts("  \t1\t 2  \n", 2);
	accepts("reap 1 2@5 3@0 min-age=0s dry-run\n", 3);
	accepts("all min-age=5s\n", 0);
	accepts("reap all dry-run parent=7 min-age=5s\n", 0);
	assert_int_equal(parse("", &line), 0);
}

static void what_no_line_is(void **state)
{
	static const char *const texts[] = {
		"\n", " \n", "reap\n", "reap dry-run\n", "x\n", "1 x\n", "x 1\n", "1 reap\n", "reap reap 1\n",
		"0\n", "01\n", "-1\n", "+1\n", "0x1\n", "4194305\n", "18446744073709551617\n", "1.\n", "1,2\n",
		"1@\n", "1@01\n", "1@x\n", "@1\n", "1@18446744073709551616\n", "1@1 @1\n", "1\r\n",
		"all\n", "all 1 min-age=0s\n", "1 all min-age=0s\n", "all min-age=1\n", "all min-age=s\n",
		"all min-age=1S\n", "all min-age=0s min-age=0s\n", "1 dry-run dry-run\n", "1 parent=1\n",
		"all min-age=0s parent=\n", "all min-age=0s parent=1 parent=2\n",
		"all min-age=18446744073709551615s\n", "all min-age=5124096h\n",
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		refuses(texts[i]);
}

static void nul_is_no_blank(void **state)
{
	struct request_line line;

	assert_int_equal(parse_bytes("1\0\n", 3, &line), -EINVAL);
	assert_int_equal(parse_bytes("\0", 1, &line), -EINVAL);
	assert_int_equal(parse_bytes("1 \0 2\n", 6, &line), -EINVAL);
}

static void options(void **state)
{
	struct request_line line;

	assert_int_equal(parse("reap all parent=12 min-age=90m dry-run\n", &line), 1);
	assert_int_equal(line.verb, VERB_REAP);
	assert_true(line.all);
	assert_true(line.dry_run);
	assert_true(line.has_min_age);
	assert_int_equal(line.parent, 12);
	assert_true(line.min_age_ns == 90 * 60 * 1000000000ULL);

	assert_int_equal(parse("1\n", &line), 1);
	assert_false(line.all || line.dry_run || line.has_min_age || line.parent);
}

static void durations(void **state)
{
	static const struct {
		const char *text;
		unsigned long long ns;
	} durations[] = {
		{ "1 min-age=0s\n", 0 },
		{ "1 min-age=500ms\n", 500000000ULL },
		{ "1 min-age=60s\n", 60000000000ULL },
		{ "1 min-age=5m\n", 300000000000ULL },
		{ "1 min-age=2h\n", 7200000000000ULL },
		{ "1 min-age=5124095h\n", 5124095ULL * 3600 * 1000000000 },
	};
	struct request_line line;
	size_t i;

	for (i = 0; i < sizeof(durations) / sizeof(*durations); i++) {
		assert_int_equal(parse(durations[i].text, &line), 1);
		assert_true(line.min_age_ns == durations[i].ns);
	}
}

static void targets(void **state)
{
	const char *text = "7 8@9 dry-run\n", *at = text;
	struct request_target target;
	struct request_line line;

	assert_int_equal(request_next_line(&at, text + strlen(text), &line), 1);
	assert_ptr_equal(at, text + strlen(text));
	assert_true(request_next_target(&line, &target));
	assert_int_equal(target.pid, 7);
	assert_false(target.has_start);
	assert_true(request_next_target(&line, &target));
	assert_int_equal(target.pid, 8);
	assert_true(target.has_start);
	assert_int_equal(target.start, 9);
	assert_false(request_next_target(&line, &target));
}

static void several_lines(void **state)
{
	const char *text = "1\nreap 2\n3", *at = text, *end = text + strlen(text);
	struct request_line line;

	assert_int_equal(request_next_line(&at, end, &line), 1);
	assert_int_equal(request_next_line(&at, end, &line), 1);
	assert_int_equal(request_next_line(&at, end, &line), 1);
	assert_int_equal(request_next_line(&at, end, &line), 0);
}

static void cut(const char *text, size_t kept, bool first, int result, size_t run)
{
	size_t got = 0;

	assert_int_equal(request_cut(text, kept, strlen(text), first, &got), result);
	if (!result)
		assert_int_equal(got, run);
}

static void cuts(void **state)
{
	cut("12\n", 0, true, 0, 3);
	cut("12\n34\n5", 0, true, 0, 6);
	cut("12", 0, true, 0, 2);
	cut("12@34", 0, true, 0, 5);
	cut("12 ", 0, true, -EINVAL, 0);
	cut("", 0, true, -EINVAL, 0);
	cut("12 34", 0, true, -EINVAL, 0);
	cut("reap 1", 0, true, -EINVAL, 0);
	cut("12", 0, false, 0, 0);
	cut("1234", 2, false, 0, 0);
	cut("12\n", 2, false, 0, 3);
}

static void cut_too_long(void **state)
{
	static char text[REQUEST_MAX_BYTES + 1];
	size_t run;

	memset(text, '\n', sizeof(text));
	assert_int_equal(request_cut(text, 0, sizeof(text), true, &run), -E2BIG);
	assert_int_equal(request_cut(text, 0, sizeof(text) - 1, true, &run), 0);
	assert_int_equal(run, REQUEST_MAX_BYTES);
}

int main(void)
{
	const struct CMUnitTest request[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(what_no_line_is),
		cmocka_unit_test(nul_is_no_blank),
		cmocka_unit_test(options),
		cmocka_unit_test(durations),
		cmocka_unit_test(targets),
		cmocka_unit_test(several_lines),
		cmocka_unit_test(cuts),
		cmocka_unit_test(cut_too_long),
	};

	return cmocka_run_group_tests(request, NULL, NULL);
}
