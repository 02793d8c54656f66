// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parents that will wait soon:
 * 1. a parent sleeps uninterruptibly, or has not been told of its zombie yet
 * 2. gentle requests, as "all" is, spare the zombie; to name it, or "force", takes it
 * 3. the parent goes on, and gets the status
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "spared.h"
#include "waiter.h"
#include "zreapfile.h"

/* With the actors. */
static struct {
	_Atomic pid_t deep_thread;
	_Atomic pid_t vforked;
	atomic_int status;	/* what a handler's wait gave */
	atomic_bool handled;
} *shared;

static struct waiting after_vfork;

static int init(void **state)
{
	const struct waiter *deep = waiters;

	spared_init();
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(shared != MAP_FAILED);
	waiter_init();
	while (!deep->deep)
		deep++;
	after_vfork = waiter_start(deep);
	return 0;
}

static int finish(void **state)
{
	waiter_end(&after_vfork);
	return 0;
}

/* A round up to the zombie; gives it. */
static pid_t begin_round(int code)
{
	pid_t child = waiter_begin(&after_vfork, code);

	waiter_open_gate(&after_vfork);
	return child;
}

static int end_round(void)
{
	waiter_go_on(&after_vfork);
	return waiter_answer(&after_vfork);
}

static void vfork_waits_for_exec(void **state)
{
	pid_t child = begin_round(7);

	assert_spared_as_busy(after_vfork.pid, child);
	assert_int_equal(end_round(), 7);
}

/* A request that is not gentle takes it, and the parent finds no such child. */
static void named_is_taken(void **state)
{
	static const char *const lines[] = {
		"%d\n", "release %d\n", "%d min-age=0s force\n", "%d gentle force\n",
	};
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		pid_t child = begin_round(7);
		struct rows rows;
		int error;

		rows = zreap_ask(&error, lines[i], child);
		assert_int_equal(error, 0);
		assert_true(result_takes(rows_cell(&rows, 0, "RESULT")));
		assert_int_equal(atoi(rows_cell(&rows, 0, "STATUS")), 7 << 8);
		rows_free(&rows);
		assert_int_equal(end_round(), -1);
	}
}

static void all_is_taken_by_force(void **state)
{
	pid_t child = begin_round(7);
	struct rows rows;
	int error;

	rows = zreap_ask(&error, "all min-age=0s parent=%d force\n", after_vfork.pid);
	assert_int_equal(error, 0);
	assert_int_equal(rows_find(&rows, child), 0);
	rows_free(&rows);
	assert_int_equal(end_round(), -1);
}

static void *sleep_deeply(void *unused)
{
	pid_t pid;

	shared->deep_thread = syscall(SYS_gettid);
	pid = vfork();
	if (!pid) {
		shared->vforked = getpid();
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

	shared->deep_thread = 0;
	shared->vforked = 0;
	check(!pthread_create(&id, NULL, sleep_deeply, NULL));
	check_soon(shared->vforked);
	return shared->deep_thread;
}

/* Let the last thread that sleeps deeply go on. */
static void wake_deep_sleeper(void)
{
	check(!kill(shared->vforked, SIGKILL));
}

/* Scene: sleep so oneself, too. It gives no answer. */
static long become_deep_sleeper(long unused)
{
	sleep_deeply(NULL);
	return 0;
}

/* One that can run is enough. */
static void all_threads_sleep_deeply(void **state)
{
	struct actor parent = actor_start();
	pid_t child = actor_play(&parent, make_zombie, 7), thread = actor_play(&parent, add_deep_sleeper, 0);

	procstat_await(thread, 'D');
	assert_not_spared(parent.pid, child);
	actor_begin(&parent, become_deep_sleeper, 0);
	procstat_await(parent.pid, 'D');
	assert_spared_as_busy(parent.pid, child);
	actor_end(&parent);
}

static void wait_in_handler(int signal)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		/* The vforked one was killed. */
		if (WIFEXITED(status))
			shared->status = status;
	}
	shared->handled = true;
}

/* Scenes. */
static long handle_sigchld(long unused)
{
	return signal(SIGCHLD, wait_in_handler) == SIG_ERR;
}

static long block_sigchld(long unused)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	return sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Whether SIGCHLD waits for a process, or for one of its threads. */
static bool has_sigchld_pending(pid_t pid, const char *line)
{
	unsigned long long set = 0;
	char path[64], text[128];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	file = fopen(path, "re");
	check(file);
	while (fgets(text, sizeof(text), file)) {
		if (!strncmp(text, line, strlen(line)))
			set = strtoull(text + strlen(line), NULL, 16);
	}
	fclose(file);
	return set >> (SIGCHLD - 1) & 1;
}

