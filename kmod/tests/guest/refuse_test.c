// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every refusal:
 * 1. something that is no reapable zombie is written to /proc/zreap
 * 2. write() and the row give the errno and the word for it
 * 3. nothing has changed
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
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

/* Write a target, expect a refusal, and check the cell that explains it, if one does. */
static void refused(const char *target, int error, const char *result, const char *column,
		    const char *cell)
{
	char text[64];
	int fd = zreap_open();
	struct rows rows;

	snprintf(text, sizeof(text), "%s\n", target);
	assert_int_equal(zreap_write(fd, text), error);
	rows = rows_read(fd);
	assert_int_equal(rows.nr, 1);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), result);
	assert_int_equal(atoi(rows_cell(&rows, 0, "ERRNO")), error);
	if (column)
		assert_string_equal(rows_cell(&rows, 0, column), cell);
	rows_free(&rows);
	close(fd);
}

static const char *decimal(long number)
{
	static char texts[2][32];
	static int turn;
	char *text = texts[turn++ % 2];

	snprintf(text, sizeof(texts[0]), "%ld", number);
	return text;
}

static void gone(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 0);

	assert_int_equal(zreap_reap(pid), 0);
	refused(decimal(pid), ESRCH, "gone", "STATUS", "-");
	refused("4194304", ESRCH, "gone", "PPID", "-");
	actor_end(&parent);
}

static void alive(void **state)
{
	struct actor parent = actor_start();
	pid_t sleeper = actor_play(&parent, make_sleeper, 0);

	refused(decimal(sleeper), EBUSY, "alive", "PPID", decimal(parent.pid));
	refused("1", EBUSY, "alive", "STATUS", "-");
	refused("2", EBUSY, "alive", "COMM", "kthreadd");
	assert_int_equal(procstat_state(sleeper), 'S');
	actor_end(&parent);
}

static void reused(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 0);
	char target[64];

	snprintf(target, sizeof(target), "%d@%llu", pid, procstat_start(pid) - 1);
	refused(target, ESTALE, "reused", "START", decimal(procstat_start(pid)));
	assert_int_equal(procstat_state(pid), 'Z');
	actor_end(&parent);
}

static void thread(void **state)
{
	pthread_t id;

	refused(decimal(start_sleeping_thread(&id)), EINVAL, "thread", "PPID", "-");
	pthread_cancel(id);
	pthread_join(id, NULL);
}

static long make_headless(long unused)
{
	pid_t pid = fork();

	if (!pid) {
		pthread_t id;

		start_sleeping_thread(&id);
		start_sleeping_thread(&id);
		/* The leader alone ends. */
		while (1)
			syscall(SYS_exit, 0);
	}
	procstat_await(pid, 'Z');
	return pid;
}

static void threads(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_headless, 0);
	struct rows rows;

	refused(decimal(pid), EBUSY, "threads", "THREADS", "2");
	rows = rows_of_file("/proc/zreap");
	assert_string_equal(rows_cell(&rows, rows_find(&rows, pid), "STATE"), "threads");
	assert_string_equal(rows_cell(&rows, rows_find(&rows, pid), "STATUS"), "-");
	rows_free(&rows);

	check(!kill(pid, SIGKILL));
	assert_int_equal(actor_play(&parent, wait_for, pid), SIGKILL);
	actor_end(&parent);
}

static long attach(long pid)
{
	return ptrace(PTRACE_SEIZE, pid, 0, 0);
}

static void traced(void **state)
{
	struct actor parent = actor_start(), tracer = actor_start();
	pid_t pid = actor_play(&parent, make_sleeper, 0);
	struct rows rows;

	assert_int_equal(actor_play(&tracer, attach, pid), 0);
	check(!kill(pid, SIGKILL));
	procstat_await(pid, 'Z');
	refused(decimal(pid), EBUSY, "traced", "TRACER", decimal(tracer.pid));
	rows = rows_of_file("/proc/zreap");
	assert_string_equal(rows_cell(&rows, rows_find(&rows, pid), "STATE"), "traced");
	rows_free(&rows);

	/* Once the tracer is gone, it is a zombie like any other. */
	actor_end(&tracer);
	assert_int_equal(zreap_reap(pid), 0);
	actor_end(&parent);
}

/* A tracer that waits for its tracee hands it over to the parent: it owns it in between. */
static void traced_by_its_parent(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_sleeper, 0);

	assert_int_equal(actor_play(&parent, attach, pid), 0);
	check(!kill(pid, SIGKILL));
	procstat_await(pid, 'Z');
	refused(decimal(pid), EBUSY, "traced", "TRACER", decimal(parent.pid));
	assert_int_equal(actor_play(&parent, wait_for, pid), SIGKILL);
	refused(decimal(pid), ESRCH, "gone", NULL, NULL);
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest refuse[] = {
		cmocka_unit_test(gone),
		cmocka_unit_test(alive),
		cmocka_unit_test(reused),
		cmocka_unit_test(thread),
		cmocka_unit_test(threads),
		cmocka_unit_test(traced),
		cmocka_unit_test(traced_by_its_parent),
	};

	return cmocka_run_group_tests(refuse, NULL, NULL);
}
