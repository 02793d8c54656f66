// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every kind of zombie, and every kind of parent that does not wait, for both ways
 * of removing one:
 * 1. an actor makes a zombie
 * 2. the test reaps or releases it
 * 3. it is gone, its row tells its wait status, and the actor is none the worse
 */
#define _GNU_SOURCE
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"

static const struct way {
	const char *verb, *result;
} ways[] = {
	{ "reap", "reaped" },
	{ "release", "released" },
};

/* The way that is tested now. */
static const struct way *way;

/* Remove a zombie by a line with these options, and check its row; gives its STATUS. */
static int reap_with(pid_t pid, const char *options)
{
	char text[64];
	int fd = zreap_open(), status;
	struct rows rows;

	assert_int_equal(procstat_state(pid), 'Z');
	snprintf(text, sizeof(text), "%s %d %s\n", way->verb, pid, options);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(pid), 0);

	rows = rows_read(fd);
	assert_int_equal(rows.nr, 1);
	assert_int_equal(atoi(rows_cell(&rows, 0, "PID")), pid);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), way->result);
	assert_string_equal(rows_cell(&rows, 0, "ERRNO"), "0");
	assert_string_not_equal(rows_cell(&rows, 0, "UTIME_US"), "-");
	assert_string_not_equal(rows_cell(&rows, 0, "MAXRSS_KB"), "-");
	status = atoi(rows_cell(&rows, 0, "STATUS"));
	rows_free(&rows);
	close(fd);
	return status;
}

static int reap_ok(pid_t pid)
{
	return reap_with(pid, "");
}

/* What the parent's own wait gives for a zombie's twin is what STATUS says of the zombie. */
static void same_as_twin(scene make, long argument)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make, argument);
	pid_t twin = actor_play(&parent, make, argument);
	int status = reap_ok(pid);

	assert_int_equal(actor_play(&parent, wait_for, pid), -1);
	assert_int_equal(errno, ECHILD);
	assert_int_equal(actor_play(&parent, wait_for, twin), status);
	actor_end(&parent);
}

static void exited(void **state)
{
	same_as_twin(make_zombie, 0);
	same_as_twin(make_zombie, 7);
	same_as_twin(make_zombie, 255);
}

static void killed(void **state)
{
	same_as_twin(make_killed_zombie, SIGKILL);
	same_as_twin(make_killed_zombie, SIGTERM);
}

static void dumped_core(void **state)
{
	struct actor parent = actor_start();

	procstat_put("/proc/sys/kernel/core_pattern", "/tmp/core");
	assert_true(WCOREDUMP(reap_ok(actor_play(&parent, make_killed_zombie, SIGSEGV))));
	same_as_twin(make_killed_zombie, SIGABRT);
	actor_end(&parent);
}

static void cloned_without_signal(void **state)
{
	same_as_twin(make_silent_zombie, 3);
}

static void vforked(void **state)
{
	same_as_twin(make_vfork_zombie, 4);
}

static void session_leader(void **state)
{
	same_as_twin(make_session_zombie, 5);
}

static void *exit_process(void *exit_code)
{
	_exit((long)exit_code);
}

static long exit_by_second_thread(long exit_code)
{
	pid_t pid = fork();

	if (!pid) {
		pthread_t thread;

		pthread_create(&thread, NULL, exit_process, (void *)exit_code);
		while (1)
			pause();
	}
	return await_zombie_child(pid);
}

static void multithreaded(void **state)
{
	same_as_twin(exit_by_second_thread, 9);
}

static void *exit_after_leader(void *exit_code)
{
	procstat_await(getpid(), 'Z');
	_exit((long)exit_code);
}

static long exit_leader_first(long exit_code)
{
	pid_t pid = fork();

	if (!pid) {
		pthread_t thread;

		pthread_create(&thread, NULL, exit_after_leader, (void *)exit_code);
		syscall(SYS_exit, 1);
	}
	return await_zombie_child(pid);
}

/* The status is the process's, not that of its main thread. */
static void leader_exited_first(void **state)
{
	same_as_twin(exit_leader_first, 9);
}

static volatile sig_atomic_t caught;

static void catch(int signal)
{
	caught++;
}

static long handle_sigchld(long unused)
{
	return signal(SIGCHLD, catch) == SIG_ERR;
}

static long ignore_sigchld(long unused)
{
	return signal(SIGCHLD, SIG_IGN) == SIG_ERR;
}

