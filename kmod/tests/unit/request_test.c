// SPDX-License-Identifier: GPL-2.0-only
/* The parser: a KUnit suite, which also runs in user space. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/signal.h>
#include <linux/string.h>

#include "request.h"

/* The first line of a copy without anything behind it, so that a sanitizer sees a read too far. */
static int parse_bytes(struct kunit *test, const char *bytes, size_t len, struct request_line *line)
{
	char *copy = kunit_kzalloc(test, len ? len : 1, GFP_KERNEL);
	struct request_text text = { .at = copy, .end = copy + len };
	struct request_error error;
	int result;

	memcpy(copy, bytes, len);
	result = request_next_line(&text, line, &error);
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
	static const char bytes[] = "7 8@9 dry-run\n";
	struct request_text text = { .at = bytes, .end = bytes + strlen(bytes) };
	struct request_target target;
	struct request_error error;
	struct request_line line;

	KUNIT_EXPECT_EQ(test, request_next_line(&text, &line, &error), 1);
	KUNIT_EXPECT_TRUE(test, text.at == text.end);
	KUNIT_EXPECT_TRUE(test, request_next_target(&line, &target));
	KUNIT_EXPECT_TRUE(test, target.pid == 7 && !target.has_start);
	KUNIT_EXPECT_TRUE(test, request_next_target(&line, &target));
	KUNIT_EXPECT_TRUE(test, target.pid == 8 && target.has_start && target.start == 9);
	KUNIT_EXPECT_FALSE(test, request_next_target(&line, &target));
}

static void several_lines(struct kunit *test)
{
	static const char bytes[] = "1\nall min-age=0s\n3";
	struct request_text text = { .at = bytes, .end = bytes + strlen(bytes) };
	struct request_error error;
	struct request_line line;

	KUNIT_EXPECT_EQ(test, request_next_line(&text, &line, &error), 1);
	KUNIT_EXPECT_EQ(test, request_next_line(&text, &line, &error), 1);
	KUNIT_EXPECT_EQ(test, request_next_line(&text, &line, &error), 1);
	KUNIT_EXPECT_EQ(test, request_next_line(&text, &line, &error), 0);
}

static void option_words(struct kunit *test)
{
	char words[128] = "";
	enum option option;
	size_t len = 0;

	for (option = 0; option < NR_OPTIONS; option++)
		len += scnprintf(words + len, sizeof(words) - len, "%s%s", option ? " " : "",
				 option_name(option));
	KUNIT_EXPECT_STREQ(test, words, "min-age dry-run gentle force parent to signal");
}

/* "all" is gentle, whether it says so or not; a listed PID is only if it says so. */
static void gentle_and_force(struct kunit *test)
{
	static const struct {
		const char *text;
		bool gentle;
		bool force;
	} orders[] = {
		{ "1\n", false, false },
		{ "1 gentle\n", true, false },
		{ "1 2 force\n", false, true },
		{ "1 force gentle\n", true, true },
		{ "release 1 gentle dry-run\n", true, false },
		{ "adopt 1 to=2 force\n", false, true },
		{ "all min-age=0s\n", true, false },
		{ "all gentle min-age=0s\n", true, false },
		{ "all min-age=0s force\n", true, true },
		{ "all min-age=0s gentle force\n", true, true },
	};
	struct order order = { .all = true };
	struct request_line line;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		KUNIT_EXPECT_EQ_MSG(test, parse(test, orders[i].text, &line), 1, "%s", orders[i].text);
		KUNIT_EXPECT_EQ_MSG(test, line.order.gentle, orders[i].gentle, "%s", orders[i].text);
		KUNIT_EXPECT_EQ_MSG(test, line.order.force, orders[i].force, "%s", orders[i].text);
	}
	order_complete(&order);
	KUNIT_EXPECT_TRUE(test, order.gentle);
}

/* The whole way of a first write, up to the first error, as a person is told of it. */
static void check_advice(struct kunit *test, const char *bytes, size_t len, const char *expected)
{
	char *copy = kunit_kzalloc(test, len ? len : 1, GFP_KERNEL);
	char *told = kunit_kzalloc(test, REQUEST_ERROR_BYTES, GFP_KERNEL);
	struct request_text text = { .at = copy };
	struct request_error error = {};
	struct request_line line;
	size_t run = 0, told_len;
	int result;

	memcpy(copy, bytes, len);
	result = request_cut(copy, 0, len, true, &run, &error);
	text.end = copy + run;
	if (!result) {
		do
			result = request_next_line(&text, &line, &error);
		while (result > 0);
	}
	KUNIT_EXPECT_EQ_MSG(test, result, -EINVAL, "%s", expected);
	if (result != -EINVAL)
		return;
	KUNIT_EXPECT_TRUE(test, error.word >= copy && error.word + error.len <= copy + len);
	told_len = request_error_text(&error, told);
	KUNIT_EXPECT_EQ(test, told_len, strlen(told));
	KUNIT_EXPECT_STREQ_MSG(test, told, expected, "%s", told);
}