/* Only the thread that sleeps deeply takes the signal: it is pending until that goes on. */
static void has_not_been_told(void **state)
{
	struct actor parent = actor_start();
	pid_t thread, child;

	shared->handled = false;
	actor_play(&parent, handle_sigchld, 0);
	thread = actor_play(&parent, add_deep_sleeper, 0);
	procstat_await(thread, 'D');
	actor_play(&parent, block_sigchld, 0);
	child = actor_play(&parent, make_zombie, 7);
	assert_true(has_sigchld_pending(parent.pid, "ShdPnd:"));
	assert_spared_as_busy(parent.pid, child);
	wake_deep_sleeper();
	check_soon(shared->handled);
	assert_int_equal(shared->status, 7 << 8);
	actor_end(&parent);
}

/* The kernel tells the process, not one of its threads: what a thread was sent means nothing. */
static void signal_for_one_thread(void **state)
{
	struct actor parent = actor_start();
	pid_t thread, child;

	shared->handled = false;
	actor_play(&parent, handle_sigchld, 0);
	thread = actor_play(&parent, add_deep_sleeper, 0);
	procstat_await(thread, 'D');
	actor_play(&parent, block_sigchld, 0);
	child = actor_play(&parent, make_silent_zombie, 7);
	check(!syscall(SYS_tgkill, parent.pid, thread, SIGCHLD));
	assert_true(has_sigchld_pending(thread, "SigPnd:"));
	assert_not_spared(parent.pid, child);
	wake_deep_sleeper();
	check_soon(shared->handled);
	assert_int_equal(actor_play(&parent, wait_for, child), 7 << 8);
	actor_end(&parent);
}

/* As with signalfd: it is pending for as long as the parent likes, and tells nothing. */
static void assert_blocked_spares_nothing(scene add_threads, long nr)
{
	struct actor parent = actor_start();
	pid_t child;

	actor_play(&parent, block_sigchld, 0);
	actor_play(&parent, add_threads, nr);
	child = actor_play(&parent, make_zombie, 7);
	assert_true(has_sigchld_pending(parent.pid, "ShdPnd:"));
	assert_not_spared(parent.pid, child);
	assert_int_equal(actor_play(&parent, wait_for, child), 7 << 8);
	actor_end(&parent);
}

static void all_threads_block_it(void **state)
{
	assert_blocked_spares_nothing(add_deep_sleeper, 0);
}

/* zreap looks at 256 threads. */
static void more_threads_block_it(void **state)
{
	assert_blocked_spares_nothing(start_threads, 300);
}

/* The kernel drops a signal without a handler when it is sent. */
static void nobody_handles_it(void **state)
{
	struct actor parent = actor_start();
	pid_t child = actor_play(&parent, make_zombie, 7);

	assert_false(has_sigchld_pending(parent.pid, "ShdPnd:"));
	assert_not_spared(parent.pid, child);
	assert_int_equal(actor_play(&parent, wait_for, child), 7 << 8);
	actor_end(&parent);
}

/* Scene: sweep one's own children; how many went. */
static long sweep_own_children(long verb)
{
	struct rows rows;
	int error;

	rows = zreap_ask(&error, "%s all min-age=0s parent=%d\n", (const char *)verb, getpid());
	check(!error);
	rows_free(&rows);
	return rows.nr;
}

/* It sleeps only because it asks. */
static void asks_for_its_own_children(void **state)
{
	struct actor parent = actor_start();

	actor_play(&parent, make_zombie_crowd, 300);
	assert_int_equal(actor_play(&parent, sweep_own_children, (long)"reap"), 300);
	actor_play(&parent, make_zombie_crowd, 300);
	assert_int_equal(actor_play(&parent, sweep_own_children, (long)"release"), 300);
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest busy[] = {
		cmocka_unit_test(vfork_waits_for_exec),
		cmocka_unit_test(named_is_taken),
		cmocka_unit_test(all_is_taken_by_force),
		cmocka_unit_test(all_threads_sleep_deeply),
		cmocka_unit_test(has_not_been_told),
		cmocka_unit_test(signal_for_one_thread),
		cmocka_unit_test(all_threads_block_it),
		cmocka_unit_test(more_threads_block_it),
		cmocka_unit_test(nobody_handles_it),
		cmocka_unit_test(asks_for_its_own_children),
	};

	return cmocka_run_group_tests(busy, init, finish);
}