static long block_sigchld(long unused)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	return sigprocmask(SIG_BLOCK, &set, NULL);
}

static void of_parent_that(scene prepare, bool after)
{
	struct actor parent = actor_start();
	pid_t pid;

	if (!after)
		assert_int_equal(actor_play(&parent, prepare, 0), 0);
	pid = actor_play(&parent, make_zombie, 1);
	if (after)
		assert_int_equal(actor_play(&parent, prepare, 0), 0);
	assert_int_equal(reap_ok(pid), 1 << 8);
	assert_int_equal(actor_play(&parent, wait_for, pid), -1);
	assert_int_equal(errno, ECHILD);
	actor_end(&parent);
}

static void parent_catches(void **state)
{
	of_parent_that(handle_sigchld, false);
}

static void parent_ignores_after_the_fact(void **state)
{
	of_parent_that(ignore_sigchld, true);
}

static void parent_blocks(void **state)
{
	of_parent_that(block_sigchld, false);
}

static void parent_is_stopped(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 2);

	check(!kill(parent.pid, SIGSTOP));
	procstat_await(parent.pid, 'T');
	assert_int_equal(reap_with(pid, "force"), 2 << 8);
	assert_int_equal(procstat_state(parent.pid), 'T');
	check(!kill(parent.pid, SIGCONT));
	assert_int_equal(actor_play(&parent, wait_for, pid), -1);
	actor_end(&parent);
}

static void parent_waits_for_another(void **state)
{
	struct actor parent = actor_start();
	pid_t sleeper = actor_play(&parent, make_sleeper, 0);
	pid_t pid = actor_play(&parent, make_zombie, 3);

	actor_begin(&parent, wait_for, sleeper);
	procstat_await(parent.pid, 'S');
	assert_int_equal(reap_ok(pid), 3 << 8);
	assert_int_equal(procstat_state(parent.pid), 'S');
	check(!kill(sleeper, SIGKILL));
	assert_int_equal(actor_answer(&parent), SIGKILL);
	actor_end(&parent);
}

static void other_children_are_unaffected(void **state)
{
	struct actor parent = actor_start();
	pid_t sleeper = actor_play(&parent, make_sleeper, 0);
	pid_t pid = actor_play(&parent, make_zombie, 4);
	pid_t other = actor_play(&parent, make_zombie, 5);

	assert_int_equal(reap_ok(pid), 4 << 8);
	assert_int_equal(procstat_state(sleeper), 'S');
	assert_int_equal(actor_play(&parent, wait_for_any, 0), other);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), 0);
	assert_int_equal(actor_play(&parent, end_sleeper, sleeper), sleeper);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	assert_int_equal(errno, ECHILD);
	actor_end(&parent);
}

static void pidfd_says_so(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 6);
	int pidfd = syscall(SYS_pidfd_open, pid, 0);
	struct pollfd poll_pidfd = { .fd = pidfd, .events = POLLIN };

	check(pidfd >= 0);
	assert_int_equal(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0), 0);
	reap_ok(pid);
	assert_int_equal(syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0), -1);
	assert_int_equal(errno, ESRCH);
	assert_int_equal(poll(&poll_pidfd, 1, 0), 1);
	assert_true(poll_pidfd.revents & POLLIN);
	close(pidfd);
	actor_end(&parent);
}

static void pids_cgroup_goes_back(void **state)
{
	static const char current[] = "/sys/fs/cgroup/zreap_test/pids.current";
	struct actor parent = actor_start();
	char number[16];
	pid_t pid;

	check(!mkdir("/sys/fs/cgroup/zreap_test", 0755));
	snprintf(number, sizeof(number), "%d", parent.pid);
	procstat_put("/sys/fs/cgroup/zreap_test/cgroup.procs", number);
	assert_int_equal(procstat_number(current), 1);
	pid = actor_play(&parent, make_zombie, 0);
	/* A zombie holds its place until it is released. */
	assert_int_equal(procstat_number(current), 2);
	reap_ok(pid);
	assert_int_equal(procstat_number(current), 1);
	actor_end(&parent);
	assert_int_equal(procstat_number(current), 0);
	check(!rmdir("/sys/fs/cgroup/zreap_test"));
}

static long become_limited_user(long limit)
{
	if (setrlimit(RLIMIT_NPROC, &(struct rlimit){ limit, limit }))
		return -1;
	return setuid(54321);
}

