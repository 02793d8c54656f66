/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As much of KUnit as the suites here use, for user space: the same test sources
 * run in a kernel with CONFIG_KUNIT and, with sanitizers, on any machine. TAP.
 */
#ifndef UNIT_KUNIT_TEST_H
#define UNIT_KUNIT_TEST_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GFP_KERNEL 0
#define MODULE_LICENSE(license)
#define MODULE_DESCRIPTION(description)

struct kunit {
	bool failed;
	void *allocations[512];
	size_t nr_allocations;
};

struct kunit_case {
	void (*run)(struct kunit *test);
	const char *name;
};

struct kunit_suite {
	const char *name;
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(function) { function, #function }

static inline void *kunit_kzalloc(struct kunit *test, size_t size, int flags)
{
	void *memory = calloc(1, size);

	if (!memory || test->nr_allocations == 512)
		abort();
	test->allocations[test->nr_allocations++] = memory;
	return memory;
}

#define KUNIT_EXPECT_MSG(test, condition, ...)					\
	do {									\
		if (!(condition)) {						\
			(test)->failed = true;					\
			printf("# %s:%d: not so: %s: ", __FILE__, __LINE__, #condition); \
			printf("" __VA_ARGS__);					\
			printf("\n");						\
		}								\
	} while (0)

#define KUNIT_EXPECT_TRUE(test, condition) KUNIT_EXPECT_MSG(test, condition, " ")
#define KUNIT_EXPECT_FALSE(test, condition) KUNIT_EXPECT_MSG(test, !(condition), " ")
#define KUNIT_EXPECT_EQ(test, a, b) KUNIT_EXPECT_MSG(test, (a) == (b), " ")
#define KUNIT_EXPECT_EQ_MSG(test, a, b, ...) KUNIT_EXPECT_MSG(test, (a) == (b), __VA_ARGS__)
#define KUNIT_EXPECT_STREQ(test, a, b) KUNIT_EXPECT_MSG(test, !strcmp(a, b), " ")
#define KUNIT_EXPECT_STREQ_MSG(test, a, b, ...) KUNIT_EXPECT_MSG(test, !strcmp(a, b), __VA_ARGS__)

static inline int kunit_run(const struct kunit_suite *suite)
{
	struct kunit_case *test_case;
	int nr = 0, failures = 0;

	for (test_case = suite->test_cases; test_case->run; test_case++) {
		struct kunit test = {};

		test_case->run(&test);
		while (test.nr_allocations)
			free(test.allocations[--test.nr_allocations]);
		failures += test.failed;
		printf("%s %d - %s.%s\n", test.failed ? "not ok" : "ok", ++nr, suite->name,
		       test_case->name);
	}
	printf("1..%d\n", nr);
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define kunit_test_suite(suite)			\
	int main(void)				\
	{					\
		return kunit_run(&(suite));	\
	}

#endif
