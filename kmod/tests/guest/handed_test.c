// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files that are handed into another PID namespace, where numbers mean other processes:
 * 1. root of the machine opens /proc/zreap and /proc/zreap_recent
 * 2. root in a PID namespace, by all else as mighty, uses these files
 * 3. zreap refuses each use, and nothing has changed for the process that opened them
 */
#define _GNU_SOURCE
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"

/* The files; actors that are started later have them too. */
static int zreap, recent;

static long errno_of(ssize_t done)
{
	return done < 0 ? errno : 0;
}

/* Scenes: use a file in one way, and give the errno. */
static long write_pid(long pid)
{
	char text[32];

	snprintf(text, sizeof(text), "%ld\n", pid);
	return zreap_write(zreap, text);
}

static long write_all(long unused)
{
	return zreap_write(zreap, "all min-age=0s\n");
}

static long write_nothing(long unused)
{
	return errno_of(write(zreap, "", 0));
}

static long write_malformed(long unused)
{
	return zreap_write(zreap, "?\n");
}

static long write_in_segments(long unused)
{
	struct iovec segments[] = { { "all ", 4 }, { "min-age=0s\n", 11 } };

	return errno_of(writev(zreap, segments, 2));
}

static long read_file(long fd)
{
	char text[4096];

	return errno_of(read(fd, text, sizeof(text)));
}

static long read_at_start(long fd)
{
	char text[4096];

	return errno_of(pread(fd, text, sizeof(text), 0));
}

static long send_file(long fd)
{
	int to = open("/dev/null", O_WRONLY | O_CLOEXEC);
	long error;

	check(to >= 0);
	error = errno_of(sendfile(to, fd, NULL, 4096));
	close(to);
	return error;
}

/* The opener can read afterwards what it had written before. */
static void assert_refused_everywhere(struct actor *inside, pid_t zombie)
{
	struct rows rows;
	size_t before;

	assert_int_equal(zreap_write(zreap, "4194304\n"), ESRCH);
	rows = rows_of_file("/proc/zreap_recent");
	before = rows.nr;
	rows_free(&rows);

	assert_int_equal(actor_play(inside, write_pid, zombie), EXDEV);
	assert_int_equal(actor_play(inside, write_pid, 1), EXDEV);
	assert_int_equal(actor_play(inside, write_all, 0), EXDEV);
	assert_int_equal(actor_play(inside, write_nothing, 0), EXDEV);
	assert_int_equal(actor_play(inside, write_malformed, 0), EXDEV);
	assert_int_equal(actor_play(inside, write_in_segments, 0), EXDEV);
	assert_int_equal(actor_play(inside, read_file, zreap), EXDEV);
	assert_int_equal(actor_play(inside, read_at_start, zreap), EXDEV);
	assert_int_equal(actor_play(inside, send_file, zreap), EXDEV);
	assert_int_equal(actor_play(inside, read_file, recent), EXDEV);
	assert_int_equal(actor_play(inside, read_at_start, recent), EXDEV);
	assert_int_equal(actor_play(inside, send_file, recent), EXDEV);

	assert_int_equal(procstat_state(zombie), 'Z');
	rows = rows_read(zreap);
	assert_int_equal(rows.nr, 1);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "gone");
	rows_free(&rows);
	assert_int_equal(lseek(recent, 0, SEEK_SET), 0);
	rows = rows_read(recent);
	assert_int_equal(rows.nr, before);
	rows_free(&rows);
}

/* Of the outside, and of the inside, whose number is another process's outside. */
static void hand_into(int flags, const char *parameters)
{
	struct actor outside = actor_start(), inside;
	pid_t zombie = actor_play(&outside, make_zombie, 7), inner;
	char command[64];

	snprintf(command, sizeof(command), "rmmod zreap && modprobe zreap %s", parameters);
	check(!system(command));
	zreap = zreap_open();
	recent = open("/proc/zreap_recent", O_RDONLY | O_CLOEXEC);
	check(recent >= 0);
	inside = actor_start_in(flags);
	if (flags & CLONE_NEWUSER)
		check(!actor_play(&inside, become_root_inside, 0));
	inner = actor_play(&inside, make_zombie, 9);
	assert_refused_everywhere(&inside, zombie);
	assert_int_equal(actor_play(&inside, wait_for, inner), 9 << 8);
	assert_int_equal(write_pid(zombie), 0);
	close(recent);
	close(zreap);
	actor_end(&inside);
	actor_end(&outside);
}

static void pid_namespace(void **state)
{
	hand_into(CLONE_NEWPID, "");
}

static void pid_namespace_that_is_let_in(void **state)
{
	hand_into(CLONE_NEWPID, "allow_pidns=1");
}

static void container(void **state)
{
	hand_into(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUSER, "allow_pidns=1");
}

static int restore(void **state)
{
	return system("rmmod zreap && modprobe zreap");
}

int main(void)
{
	const struct CMUnitTest handed[] = {
		cmocka_unit_test(pid_namespace),
		cmocka_unit_test(pid_namespace_that_is_let_in),
		cmocka_unit_test(container),
	};

	return cmocka_run_group_tests(handed, NULL, restore);
}
