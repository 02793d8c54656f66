// SPDX-License-Identifier: GPL-2.0-only
/*
 * Several processes want the same zombies:
 * 1. an actor makes many zombies
 * 2. writers reap them at once, or the parent waits for them meanwhile
 * 3. each was taken exactly once, by one of them
 * One request takes long: others still have their turn, and a signal can kill its writer.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "cpu.h"
#include "procstat.h"
#include "zreapfile.h"

#define ZOMBIES 500
#define WRITERS 4

/* So many targets are in one list. */
#define LIST 50

/* Shared with the actors. */
struct shared {
	pid_t zombies[ZOMBIES];
	atomic_int go;
	atomic_int taken[ZOMBIES];
};

static struct shared *shared;

static void make_shared(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(shared != MAP_FAILED);
}

static long make_zombies(long unused)
{
	size_t i;

	for (i = 0; i < ZOMBIES; i++)
		shared->zombies[i] = make_zombie(i % 256);
	return 0;
}

static void await_go(void)
{
	shared->go--;
	while (shared->go > 0)
		;
}

static long reap_each(long unused)
{
	size_t i;

	await_go();
	for (i = 0; i < ZOMBIES; i++) {
		int err = zreap_reap(shared->zombies[i]);

		check(!err || err == ESRCH);
		shared->taken[i] += !err;
	}
	return 0;
}

static long reap_in_batches(long backwards)
{
	char text[16 * LIST];
	size_t i, j;

	await_go();
	for (i = 0; i < ZOMBIES; i += LIST) {
		int fd = zreap_open();
		struct rows rows;
		size_t len = 0;

		for (j = i; j < i + LIST; j++)
			len += sprintf(text + len, "%d\n",
				       shared->zombies[backwards ? ZOMBIES - 1 - j : j]);
		check(!zreap_write(fd, text));
		rows = rows_read(fd);
		check(rows.nr == LIST);
		for (j = i; j < i + LIST; j++) {
			bool reaped = !strcmp(rows_cell(&rows, j - i, "RESULT"), "reaped");

			check(reaped || !strcmp(rows_cell(&rows, j - i, "RESULT"), "gone"));
			shared->taken[backwards ? ZOMBIES - 1 - j : j] += reaped;
		}
		rows_free(&rows);
		close(fd);
	}
	return 0;
}

static long reap_all(long parent)
{
	char text[64];

	await_go();
	snprintf(text, sizeof(text), "all min-age=0s force parent=%ld\n", parent);
	check(!zreap_write(zreap_open(), text));
	return 0;
}

/* The parent begins to wait while others reap. */
static long wait_for_each(long unused)
{
	size_t i;

	await_go();
	for (i = 0; i < ZOMBIES; i++) {
		int status;
		pid_t pid = waitpid(shared->zombies[i], &status, 0);

		check(pid == shared->zombies[i] || (pid == -1 && errno == ECHILD));
		if (pid > 0) {
			check(status == (int)(i % 256) << 8);
			shared->taken[i]++;
		}
	}
	return 0;
}

static void race(const scene *scenes, size_t nr, scene of_parent)
{
	struct actor parent, writers[WRITERS];
	size_t i;

	make_shared();
	parent = actor_start();
	assert_int_equal(actor_play(&parent, make_zombies, 0), 0);
	shared->go = nr + (of_parent ? 1 : 0);
	for (i = 0; i < nr; i++) {
		writers[i] = actor_start();
		actor_begin(&writers[i], scenes[i], i % 2);
	}
	if (of_parent)
		assert_int_equal(actor_play(&parent, of_parent, 0), 0);
	for (i = 0; i < nr; i++) {
		assert_int_equal(actor_answer(&writers[i]), 0);
		actor_end(&writers[i]);
	}
	for (i = 0; i < ZOMBIES; i++) {
		assert_int_equal(shared->taken[i], 1);
		assert_int_equal(procstat_state(shared->zombies[i]), 0);
	}
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	actor_end(&parent);
	munmap(shared, sizeof(*shared));
}

static void single_writers(void **state)
{
	race((scene[]){ reap_each, reap_each, reap_each, reap_each }, WRITERS, NULL);
}

