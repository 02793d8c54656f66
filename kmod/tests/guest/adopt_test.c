// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adopt: zreap gives a zombie to a user process, the adopter, and sends it a signal. The adopter
 * waits:
 * 1. an actor makes a zombie
 * 2. another actor, or the process that would inherit the zombie, adopts it
 * 3. the adopter gets its wait status, or nothing has changed
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "adopter.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"

#define NR_MANY 500

/* Write "adopt ..." and return the errno. The first row must have this result and adopter. */
static int adopt(const char *request, const char *result, pid_t adopter)
{
	int fd = zreap_open(), err = zreap_write(fd, request);
	struct rows rows = rows_read(fd);

	assert_string_equal(rows_cell(&rows, 0, "RESULT"), result);
	assert_int_equal(atoi(rows_cell(&rows, 0, "ERRNO")), err);
	assert_int_equal(atoi(rows_cell(&rows, 0, "ADOPTER")), adopter);
	rows_free(&rows);
	close(fd);
	return err;
}

static int adopt_to(pid_t pid, pid_t to, const char *signal, const char *result)
{
	char text[64];

	snprintf(text, sizeof(text), "adopt %d to=%d signal=%s\n", pid, to, signal);
	return adopt(text, result, to);
}

/* zreap refused: the zombie still has its parent, which can wait for it. */
static void assert_untouched(struct actor *parent, pid_t pid, int status)
{
	assert_int_equal(procstat_state(pid), 'Z');
	assert_int_equal(actor_play(parent, wait_for, pid), status);
}

static void adopted_by(int signal, const char *name)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t exited = actor_play(&parent, make_zombie, 7);
	pid_t killed = actor_play(&parent, make_killed_zombie, SIGTERM);

	assert_int_equal(actor_play(&u, adopter_listen, signal), 0);
	assert_int_equal(adopt_to(exited, u.pid, name, "adopted"), 0);
	assert_int_equal(actor_play(&u, adopter_status, exited), 7 << 8);
	assert_int_equal(adopt_to(killed, u.pid, name, "adopted"), 0);
	assert_int_equal(actor_play(&u, adopter_status, killed), SIGTERM);
	assert_int_equal(procstat_state(exited), 0);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	assert_int_equal(errno, ECHILD);
	actor_end(&u);
	actor_end(&parent);
}

static void told_by_sigchld(void **state)
{
	adopted_by(SIGCHLD, "CHLD");
}

static void told_by_sigusr1(void **state)
{
	adopted_by(SIGUSR1, "SIGUSR1");
}

static void told_by_real_time_signal(void **state)
{
	adopted_by(40, "40");
}

static void rows_tell_all(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 9);
	int fd = zreap_open();
	struct rows rows;
	char text[64];

	snprintf(text, sizeof(text), "adopt %d to=%d\n", pid, u.pid);
	assert_int_equal(zreap_write(fd, text), 0);
	rows = rows_read(fd);
	assert_int_equal(atoi(rows_cell(&rows, 0, "STATUS")), 9 << 8);
	assert_int_equal(atoi(rows_cell(&rows, 0, "PPID")), parent.pid);
	assert_string_equal(rows_cell(&rows, 0, "UTIME_US"), "-");
	rows_free(&rows);
	close(fd);

	rows = rows_of_file("/proc/zreap_recent");
	assert_int_equal(atoi(rows_cell(&rows, rows.nr - 1, "PID")), pid);
	assert_string_equal(rows_cell(&rows, rows.nr - 1, "VERB"), "adopt");
	assert_int_equal(atoi(rows_cell(&rows, rows.nr - 1, "ADOPTER")), u.pid);
	rows_free(&rows);
	assert_int_equal(actor_play(&u, wait_for, pid), 9 << 8);
	actor_end(&u);
	actor_end(&parent);
}

