// SPDX-License-Identifier: GPL-2.0-only
/*
 * The age of zombies:
 * 1. a process ends between two known moments
 * 2. zreap never says that it is older, and says that it is younger only where
 *    docs/proc-interface.md does
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "cpu.h"
#include "procstat.h"
#include "zreapfile.h"

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
	size_t row = rows_find(&rows, pid);
	double age;

	check(row < rows.nr);
	age = atol(rows_cell(&rows, row, "AGE_MS")) / 1e3;
	rows_free(&rows);
	return age;
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

static void set_policy(int policy)
{
	check(!sched_setscheduler(0, policy, &(struct sched_param){ policy == SCHED_FIFO ? 10 : 0 }));
}

static void flood(int cpu)
{
	struct sockaddr_in nobody = {
		.sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	double end = now() + 4;
	char bytes[1000] = {};

	check(fd >= 0);
	cpu_keep(0, cpu);
	/* It fails now and then, because no socket listens. */
	while (now() < end)
		sendto(fd, bytes, sizeof(bytes), 0, (struct sockaddr *)&nobody, sizeof(nobody));
}

/* Packets arrive on all CPUs, which costs the kernel interrupt time. */
static void make_tasks_lag(void)
{
	int nr_cpus = get_nprocs(), cpu;

	for (cpu = 0; cpu < nr_cpus; cpu++) {
		pid_t pid = fork();

		check(pid >= 0);
		if (!pid) {
			flood(cpu);
			_exit(0);
		}
	}
	for (cpu = 0; cpu < nr_cpus; cpu++)
		check(wait(NULL) > 0);
}

/* Of two seconds, with this scheduling policy. */
static long make_burner(long policy)
{
	pid_t pid = fork();

	if (!pid) {
		set_policy(policy);
		while (clock() < 2 * CLOCKS_PER_SEC)
			;
		_exit(0);
	}
	return await_zombie_child(pid);
}

/* It has computed for long. If tasks lag, its age counts from the first look, else from its end. */
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
	double alive, dead;
	pid_t pid;

	if (tasks_lag())
		make_tasks_lag();
	alive = now();
	pid = actor_play(&parent, make_zombie, 0);
	dead = now();
	age_is(pid, alive, dead);
	age_of_burner(&parent, SCHED_OTHER);
	age_of_burner(&parent, SCHED_FIFO);
	age_is(pid, alive, dead);
	actor_end(&parent);
}

#define SYSRQ "/proc/sysrq-trigger"

/* The kernel charges the running task, which writes this, with all the time since boot. */
static long forget_when_tasks_ran(long unused)
{
	procstat_put(SYSRQ, "n");
	return 0;
}

/* The age then counts from the first look. A kernel without SysRq does not forget. */
static void age_after_sysrq(void **state)
{
	struct actor parent = actor_start(), writer = actor_start();
	double first = now(), seen;
	pid_t pid = actor_play(&parent, make_zombie, 0);

	if (!access(SYSRQ, F_OK)) {
		actor_play(&writer, forget_when_tasks_ran, 0);
		first = now();
	}
	actor_end(&writer);
	age_of(pid);
	seen = now();
	pause_for(1);
	age_is(pid, first, seen);
	actor_end(&parent);
}

/* Scene: keep everything else off a CPU, until killed. */
static long occupy(long cpu)
{
	cpu_keep(0, cpu);
	set_policy(SCHED_FIFO);
	while (1)
		;
	return 0;
}

/*
 * Scene: the end of a child wakes its parent, which takes the CPU. A kernel that can preempt
 * itself then has the child wait for its last schedule(), here on a CPU that is occupied. Gives
 * its age in milliseconds.
 */
static long age_before_last_schedule(long occupied)
{
	long age;
	pid_t pid;

	cpu_keep(0, !occupied);
	set_policy(SCHED_FIFO);
	pid = fork();
	if (!pid) {
		set_policy(SCHED_IDLE);
		_exit(0);
	}
	await_zombie_child(pid);
	cpu_keep(pid, occupied);
	age = 1000 * age_of(pid);
	set_policy(SCHED_OTHER);
	check(waitpid(pid, NULL, 0) == pid);
	return age;
}

static void age_of_zombie_that_was_moved(void **state)
{
	struct actor hog, parent;
	double alive = now();
	long age;

	if (get_nprocs() < 2)
		skip();
	hog = actor_start();
	parent = actor_start();
	actor_begin(&hog, occupy, 1);
	age = actor_play(&parent, age_before_last_schedule, 1);
	assert_true(age / 1e3 <= now() - alive);
	actor_end(&hog);
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

/* How many children of a parent are reaped as two seconds old. */
static size_t number_taken(pid_t parent)
{
	int fd = zreap_open();
	struct rows rows;
	char text[64];
	size_t nr;

	snprintf(text, sizeof(text), "all min-age=2s parent=%d\n", parent);
	assert_int_equal(zreap_write(fd, text), 0);
	rows = rows_read(fd);
	nr = rows.nr;
	rows_free(&rows);
	close(fd);
	return nr;
}

/* The main thread died long before: the process is a zombie since its last thread went. */
static void age_counts_from_the_last_thread(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_headless_for_a_while, 0);

	assert_int_equal(number_taken(parent.pid), 0);
	assert_int_equal(procstat_state(pid), 'Z');
	/* Its age counts from the first look. */
	pause_for(2.5);
	assert_int_equal(number_taken(parent.pid), 1);
	assert_int_equal(procstat_state(pid), 0);
	actor_end(&parent);
}

/* Zombies whose numbers are a power of two apart, as a supervisor's may be, do not make each other young. */
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

int main(void)
{
	const struct CMUnitTest ages[] = {
		cmocka_unit_test(age_of_known_zombies),
		cmocka_unit_test(age_of_zombie_older_than_the_module),
		cmocka_unit_test(age_counts_from_the_last_thread),
		cmocka_unit_test(ages_do_not_clash),
		cmocka_unit_test(age_after_sysrq),
		cmocka_unit_test(age_of_zombie_that_was_moved),
	};

	return cmocka_run_group_tests(ages, NULL, NULL);
}
