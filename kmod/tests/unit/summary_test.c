// SPDX-License-Identifier: GPL-2.0-only
/* Summaries of batches: a KUnit suite, which also runs in user space. */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#include "summary.h"

static void check(struct kunit *test, const struct summary *summary, const char *expected)
{
	char *text = kunit_kzalloc(test, SUMMARY_BYTES, GFP_KERNEL);

	KUNIT_EXPECT_EQ(test, summary_text(summary, text), strlen(expected));
	KUNIT_EXPECT_STREQ(test, text, expected);
}

static void summaries(struct kunit *test)
{
	unsigned int counts[NR_RESULTS] = {}, spared[NR_RESULTS] = {};
	struct summary summary = {
		.comm = "bash", .pid = 128, .nr_targets = 2, .counts = counts, .spared = spared,
	};

	counts[RESULT_REAPED] = 1;
	counts[RESULT_ALIVE] = 1;
	check(test, &summary, "bash[128] uid 0: 2 targets, 1 reaped, 1 alive");

	spared[RESULT_PARENT_STOPPED] = 18000;
	spared[RESULT_YOUNG] = 3;
	check(test, &summary, "bash[128] uid 0: 2 targets, 1 reaped, 1 alive; spared: 18000 parent-stopped, 3 young");

	summary.ending = ", the rest dropped: the writer was killed";
	check(test, &summary, "bash[128] uid 0: 2 targets, 1 reaped, 1 alive, "
	      "the rest dropped: the writer was killed; spared: 18000 parent-stopped, 3 young");

	counts[RESULT_REAPED] = 0;
	spared[RESULT_PARENT_STOPPED] = 0;
	summary.ending = NULL;
	summary.nr_targets = 1;
	check(test, &summary, "bash[128] uid 0: 1 target, 1 alive; spared: 3 young");

	counts[RESULT_ALIVE] = 0;
	summary.nr_targets = 0;
	summary.comm = "a b\n";
	summary.uid = 4294967295U;
	check(test, &summary, "a\\040b\\012[128] uid 4294967295: 0 targets; spared: 3 young");
}

/* Whatever is counted, the text ends within its room. */
static void longest(struct kunit *test)
{
	unsigned int counts[NR_RESULTS];
	const struct summary summary = {
		.comm = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", .counts = counts, .spared = counts,
		.ending = ", the rest dropped: the writer was killed",
	};
	char *text = kunit_kzalloc(test, SUMMARY_BYTES, GFP_KERNEL);
	size_t i;

	for (i = 0; i < NR_RESULTS; i++)
		counts[i] = 4294967295U;
	KUNIT_EXPECT_EQ(test, summary_text(&summary, text), strlen(text));
	/* Results of a batch that a text can hold fit whole. */
	for (i = 0; i < NR_RESULTS; i++)
		counts[i] = 1000;
	KUNIT_EXPECT_TRUE(test, summary_text(&summary, text) < SUMMARY_BYTES - 1);
}

static struct kunit_case summary_cases[] = {
	KUNIT_CASE(summaries),
	KUNIT_CASE(longest),
	{}
};

static struct kunit_suite summary_suite = {
	.name = "zreap_summary",
	.test_cases = summary_cases,
};

kunit_test_suite(summary_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit suite of zreap's summaries");
