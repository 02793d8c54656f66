// SPDX-License-Identifier: GPL-2.0-only
/* The check of what is at an address: a KUnit suite, which also runs in user space. */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#include "symbol.h"

#define MOST 16
#define UNSET 4711

/* Judge a copy without anything behind it, so that a sanitizer sees a read too far. */
static enum symbol_verdict judge(struct kunit *test, const char *text, const char *name,
				 unsigned long *offset)
{
	char *copy = kunit_kzalloc(test, strlen(text) + 1, GFP_KERNEL);

	memcpy(copy, text, strlen(text));
	*offset = UNSET;
	return symbol_judge(copy, name, MOST, offset);
}

/* For any other verdict the offset must stay as it was. */
static void is_at(struct kunit *test, const char *text, unsigned long wanted,
		  enum symbol_verdict verdict)
{
	unsigned long offset;

	KUNIT_EXPECT_EQ_MSG(test, judge(test, text, "kernel_wait4", &offset), verdict, "%s", text);
	KUNIT_EXPECT_EQ_MSG(test, offset, wanted, "%s", text);
}

static void is(struct kunit *test, const char *text, enum symbol_verdict verdict)
{
	is_at(test, text, UNSET, verdict);
}

static void x86(struct kunit *test)
{
	is_at(test, "kernel_wait4+0x0/0x1a0", 0, SYMBOL_FITS);
	/* Behind ENDBR. */
	is_at(test, "kernel_wait4+0x4/0x1a0", 4, SYMBOL_FITS);
}

/* The local entry, behind the two instructions that set up r2; and the call of ftrace that follows. */
static void ppc64le(struct kunit *test)
{
	is_at(test, "kernel_wait4+0x8/0x1f0", 8, SYMBOL_FITS);
	is_at(test, "kernel_wait4+0xc/0x1f0", 12, SYMBOL_FITS);
	is_at(test, "kernel_wait4+0x10/0x1f0", 16, SYMBOL_FITS);
}

static void arm(struct kunit *test)
{
	is_at(test, "kernel_wait4+0x0/0x114", 0, SYMBOL_FITS);
	/* Behind BTI or PACIASP. */
	is_at(test, "kernel_wait4+0x4/0x114", 4, SYMBOL_FITS);
}

static void bounds(struct kunit *test)
{
	unsigned long offset = UNSET;

	is_at(test, "kernel_wait4+0x11/0x1f0", 17, SYMBOL_INSIDE);
	is_at(test, "kernel_wait4+0x1ef/0x1f0", 0x1ef, SYMBOL_INSIDE);
	KUNIT_EXPECT_EQ(test, symbol_judge("tasklist_lock+0x0/0x8", "tasklist_lock", 0, &offset),
			SYMBOL_FITS);
	KUNIT_EXPECT_EQ(test, offset, 0);
	KUNIT_EXPECT_EQ(test, symbol_judge("tasklist_lock+0x1/0x8", "tasklist_lock", 0, &offset),
			SYMBOL_INSIDE);
	KUNIT_EXPECT_EQ(test, offset, 1);
	/* Behind the end of what has the name. */
	is(test, "kernel_wait4+0x8/0x8", SYMBOL_UNNAMED);
	is(test, "kernel_wait4+0x0/0x0", SYMBOL_UNNAMED);
}

static void modules(struct kunit *test)
{
	is(test, "kernel_wait4+0x0/0x1a0 [zreap]", SYMBOL_OF_MODULE);
	is(test, "kernel_wait4+0x20/0x1a0 [m]", SYMBOL_OF_MODULE);
	is(test, "kernel_wait4+0x0/0x1a0 [zreap 0123456789abcdef]", SYMBOL_OF_MODULE);
	is(test, "kernel_wait4+0x0/0x1a0 [__builtin__ftrace]", SYMBOL_OF_MODULE);
	is(test, "zreap_init+0x0/0x1a0 [zreap]", SYMBOL_OTHER);
}

static void other_names(struct kunit *test)
{
	is(test, "kernel_wait+0x0/0x90", SYMBOL_OTHER);
	is(test, "kernel_wait4_+0x0/0x90", SYMBOL_OTHER);
	is(test, "kernel_wait4.cold+0x0/0x90", SYMBOL_OTHER);
	is(test, "kernel_wait4.isra.0+0x0/0x90", SYMBOL_OTHER);
	is(test, "__pfx_kernel_wait4+0x0/0x10", SYMBOL_OTHER);
	is(test, "__cfi_kernel_wait4+0x0/0x10", SYMBOL_OTHER);
	is(test, ".kernel_wait4+0x0/0x90", SYMBOL_OTHER);
	is(test, "Kernel_wait4+0x0/0x90", SYMBOL_OTHER);
	is(test, " kernel_wait4+0x0/0x90", SYMBOL_OTHER);
}

