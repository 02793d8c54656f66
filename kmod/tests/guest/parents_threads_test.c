// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parents of several threads that cannot run:
 * 1. a parent has threads, and a zombie
 * 2. something holds all threads, or some of them, or is about to
 * 3. the zombie is spared if none of them can run
 * 4. what held them ends, and the parent's wait gives the real status
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "hold.h"
#include "procstat.h"
#include "spared.h"
#include "zreapfile.h"

/* zreap looks at 256 at most. */
#define MANY_THREADS 300

/* With the actors. */
static struct {
	_Atomic pid_t child;
	atomic_bool wait;
	atomic_int status;
} *shared;

static int init(void **state)
{
	hold_init();
	spared_init();
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(shared != MAP_FAILED);
	return 0;
}

static int finish(void **state)
{
	hold_exit();
	return 0;
}

/* In a process group of its own, which SIGTSTP can stop. */
static struct actor start_parent(void)
{
	struct actor parent = actor_start();

	check(!setpgid(parent.pid, parent.pid));
	return parent;
}

/* Scene: a thread that sleeps; gives its number. */
static long add_sleeper(long unused)
{
	pthread_t id;

	return start_sleeping_thread(&id);
}

static _Atomic pid_t deep_thread;

static void *sleep_deeply(void *unused)
{
	pid_t pid;

	deep_thread = syscall(SYS_gettid);
	pid = vfork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (1)
			pause();
	}
	return NULL;
}

/* Scene: a thread that sleeps uninterruptibly, in vfork(); gives its number. */
static long add_deep_sleeper(long unused)
{
	pthread_t id;

	deep_thread = 0;
	check(!pthread_create(&id, NULL, sleep_deeply, NULL));
	while (!deep_thread)
		sched_yield();
	return deep_thread;
}

/* A parent's wait, from now on, gives the real status. */
static void assert_waits(struct actor *parent, pid_t child, int code)
{
	assert_int_equal(actor_play(parent, wait_for, child), code << 8);
}

static void many_threads(void **state)
{
	struct actor parent = start_parent();
	size_t i;

	actor_play(&parent, start_threads, MANY_THREADS - 1);
	for (i = 0; i < nr_holds; i++) {
		pid_t child;

		if (holds[i].v1 && !hold_has_v1())
			continue;
		print_message("# %s\n", holds[i].name);
		child = actor_play(&parent, make_zombie, 7);
		assert_not_spared(parent.pid, child);
		holds[i].begin(parent.pid);
		assert_spared_as_stopped(parent.pid, child);
		holds[i].end(parent.pid);
		assert_waits(&parent, child, 7);
	}
	actor_end(&parent);
}

/* Stop some threads of a process, the first that were made or the last. */
static size_t trace_some(pid_t pid, size_t from, size_t to)
{
	pid_t threads[PROCSTAT_MOST_THREADS];
	size_t nr = procstat_threads(pid, threads), i;

	check(to <= nr);
	for (i = from; i < to; i++) {
		check(!ptrace(PTRACE_SEIZE, threads[i], 0, 0) && !ptrace(PTRACE_INTERRUPT, threads[i], 0, 0));
		check(waitpid(threads[i], NULL, __WALL) == threads[i]);
	}
	return nr;
}

static void untrace_some(pid_t pid, size_t from, size_t to)
{
	pid_t threads[PROCSTAT_MOST_THREADS];

	procstat_threads(pid, threads);
	while (to-- > from)
		check(!ptrace(PTRACE_DETACH, threads[to], 0, 0));
}

/* A tracer stops the one thread or the other; the rest can wait. */
static void one_thread_can_run(void **state)
{
	struct actor parent = start_parent();
	pid_t child = actor_play(&parent, make_zombie, 7);
	size_t i;

	actor_play(&parent, start_threads, 1);
	for (i = 0; i < 2; i++) {
		trace_some(parent.pid, i, i + 1);
		assert_not_spared(parent.pid, child);
		untrace_some(parent.pid, i, i + 1);
	}
	trace_some(parent.pid, 0, 2);
	assert_spared_as_stopped(parent.pid, child);
	untrace_some(parent.pid, 0, 2);
	assert_waits(&parent, child, 7);
	actor_end(&parent);
}