static void usage_is_real(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t pid = actor_play(&parent, make_busy_zombie, 100);

	assert_int_equal(actor_play(&u, adopter_listen, SIGUSR1), 0);
	assert_int_equal(adopt_to(pid, u.pid, "USR1", "adopted"), 0);
	assert_true(actor_play(&u, adopter_utime_ms, pid) >= 100);
	actor_end(&u);
	actor_end(&parent);
}

static long wait_plainly(long pid)
{
	int status;

	return waitpid(pid, &status, WNOHANG) == pid ? status : -1;
}

/* The adopter need not know how the child was made: a wait without __WALL finds it. */
static void cloned_without_signal(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t pid = actor_play(&parent, make_silent_zombie, 6);

	assert_int_equal(adopt_to(pid, u.pid, "CHLD", "adopted"), 0);
	assert_int_equal(actor_play(&u, wait_plainly, pid), 6 << 8);
	actor_end(&u);
	actor_end(&parent);
}

static void wakes_a_wait(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 5);
	pid_t sleeper = actor_play(&u, make_sleeper, 0);

	/* The adopter waits for any child. It sleeps, because the sleeper lives. */
	actor_begin(&u, wait_for, -1);
	procstat_await(u.pid, 'S');
	assert_int_equal(adopt_to(pid, u.pid, "CHLD", "adopted"), 0);
	assert_int_equal(actor_answer(&u), 5 << 8);
	assert_int_equal(actor_play(&u, end_sleeper, sleeper), sleeper);
	actor_end(&u);
	actor_end(&parent);
}

static void many_in_one_batch(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	char *text = malloc(NR_MANY * 9 + 64);
	int fd = zreap_open(), i;
	size_t len;

	check(text);
	assert_int_equal(actor_play(&u, adopter_listen, SIGUSR1), 0);
	len = sprintf(text, "adopt");
	for (i = 0; i < NR_MANY; i++)
		len += sprintf(text + len, " %ld", actor_play(&parent, make_zombie, 0));
	sprintf(text + len, " to=%d signal=USR1\n", u.pid);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(actor_play(&u, adopter_await_number, NR_MANY), NR_MANY);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	free(text);
	close(fd);
	actor_end(&u);
	actor_end(&parent);
}

static void all_of_one_parent(void **state)
{
	struct actor parent = actor_start(), other = actor_start(), u = actor_start();
	pid_t kept = actor_play(&other, make_zombie, 1);
	char text[96];

	assert_int_equal(actor_play(&u, adopter_listen, SIGCHLD), 0);
	actor_play(&parent, make_zombie, 0);
	actor_play(&parent, make_zombie, 0);
	snprintf(text, sizeof(text), "adopt all min-age=0s parent=%d to=%d\n", parent.pid, u.pid);
	assert_int_equal(adopt(text, "adopted", u.pid), 0);
	assert_int_equal(actor_play(&u, adopter_await_number, 2), 2);
	assert_untouched(&other, kept, 1 << 8);
	actor_end(&u);
	actor_end(&other);
	actor_end(&parent);
}

/* "all" has a row for each zombie that a deaf adopter refuses, and none for its own children. */
static void all_to_a_deaf_one(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);
	char text[96];

	snprintf(text, sizeof(text), "adopt all min-age=0s parent=%d to=2\n", parent.pid);
	assert_int_equal(adopt(text, "deaf", 2), ECHILD);
	snprintf(text, sizeof(text), "adopt all min-age=0s parent=%d to=%d\n", parent.pid, parent.pid);
	assert_int_equal(adopt(text, "", 0), 0);
	assert_untouched(&parent, pid, 3 << 8);
	actor_end(&parent);
}

static void dry_run(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);
	char text[64];

	snprintf(text, sizeof(text), "adopt %d to=%d dry-run\n", pid, u.pid);
	assert_int_equal(adopt(text, "would-adopt", u.pid), 0);
	snprintf(text, sizeof(text), "adopt %d to=2 dry-run\n", pid);
	assert_int_equal(adopt(text, "deaf", 2), ECHILD);
	assert_untouched(&parent, pid, 3 << 8);
	actor_end(&u);
	actor_end(&parent);
}

