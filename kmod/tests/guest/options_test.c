// SPDX-License-Identifier: GPL-2.0-only
/*
 * The target "all" and the options:
 * 1. there are zombies of several parents, of known age
 * 2. a line with options selects some
 * 3. these are reaped, or would be, and the others are untouched
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
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

static double now(void)
{
	return clock_ms() / 1e3;
}

static void pause_for(double seconds)
{
	struct timespec time = { seconds, (seconds - (long)seconds) * 1e9 };

	while (nanosleep(&time, &time))
		;
}

static double age_of(pid_t pid)
{
	struct rows rows = rows_of_file("/proc/zreap");
	double age = atol(rows_cell(&rows, rows_find(&rows, pid), "AGE_MS")) / 1e3;

	rows_free(&rows);
	return age;
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
	/* A line without it in the same batch is real. */
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

	pause_for(6);
	fresh = actor_play(&parent, make_zombie, 0);
	rows = ask("all min-age=5s parent=%d\n", parent.pid);
	assert_int_equal(rows.nr, 1);
	assert_int_equal(rows_find(&rows, old), 0);
	assert_int_equal(procstat_state(fresh), 'Z');
	rows_free(&rows);
	actor_end(&parent);
}

/* Between two moments when it surely was alive and surely a zombie. */
static void age_is(pid_t pid, double alive, double dead)
{
	double before = now(), age = age_of(pid), after = now();

	/* The clocks of two CPUs, and what is cut off a millisecond. */
	assert_true(age >= before - dead - 0.02);
	assert_true(age <= after - alive + 0.02);
}

#define CONFIG "/proc/config.gz"

/* Whether the kernel takes interrupts off the time of tasks; the one that does tells its configuration. */
static bool tasks_lag(void)
{
	return !access(CONFIG, F_OK) && !system("zgrep -q '^CONFIG_IRQ_TIME_ACCOUNTING=y' " CONFIG);
}

/* Of two seconds, with this scheduling policy. */
static long make_burner(long policy)
{
	pid_t pid = fork();

	if (!pid) {
		check(!sched_setscheduler(0, policy, &(struct sched_param){ policy == SCHED_FIFO ? 10 : 0 }));
		while (clock() < 2 * CLOCKS_PER_SEC)
			;
		_exit(0);
	}
	return await_zombie_child(pid);
}

/* One that has computed for long: where tasks lag it counts from the first look, else from its end. */
static void age_of_burner(struct actor *parent, int policy)
{
	double alive = now(), dead, seen;
	pid_t pid = actor_play(parent, make_burner, policy);

	dead = now();
	/* It computed up to its end, so that it died late in this span. */
	alive += 2;
	seen = now();
	if (tasks_lag())
		assert_true(age_of(pid) < 0.02);
	else
		age_is(pid, alive, dead);
	pause_for(2);
	if (tasks_lag())
		age_is(pid, seen, now() - 2);
	else
		age_is(pid, alive, dead);
}

static void age_of_known_zombies(void **state)
{
	struct actor parent = actor_start();
	double alive = now(), dead;
	pid_t pid = actor_play(&parent, make_zombie, 0);

	dead = now();
	age_is(pid, alive, dead);
	age_of_burner(&parent, SCHED_OTHER);
	age_of_burner(&parent, SCHED_FIFO);
	age_is(pid, alive, dead);
	actor_end(&parent);
}

static void age_of_zombie_older_than_the_module(void **state)
{
	struct actor parent = actor_start();
	double alive = now(), dead;
	pid_t pid = actor_play(&parent, make_zombie, 0);

	dead = now();
	pause_for(1);
	check(!system("rmmod zreap && modprobe zreap"));
	age_is(pid, alive, dead);
	actor_end(&parent);
}

static void *sleep_then_exit(void *unused)
{
	pause_for(3);
	syscall(SYS_exit, 0);
	return NULL;
}

/* With this number; any for 0. */
static long make_headless_for_a_while(long number)
{
	pid_t pid = number ? fork_numbered(number) : fork();

	if (!pid) {
		pthread_t id;

		check(!pthread_create(&id, NULL, sleep_then_exit, NULL));
		while (1)
			syscall(SYS_exit, 0);
	}
	return await_zombie_child(pid);
}

/* The main thread died long before: the process is a zombie since its last thread went. */
static void age_counts_from_the_last_thread(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_headless_for_a_while, 0);

	assert_int_equal(number_of_rows(ask("all min-age=2s parent=%d\n", parent.pid)), 0);
	assert_int_equal(procstat_state(pid), 'Z');
	/* It counts from when it was first seen. */
	pause_for(2.5);
	assert_int_equal(number_of_rows(ask("all min-age=2s parent=%d\n", parent.pid)), 1);
	assert_int_equal(procstat_state(pid), 0);
	actor_end(&parent);
}

/* Many whose numbers are a power of two apart, as a supervisor's may be, do not make each other young. */
static void ages_do_not_clash(void **state)
{
	struct actor parent = actor_start();
	pid_t pids[9];
	int i;

	for (i = 0; i < 9; i++) {
		pids[i] = actor_play(&parent, make_headless_for_a_while, 20000 + 1024 * i);
		assert_int_equal(pids[i], 20000 + 1024 * i);
	}
	for (i = 0; i < 9; i++)
		age_of(pids[i]);
	pause_for(1);
	for (i = 0; i < 9; i++)
		assert_true(age_of(pids[i]) >= 1);
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
		cmocka_unit_test(age_of_known_zombies),
		cmocka_unit_test(age_of_zombie_older_than_the_module),
		cmocka_unit_test(age_counts_from_the_last_thread),
		cmocka_unit_test(ages_do_not_clash),
		cmocka_unit_test(hostile_names),
	};

	return cmocka_run_group_tests(options, NULL, NULL);
}