#define SEPARATE "separate PIDs by blanks"
#define RANGE "a PID is 1 to 4194304"
#define DIGITS "name a process by its PID, in decimal digits"
#define HEADER "this is a header line of a listing: leave it out"
#define CRLF "the line ends in CR LF: LF alone ends a line"
#define NO_VERB "the verbs are reap adopt release; a process is named by its PID"
#define NO_OPTION "the options are min-age dry-run gentle force parent to signal"
#define BEHIND "an option stands behind a PID or all"
#define ONE_VERB "a line has one verb, and it stands first"
#define UNIT "a duration wants a unit: ms, s, m or h, as in min-age=60s"
#define DURATION "a duration is a whole number and a unit, ms, s, m or h, as in min-age=60s"
#define SIGNAL_RANGE "a signal is 1 to 64 or a name in capitals, as in signal=USR1"
#define ADOPT_ONLY "to and signal go with adopt only"
#define PLAIN "write plain text: ASCII words, spaces or tabs, and LF"
#define LF "end the line with LF"

static const struct {
	const char *text;
	const char *told;
} advices[] = {
	/* What an operator comes upon first. */
	{ "all\n", "wrote \"all\" in line 1: all wants min-age, as in all min-age=60s" },
	{ "reap all dry-run\n", "wrote \"all\" in line 1: all wants min-age, as in all min-age=60s" },
	{ "152,153\n", "wrote \"152,153\" in line 1: " SEPARATE },
	{ "152 153,154\n", "wrote \"153,154\" in line 1: " SEPARATE },
	{ "152;\n", "wrote \"152;\" in line 1: " SEPARATE },
	{ "152@7,153@8\n", "wrote \"152@7,153@8\" in line 1: " SEPARATE },
	{ "    PID TTY          TIME CMD\n 152 ?\n", "wrote \"PID\" in line 1: " HEADER },
	{ "USER         PID\n", "wrote \"USER\" in line 1: " HEADER },
	{ "PPID\n", "wrote \"PPID\" in line 1: " HEADER },
	{ "PID PPID START AGE_MS\n", "wrote \"PID\" in line 1: " HEADER },
	{ "TIME_MS VERB\n", "wrote \"TIME_MS\" in line 1: " HEADER },
	{ "152\r\n", "wrote \"152\\015\" in line 1: " CRLF },
	{ "152\n153\r\n", "wrote \"153\\015\" in line 2: " CRLF },
	{ "all min-age=60s\r\n", "wrote \"min-age=60s\\015\" in line 1: " CRLF },
	{ "all min-age=60s gentle\r\n", "wrote \"gentle\\015\" in line 1: " CRLF },
	{ "152\r", "wrote \"152\\015\" in line 1: " PLAIN },
	{ "152\r 153\n", "wrote \"152\\015\" in line 1: " PLAIN },
	{ "\r\n", "wrote \"\\015\" in line 1: " CRLF },
	{ "nginx\n", "wrote \"nginx\" in line 1: " NO_VERB },
	{ "kill 152\n", "wrote \"kill\" in line 1: " NO_VERB },
	{ "*\n", "wrote \"*\" in line 1: for every zombie write all, as in all min-age=60s" },
	{ "reap *\n", "wrote \"*\" in line 1: for every zombie write all, as in all min-age=60s" },
	{ "\n", "wrote \"\" in line 1: leave out empty lines" },
	{ "152\n \t\n153\n", "wrote \"\" in line 2: leave out empty lines" },

	/* PIDs. */
	{ "0152\n", "wrote \"0152\" in line 1: a PID has no leading zero" },
	{ "152 00\n", "wrote \"00\" in line 1: a PID has no leading zero" },
	{ "0\n", "wrote \"0\" in line 1: " RANGE },
	{ "0@7\n", "wrote \"0@7\" in line 1: " RANGE },
	{ "4194305\n", "wrote \"4194305\" in line 1: " RANGE },
	{ "4194305@x\n", "wrote \"4194305@x\" in line 1: " RANGE },
	{ "18446744073709551617\n", "wrote \"18446744073709551617\" in line 1: " RANGE },
	{ "-152\n", "wrote \"-152\" in line 1: a PID has no sign" },
	{ "152 +1\n", "wrote \"+1\" in line 1: a PID has no sign" },
	{ "0x98\n", "wrote \"0x98\" in line 1: " DIGITS },
	{ "152abc\n", "wrote \"152abc\" in line 1: " DIGITS },
	{ "\"152\"\n", "wrote \"\"152\"\" in line 1: " DIGITS },
	{ "/proc/152\n", "wrote \"/proc/152\" in line 1: " DIGITS },
	{ "reap nginx\n", "wrote \"nginx\" in line 1: " DIGITS },
	{ "152-160\n", "wrote \"152-160\" in line 1: "
		       "write each PID as a whole number: there are no ranges and no fractions" },
	{ "152.5\n", "wrote \"152.5\" in line 1: "
		     "write each PID as a whole number: there are no ranges and no fractions" },
	{ "@7\n", "wrote \"@7\" in line 1: a PID must stand before @" },
	{ "152@\n", "wrote \"152@\" in line 1: behind @ stands START, field 22 of /proc/PID/stat" },
	{ "4194304@07\n", "wrote \"4194304@07\" in line 1: "
			  "behind @ stands START, field 22 of /proc/PID/stat" },
	{ "152 @7\n", "wrote \"@7\" in line 1: a PID must stand before @" },

	/* Verbs and "all". */
	{ "Reap 152\n", "wrote \"Reap\" in line 1: write reap" },
	{ "--release 152\n", "wrote \"--release\" in line 1: write release" },
	{ "adopt: 152\n", "wrote \"adopt:\" in line 1: write adopt" },
	{ "reap=152\n", "wrote \"reap=152\" in line 1: write reap" },
	{ "ALL min-age=60s\n", "wrote \"ALL\" in line 1: write all" },
	{ "reap --all\n", "wrote \"--all\" in line 1: write all" },
	{ "reap\n", "wrote \"reap\" in line 1: a PID or all must follow" },
	{ "reap reap 152\n", "wrote \"reap\" in line 1: " ONE_VERB },
	{ "reap release 152\n", "wrote \"release\" in line 1: " ONE_VERB },
	{ "152 reap\n", "wrote \"reap\" in line 1: " ONE_VERB },
	{ "-e 152\n", "wrote \"-e\" in line 1: no word begins with a dash" },
	{ "reap -- 152\n", "wrote \"--\" in line 1: no word begins with a dash" },
	{ "all 152 min-age=60s\n", "wrote \"152\" in line 1: all stands without PIDs" },
	{ "152 all min-age=60s\n", "wrote \"all\" in line 1: all stands alone, as in all min-age=60s" },
	{ "all all\n", "wrote \"all\" in line 1: all stands alone, as in all min-age=60s" },
	{ "all min-age=60s\n152\nadopt all min-age=60s\n",
	  "wrote \"all\" in line 3: all stands once in a batch" },

	/* Options: their place and their spelling. */
	{ "min-age=60s 152\n", "wrote \"min-age=60s\" in line 1: " BEHIND },
	{ "reap dry-run\n", "wrote \"dry-run\" in line 1: " BEHIND },
	{ "adopt --to 1\n", "wrote \"--to\" in line 1: " BEHIND },
	{ "152 force 153\n", "wrote \"153\" in line 1: PIDs stand before the options" },
	{ "all min-age 60s\n", "wrote \"min-age\" in line 1: write min-age=60s" },
	{ "all min-age = 60s\n", "wrote \"min-age\" in line 1: write min-age=60s" },
	{ "all min-age=\n", "wrote \"min-age=\" in line 1: write min-age=60s" },
	{ "all min_age=60s\n", "wrote \"min_age=60s\" in line 1: write min-age=60s" },
	{ "all minage=60s\n", "wrote \"minage=60s\" in line 1: write min-age=60s" },
	{ "all --min-age=60s\n", "wrote \"--min-age=60s\" in line 1: write min-age=60s" },
	{ "all min-age:60s\n", "wrote \"min-age:60s\" in line 1: write min-age=60s" },
	{ "152 --dry-run\n", "wrote \"--dry-run\" in line 1: write dry-run" },
	{ "152 dryrun\n", "wrote \"dryrun\" in line 1: write dry-run" },
	{ "152 dry-run=1\n", "wrote \"dry-run=1\" in line 1: write dry-run" },
	{ "152 --force\n", "wrote \"--force\" in line 1: write force" },
	{ "152 Gentle\n", "wrote \"Gentle\" in line 1: write gentle" },
	{ "all min-age=60s parent\n", "wrote \"parent\" in line 1: write parent=PID" },
	{ "all min-age=60s parent=\n", "wrote \"parent=\" in line 1: write parent=PID" },
	{ "adopt 152 to 1\n", "wrote \"to\" in line 1: write to=PID" },
	{ "adopt 152 signal=\n", "wrote \"signal=\" in line 1: write signal=NAME" },
	{ "152 older=60s\n", "wrote \"older=60s\" in line 1: " NO_OPTION },
	{ "152 x\n", "wrote \"x\" in line 1: " NO_OPTION },
	{ "152 dry-run dry-run\n", "wrote \"dry-run\" in line 1: an option stands once" },
	{ "152 gentle gentle\n", "wrote \"gentle\" in line 1: an option stands once" },
	{ "152 force dry-run force\n", "wrote \"force\" in line 1: an option stands once" },
	{ "all gentle min-age=0s gentle\n", "wrote \"gentle\" in line 1: an option stands once" },
	{ "152 min-age=1s min-age=2s\n", "wrote \"min-age=2s\" in line 1: an option stands once" },

	/* Options: their values. */
	{ "all min-age=60\n", "wrote \"min-age=60\" in line 1: " UNIT },
	{ "all min-age=0\n", "wrote \"min-age=0\" in line 1: " UNIT },
	{ "all min-age=1d\n", "wrote \"min-age=1d\" in line 1: " DURATION },
	{ "all min-age=1S\n", "wrote \"min-age=1S\" in line 1: " DURATION },
	{ "all min-age=1.5s\n", "wrote \"min-age=1.5s\" in line 1: " DURATION },
	{ "all min-age=-1s\n", "wrote \"min-age=-1s\" in line 1: " DURATION },
	{ "all min-age=1m30s\n", "wrote \"min-age=1m30s\" in line 1: " DURATION },
	{ "all min-age=060s\n", "wrote \"min-age=060s\" in line 1: a duration has no leading zero" },
	{ "all min-age=5124096h\n",
	  "wrote \"min-age=5124096h\" in line 1: a duration is at most 5124095h" },
	{ "all min-age=60s parent=self\n", "wrote \"parent=self\" in line 1: " DIGITS },
	{ "all min-age=60s parent=0\n", "wrote \"parent=0\" in line 1: " RANGE },
	{ "all min-age=60s parent=1,2\n", "wrote \"parent=1,2\" in line 1: "
					  "parent and to take one PID, without START" },
	{ "adopt 152 to=1@7\n", "wrote \"to=1@7\" in line 1: "
				"parent and to take one PID, without START" },
	{ "adopt 152 to=-1\n", "wrote \"to=-1\" in line 1: a PID has no sign" },
	{ "adopt 152 signal=0\n", "wrote \"signal=0\" in line 1: " SIGNAL_RANGE },
	{ "adopt 152 signal=usr1\n", "wrote \"signal=usr1\" in line 1: " SIGNAL_RANGE },
	{ "adopt 152 signal=SIGRTMIN\n", "wrote \"signal=SIGRTMIN\" in line 1: "
					 "real-time signals have no names here: write the number" },

	/* Options that do not go with the rest. */
	{ "152 parent=1\n", "wrote \"parent=1\" in line 1: parent goes with all only" },
	{ "152 to=1\n", "wrote \"to=1\" in line 1: " ADOPT_ONLY },
	{ "release 152 signal=CHLD\n", "wrote \"signal=CHLD\" in line 1: " ADOPT_ONLY },
	{ "adopt 152 signal=KILL\n",
	  "wrote \"signal=KILL\" in line 1: KILL and STOP tell an adopter nothing" },
	{ "adopt 152 signal=19 to=1\n",
	  "wrote \"signal=19\" in line 1: KILL and STOP tell an adopter nothing" },

	/* First writes without LF. */
	{ "152 153", "wrote \"153\" in line 1: " LF },
	{ "152 ", "wrote \"152\" in line 1: " LF },
	{ " 152", "wrote \"152\" in line 1: " LF },
	{ "reap 152", "wrote \"152\" in line 1: " LF },
	{ "all min-age=60s", "wrote \"min-age=60s\" in line 1: " LF },
	{ "152,153", "wrote \"152,153\" in line 1: " SEPARATE },
	{ "all", "wrote \"all\" in line 1: all wants min-age, as in all min-age=60s" },
	{ "-1", "wrote \"-1\" in line 1: a PID has no sign" },
	{ " ", "wrote \"\" in line 1: leave out empty lines" },
	{ "", "wrote \"\" in line 1: leave out empty lines" },

	/* Bytes that are no text, and long words. */
	{ "r\303\251ap 152\n", "wrote \"r\\303\\251ap\" in line 1: " PLAIN },
	{ "152\302\240153\n", "wrote \"152\\302\\240153\" in line 1: " PLAIN },
	{ "152\v153\n", "wrote \"152\\013153\" in line 1: " PLAIN },
	{ "152,153,154,155,156,157,158,159,160,161\n",
	  "wrote \"152,153,154,155,156,157,158,159,\"... in line 1: " SEPARATE },
	{ "\\\033[31m\n", "wrote \"\\134\\033[31m\" in line 1: " PLAIN },
};