static void successor_is_the_subreaper(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 4);
	char text[32];
	int status;

	check(!prctl(PR_SET_CHILD_SUBREAPER, 1));
	snprintf(text, sizeof(text), "adopt %d\n", pid);
	assert_int_equal(adopt(text, "adopted", getpid()), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 4 << 8);
	check(!prctl(PR_SET_CHILD_SUBREAPER, 0));
	actor_end(&parent);
}

/* Find a zombie's number here by its exit code, which no other zombie has. */
static pid_t zombie_with(int status)
{
	struct rows rows = rows_of_file("/proc/zreap");
	pid_t pid = 0;
	size_t row;

	for (row = 0; row < rows.nr; row++) {
		if (atoi(rows_cell(&rows, row, "STATUS")) == status)
			pid = atoi(rows_cell(&rows, row, "PID"));
	}
	rows_free(&rows);
	assert_true(pid > 0);
	return pid;
}

static void successor_is_the_containers_init(void **state)
{
	struct actor init = actor_start_in(CLONE_NEWPID);
	char text[32];
	pid_t here;

	actor_play(&init, start_inner, 0);
	assert_int_equal(actor_play(&init, adopter_listen, SIGCHLD), 0);
	here = actor_play(&init, make_inner_zombie, 77);
	snprintf(text, sizeof(text), "adopt %d\n", zombie_with(77 << 8));
	assert_int_equal(adopt(text, "adopted", init.pid), 0);
	assert_int_equal(actor_play(&init, adopter_status, here), 77 << 8);
	actor_end(&init);
}

static void into_an_outer_namespace(void **state)
{
	struct actor init = actor_start_in(CLONE_NEWPID), u = actor_start();
	pid_t pid;

	actor_play(&init, make_zombie, 78);
	pid = zombie_with(78 << 8);
	assert_int_equal(actor_play(&u, adopter_listen, SIGUSR1), 0);
	assert_int_equal(adopt_to(pid, u.pid, "USR1", "adopted"), 0);
	assert_int_equal(actor_play(&u, adopter_status, pid), 78 << 8);
	actor_end(&u);
	actor_end(&init);
}

static void adopter_is_blind(void **state)
{
	struct actor parent = actor_start(), inside = actor_start_in(CLONE_NEWPID);
	struct actor beside = actor_start_in(CLONE_NEWPID);
	pid_t pid = actor_play(&parent, make_zombie, 3);

	assert_int_equal(adopt_to(pid, inside.pid, "CHLD", "adopter-blind"), EXDEV);
	assert_untouched(&parent, pid, 3 << 8);
	actor_play(&inside, make_zombie, 79);
	assert_int_equal(adopt_to(zombie_with(79 << 8), beside.pid, "CHLD", "adopter-blind"), EXDEV);
	actor_end(&beside);
	actor_end(&inside);
	actor_end(&parent);
}

static void refused(pid_t to, const char *signal, const char *result, int error)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);

	assert_int_equal(adopt_to(pid, to, signal, result), error);
	assert_untouched(&parent, pid, 3 << 8);
	actor_end(&parent);
}

static void no_adopter(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);
	char text[64];

	snprintf(text, sizeof(text), "adopt %d to=4194304\n", pid);
	assert_int_equal(adopt(text, "no-adopter", 0), ESRCH);
	assert_untouched(&parent, pid, 3 << 8);
	actor_end(&parent);
}

static void adopter_is_exiting(void **state)
{
	struct actor parent = actor_start();

	refused(actor_play(&parent, make_zombie, 0), "CHLD", "adopter-exiting", ESRCH);
	actor_end(&parent);
}

/* Scene: exit with two threads. */
static long exit_with_a_thread(long unused)
{
	pthread_t id;

	start_sleeping_thread(&id);
	_exit(0);
}

