// SPDX-License-Identifier: GPL-2.0-only
/* The parser: a KUnit suite, which also runs in user space. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/signal.h>
#include <linux/string.h>

#include "request.h"

/* Parse a copy without anything behind it, so that a sanitizer sees a read too far. */
static int parse_bytes(struct kunit *test, const char *bytes, size_t len, struct request_line *line)
{
	char *copy = kunit_kzalloc(test, len ? len : 1, GFP_KERNEL);
	const char *at = copy;
	int result;

	memcpy(copy, bytes, len);
	result = request_next_line(&at, copy + len, line);
	if (result > 0) {
		struct request_line rest = *line;
		struct request_target target;
		unsigned int nr = 0;

		while (request_next_target(&rest, &target))
			nr++;
		KUNIT_EXPECT_EQ(test, nr, line->nr_targets);
	}
	return result;
}

static int parse(struct kunit *test, const char *text, struct request_line *line)
{
	return parse_bytes(test, text, strlen(text), line);
}

static void lines(struct kunit *test)
{
	static const struct {
		const char *text;
		unsigned int targets;
	} lines[] = {
		{ "1\n", 1 },
		{ "1", 1 },
		{ "4194304\n", 1 },
		{ "reap 1\n", 1 },
		{ "  \t1\t 2  \n", 2 },
		{ "reap 1 2@5 3@0 min-age=0s dry-run\n", 3 },
		{ "all min-age=5s\n", 0 },
		{ "reap all dry-run parent=7 min-age=5s\n", 0 },
		{ "adopt 1\n", 1 },
		{ "adopt 1 2 to=3 signal=USR1 min-age=1s dry-run\n", 2 },
		{ "adopt all min-age=0s to=3\n", 0 },
		{ "release 1 2\n", 2 },
	};
	struct request_line line;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		KUNIT_EXPECT_EQ_MSG(test, parse(test, lines[i].text, &line), 1, "%s", lines[i].text);
		KUNIT_EXPECT_EQ_MSG(test, line.nr_targets, lines[i].targets, "%s", lines[i].text);
	}
	KUNIT_EXPECT_EQ(test, parse(test, "", &line), 0);
}

static void malformed_lines(struct kunit *test)
{
	static const char *const texts[] = {
		"\n", " \n", "reap\n", "reap dry-run\n", "x\n", "1 x\n", "x 1\n", "1 reap\n", "reap reap 1\n",
		"0\n", "01\n", "-1\n", "+1\n", "0x1\n", "4194305\n", "18446744073709551617\n", "1.\n", "1,2\n",
		"1@\n", "1@01\n", "1@x\n", "@1\n", "1@18446744073709551616\n", "1@1 @1\n", "1\r\n",
		"all\n", "all 1 min-age=0s\n", "1 all min-age=0s\n", "all min-age=1\n", "all min-age=s\n",
		"all min-age=1S\n", "all min-age=0s min-age=0s\n", "1 dry-run dry-run\n", "1 parent=1\n",
		"all min-age=0s parent=\n", "all min-age=0s parent=1 parent=2\n",
		"all min-age=18446744073709551615s\n", "all min-age=5124096h\n",
		"1 to=2\n", "reap 1 signal=CHLD\n", "release 1 to=2\n", "adopt\n", "adopt to=2\n",
		"adopt 1 to=0\n", "adopt 1 to=\n", "adopt 1 to=2 to=2\n", "adopt 1 parent=2\n",
		"adopt 1 to=4194305\n", "adopt 1 signal=0\n", "adopt 1 signal=65\n", "adopt 1 signal=\n",
		"adopt 1 signal=9\n", "adopt 1 signal=KILL\n", "adopt 1 signal=SIGSTOP\n",
		"adopt 1 signal=usr1\n", "adopt 1 signal=SIG\n", "adopt 1 signal=SIGSIGUSR1\n",
		"adopt 1 signal=10x\n", "adopt 1 signal=10 signal=USR1\n",
	};
	struct request_line line;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		KUNIT_EXPECT_EQ_MSG(test, parse(test, texts[i], &line), -EINVAL, "%s", texts[i]);
}

static void nul_is_no_blank(struct kunit *test)
{
	struct request_line line;

	KUNIT_EXPECT_EQ(test, parse_bytes(test, "1\0\n", 3, &line), -EINVAL);
	KUNIT_EXPECT_EQ(test, parse_bytes(test, "\0", 1, &line), -EINVAL);
	KUNIT_EXPECT_EQ(test, parse_bytes(test, "1 \0 2\n", 6, &line), -EINVAL);
}

static void options(struct kunit *test)
{
	struct request_line line;

	KUNIT_EXPECT_EQ(test, parse(test, "reap all parent=12 min-age=90m dry-run\n", &line), 1);
	KUNIT_EXPECT_TRUE(test, line.order.verb == VERB_REAP);
	KUNIT_EXPECT_TRUE(test, line.order.all);
	KUNIT_EXPECT_TRUE(test, line.order.dry_run);
	KUNIT_EXPECT_TRUE(test, line.order.has_min_age);
	KUNIT_EXPECT_TRUE(test, line.order.parent == 12);
	KUNIT_EXPECT_TRUE(test, line.order.min_age_ns == 90 * 60 * 1000000000ULL);

	KUNIT_EXPECT_EQ(test, parse(test, "1\n", &line), 1);
	KUNIT_EXPECT_FALSE(test, line.order.all || line.order.dry_run ||
				 line.order.has_min_age || line.order.parent);
}

