// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parents that would wait, but cannot:
 * 1. a parent has a child, and waits for it in its own way
 * 2. something holds the parent: a stop, a tracer, a freezer; then the child ends
 * 3. no request takes it, by whatever door, unless it says "force"
 * 4. the parent goes on, and its wait gives the exit code that is the child's own
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "hold.h"
#include "procstat.h"
#include "spared.h"
#include "waiter.h"
#include "zreapfile.h"

/* One for each of the waiters; they are there from the first test to the last. */
static struct waiting *all;

static int start_waiters(void **state)
{
	size_t i;

	hold_init();
	spared_init();
	waiter_init();
	all = calloc(nr_waiters, sizeof(*all));
	check(all);
	for (i = 0; i < nr_waiters; i++)
		all[i] = waiter_start(&waiters[i]);
	return 0;
}

static int end_waiters(void **state)
{
	size_t i;

	for (i = 0; i < nr_waiters; i++)
		waiter_end(&all[i]);
	free(all);
	hold_exit();
	return 0;
}

static void play_round(struct waiting *waiting, const struct hold *hold, int code)
{
	pid_t child = waiter_begin(waiting, code);

	hold->begin(waiting->pid);
	waiter_open_gate(waiting);
	assert_spared_as_stopped(waiting->pid, child);
	hold->end(waiting->pid);
	waiter_go_on(waiting);
	assert_int_equal(waiter_answer(waiting), code);
}

/* Each waiter, with this hold. */
static void waits_later(void **state)
{
	const struct hold *hold = *state;
	size_t i;

	for (i = 0; i < nr_waiters; i++) {
		if (waiters[i].deep && !hold->deep)
			continue;
		print_message("# %s\n", waiters[i].name);
		play_round(&all[i], hold, 3 + i);
	}
}

/* One that does not wait. SIGTSTP stops nobody in an orphaned process group, as the test's may be. */
static struct actor start_parent(void)
{
	struct actor parent = actor_start();

	check(!setpgid(parent.pid, parent.pid));
	return parent;
}

struct demand {
	const char *line;	/* with a place for PID */
	const char *result;
};

/* With "force" each of these takes it. */
static void force_takes(void **state)
{
	static const struct demand demands[] = {
		{ "%d force\n", "reaped" }, { "release %d force\n", "released" },
		{ "all min-age=0s force parent=%d\n", "reaped" },
		{ "release all min-age=0s parent=%d force\n", "released" },
	};
	const struct hold *hold = *state;
	struct actor parent = start_parent();
	size_t i;

	for (i = 0; i < sizeof(demands) / sizeof(*demands); i++) {
		pid_t child = actor_play(&parent, make_zombie, 7);
		struct rows rows;
		int error;

		hold->begin(parent.pid);
		rows = zreap_ask(&error, demands[i].line, strstr(demands[i].line, "parent=") ? parent.pid : child);
		assert_int_equal(error, 0);
		assert_int_equal(rows.nr, 1);
		assert_string_equal(rows_cell(&rows, 0, "RESULT"), demands[i].result);
		assert_int_equal(atoi(rows_cell(&rows, 0, "STATUS")), 7 << 8);
		rows_free(&rows);
		assert_int_equal(procstat_state(child), 0);
		hold->end(parent.pid);
		assert_int_equal(actor_play(&parent, wait_for, child), -1);
	}
	actor_end(&parent);
}

/* And zreap gives it to another parent, which waits. */
static void force_gives(void **state)
{
	const struct hold *hold = *state;
	struct actor parent = start_parent();
	pid_t child = actor_play(&parent, make_zombie, 7);
	struct rows rows;
	int error, status;

	hold->begin(parent.pid);
	rows = zreap_ask(&error, "adopt %d to=%d force\n", child, getpid());
	assert_int_equal(error, 0);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "adopted");
	rows_free(&rows);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 7 << 8);
	hold->end(parent.pid);
	actor_end(&parent);
}

static void add(struct CMUnitTest **next, const char *what, const struct hold *hold, CMUnitTestFunction test)
{
	char *name;

	check(asprintf(&name, "%s: %s", what, hold->name) > 0);
	*(*next)++ = (struct CMUnitTest){ .name = name, .test_func = test, .initial_state = (void *)hold };
}

int main(void)
{
	struct CMUnitTest tests[3 * nr_holds], *next = tests;
	size_t i;

	for (i = 0; i < nr_holds; i++) {
		if (holds[i].v1 && !hold_has_v1()) {
			print_message("# this kernel has no freezer of cgroup v1\n");
			continue;
		}
		add(&next, "spared", &holds[i], waits_later);
		add(&next, "force takes", &holds[i], force_takes);
		add(&next, "force gives away", &holds[i], force_gives);
	}
	return _cmocka_run_group_tests("parents_stopped", tests, next - tests, start_waiters, end_waiters);
}
