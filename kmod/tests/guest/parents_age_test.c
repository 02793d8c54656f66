// SPDX-License-Identifier: GPL-2.0-only
/*
 * The age of zombies whose parent could not wait for a while:
 * 1. a zombie is old enough to be taken
 * 2. zreap looks at it while its parent is held, and the parent goes on
 * 3. its age counts from that look, so that the parent has its time to wait
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "hold.h"
#include "procstat.h"
#include "zreapfile.h"
#include "zreapnl.h"

/* The age that the tests ask for; the zombies are older. */
#define MIN_AGE_MS 1000

/* Clocks of two CPUs, and what is cut off a millisecond. */
#define SLACK_MS 20

static struct actor parent;
static pid_t zombie;
static double dead;	/* when it surely was a zombie */

/* Shared with the parent: the child for which it sleeps. */
static _Atomic pid_t *vforked;

static int init(void **state)
{
	hold_init();
	vforked = mmap(NULL, sizeof(*vforked), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(vforked != MAP_FAILED);
	return 0;
}

static int finish(void **state)
{
	hold_exit();
	return 0;
}

static int make_old_zombie(void **state)
{
	parent = actor_start();
	check(!setpgid(parent.pid, parent.pid));
	zombie = actor_play(&parent, make_zombie, 7);
	dead = clock_ms();
	usleep(1000 * (MIN_AGE_MS + 3 * SLACK_MS));
	return 0;
}

static int end_parent(void **state)
{
	actor_end(&parent);
	return 0;
}

/* The first row of an answer: its AGE_MS; whether it has this result. */
static double age_told(const char *options, bool *old_enough)
{
	struct rows rows;
	double age;
	int error;

	rows = zreap_ask(&error, "%d dry-run %s\n", zombie, options);
	check(rows.nr == 1);
	age = atol(rows_cell(&rows, 0, "AGE_MS"));
	*old_enough = !error;
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), error ? "young" : "would-reap");
	rows_free(&rows);
	return age;
}

static double age_listed(void)
{
	struct rows rows = rows_of_file("/proc/zreap");
	double age = atol(rows_cell(&rows, rows_find(&rows, zombie), "AGE_MS"));

	rows_free(&rows);
	return age;
}

/* How many "all" takes, or would take. */
static size_t number_taken(const char *options)
{
	struct rows rows;
	int error;

	rows = zreap_ask(&error, "all parent=%d min-age=%dms %s\n", parent.pid, MIN_AGE_MS, options);
	assert_int_equal(error, 0);
	rows_free(&rows);
	return rows.nr;
}

/* Looks. */
static void look_by_list(void)
{
	age_listed();
}

static void look_by_all(void)
{
	assert_int_equal(number_taken(""), 0);
}

static void look_by_name(void)
{
	int error;
	struct rows rows = zreap_ask(&error, "release %d\n", zombie);

	assert_int_equal(error, EAGAIN);
	rows_free(&rows);
}

static void look_by_force(void)
{
	assert_int_equal(number_taken("force dry-run"), 1);
}

static void look_by_netlink(void)
{
	struct mnl_socket *nl = nl_open();
	struct nlmsghdr *request;
	struct nl_answer answer;

	check(nl);
	request = nl_begin(ZREAP_CMD_GET, false);
	nl_target(request, zombie, 0);
	answer = nl_ask(nl, request);
	assert_int_equal(answer.error, 0);
	nl_free(&answer);
	mnl_socket_close(nl);
}

static void (*const looks[])(void) = {
	look_by_list, look_by_all, look_by_name, look_by_force, look_by_netlink,
};

#define NR_LOOKS (sizeof(looks) / sizeof(*looks))

/* With a look between them, which is some time after this. */
static double hold_and_look(const struct hold *hold, void (*look)(void))
{
	double before;

	hold->begin(parent.pid);
	before = clock_ms();
	look();
	hold->end(parent.pid);
	return before;
}

/* The list's answer for a zombie whose parent was last seen held between two moments. */
static void assert_age_since(double before, double after)
{
	double asked = clock_ms(), age = age_listed();

	assert_true(age >= asked - after - SLACK_MS);
	assert_true(age <= clock_ms() - before + SLACK_MS);
}