/* Where a look would take too long, zreap errs on the side of the parent. */
static void none_of_the_first_256_can_run(void **state)
{
	struct actor parent = start_parent();
	pid_t child = actor_play(&parent, make_zombie, 7);

	actor_play(&parent, start_threads, MANY_THREADS - 1);
	trace_some(parent.pid, 0, 256);
	assert_spared_as_stopped(parent.pid, child);
	untrace_some(parent.pid, 0, 256);
	trace_some(parent.pid, 0, 255);
	assert_not_spared(parent.pid, child);
	untrace_some(parent.pid, 0, 255);
	assert_waits(&parent, child, 7);
	actor_end(&parent);
}

static void *wait_when_told(void *unused)
{
	int status;

	while (!shared->wait)
		usleep(1000);
	shared->status = waitpid(shared->child, &status, 0) == shared->child ? status : -1;
	return NULL;
}

/* Scene: the main thread makes a zombie, and ends; another is to wait. It gives no answer. */
static long leave_the_rest(long code)
{
	pthread_t id;

	check(!pthread_create(&id, NULL, wait_when_told, NULL));
	shared->child = make_zombie(code);
	while (1)
		syscall(SYS_exit, 0);
}

static void main_thread_is_gone(void **state)
{
	size_t i;

	for (i = 0; i < nr_holds; i++) {
		struct actor parent;

		if (holds[i].v1 && !hold_has_v1())
			continue;
		print_message("# %s\n", holds[i].name);
		memset(shared, 0, sizeof(*shared));
		shared->status = -2;
		parent = start_parent();
		actor_begin(&parent, leave_the_rest, 7);
		procstat_await(parent.pid, 'Z');
		assert_not_spared(parent.pid, shared->child);
		holds[i].begin(parent.pid);
		assert_spared_as_stopped(parent.pid, shared->child);
		holds[i].end(parent.pid);
		shared->wait = true;
		check_soon(shared->status != -2);
		assert_int_equal(shared->status, 7 << 8);
		actor_end(&parent);
	}
}

/*
 * A stop waits for a thread that sleeps uninterruptibly: the others are stopped already,
 * and the kernel does not call the process stopped.
 */
static void stop_is_under_way(void **state)
{
	struct actor parent = start_parent();
	pid_t child = actor_play(&parent, make_zombie, 7), deep;

	deep = actor_play(&parent, add_deep_sleeper, 0);
	procstat_await(deep, 'D');
	assert_not_spared(parent.pid, child);
	check(!kill(parent.pid, SIGSTOP));
	procstat_await(parent.pid, 'T');
	assert_int_equal(procstat_state(deep), 'D');
	assert_spared_as_stopped(parent.pid, child);
	check(!kill(parent.pid, SIGCONT));
	assert_waits(&parent, child, 7);
	actor_end(&parent);
}

/* Scene: sleep uninterruptibly oneself. It gives no answer. */
static long become_deep_sleeper(long unused)
{
	sleep_deeply(NULL);
	return 0;
}

/* The same, but it is the main thread that sleeps so. */
static void stop_waits_for_main_thread(void **state)
{
	struct actor parent = start_parent();
	pid_t child = actor_play(&parent, make_zombie, 7), other = actor_play(&parent, add_sleeper, 0);

	actor_begin(&parent, become_deep_sleeper, 0);
	procstat_await(parent.pid, 'D');
	assert_not_spared(parent.pid, child);
	check(!syscall(SYS_tgkill, parent.pid, other, SIGSTOP));
	procstat_await(other, 'T');
	assert_int_equal(procstat_state(parent.pid), 'D');
	assert_spared_as_stopped(parent.pid, child);
	check(!kill(parent.pid, SIGCONT));
	procstat_await(other, 'S');
	assert_not_spared(parent.pid, child);
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest threads[] = {
		cmocka_unit_test(many_threads),
		cmocka_unit_test(one_thread_can_run),
		cmocka_unit_test(none_of_the_first_256_can_run),
		cmocka_unit_test(main_thread_is_gone),
		cmocka_unit_test(stop_is_under_way),
		cmocka_unit_test(stop_waits_for_main_thread),
	};

	return cmocka_run_group_tests(threads, init, finish);
}