/* A tracer holds the adopter at its exit. It has given up nothing yet, but its end is decided. */
static void adopter_has_begun_to_exit(void **state)
{
	struct actor u = actor_start();
	int status;

	check(!ptrace(PTRACE_SEIZE, u.pid, NULL, PTRACE_O_TRACEEXIT));
	actor_begin(&u, exit_with_a_thread, 0);
	check(waitpid(u.pid, &status, 0) == u.pid);
	check(status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8));
	assert_false(procstat_is_exiting(u.pid));
	refused(u.pid, "CHLD", "adopter-exiting", ESRCH);
	check(!ptrace(PTRACE_DETACH, u.pid, NULL, NULL));
	actor_end(&u);
}

static void own_child(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);

	assert_int_equal(adopt_to(pid, parent.pid, "CHLD", "own-child"), EEXIST);
	assert_untouched(&parent, pid, 3 << 8);
	actor_end(&parent);
}

static long set_action(int signal, void (*handler)(int), int flags)
{
	const struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	return sigaction(signal, &action, NULL);
}

static long ignore(long signal)
{
	return set_action(signal, SIG_IGN, 0);
}

static long want_no_zombies(long unused)
{
	return set_action(SIGCHLD, SIG_DFL, SA_NOCLDWAIT);
}

static long take_default(long signal)
{
	return set_action(signal, SIG_DFL, 0);
}

static void hear(int signal)
{
}

static long handle(long signal)
{
	return set_action(signal, hear, 0);
}

static long handle_once(long signal)
{
	return set_action(signal, hear, SA_RESETHAND);
}

static void deaf_if(scene prepare, int argument, const char *signal)
{
	struct actor u = actor_start();

	assert_int_equal(actor_play(&u, adopter_listen, SIGUSR1), 0);
	assert_int_equal(actor_play(&u, prepare, argument), 0);
	refused(u.pid, signal, "deaf", ECHILD);
	/* The adopter lives on. */
	assert_int_equal(actor_play(&u, wait_for_any, 0), -1);
	actor_end(&u);
}

static void deaf(void **state)
{
	deaf_if(ignore, SIGCHLD, "CHLD");
	deaf_if(ignore, SIGCHLD, "USR1");
	deaf_if(want_no_zombies, 0, "CHLD");
	deaf_if(want_no_zombies, 0, "USR1");
	deaf_if(ignore, SIGUSR1, "USR1");
	deaf_if(take_default, SIGTERM, "TERM");
	deaf_if(take_default, SIGWINCH, "WINCH");
	/* The second of two signals would end it. */
	deaf_if(handle_once, SIGTERM, "TERM");
	refused(2, "CHLD", "deaf", ECHILD);
}

static long block(long signal)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, signal);
	return sigprocmask(SIG_BLOCK, &set, NULL);
}

static long wait_for_signal(long signal)
{
	sigset_t set;
	int got;

	sigemptyset(&set);
	sigaddset(&set, signal);
	return sigwait(&set, &got) ? -1 : got;
}

/* Programs with signalfd() or sigwait() do this: the kernel never takes the default action. */
static void blocked_is_not_deaf(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t first = actor_play(&parent, make_zombie, 1), second = actor_play(&parent, make_zombie, 2);

	assert_int_equal(actor_play(&u, block, SIGUSR1), 0);
	assert_int_equal(adopt_to(first, u.pid, "USR1", "adopted"), 0);
	assert_int_equal(actor_play(&u, wait_for_signal, SIGUSR1), SIGUSR1);
	assert_int_equal(actor_play(&u, wait_for, first), 1 << 8);

	actor_begin(&u, wait_for_signal, SIGUSR1);
	procstat_await(u.pid, 'S');
	assert_int_equal(adopt_to(second, u.pid, "USR1", "adopted"), 0);
	assert_int_equal(actor_answer(&u), SIGUSR1);
	assert_int_equal(actor_play(&u, wait_for, second), 2 << 8);
	actor_end(&u);
	actor_end(&parent);
}