/* A new zombie, or -1 where the limit on processes forbids it. */
static long try_zombie(long exit_code)
{
	pid_t pid = fork();

	if (!pid)
		_exit(exit_code);
	return pid > 0 ? await_zombie_child(pid) : pid;
}

static void nproc_limit_goes_back(void **state)
{
	struct actor parent = actor_start();
	pid_t pid;

	assert_int_equal(actor_play(&parent, become_limited_user, 2), 0);
	pid = actor_play(&parent, try_zombie, 0);
	assert_true(pid > 0);
	assert_int_equal(actor_play(&parent, try_zombie, 0), -1);
	assert_int_equal(errno, EAGAIN);
	reap_ok(pid);
	assert_true(actor_play(&parent, try_zombie, 0) > 0);
	actor_end(&parent);
}

/* It leaves what its own child used. */
static long make_zombie_of_busy_child(long milliseconds)
{
	pid_t pid = fork();

	if (!pid) {
		make_busy_zombie(milliseconds);
		_exit(wait(NULL) < 0);
	}
	return await_zombie_child(pid);
}

static void usage_of(scene make)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make, 200);
	char text[32];
	int fd = zreap_open();
	struct rows rows;

	snprintf(text, sizeof(text), "%s %d\n", way->verb, pid);
	assert_int_equal(zreap_write(fd, text), 0);
	rows = rows_read(fd);
	assert_true(atol(rows_cell(&rows, 0, "UTIME_US")) + atol(rows_cell(&rows, 0, "STIME_US"))
		    >= 200000);
	assert_true(atol(rows_cell(&rows, 0, "MAXRSS_KB")) >= 64 << 10);
	assert_int_equal(atoi(rows_cell(&rows, 0, "PPID")), parent.pid);
	rows_free(&rows);
	close(fd);
	actor_end(&parent);
}

static void usage_is_told(void **state)
{
	usage_of(make_busy_zombie);
}

static void usage_of_its_children_is_told(void **state)
{
	usage_of(make_zombie_of_busy_child);
}

static void recent_remembers(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 42);
	char self[16], start[32];
	struct rows rows;
	size_t row;

	snprintf(start, sizeof(start), "%llu", procstat_start(pid));
	reap_ok(pid);
	rows = rows_of_file("/proc/zreap_recent");
	row = rows.nr - 1;
	snprintf(self, sizeof(self), "%d", getpid());
	assert_int_equal(atoi(rows_cell(&rows, row, "PID")), pid);
	assert_string_equal(rows_cell(&rows, row, "VERB"), way->verb);
	assert_string_equal(rows_cell(&rows, row, "CALLER"), self);
	assert_string_equal(rows_cell(&rows, row, "CALLER_UID"), "0");
	assert_int_equal(atoi(rows_cell(&rows, row, "STATUS")), 42 << 8);
	assert_string_equal(rows_cell(&rows, row, "START"), start);
	rows_free(&rows);
	actor_end(&parent);
}

static void list_names_zombie_and_parent(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 8);
	pid_t sleeper = actor_play(&parent, make_sleeper, 0);
	char start[32];
	struct rows rows = rows_of_file("/proc/zreap");
	size_t row = rows_find(&rows, pid);

	snprintf(start, sizeof(start), "%llu", procstat_start(pid));
	assert_true(row < rows.nr);
	assert_int_equal(atoi(rows_cell(&rows, row, "PPID")), parent.pid);
	assert_string_equal(rows_cell(&rows, row, "START"), start);
	assert_string_equal(rows_cell(&rows, row, "STATE"), "reapable");
	assert_int_equal(atoi(rows_cell(&rows, row, "STATUS")), 8 << 8);
	assert_string_equal(rows_cell(&rows, row, "UID"), "0");
	assert_string_equal(rows_cell(&rows, row, "THREADS"), "0");
	assert_string_equal(rows_cell(&rows, row, "TRACER"), "-");
	assert_string_equal(rows_cell(&rows, row, "PARENT"), "reap_test");
	assert_string_equal(rows_cell(&rows, row, "COMM"), "reap_test");
	assert_int_equal(rows_find(&rows, sleeper), rows.nr);
	rows_free(&rows);
	reap_ok(pid);
	rows = rows_of_file("/proc/zreap");
	assert_int_equal(rows_find(&rows, pid), rows.nr);
	rows_free(&rows);
	actor_end(&parent);
}