static void malformed_words_are_explained(struct kunit *test)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(advices); i++)
		check_advice(test, advices[i].text, strlen(advices[i].text), advices[i].told);
}

static void advice_for_nul(struct kunit *test)
{
	check_advice(test, "152\0", 4, "wrote \"152\\000\" in line 1: a NUL byte ends no line: LF does");
	check_advice(test, "152\0\n", 5, "wrote \"152\\000\" in line 1: a NUL byte ends no line: LF does");
	check_advice(test, "1 min-age=1s\0\n", 14,
		     "wrote \"min-age=1s\\000\" in line 1: a NUL byte ends no line: LF does");
}

/* The longest that can be said: every byte escaped, and the longest advice. */
static void long_words_fit(struct kunit *test)
{
	char *told = kunit_kzalloc(test, REQUEST_ERROR_BYTES, GFP_KERNEL);
	struct request_error error = {
		.line = REQUEST_MAX_BYTES,
		.len = REQUEST_MAX_BYTES,
		.advice = DURATION,
	};
	char *word = kunit_kzalloc(test, REQUEST_MAX_BYTES, GFP_KERNEL);
	size_t len;

	error.word = word;
	len = request_error_text(&error, told);
	KUNIT_EXPECT_TRUE(test, len < REQUEST_ERROR_BYTES - 1);
	KUNIT_EXPECT_EQ(test, len, strlen(told));
}