/* zreap looks at a bounded number of threads, so that others do not wait long. */
static void blocked_by_too_many_is_deaf(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t first = actor_play(&parent, make_zombie, 1), second = actor_play(&parent, make_zombie, 2);
	pid_t third = actor_play(&parent, make_zombie, 3);

	assert_int_equal(actor_play(&u, block, SIGUSR1), 0);
	assert_int_equal(actor_play(&u, start_threads, 255), 0);
	assert_int_equal(adopt_to(first, u.pid, "USR1", "adopted"), 0);
	/* With the main thread there are 257 now. */
	assert_int_equal(actor_play(&u, start_threads, 1), 0);
	assert_int_equal(adopt_to(second, u.pid, "USR1", "deaf"), ECHILD);
	assert_int_equal(procstat_state(second), 'Z');
	assert_int_equal(actor_play(&u, handle, 40), 0);
	assert_int_equal(adopt_to(second, u.pid, "40", "deaf"), ECHILD);
	assert_int_equal(adopt_to(third, u.pid, "CHLD", "adopted"), 0);
	actor_end(&u);
	actor_end(&parent);
}

static void *wait_as_second_thread(void *answer)
{
	int status = -1;

	check(wait_for_signal(SIGUSR1) == SIGUSR1);
	check(waitpid(-1, &status, 0) > 0);
	check(write((long)answer, &status, sizeof(status)) == sizeof(status));
	_exit(0);
}

static void leader_has_exited(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 6), u;
	int answer[2], status;

	check(!pipe(answer));
	u = fork();
	if (!u) {
		pthread_t thread;

		block(SIGUSR1);
		check(!pthread_create(&thread, NULL, wait_as_second_thread, (void *)(long)answer[1]));
		pthread_exit(NULL);
	}
	procstat_await(u, 'Z');
	assert_int_equal(adopt_to(pid, u, "USR1", "adopted"), 0);
	assert_true(read(answer[0], &status, sizeof(status)) == sizeof(status));
	assert_int_equal(status, 6 << 8);
	check(waitpid(u, &status, 0) == u && !status);
	close(answer[0]);
	close(answer[1]);
	actor_end(&parent);
}

/* By the kernel's own rules the zombie goes on to the test, which is a subreaper. */
static void adopter_dies(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 8);
	int status;

	check(!prctl(PR_SET_CHILD_SUBREAPER, 1));
	assert_int_equal(adopt_to(pid, u.pid, "CHLD", "adopted"), 0);
	actor_end(&u);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 8 << 8);
	check(!prctl(PR_SET_CHILD_SUBREAPER, 0));
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(told_by_sigchld),
		cmocka_unit_test(told_by_sigusr1),
		cmocka_unit_test(told_by_real_time_signal),
		cmocka_unit_test(rows_tell_all),
		cmocka_unit_test(usage_is_real),
		cmocka_unit_test(cloned_without_signal),
		cmocka_unit_test(wakes_a_wait),
		cmocka_unit_test(many_in_one_batch),
		cmocka_unit_test(all_of_one_parent),
		cmocka_unit_test(all_to_a_deaf_one),
		cmocka_unit_test(dry_run),
		cmocka_unit_test(successor_is_the_subreaper),
		cmocka_unit_test(successor_is_the_containers_init),
		cmocka_unit_test(into_an_outer_namespace),
		cmocka_unit_test(adopter_is_blind),
		cmocka_unit_test(no_adopter),
		cmocka_unit_test(adopter_is_exiting),
		cmocka_unit_test(adopter_has_begun_to_exit),
		cmocka_unit_test(own_child),
		cmocka_unit_test(deaf),
		cmocka_unit_test(blocked_is_not_deaf),
		cmocka_unit_test(blocked_by_too_many_is_deaf),
		cmocka_unit_test(leader_has_exited),
		cmocka_unit_test(adopter_dies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