static void given_start_is_honoured(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 0);
	unsigned long long start = procstat_start(pid);
	int fd = zreap_open();
	char text[64];
	struct rows rows;

	snprintf(text, sizeof(text), "%s %d@%llu\n", way->verb, pid, start + 1);
	assert_int_equal(zreap_write(fd, text), ESTALE);
	rows = rows_read(fd);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "reused");
	rows_free(&rows);
	assert_int_equal(procstat_state(pid), 'Z');

	snprintf(text, sizeof(text), "%s %d@%llu\n", way->verb, pid, start);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(pid), 0);
	close(fd);
	actor_end(&parent);
}

/* Write a zombie's number with the start that is seen from here, where the list has the same. */
static int reap_by_start(pid_t pid, unsigned long long start)
{
	struct rows rows = rows_of_file("/proc/zreap");
	int fd = zreap_open(), err;
	char text[64];

	check(strtoull(rows_cell(&rows, rows_find(&rows, pid), "START"), NULL, 10) == start);
	rows_free(&rows);
	snprintf(text, sizeof(text), "%s %d@%llu\n", way->verb, pid, start);
	err = zreap_write(fd, text);
	close(fd);
	return err;
}

/* When the machine was booted, in seconds since 1970: btime of /proc/stat. */
static long boot_time(void)
{
	FILE *file = fopen("/proc/stat", "re");
	char line[8192];
	long time = 0;

	check(file);
	while (!time && fgets(line, sizeof(line), file))
		sscanf(line, "btime %ld", &time);
	fclose(file);
	check(time > 0);
	return time;
}

#define DAYS_AHEAD 10

/* A scene that can be played once: who makes a time namespace stays outside, its children are inside. */
static long reap_from_time_namespace(long pid)
{
	const unsigned long seconds = DAYS_AHEAD * 24 * 60 * 60;
	unsigned long long outside = procstat_start(pid);
	long booted = boot_time();
	char offset[64];
	pid_t inside;

	check(!unshare(CLONE_NEWTIME));
	snprintf(offset, sizeof(offset), "boottime %lu 0", seconds);
	procstat_put("/proc/self/timens_offsets", offset);
	inside = fork();
	if (!inside) {
		/*
		 * In a time namespace, Linux 5.10 moves neither of the two, newer kernels
		 * move both. Rounding may make a difference of a second.
		 */
		bool moves = booted - boot_time() > (long)seconds / 2;

		check(procstat_start(pid) == outside + (moves ? seconds * sysconf(_SC_CLK_TCK) : 0));
		_exit(reap_by_start(pid, procstat_start(pid)));
	}
	return wait_for(inside);
}

static void start_is_that_of_the_writers_time_namespace(void **state)
{
	struct actor parent = actor_start(), writer = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 0);

	assert_int_equal(actor_play(&writer, reap_from_time_namespace, pid), 0);
	assert_int_equal(procstat_state(pid), 0);
	actor_end(&writer);
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exited),
		cmocka_unit_test(killed),
		cmocka_unit_test(dumped_core),
		cmocka_unit_test(cloned_without_signal),
		cmocka_unit_test(vforked),
		cmocka_unit_test(session_leader),
		cmocka_unit_test(multithreaded),
		cmocka_unit_test(leader_exited_first),
		cmocka_unit_test(parent_catches),
		cmocka_unit_test(parent_ignores_after_the_fact),
		cmocka_unit_test(parent_blocks),
		cmocka_unit_test(parent_is_stopped),
		cmocka_unit_test(parent_waits_for_another),
		cmocka_unit_test(other_children_are_unaffected),
		cmocka_unit_test(pidfd_says_so),
		cmocka_unit_test(pids_cgroup_goes_back),
		cmocka_unit_test(nproc_limit_goes_back),
		cmocka_unit_test(usage_is_told),
		cmocka_unit_test(usage_of_its_children_is_told),
		cmocka_unit_test(recent_remembers),
		cmocka_unit_test(list_names_zombie_and_parent),
		cmocka_unit_test(given_start_is_honoured),
		cmocka_unit_test(start_is_that_of_the_writers_time_namespace),
	};

	int failed = 0;

	for (way = ways; way < ways + sizeof(ways) / sizeof(*ways); way++)
		failed += cmocka_run_group_tests_name(way->verb, tests, NULL, NULL);
	return failed;
}