/* A shell cut a long line: its last word may be half of one, and is no reason for advice. */
static void cut_line(struct kunit *test)
{
	char *bytes = kunit_kzalloc(test, 1024, GFP_KERNEL);
	size_t len = 0;

	while (len < 1000)
		len += scnprintf(bytes + len, 1024 - len, "4194304 ");
	bytes[len++] = '0';
	check_advice(test, bytes, len, "wrote \"0\" in line 1: "
		     "no LF in this write: shells cut long lines, so write short ones");
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
	struct request_error error;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cuts); i++) {
		size_t run = 0;

		KUNIT_EXPECT_EQ_MSG(test, request_cut(cuts[i].text, cuts[i].kept, strlen(cuts[i].text),
						      cuts[i].first, &run, &error),
				    cuts[i].result, "%s", cuts[i].text);
		KUNIT_EXPECT_EQ_MSG(test, run, cuts[i].run, "%s", cuts[i].text);
	}
}

static void too_long(struct kunit *test)
{
	char *text = kunit_kzalloc(test, REQUEST_MAX_BYTES + 1, GFP_KERNEL);
	char *told = kunit_kzalloc(test, REQUEST_ERROR_BYTES, GFP_KERNEL);
	struct request_error error;
	size_t run;

	memset(text, '\n', REQUEST_MAX_BYTES + 1);
	KUNIT_EXPECT_EQ(test, request_cut(text, 0, REQUEST_MAX_BYTES + 1, true, &run, &error), -E2BIG);
	request_error_text(&error, told);
	KUNIT_EXPECT_STREQ(test, told, "wrote too much: a batch has at most 65536 bytes");
	KUNIT_EXPECT_EQ(test, request_cut(text, 0, REQUEST_MAX_BYTES, true, &run, &error), 0);
	KUNIT_EXPECT_TRUE(test, run == REQUEST_MAX_BYTES);
}

static void after_bare(struct kunit *test)
{
	char *told = kunit_kzalloc(test, REQUEST_ERROR_BYTES, GFP_KERNEL);

	request_error_text(&request_after_bare, told);
	KUNIT_EXPECT_STREQ(test, told, "wrote more after a PID without LF: "
			   "that PID was a complete request");
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
	KUNIT_CASE(option_words),
	KUNIT_CASE(gentle_and_force),
	KUNIT_CASE(malformed_words_are_explained),
	KUNIT_CASE(advice_for_nul),
	KUNIT_CASE(long_words_fit),
	KUNIT_CASE(cut_line),
	KUNIT_CASE(cuts),
	KUNIT_CASE(too_long),
	KUNIT_CASE(after_bare),
	{}
};

static struct kunit_suite request_suite = {
	.name = "zreap_request",
	.test_cases = request_cases,
};

kunit_test_suite(request_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit suite of zreap's parser");
