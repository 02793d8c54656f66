// SPDX-License-Identifier: GPL-2.0-only
/*
 * Zombies that had several threads, whose age counts from the first look:
 * 1. there are such zombies, many, or some that a tracer holds
 * 2. a request looks at them, and spares them as too young
 * 3. when they are old enough, a second request takes all that it may
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "cpu.h"
#include "procstat.h"
#include "zreapfile.h"

/* More than any fixed table that zreap has had. */
#define MANY 10000
#define MIN_AGE_MS 1000

/* How many children of a parent "all" takes. */
static size_t number_taken(pid_t parent)
{
	struct rows rows;
	int error;

	rows = zreap_ask(&error, "all min-age=%dms parent=%d\n", MIN_AGE_MS, parent);
	assert_int_equal(error, 0);
	rows_free(&rows);
	return rows.nr;
}

/* From the end of one look on until all that it saw is old enough. */
static void grow_old(void)
{
	double end = clock_ms() + MIN_AGE_MS + 20;

	while (clock_ms() < end)
		usleep(1000);
}

/* One process and its second thread at a time run on these. */
#define STACK_BYTES 8192
static char stacks[2][STACK_BYTES] __attribute__((aligned(16)));

/* Cleared by the kernel when the thread has ended. */
static pid_t thread;

static int run_thread(void *unused)
{
	syscall(SYS_exit, 0);
	return 0;
}

static int run_process(void *unused)
{
	pid_t begun = 1;

	thread = begun;
	check(clone(run_thread, stacks[1] + STACK_BYTES, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
		    CLONE_THREAD | CLONE_CHILD_CLEARTID, NULL, NULL, NULL, &thread) > 0);
	syscall(SYS_futex, &thread, FUTEX_WAIT, begun, NULL);
	_exit(7);
}

/* Scene: so many zombies that had two threads, as cheap as possible. */
static long make_many(long nr)
{
	pid_t pid = 0;
	long i;

	/* Each waits for the one before: that is slow between two CPUs. */
	cpu_keep(0, 0);
	for (i = 0; i < nr; i++) {
		pid = clone(run_process, stacks[0] + STACK_BYTES, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL);
		check(pid > 0);
	}
	return await_zombie_child(pid);
}

static void many_are_remembered(void **state)
{
	struct actor parent = actor_start();

	/* A kernel with large stacks allows fewer. */
	procstat_put("/proc/sys/kernel/threads-max", "100000");
	actor_play(&parent, make_many, MANY);
	assert_int_equal(number_taken(parent.pid), 0);
	grow_old();
	assert_int_equal(number_taken(parent.pid), MANY);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	actor_end(&parent);
}

static void *do_nothing(void *unused)
{
	return unused;
}

static pid_t make_threaded(pid_t number, bool traced)
{
	pid_t pid = fork_numbered(number);

	if (!pid) {
		pthread_t id;

		check(!traced || !ptrace(PTRACE_TRACEME, 0, 0, 0));
		check(!pthread_create(&id, NULL, do_nothing, NULL) && !pthread_join(id, NULL));
		_exit(7);
	}
	check(pid == number);
	return await_zombie_child(pid);
}

/* Scenes. */
static long make_traced(long number)
{
	return make_threaded(number, true);
}

static long make_untraced(long number)
{
	return make_threaded(number, false);
}

/* Numbers that shared one of 1024 groups in which eight could be remembered once. */
static pid_t next_of_group(pid_t number)
{
	const uint32_t mix = 0x61C88647;

	do
		number++;
	while ((number * mix) >> 22 != (20000 * mix) >> 22);
	return number;
}

/* zreap does not remember zombies that it may not take, so they use up no memory. */
static void traced_are_in_nobodys_way(void **state)
{
	struct actor holder = actor_start(), parent = actor_start();
	pid_t traced[8], number = 20000, victim;
	int i;

	for (i = 0; i < 8; i++) {
		number = next_of_group(number);
		traced[i] = actor_play(&holder, make_traced, number);
	}
	victim = actor_play(&parent, make_untraced, next_of_group(number));
	assert_int_equal(number_taken(holder.pid), 0);
	assert_int_equal(number_taken(parent.pid), 0);
	grow_old();
	assert_int_equal(number_taken(holder.pid), 0);
	assert_int_equal(number_taken(parent.pid), 1);
	assert_int_equal(procstat_state(victim), 0);
	for (i = 0; i < 8; i++)
		assert_int_equal(procstat_state(traced[i]), 'Z');
	actor_end(&parent);
	actor_end(&holder);
}

int main(void)
{
	const struct CMUnitTest sights[] = {
		cmocka_unit_test(traced_are_in_nobodys_way),
		cmocka_unit_test(many_are_remembered),
	};

	return cmocka_run_group_tests(sights, NULL, NULL);
}
