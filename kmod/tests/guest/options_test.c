// SPDX-License-Identifier: GPL-2.0-only
/*
 * The target "all" and the options:
 * 1. there are zombies of several parents
 * 2. a line with options selects some
 * 3. zreap reaps these, or would, and touches no other
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"

/* Write a line, expect success, and give its rows. */
static struct rows ask(const char *format, ...)
{
	int fd = zreap_open();
	char text[128];
	struct rows rows;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	assert_int_equal(zreap_write(fd, text), 0);
	rows = rows_read(fd);
	close(fd);
	return rows;
}

static size_t number_of_rows(struct rows rows)
{
	size_t nr = rows.nr;

	rows_free(&rows);
	return nr;
}

static void all_of_one_parent(void **state)
{
	struct actor one = actor_start(), other = actor_start();
	pid_t a = actor_play(&one, make_zombie, 1), b = actor_play(&one, make_zombie, 2);
	pid_t c = actor_play(&other, make_zombie, 3);
	pid_t alive = actor_play(&one, make_sleeper, 0);
	struct rows rows = ask("all parent=%d min-age=0s\n", one.pid);

	assert_int_equal(rows.nr, 2);
	assert_int_equal(rows_find(&rows, a < b ? a : b), 0);
	assert_int_equal(procstat_state(a), 0);
	assert_int_equal(procstat_state(b), 0);
	assert_int_equal(procstat_state(c), 'Z');
	assert_int_equal(procstat_state(alive), 'S');
	rows_free(&rows);
	actor_end(&other);
	actor_end(&one);
}

static void all_of_everybody(void **state)
{
	struct actor one = actor_start(), other = actor_start();
	pid_t a = actor_play(&one, make_zombie, 1), b = actor_play(&other, make_zombie, 2);
	struct rows rows = ask("reap all min-age=0s\n");

	assert_true(rows_find(&rows, a) < rows.nr && rows_find(&rows, b) < rows.nr);
	rows_free(&rows);
	assert_int_equal(number_of_rows(rows_of_file("/proc/zreap")), 0);
	assert_int_equal(number_of_rows(ask("all min-age=0s\n")), 0);
	actor_end(&other);
	actor_end(&one);
}

static void no_such_parent(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 0);

	assert_int_equal(number_of_rows(ask("all min-age=0s parent=4194304\n")), 0);
	assert_int_equal(procstat_state(pid), 'Z');
	actor_end(&parent);
}

static void dry_run(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 5);
	struct rows rows = ask("%d dry-run\n", pid);

	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "would-reap");
	assert_string_equal(rows_cell(&rows, 0, "UTIME_US"), "-");
	assert_int_equal(atoi(rows_cell(&rows, 0, "STATUS")), 5 << 8);
	rows_free(&rows);
	rows = ask("all dry-run min-age=0s parent=%d\n", parent.pid);
	assert_int_equal(rows_find(&rows, pid), 0);
	rows_free(&rows);
	assert_int_equal(procstat_state(pid), 'Z');
	/* It changes nothing behind a line that acts, too. */
	rows = ask("%d\n%d dry-run\n", actor_play(&parent, make_zombie, 0), pid);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "reaped");
	assert_string_equal(rows_cell(&rows, 1, "RESULT"), "would-reap");
	rows_free(&rows);
	assert_int_equal(procstat_state(pid), 'Z');
	/* A line without it in the same batch acts. */
	rows = ask("%d dry-run\n%d\n%d dry-run\n", pid, pid, pid);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "would-reap");
	assert_string_equal(rows_cell(&rows, 1, "RESULT"), "reaped");
	assert_string_equal(rows_cell(&rows, 2, "RESULT"), "gone");
	rows_free(&rows);
	actor_end(&parent);
}

static void young(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 0);
	int fd = zreap_open();
	char text[64];
	struct rows rows;

	snprintf(text, sizeof(text), "%d min-age=1h\n", pid);
	assert_int_equal(zreap_write(fd, text), EAGAIN);
	rows = rows_read(fd);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "young");
	assert_true(atoi(rows_cell(&rows, 0, "AGE_MS")) < 60000);
	rows_free(&rows);
	close(fd);
	/* With all it is spared without a row. */
	assert_int_equal(number_of_rows(ask("all min-age=1h\n")), 0);
	assert_int_equal(procstat_state(pid), 'Z');
	actor_end(&parent);
}

/* A parent of two: one old enough, one not. */
static void min_age_divides(void **state)
{
	struct actor parent = actor_start();
	pid_t old = actor_play(&parent, make_zombie, 0), fresh;
	struct rows rows;

	sleep(6);
	fresh = actor_play(&parent, make_zombie, 0);
	rows = ask("all min-age=5s parent=%d\n", parent.pid);
	assert_int_equal(rows.nr, 1);
	assert_int_equal(rows_find(&rows, old), 0);
	assert_int_equal(procstat_state(fresh), 'Z');
	rows_free(&rows);
	actor_end(&parent);
}

static void hostile_names(void **state)
{
	static const char *const names[][2] = {
		{ "a\033[2Jb", "a\\033[2Jb" }, { "a\nb 1 2 3", "a\\012b 1 2 3" }, { "\\", "\\134" },
		{ "-", "\\055" }, { ") S 1", ") S 1" }, { "\xff\xfe\t", "\\377\\376\\011" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct actor parent;
		struct rows rows;
		pid_t pid;

		procstat_put("/proc/self/comm", names[i][0]);
		parent = actor_start();
		pid = actor_play(&parent, make_zombie, 0);
		procstat_put("/proc/self/comm", "options_test");
		rows = ask("%d\n", pid);
		assert_string_equal(rows_cell(&rows, 0, "COMM"), names[i][1]);
		rows_free(&rows);
		actor_end(&parent);
	}
}

int main(void)
{
	const struct CMUnitTest options[] = {
		cmocka_unit_test(all_of_one_parent),
		cmocka_unit_test(all_of_everybody),
		cmocka_unit_test(no_such_parent),
		cmocka_unit_test(dry_run),
		cmocka_unit_test(young),
		cmocka_unit_test(min_age_divides),
		cmocka_unit_test(hostile_names),
	};

	return cmocka_run_group_tests(options, NULL, NULL);
}
