// SPDX-License-Identifier: GPL-2.0-only
/*
 * Root of a container, where allow_pidns lets it in:
 * 1. a container is made of PID, mount and user namespaces; its PID 1 does not wait
 * 2. its root lists and reaps what is wholly its own, by its own numbers
 * 3. what is partly of the outside is denied, and nothing of the outside is seen
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"
#include "zreapnl.h"

#define CONTAINER (CLONE_NEWPID | CLONE_NEWNS)
#define USER_CONTAINER (CONTAINER | CLONE_NEWUSER)

/* To be played by a container's init first: its own proc, with options. */
static long enter(long mount_options)
{
	check(!become_root_inside(0));
	check(!mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	check(!mount("proc", "/proc", "proc", 0, (const char *)mount_options));
	return getpid();
}

static struct actor start_container(int flags, const char *mount_options)
{
	struct actor init = actor_start_in(flags);

	assert_int_equal(actor_play(&init, enter, (long)mount_options), 1);
	return init;
}

/* A cell of the list, as a number; -1 if the process is not listed. */
static long listed_ppid(long pid)
{
	struct rows rows = rows_of_file("/proc/zreap");
	size_t row = rows_find(&rows, pid);
	long ppid = row < rows.nr ? atol(rows_cell(&rows, row, "PPID")) : -1;

	rows_free(&rows);
	return ppid;
}

/* And nothing is told of the parent outside, nor how the process ended. */
static long listed_as_denied(long pid)
{
	struct rows rows = rows_of_file("/proc/zreap");
	size_t row = rows_find(&rows, pid);
	bool denied = !strcmp(rows_cell(&rows, row, "STATE"), "denied") &&
		      !strcmp(rows_cell(&rows, row, "PARENT"), "-") &&
		      !strcmp(rows_cell(&rows, row, "STATUS"), "-");

	rows_free(&rows);
	return denied;
}

/* Nor does a wrong start, which is judged before, get that out. */
static long tells_status_of_wrong_start(long pid)
{
	int fd = zreap_open();
	char text[64];
	struct rows rows;
	bool tells;

	snprintf(text, sizeof(text), "%ld@1\n", pid);
	check(zreap_write(fd, text) == ESTALE);
	rows = rows_read(fd);
	tells = strcmp(rows_cell(&rows, 0, "STATUS"), "-");
	rows_free(&rows);
	close(fd);
	return tells;
}

static long number_listed(long unused)
{
	struct rows rows = rows_of_file("/proc/zreap");
	long nr = rows.nr;

	rows_free(&rows);
	return nr;
}

static long number_of_recent(long unused)
{
	struct rows rows = rows_of_file("/proc/zreap_recent");
	long nr = rows.nr;

	rows_free(&rows);
	return nr;
}

static long last_recent_pid(long unused)
{
	struct rows rows = rows_of_file("/proc/zreap_recent");
	long pid = atol(rows_cell(&rows, rows.nr - 1, "PID"));

	rows_free(&rows);
	return pid;
}

static long reap(long pid)
{
	return zreap_reap(pid);
}

static long state_of(long pid)
{
	return procstat_state(pid);
}

static void deaf_init_of(int flags)
{
	struct actor outside = actor_start(), init = start_container(flags, NULL);
	pid_t foreign = actor_play(&outside, make_zombie, 0);
	pid_t pid = actor_play(&init, make_zombie, 7);

	assert_int_equal(actor_play(&init, number_listed, 0), 1);
	assert_int_equal(actor_play(&init, listed_ppid, pid), 1);
	assert_int_equal(actor_play(&init, reap, foreign), ESRCH);
	assert_int_equal(actor_play(&init, reap, pid), 0);
	assert_int_equal(actor_play(&init, state_of, pid), 0);
	assert_int_equal(procstat_state(foreign), 'Z');
	actor_end(&init);
	actor_end(&outside);
}

static void deaf_init(void **state)
{
	deaf_init_of(CONTAINER);
}

static void deaf_init_of_user_namespace(void **state)
{
	deaf_init_of(USER_CONTAINER);
}

static void join_namespace(pid_t init, const char *name, int flag)
{
	char path[64];
	int ns;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", init, name);
	ns = open(path, O_RDONLY | O_CLOEXEC);
	check(ns >= 0 && !setns(ns, flag));
	close(ns);
}

/* From now on, children are born in the container. */
static void join(pid_t init)
{
	join_namespace(init, "pid", CLONE_NEWPID);
}

/* A process's number in the container, the second of NSpid. */
static long number_inside(pid_t pid)
{
	char path[64], line[128];
	FILE *status;
	int inside = 0;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	status = fopen(path, "re");
	check(status);
	while (fgets(line, sizeof(line), status))
		sscanf(line, "NSpid: %*d %d", &inside);
	fclose(status);
	return inside;
}

/* Put a child of this outside process into the container, where it ends; gives its number there. */
static long zombie_in_container(long init)
{
	join(init);
	return number_inside(make_zombie(3));
}

/* The same, but its parent ends first, so that the container's init inherits it. */
static long orphan_in_container(long init)
{
	int numbers[2];
	pid_t middle, here;

	join(init);
	check(!pipe(numbers));
	middle = fork();
	if (!middle) {
		here = fork();
		if (!here) {
			while (getppid() != 1)
				sched_yield();
			_exit(3);
		}
		check(write(numbers[1], &here, sizeof(here)) == sizeof(here));
		_exit(0);
	}
	check(waitpid(middle, NULL, 0) == middle);
	check(read(numbers[0], &here, sizeof(here)) == sizeof(here));
	return here;
}

static long await_zombie(long pid)
{
	procstat_await(pid, 'Z');
	return 0;
}

static void parent_outside(void **state)
{
	struct actor init = start_container(CONTAINER, NULL), outside = actor_start();
	pid_t here = actor_play(&outside, zombie_in_container, init.pid);

	assert_int_equal(actor_play(&init, listed_ppid, here), 0);
	assert_true(actor_play(&init, listed_as_denied, here));
	assert_int_equal(actor_play(&init, reap, here), EPERM);
	assert_false(actor_play(&init, tells_status_of_wrong_start, here));
	assert_int_equal(actor_play(&init, state_of, here), 'Z');
	actor_end(&outside);
	actor_end(&init);
}

/* Inside the container, but with credentials of the user namespace outside. */
static void credentials_outside(void **state)
{
	struct actor init = start_container(USER_CONTAINER, NULL), outside = actor_start();
	pid_t here = actor_play(&outside, orphan_in_container, init.pid);

	assert_int_equal(actor_play(&init, await_zombie, here), 0);
	assert_int_equal(actor_play(&init, listed_ppid, here), 1);
	assert_int_equal(actor_play(&init, reap, here), EPERM);
	assert_int_equal(actor_play(&init, wait_for, here), 3 << 8);
	actor_end(&outside);
	actor_end(&init);
}

/* A scene's argument for two PIDs. Both numbers are small. */
static long whom(pid_t pid, pid_t u)
{
	check(pid <= 0xffff && u <= 0xffff);
	return pid | (long)u << 16;
}

/* Open a container's file with all rights, and use it with those of the container's root. */
static int reap_as_root_inside(pid_t pid, pid_t init)
{
	/* More than zreap deals with together: the zombie comes later than the first of them. */
	const size_t gone = 300;
	char path[64], text[gone * 8 + 16];
	size_t len = 0, i;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/root/proc/zreap", init);
	fd = open(path, O_RDWR | O_CLOEXEC);
	check(fd >= 0);
	join_namespace(init, "user", CLONE_NEWUSER);
	for (i = 0; i < gone; i++)
		len += sprintf(text + len, "4194304 ");
	sprintf(text + len, "%d\n", pid);
	return zreap_write(fd, text);
}

static long reap_through_mighty_file(long whom)
{
	int status;
	pid_t pid;

	join(whom >> 16);
	pid = fork();
	if (!pid)
		_exit(reap_as_root_inside(whom & 0xffff, whom >> 16));
	check(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Both who opened and who writes need the right, for each target of a list. */
static void list_by_a_weaker_writer(void **state)
{
	struct actor init = start_container(USER_CONTAINER, NULL), outside = actor_start();
	pid_t foreign = actor_play(&outside, orphan_in_container, init.pid);
	pid_t own = actor_play(&init, make_zombie, 0);

	assert_int_equal(actor_play(&init, await_zombie, foreign), 0);
	assert_int_equal(actor_play(&outside, reap_through_mighty_file, whom(own, init.pid)), 0);
	assert_int_equal(actor_play(&outside, reap_through_mighty_file, whom(foreign, init.pid)),
			 EPERM);
	assert_int_equal(actor_play(&init, wait_for, foreign), 3 << 8);
	actor_end(&outside);
	actor_end(&init);
}

static struct actor nested;

static long start_nested(long unused)
{
	nested = start_container(USER_CONTAINER, NULL);
	return 0;
}

static long make_nested_zombie(long unused)
{
	return actor_play(&nested, make_zombie, 0);
}

static long reap_in_nested(long pid)
{
	return actor_play(&nested, reap, pid);
}

static long list_in_nested(long unused)
{
	return actor_play(&nested, number_listed, 0);
}

/* The first zombie that is a child of the nested init. */
static long nested_zombie_here(long unused)
{
	struct rows rows = rows_of_file("/proc/zreap");
	long pid = -1;
	size_t row;

	for (row = 0; row < rows.nr; row++) {
		if (atoi(rows_cell(&rows, row, "PPID")) == nested.pid)
			pid = atol(rows_cell(&rows, row, "PID"));
	}
	rows_free(&rows);
	return pid;
}

static void nested_containers(void **state)
{
	struct actor init = start_container(CONTAINER, NULL);
	pid_t inner, here;

	assert_int_equal(actor_play(&init, start_nested, 0), 0);
	actor_play(&init, make_zombie, 0);
	inner = actor_play(&init, make_nested_zombie, 0);
	actor_play(&init, make_nested_zombie, 0);
	assert_int_equal(actor_play(&init, list_in_nested, 0), 2);
	assert_int_equal(actor_play(&init, number_listed, 0), 3);
	assert_int_equal(actor_play(&init, reap_in_nested, inner), 0);
	here = actor_play(&init, nested_zombie_here, 0);
	assert_true(here > 0);
	assert_int_equal(actor_play(&init, reap, here), 0);
	assert_int_equal(actor_play(&init, list_in_nested, 0), 0);
	actor_end(&init);
}

static long become_user(long uid)
{
	return setresuid(uid, uid, uid);
}

static void without_cap_kill(void **state)
{
	struct actor init = start_container(USER_CONTAINER, NULL);

	assert_int_equal(actor_play(&init, zreap_try_open, O_RDWR), 0);
	assert_int_equal(actor_play(&init, drop_cap_kill, 0), 0);
	assert_int_equal(actor_play(&init, zreap_try_open, O_RDWR), EPERM);
	actor_end(&init);
}

/* The mode lets everybody open the file now; the check at open must not. */
static void without_root(void **state)
{
	struct actor init = start_container(USER_CONTAINER, NULL), user = actor_start();

	assert_int_equal(actor_play(&init, become_user, 33), 0);
	assert_int_equal(actor_play(&init, zreap_try_open, O_RDWR), EPERM);
	assert_int_equal(actor_play(&user, become_user, 33), 0);
	assert_int_equal(actor_play(&user, zreap_try_open, O_RDWR), EPERM);
	actor_end(&user);
	actor_end(&init);
}

static void proc_of_another_namespace(void **state)
{
	struct actor init = actor_start_in(CONTAINER);

	assert_int_equal(actor_play(&init, zreap_try_open, O_RDWR), EXDEV);
	actor_end(&init);
}

static void hidepid_mount(void **state)
{
	struct actor init = start_container(CONTAINER, "hidepid=2");
	pid_t pid = actor_play(&init, make_zombie, 0);

	assert_int_equal(actor_play(&init, listed_ppid, pid), 1);
	assert_int_equal(actor_play(&init, reap, pid), 0);
	actor_end(&init);
}

static void subset_pid_mount(void **state)
{
	struct actor init = start_container(CONTAINER, "subset=pid");

	assert_int_equal(actor_play(&init, zreap_try_open, O_RDWR), ENOENT);
	actor_end(&init);
}

static void recent_results_of_ones_own(void **state)
{
	struct actor init = start_container(CONTAINER, NULL), other = start_container(CONTAINER, NULL);
	pid_t pid = actor_play(&init, make_zombie, 0);

	assert_int_equal(actor_play(&init, number_of_recent, 0), 0);
	assert_int_equal(actor_play(&init, reap, pid), 0);
	assert_int_equal(actor_play(&init, number_of_recent, 0), 1);
	assert_int_equal(actor_play(&init, last_recent_pid, 0), pid);
	assert_int_equal(actor_play(&other, number_of_recent, 0), 0);
	/* The host sees it by its own number. */
	assert_true(last_recent_pid(0) > pid);
	actor_end(&other);
	actor_end(&init);
}

/* A U of 0 is not named. */
static long adopt(long whom)
{
	int pid = whom & 0xffff, u = whom >> 16, fd = zreap_open(), err;
	char text[64];

	snprintf(text, sizeof(text), u ? "adopt %d to=%d\n" : "adopt %d\n", pid, u);
	err = zreap_write(fd, text);
	close(fd);
	return err;
}

static void adopt_within(int flags)
{
	struct actor init = start_container(flags, NULL);
	pid_t first, second, u;

	actor_play(&init, start_inner, 0);
	first = actor_play(&init, make_inner_zombie, 5);
	/* Its init would inherit the zombie. After that the zombie is init's child already. */
	assert_int_equal(actor_play(&init, adopt, whom(first, 0)), 0);
	assert_int_equal(actor_play(&init, adopt, whom(first, 0)), EEXIST);
	assert_int_equal(actor_play(&init, wait_for, first), 5 << 8);

	second = actor_play(&init, make_zombie, 6);
	u = actor_play(&init, make_sleeper, 0);
	assert_int_equal(actor_play(&init, adopt, whom(second, u)), 0);
	assert_int_equal(actor_play(&init, listed_ppid, second), u);
	actor_end(&init);
}

static void adopts_within(void **state)
{
	adopt_within(CONTAINER);
	adopt_within(USER_CONTAINER);
}

/* The container sees no process outside, and can give none a child. */
static void outside_does_not_adopt(void **state)
{
	struct actor outside = actor_start(), init = start_container(USER_CONTAINER, NULL);
	pid_t pid = actor_play(&init, make_zombie, 7);

	assert_int_equal(actor_play(&init, adopt, whom(pid, outside.pid)), ESRCH);
	assert_int_equal(actor_play(&init, wait_for, pid), 7 << 8);
	actor_end(&init);
	actor_end(&outside);
}

/* A process in the container that has the credentials of the outside; gives its number there. */
static long sleeper_in_container(long init)
{
	join(init);
	return number_inside(make_sleeper(0));
}

static void adopter_with_credentials_outside(void **state)
{
	struct actor init = start_container(USER_CONTAINER, NULL), outside = actor_start();
	pid_t u = actor_play(&outside, sleeper_in_container, init.pid);
	pid_t pid = actor_play(&init, make_zombie, 7);

	assert_int_equal(actor_play(&init, adopt, whom(pid, u)), EPERM);
	assert_int_equal(actor_play(&init, wait_for, pid), 7 << 8);
	actor_end(&outside);
	actor_end(&init);
}

static struct mnl_socket *nl;

static long netlink_open(long unused)
{
	nl = nl_open();
	return nl ? 0 : errno;
}

static long netlink_number_listed(long unused)
{
	struct nl_answer answer = nl_ask(nl, nl_begin(ZREAP_CMD_GET, true));

	check(!answer.error);
	nl_free(&answer);
	return answer.nr;
}

static long netlink_reap(long pid)
{
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, true);
	struct nl_answer answer;

	nl_target(request, pid, 0);
	answer = nl_ask(nl, request);
	check(answer.nr == 1);
	nl_free(&answer);
	return answer.error;
}

static long netlink_do(long pid)
{
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, false);
	struct nl_answer answer;

	nl_target(request, pid, 0);
	answer = nl_ask(nl, request);
	nl_free(&answer);
	return answer.error;
}

/* Send a dump, which does nothing, and receive only its first message; gives the type of that. */
static long netlink_begin_reap(long pid)
{
	struct mnl_socket *other = nl_open();
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, true);
	char buffer[8192];

	nl_target(request, pid, 0);
	check(mnl_socket_sendto(other, request, request->nlmsg_len) > 0);
	check(procstat_state(pid) == 'Z');
	check(mnl_socket_recvfrom(other, buffer, sizeof(buffer)) > 0);
	mnl_socket_close(other);
	return ((struct nlmsghdr *)buffer)->nlmsg_type;
}