static void adopters(struct kunit *test)
{
	static const struct {
		const char *text;
		int signal;
	} signals[] = {
		{ "adopt 1 to=7\n", 0 },
		{ "adopt 1 to=7 signal=SIGCHLD\n", SIGCHLD },
		{ "adopt 1 to=7 signal=USR1\n", SIGUSR1 },
		{ "adopt 1 to=7 signal=SIGSYS\n", SIGSYS },
		{ "adopt 1 to=7 signal=1\n", 1 },
		{ "adopt 1 to=7 signal=64\n", 64 },
	};
	struct request_line line;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(signals); i++) {
		KUNIT_EXPECT_EQ_MSG(test, parse(test, signals[i].text, &line), 1, "%s", signals[i].text);
		KUNIT_EXPECT_TRUE(test, line.order.verb == VERB_ADOPT);
		KUNIT_EXPECT_EQ(test, line.order.to, 7u);
		KUNIT_EXPECT_EQ(test, line.order.signal, signals[i].signal);
	}
}

static void durations(struct kunit *test)
{
	static const struct {
		const char *text;
		u64 ns;
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

	for (i = 0; i < ARRAY_SIZE(durations); i++) {
		KUNIT_EXPECT_EQ(test, parse(test, durations[i].text, &line), 1);
		KUNIT_EXPECT_TRUE(test, line.order.min_age_ns == durations[i].ns);
	}
}

static void targets(struct kunit *test)
{
	static const char text[] = "7 8@9 dry-run\n";
	const char *at = text, *end = text + strlen(text);
	struct request_target target;
	struct request_line line;

	KUNIT_EXPECT_EQ(test, request_next_line(&at, end, &line), 1);
	KUNIT_EXPECT_TRUE(test, at == end);
	KUNIT_EXPECT_TRUE(test, request_next_target(&line, &target));
	KUNIT_EXPECT_TRUE(test, target.pid == 7 && !target.has_start);
	KUNIT_EXPECT_TRUE(test, request_next_target(&line, &target));
	KUNIT_EXPECT_TRUE(test, target.pid == 8 && target.has_start && target.start == 9);
	KUNIT_EXPECT_FALSE(test, request_next_target(&line, &target));
}

static void several_lines(struct kunit *test)
{
	static const char text[] = "1\nreap 2\n3";
	const char *at = text, *end = text + strlen(text);
	struct request_line line;

	KUNIT_EXPECT_EQ(test, request_next_line(&at, end, &line), 1);
	KUNIT_EXPECT_EQ(test, request_next_line(&at, end, &line), 1);
	KUNIT_EXPECT_EQ(test, request_next_line(&at, end, &line), 1);
	KUNIT_EXPECT_EQ(test, request_next_line(&at, end, &line), 0);
}

static void cuts(struct kunit *test)
{
	static const struct {
		const char *text;
		size_t kept;
		bool first;
		int result;
		size_t run;
	} cuts[] = {
		{ "12\n", 0, true, 0, 3 },
		{ "12\n34\n5", 0, true, 0, 6 },
		{ "12", 0, true, 0, 2 },
		{ "12@34", 0, true, 0, 5 },
		{ "12 ", 0, true, -EINVAL, 0 },
		{ "", 0, true, -EINVAL, 0 },
		{ "12 34", 0, true, -EINVAL, 0 },
		{ "reap 1", 0, true, -EINVAL, 0 },
		{ "12", 0, false, 0, 0 },
		{ "1234", 2, false, 0, 0 },
		{ "12\n", 2, false, 0, 3 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cuts); i++) {
		size_t run = 0;

		KUNIT_EXPECT_EQ_MSG(test, request_cut(cuts[i].text, cuts[i].kept, strlen(cuts[i].text),
						      cuts[i].first, &run),
				    cuts[i].result, "%s", cuts[i].text);
		KUNIT_EXPECT_EQ_MSG(test, run, cuts[i].run, "%s", cuts[i].text);
	}
}

static void too_long(struct kunit *test)
{
	char *text = kunit_kzalloc(test, REQUEST_MAX_BYTES + 1, GFP_KERNEL);
	size_t run;

	memset(text, '\n', REQUEST_MAX_BYTES + 1);
	KUNIT_EXPECT_EQ(test, request_cut(text, 0, REQUEST_MAX_BYTES + 1, true, &run), -E2BIG);
	KUNIT_EXPECT_EQ(test, request_cut(text, 0, REQUEST_MAX_BYTES, true, &run), 0);
	KUNIT_EXPECT_TRUE(test, run == REQUEST_MAX_BYTES);
}

static struct kunit_case request_cases[] = {
	KUNIT_CASE(lines),
	KUNIT_CASE(malformed_lines),
	KUNIT_CASE(nul_is_no_blank),
	KUNIT_CASE(options),
	KUNIT_CASE(adopters),
	KUNIT_CASE(durations),
	KUNIT_CASE(targets),
	KUNIT_CASE(several_lines),
	KUNIT_CASE(cuts),
	KUNIT_CASE(too_long),
	{}
};

static struct kunit_suite request_suite = {
	.name = "zreap_request",
	.test_cases = request_cases,
};

kunit_test_suite(request_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit suite of zreap's parser");
