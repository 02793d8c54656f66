// SPDX-License-Identifier: GPL-2.0-only
/*
 * Permissions, by default:
 * 1. a process without CAP_KILL, or outside the initial PID namespace, tries
 * 2. it can neither open the file nor use one that root has opened
 * 3. the zombie is still there, and root's own use goes on undisturbed
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mount.h>
#include <sys/prctl.h>
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

/* The file that an actor received, and the text to write to it. */
static int handed;
static char handed_text[32];

static long try_write(long unused)
{
	return zreap_write(handed, handed_text);
}

static long try_read(long unused)
{
	char byte;

	return read(handed, &byte, 1) < 0 ? errno : 0;
}

static void mode_is_0600(void **state)
{
	struct stat zreap, recent;

	check(!stat("/proc/zreap", &zreap) && !stat("/proc/zreap_recent", &recent));
	assert_int_equal(zreap.st_mode, S_IFREG | 0600);
	assert_int_equal(recent.st_mode, S_IFREG | 0400);
	assert_int_equal(zreap.st_uid, 0);
}

static void nobody_cannot_open(void **state)
{
	struct actor nobody = actor_start();

	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	assert_int_equal(actor_play(&nobody, zreap_try_open, O_RDONLY), EACCES);
	assert_int_equal(actor_play(&nobody, zreap_try_open, O_WRONLY), EACCES);
	assert_int_equal(actor_play(&nobody, zreap_try_open_recent, 0), EACCES);
	actor_end(&nobody);
}

static void nobody_cannot_use_roots_file(void **state)
{
	struct actor parent = actor_start(), nobody;
	pid_t zombie = actor_play(&parent, make_zombie, 0);

	handed = zreap_open();
	snprintf(handed_text, sizeof(handed_text), "%d\n", zombie);
	nobody = actor_start();
	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	assert_int_equal(actor_play(&nobody, try_write, 0), EPERM);
	assert_int_equal(actor_play(&nobody, try_read, 0), EPERM);
	assert_int_equal(procstat_state(zombie), 'Z');
	actor_end(&nobody);

	assert_int_equal(zreap_write(handed, handed_text), 0);
	assert_int_equal(procstat_state(zombie), 0);
	close(handed);
	actor_end(&parent);
}

static long pass_handed(long unix_socket)
{
	char control[CMSG_SPACE(sizeof(int))] = {}, byte = 0;
	struct iovec iov = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&message);

	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(cmsg), &handed, sizeof(int));
	return sendmsg(unix_socket, &message, 0);
}

static long receive_handed(long unix_socket)
{
	char control[CMSG_SPACE(sizeof(int))], byte;
	struct iovec iov = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};

	if (recvmsg(unix_socket, &message, 0) != 1)
		return errno;
	memcpy(&handed, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int));
	return 0;
}

static void nobody_cannot_use_a_passed_file(void **state)
{
	struct actor parent = actor_start(), nobody;
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	int pair[2];

	check(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	snprintf(handed_text, sizeof(handed_text), "%d\n", zombie);
	nobody = actor_start();
	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	handed = zreap_open();
	assert_int_equal(pass_handed(pair[0]), 1);
	assert_int_equal(actor_play(&nobody, receive_handed, pair[1]), 0);
	assert_int_equal(actor_play(&nobody, try_write, 0), EPERM);
	assert_int_equal(actor_play(&nobody, try_read, 0), EPERM);
	assert_int_equal(procstat_state(zombie), 'Z');
	close(handed);
	close(pair[0]);
	close(pair[1]);
	actor_end(&nobody);
	actor_end(&parent);
}

static void root_without_cap_kill_may_not(void **state)
{
	struct actor parent = actor_start(), weak;
	pid_t zombie = actor_play(&parent, make_zombie, 0);

	handed = zreap_open();
	snprintf(handed_text, sizeof(handed_text), "%d\n", zombie);
	weak = actor_start();
	assert_int_equal(actor_play(&weak, drop_cap_kill, 0), 0);
	assert_int_equal(actor_play(&weak, zreap_try_open, O_RDWR), EPERM);
	assert_int_equal(actor_play(&weak, zreap_try_open_recent, 0), EPERM);
	assert_int_equal(actor_play(&weak, try_write, 0), EPERM);
	assert_int_equal(procstat_state(zombie), 'Z');
	close(handed);
	actor_end(&weak);
	actor_end(&parent);
}

/* Become the parent of a new PID namespace's init, which mounts its own /proc and tries. */
static long try_from_pid_namespace(long mount_own)
{
	int status;
	pid_t pid;

	if (unshare(CLONE_NEWPID | CLONE_NEWNS))
		return errno;
	pid = fork();
	if (!pid) {
		check(!mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
		if (mount_own)
			check(!mount("proc", "/proc", "proc", 0, NULL));
		_exit(zreap_try_open(O_RDWR));
	}
	check(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void container_may_not_by_default(void **state)
{
	struct actor outside = actor_start();

	assert_int_equal(actor_play(&outside, try_from_pid_namespace, true), EPERM);
	actor_end(&outside);
}

static void foreign_proc_mount(void **state)
{
	struct actor outside = actor_start();

	assert_int_equal(actor_play(&outside, try_from_pid_namespace, false), EXDEV);
	actor_end(&outside);
}

/* The host sees it under another number. */
static void host_reaps_for_a_container(void **state)
{
	struct actor init = actor_start_in(CLONE_NEWPID | CLONE_NEWUSER);
	struct rows rows;
	size_t row;
	pid_t pid;

	check(!actor_play(&init, become_root_inside, 0));
	check(actor_play(&init, make_zombie, 7) > 0);
	rows = rows_of_file("/proc/zreap");
	for (row = 0; row < rows.nr; row++) {
		if (atoi(rows_cell(&rows, row, "PPID")) == init.pid)
			break;
	}
	assert_true(row < rows.nr);
	assert_string_equal(rows_cell(&rows, row, "UID"), "100000");
	pid = atoi(rows_cell(&rows, row, "PID"));
	assert_int_equal(zreap_reap(pid), 0);
	assert_int_equal(procstat_state(pid), 0);
	assert_int_equal(actor_play(&init, wait_for_any, 0), -1);
	rows_free(&rows);
	actor_end(&init);
}

int main(void)
{
	const struct CMUnitTest access[] = {
		cmocka_unit_test(mode_is_0600),
		cmocka_unit_test(nobody_cannot_open),
		cmocka_unit_test(nobody_cannot_use_roots_file),
		cmocka_unit_test(nobody_cannot_use_a_passed_file),
		cmocka_unit_test(root_without_cap_kill_may_not),
		cmocka_unit_test(container_may_not_by_default),
		cmocka_unit_test(foreign_proc_mount),
		cmocka_unit_test(host_reaps_for_a_container),
	};

	return cmocka_run_group_tests(access, NULL, NULL);
}