static long netlink_join(long unused)
{
	return nl_join_events(nl);
}

/* A container that has the network namespace of the host reaches the family, with the same rules. */
static void netlink_of_the_host(void **state)
{
	struct actor outside = actor_start(), init = start_container(USER_CONTAINER, NULL);
	pid_t foreign = actor_play(&outside, make_zombie, 0), pid = actor_play(&init, make_zombie, 7);

	assert_int_equal(actor_play(&init, netlink_open, 0), 0);
	assert_int_equal(actor_play(&init, netlink_number_listed, 0), 1);
	assert_int_equal(actor_play(&init, netlink_reap, foreign), ESRCH);
	/* zreap does nothing for it within the send, where others wait. */
	assert_int_equal(actor_play(&init, netlink_do, pid), EOPNOTSUPP);
	assert_int_equal(actor_play(&init, state_of, pid), 'Z');
	assert_int_equal(actor_play(&init, netlink_begin_reap, pid), NLMSG_NOOP);
	/* zreap does the rest as the container receives. */
	assert_int_equal(actor_play(&init, state_of, pid), 0);
	pid = actor_play(&init, make_zombie, 7);
	assert_int_equal(actor_play(&init, netlink_reap, pid), 0);
	assert_int_equal(actor_play(&init, state_of, pid), 0);
	assert_int_equal(procstat_state(foreign), 'Z');
	/* Its root is no administrator of the host's network namespace. */
	assert_int_equal(actor_play(&init, netlink_join, 0), EPERM);
	actor_end(&init);
	actor_end(&outside);
}

static int let_containers_in(void **state)
{
	return system("rmmod zreap && modprobe zreap allow_pidns=1");
}

static int shut_them_out(void **state)
{
	return system("rmmod zreap && modprobe zreap");
}

int main(void)
{
	const struct CMUnitTest container[] = {
		cmocka_unit_test(deaf_init),
		cmocka_unit_test(deaf_init_of_user_namespace),
		cmocka_unit_test(parent_outside),
		cmocka_unit_test(credentials_outside),
		cmocka_unit_test(list_by_a_weaker_writer),
		cmocka_unit_test(nested_containers),
		cmocka_unit_test(without_cap_kill),
		cmocka_unit_test(without_root),
		cmocka_unit_test(proc_of_another_namespace),
		cmocka_unit_test(hidepid_mount),
		cmocka_unit_test(subset_pid_mount),
		cmocka_unit_test(recent_results_of_ones_own),
		cmocka_unit_test(adopts_within),
		cmocka_unit_test(outside_does_not_adopt),
		cmocka_unit_test(adopter_with_credentials_outside),
		cmocka_unit_test(netlink_of_the_host),
	};

	return cmocka_run_group_tests(container, let_containers_in, shut_them_out);
}