static void batch_writers(void **state)
{
	race((scene[]){ reap_in_batches, reap_in_batches, reap_each, reap_in_batches }, WRITERS, NULL);
}

static void parent_waits_meanwhile(void **state)
{
	race((scene[]){ reap_each, reap_in_batches }, 2, wait_for_each);
}

static void *reap_through_shared_file(void *fd)
{
	size_t i;

	for (i = 0; i < ZOMBIES; i++) {
		char text[32];
		int err;

		snprintf(text, sizeof(text), "%d\n", shared->zombies[i]);
		err = zreap_write(*(int *)fd, text);
		check(!err || err == ESRCH);
		shared->taken[i] += !err;
	}
	return NULL;
}

static void threads_share_an_open_file(void **state)
{
	struct actor parent;
	pthread_t threads[WRITERS];
	int fd = zreap_open();
	size_t i;

	make_shared();
	parent = actor_start();
	assert_int_equal(actor_play(&parent, make_zombies, 0), 0);
	for (i = 0; i < WRITERS; i++)
		check(!pthread_create(&threads[i], NULL, reap_through_shared_file, &fd));
	for (i = 0; i < WRITERS; i++)
		pthread_join(threads[i], NULL);
	for (i = 0; i < ZOMBIES; i++)
		assert_int_equal(shared->taken[i], 1);
	close(fd);
	actor_end(&parent);
	munmap(shared, sizeof(*shared));
}

/* The line may come after the answer; so its time is limited, but not short. */
static void await_log_line(pid_t writer, size_t targets, const char *ending)
{
	char command[200];

	snprintf(command, sizeof(command), "timeout 60 sh -c \"until dmesg | grep -q "
		 "'zreap: race_test.%d. uid 0: %zu target%s, %s'; do sleep 0.1; done\"", writer, targets,
		 targets == 1 ? "" : "s", ending);
	assert_int_equal(system(command), 0);
}

/*
 * A killed writer leaves no target half done: taken ones have a record, the rest are zombies.
 * Its first request is about so many zombies. Gives how many are left of all.
 */
static size_t kill_writer(scene play, size_t first, const char *log)
{
	struct actor parent, writer;
	struct rows rows;
	size_t i, rest = 0, told = 0, told_first = 0;

	/* The log's rate is limited, and the tests before have used it up; a new module begins anew. */
	check(!system("rmmod zreap && modprobe zreap"));
	make_shared();
	parent = actor_start();
	assert_int_equal(actor_play(&parent, make_zombies, 0), 0);
	shared->go = 2;
	writer = actor_start();
	actor_begin(&writer, play, play == reap_all ? parent.pid : 0);
	await_go();
	while (procstat_state(shared->zombies[0]))
		sched_yield();
	actor_end(&writer);

	/* Comes after what the killed writer had in the queue. */
	assert_int_equal(zreap_reap(4194304), ESRCH);
	rows = rows_of_file("/proc/zreap_recent");
	for (i = 0; i < ZOMBIES; i++) {
		size_t row = rows_find(&rows, shared->zombies[i]);
		bool is_told = row < rows.nr && atoi(rows_cell(&rows, row, "STATUS")) ==
						(int)(i % 256) << 8;

		if (procstat_state(shared->zombies[i]))
			rest++;
		else
			told += is_told;
		if (i < first)
			told_first = told;
	}
	assert_int_equal(rest + told, ZOMBIES);
	assert_true(told > 0);
	await_log_line(writer.pid, told_first, rest ? log : "");
	rows_free(&rows);
	actor_end(&parent);
	munmap(shared, sizeof(*shared));
	return rest;
}

static void killed_writer_of_lists(void **state)
{
	/* It may be killed between two of its lists. */
	kill_writer(reap_in_batches, LIST, "");
}

#define TRIES 5

static void killed_writer_of_all(void **state)
{
	int tries = TRIES;

	/* On a busy machine the signal can come too late. */
	while (!kill_writer(reap_all, ZOMBIES, ".*, the rest dropped: the writer was killed"))
		assert_true(--tries);
}

#define LOCK_BATCH "/sys/module/zreap/parameters/lock_batch"