/* Whether that came so soon after the look that it had to be young. */
static bool asked_in_time(double before)
{
	double asked = clock_ms(), age;
	bool old_enough, in_time;

	age = age_told("min-age=1000ms", &old_enough);
	in_time = clock_ms() - before < MIN_AGE_MS - SLACK_MS;
	assert_true(age <= clock_ms() - before + SLACK_MS);
	assert_true(!in_time || !old_enough);
	/* With force its age is the true one. */
	asked = clock_ms();
	age = age_told("min-age=1000ms force", &old_enough);
	assert_true(old_enough && age >= asked - dead - SLACK_MS);
	return in_time;
}

/* A machine that is busy may be too late, again and again. */
#define TRIES 30

static void counts_from_the_look(void **state)
{
	size_t i, look;

	for (i = 0; i < nr_holds; i++) {
		if (holds[i].v1 && !hold_has_v1())
			continue;
		print_message("# %s\n", holds[i].name);
		for (look = 0; look < NR_LOOKS; look++) {
			int tries = TRIES;
			double before;

			do {
				check(tries--);
				before = hold_and_look(&holds[i], looks[look]);
				assert_age_since(before, clock_ms());
			} while (!asked_in_time(before));
		}
	}
}

/* "all" spares it, and takes it when that time is over; looks meanwhile change nothing. */
static void taken_later(void **state)
{
	double before = hold_and_look(hold_find("stopped by SIGSTOP"), look_by_list), asked;

	do
		asked = clock_ms();
	while (!number_taken("") && asked - before < 60000);
	assert_int_equal(procstat_state(zombie), 0);
	assert_true(clock_ms() - before >= MIN_AGE_MS - SLACK_MS);
}

/* A request without min-age takes it at once. */
static void named_is_taken_at_once(void **state)
{
	hold_and_look(hold_find("stopped by SIGSTOP"), look_by_list);
	assert_int_equal(zreap_reap(zombie), 0);
	assert_int_equal(procstat_state(zombie), 0);
}

/* zreap cannot know of a stop that ends before any look. */
static void unseen_stop_does_not_count(void **state)
{
	const struct hold *hold = hold_find("stopped by SIGSTOP");
	double asked;

	hold->begin(parent.pid);
	hold->end(parent.pid);
	asked = clock_ms();
	assert_true(age_listed() >= asked - dead - SLACK_MS);
	assert_int_equal(number_taken(""), 1);
}

/* While it cannot wait, the list tells the age of the zombie itself. */
static void true_age_while_held(void **state)
{
	const struct hold *hold = hold_find("stopped by SIGSTOP");
	double asked;

	hold->begin(parent.pid);
	look_by_list();
	asked = clock_ms();
	assert_true(age_listed() >= asked - dead - SLACK_MS);
	hold->end(parent.pid);
}

/* Scene: sleep uninterruptibly for as long as that child is there. */
static long sleep_deeply(long unused)
{
	pid_t pid = vfork();

	if (!pid) {
		*vforked = getpid();
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (1)
			pause();
	}
	return wait_for(pid);
}

/* A look at a parent that is busy counts, too. */
static void busy_parent_counts(void **state)
{
	int tries = TRIES;
	double before;

	do {
		check(tries--);
		*vforked = 0;
		actor_begin(&parent, sleep_deeply, 0);
		check_soon(*vforked);
		procstat_await(parent.pid, 'D');
		before = clock_ms();
		assert_int_equal(number_taken(""), 0);
		check(!kill(*vforked, SIGKILL));
		check(actor_answer(&parent) == SIGKILL);
	} while (!asked_in_time(before));
}

int main(void)
{
#define ON_OLD_ZOMBIE(test) cmocka_unit_test_setup_teardown(test, make_old_zombie, end_parent)
	const struct CMUnitTest ages[] = {
		ON_OLD_ZOMBIE(counts_from_the_look),
		ON_OLD_ZOMBIE(taken_later),
		ON_OLD_ZOMBIE(named_is_taken_at_once),
		ON_OLD_ZOMBIE(unseen_stop_does_not_count),
		ON_OLD_ZOMBIE(true_age_while_held),
		ON_OLD_ZOMBIE(busy_parent_counts),
	};

	return cmocka_run_group_tests(ages, init, finish);
}