/* Longer than any name that a kernel has. */
static void long_names(struct kunit *test)
{
	char *name = kunit_kzalloc(test, 5001, GFP_KERNEL);
	char *text = kunit_kzalloc(test, 6000, GFP_KERNEL);
	unsigned long offset;

	memset(name, 'k', 5000);
	memset(text, 'k', 5000);
	scnprintf(text + 5000, 1000, "+0x4/0x10");
	KUNIT_EXPECT_EQ(test, judge(test, text, name, &offset), SYMBOL_FITS);
	KUNIT_EXPECT_EQ(test, offset, 4);
	KUNIT_EXPECT_EQ(test, judge(test, text, name + 1, &offset), SYMBOL_OTHER);
	is(test, text, SYMBOL_OTHER);
	/* Cut short. */
	text[5000] = '\0';
	is(test, text, SYMBOL_UNNAMED);
}

static void no_names(struct kunit *test)
{
	static const char *const texts[] = {
		"", "0xffffffff81000000", "0x0", "+", "+0x0/0x90", "kernel_wait4",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		is(test, texts[i], SYMBOL_UNNAMED);
}

static void garbage(struct kunit *test)
{
	static const char *const behind[] = {
		"+", "+/", "+0x", "+0x/0x90", "+0x0", "+0x0/", "+0x0/0x", "+0/90", "+0x0/90",
		"+0/0x90", "+4/0x90", "+-0x4/0x90", "+ 0x4/0x90", "+0x+4/0x90", "+0x4 /0x90",
		"+0X4/0X90", "+0x4/0x90 ", "+0x4/0x90 m", "+0x4/0x90 []", "+0x4/0x90 [m",
		"+0x4/0x90[m]", "+0x4/0x90 [m] ", "+0x4/0x90 [m][n]", "+0x4/0x90/0x90",
		"+0x4/0x90+0x4", "+0xA/0x90", "+0xg/0x90", "+0x4/0x90\n", "+0x4\xff/0x90",
		"-0x4/0x90", " 0x4/0x90", "+0x0/0x90 [m]\n",
	};
	char *text = kunit_kzalloc(test, 64, GFP_KERNEL);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(behind); i++) {
		scnprintf(text, 64, "kernel_wait4%s", behind[i]);
		is(test, text, SYMBOL_UNNAMED);
	}
}

/* One digit more than an unsigned long holds, whatever its size. */
static void overflows(struct kunit *test)
{
	char *text = kunit_kzalloc(test, 64, GFP_KERNEL);
	unsigned long most = ~0UL;

	is(test, "kernel_wait4+0x10000000000000000/0x90", SYMBOL_UNNAMED);
	is(test, "kernel_wait4+0x10000000000000004/0x90", SYMBOL_UNNAMED);
	is(test, "kernel_wait4+0x4/0x10000000000000090", SYMBOL_UNNAMED);
	scnprintf(text, 64, "kernel_wait4+0x%lx/0x%lx", most - 1, most);
	is_at(test, text, most - 1, SYMBOL_INSIDE);
	scnprintf(text, 64, "kernel_wait4+0x%lx0/0x90", most);
	is(test, text, SYMBOL_UNNAMED);
	is_at(test, "kernel_wait4+0x00000000000000000004/0x90", 4, SYMBOL_FITS);
}

static struct kunit_case symbol_cases[] = {
	KUNIT_CASE(x86),
	KUNIT_CASE(ppc64le),
	KUNIT_CASE(arm),
	KUNIT_CASE(bounds),
	KUNIT_CASE(modules),
	KUNIT_CASE(other_names),
	KUNIT_CASE(long_names),
	KUNIT_CASE(no_names),
	KUNIT_CASE(garbage),
	KUNIT_CASE(overflows),
	{}
};

static struct kunit_suite symbol_suite = {
	.name = "zreap_symbol",
	.test_cases = symbol_cases,
};

kunit_test_suite(symbol_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit suite of zreap's check of symbols");