/* So many living targets, each with a hold of the lock of its own, keep kzreapd busy for long. */
#define LONG_BATCH 30000

static long alive_counted(void)
{
	return procstat_number("/sys/kernel/zreap/stats/alive");
}

/* Scene: a batch whose last target is this zombie. */
static long write_long_batch(long zombie)
{
	char *text = malloc(2 * LONG_BATCH + 16);
	int fd = zreap_open(), i;

	check(text);
	for (i = 0; i < LONG_BATCH; i++)
		memcpy(text + 2 * i, "1 ", 2);
	sprintf(text + 2 * i, "%ld\n", zombie);
	return zreap_write(fd, text);
}

/* As they were before a long batch. */
static long lock_batch;
static cpu_set_t cpus;

/* The CPU of the test while there is a long batch. */
static int here;

static void hold_back(pid_t reaper)
{
	cpu_keep(reaper, here);
	check(!setpriority(PRIO_PROCESS, reaper, 19));
}

static void let_go(pid_t reaper)
{
	check(!sched_setaffinity(reaper, sizeof(cpus), &cpus));
	check(!setpriority(PRIO_PROCESS, reaper, 0));
}

static void put_back(void)
{
	char text[16];

	snprintf(text, sizeof(text), "%ld", lock_batch);
	procstat_put(LOCK_BATCH, text);
	check(procstat_each_reaper(let_go));
	check(!sched_setaffinity(0, sizeof(cpus), &cpus));
}

/*
 * On the test's CPU, and only while nothing else wants it. So the test can act before the
 * batch has ended, however busy the machine is.
 */
static void make_reapers_slow(void)
{
	check(!sched_getaffinity(0, sizeof(cpus), &cpus));
	here = sched_getcpu();
	cpu_keep(0, here);
	check(procstat_each_reaper(hold_back));
}

/* Have a writer begin it; its first target was counted after so many. */
static long begin_long_batch(struct actor *writer, pid_t zombie)
{
	long before = alive_counted();

	make_reapers_slow();
	lock_batch = procstat_number(LOCK_BATCH);
	procstat_put(LOCK_BATCH, "1");
	actor_begin(writer, write_long_batch, zombie);
	while (alive_counted() == before)
		sched_yield();
	return before;
}

static void long_batch_lets_others_through(void **state)
{
	struct actor parent = actor_start(), writer = actor_start();
	pid_t last = actor_play(&parent, make_zombie, 0), other = actor_play(&parent, make_zombie, 0);
	long before = begin_long_batch(&writer, last);

	assert_int_equal(zreap_reap(other), 0);
	assert_true(alive_counted() < before + LONG_BATCH);
	put_back();
	assert_int_equal(actor_answer(&writer), EBUSY);
	assert_int_equal(alive_counted(), before + LONG_BATCH);
	assert_int_equal(procstat_state(last), 0);
	actor_end(&writer);
	actor_end(&parent);
}

static void rest_of_a_killed_writer_is_dropped(void **state)
{
	struct actor parent = actor_start(), writer = actor_start();
	pid_t last = actor_play(&parent, make_zombie, 7);
	long before = begin_long_batch(&writer, last), dropped_at;

	actor_end(&writer);
	/* What was under way when it died ends before this does. */
	assert_int_equal(zreap_reap(4194304), ESRCH);
	dropped_at = alive_counted();
	assert_true(dropped_at < before + LONG_BATCH);
	/* If anything of it was left, it would have its turn before this. */
	assert_int_equal(zreap_reap(4194304), ESRCH);
	assert_int_equal(alive_counted(), dropped_at);
	put_back();
	assert_int_equal(actor_play(&parent, wait_for, last), 7 << 8);
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest race[] = {
		cmocka_unit_test(single_writers),
		cmocka_unit_test(batch_writers),
		cmocka_unit_test(parent_waits_meanwhile),
		cmocka_unit_test(threads_share_an_open_file),
		cmocka_unit_test(killed_writer_of_lists),
		cmocka_unit_test(killed_writer_of_all),
		cmocka_unit_test(long_batch_lets_others_through),
		cmocka_unit_test(rest_of_a_killed_writer_is_dropped),
	};

	return cmocka_run_group_tests(race, NULL, NULL);
}
