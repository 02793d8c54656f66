// SPDX-License-Identifier: GPL-2.0-only
/*
 * The netlink family:
 * 1. it gives what /proc/zreap gives, and does what that does
 * 2. every refusal has an errno and a message, and malformed requests change nothing
 * 3. a process that may not use /proc/zreap may not use it either
 */
#define _GNU_SOURCE
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "adopter.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"
#include "zreapnl.h"

#define NR_MANY 300

static struct mnl_socket *nl;

static int open_socket(void **state)
{
	nl = nl_open();
	return !nl;
}

static int close_socket(void **state)
{
	return mnl_socket_close(nl);
}

static struct nl_answer ask_one(uint8_t cmd, pid_t pid, uint64_t start)
{
	struct nlmsghdr *request = nl_begin(cmd, false);

	nl_target(request, pid, start);
	return nl_ask(nl, request);
}

/* A refusal by a result: its row, if the command gives one, its errno and its meaning. */
static void assert_refused(struct nl_answer answer, int error, const char *message, const char *result)
{
	assert_int_equal(answer.error, error);
	assert_string_equal(answer.message, message);
	if (result) {
		assert_int_equal(answer.nr, 1);
		assert_string_equal(answer.rows[0].text[ZREAP_A_ROW_RESULT], result);
		assert_int_equal(answer.rows[0].number[ZREAP_A_ROW_ERRNO], error);
	} else {
		assert_int_equal(answer.nr, 0);
	}
	nl_free(&answer);
}

static void get_one(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 7), sleeper = actor_play(&parent, make_sleeper, 0);
	struct nl_answer answer = ask_one(ZREAP_CMD_GET, zombie, procstat_start(zombie));
	const struct nl_row *row = answer.rows;

	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.nr, 1);
	assert_int_equal(row->cmd, ZREAP_CMD_GET);
	assert_int_equal(row->number[ZREAP_A_ROW_PID], zombie);
	assert_int_equal(row->number[ZREAP_A_ROW_PPID], parent.pid);
	assert_int_equal(row->number[ZREAP_A_ROW_STATUS], 7 << 8);
	assert_int_equal(row->number[ZREAP_A_ROW_START], procstat_start(zombie));
	assert_string_equal(row->text[ZREAP_A_ROW_STATE], "reapable");
	assert_string_equal(row->text[ZREAP_A_ROW_COMM], "netlink_test");
	assert_false(row->has[ZREAP_A_ROW_RESULT] || row->has[ZREAP_A_ROW_TRACER]);
	nl_free(&answer);

	assert_refused(ask_one(ZREAP_CMD_GET, sleeper, 0), EBUSY, "not a zombie", NULL);
	assert_refused(ask_one(ZREAP_CMD_GET, 4194304, 0), ESRCH, "no such process, or already taken", NULL);
	actor_end(&parent);
}

static const struct {
	const char *column;
	uint16_t attr;
} listed[] = {
	{ "PID", ZREAP_A_ROW_PID }, { "PPID", ZREAP_A_ROW_PPID }, { "START", ZREAP_A_ROW_START },
	{ "STATUS", ZREAP_A_ROW_STATUS }, { "UID", ZREAP_A_ROW_UID },
	{ "THREADS", ZREAP_A_ROW_THREADS }, { "TRACER", ZREAP_A_ROW_TRACER },
};

/* All zombies, in the same order and with the same cells as in the file. */
static void get_all(void **state)
{
	struct actor parent = actor_start();
	struct nl_answer answer;
	struct rows rows;
	size_t row, cell;
	int i;

	for (i = 0; i < NR_MANY; i++)
		actor_play(&parent, make_zombie, i % 256);
	rows = rows_of_file("/proc/zreap");
	answer = nl_ask(nl, nl_begin(ZREAP_CMD_GET, true));
	assert_int_equal(answer.error, 0);
	assert_true(answer.nr >= NR_MANY);
	assert_int_equal(answer.nr, rows.nr);
	for (row = 0; row < rows.nr; row++) {
		for (cell = 0; cell < sizeof(listed) / sizeof(*listed); cell++) {
			const char *text = rows_cell(&rows, row, listed[cell].column);

			assert_int_equal(answer.rows[row].has[listed[cell].attr], strcmp(text, "-") != 0);
			assert_int_equal(answer.rows[row].number[listed[cell].attr], atoll(text));
		}
		assert_string_equal(answer.rows[row].text[ZREAP_A_ROW_STATE], rows_cell(&rows, row, "STATE"));
		assert_string_equal(answer.rows[row].text[ZREAP_A_ROW_PARENT], rows_cell(&rows, row, "PARENT"));
		assert_string_equal(answer.rows[row].text[ZREAP_A_ROW_COMM], rows_cell(&rows, row, "COMM"));
	}
	nl_free(&answer);
	rows_free(&rows);
	actor_end(&parent);
}

static void take_one(void **state)
{
	static const struct {
		uint8_t cmd;
		const char *result;
	} ways[] = { { ZREAP_CMD_REAP, "reaped" }, { ZREAP_CMD_RELEASE, "released" } };
	size_t i;

	for (i = 0; i < 2; i++) {
		struct actor parent = actor_start();
		pid_t pid = actor_play(&parent, make_zombie, 7);
		uint64_t start = procstat_start(pid);
		struct nl_answer answer;

		assert_refused(ask_one(ways[i].cmd, pid, start + 1), ESTALE, "another process with this number",
			       "reused");
		answer = ask_one(ways[i].cmd, pid, start);
		assert_int_equal(answer.error, 0);
		assert_int_equal(answer.nr, 1);
		assert_string_equal(answer.rows[0].text[ZREAP_A_ROW_RESULT], ways[i].result);
		assert_int_equal(answer.rows[0].number[ZREAP_A_ROW_STATUS], 7 << 8);
		assert_true(answer.rows[0].has[ZREAP_A_ROW_MAXRSS_KB]);
		nl_free(&answer);
		assert_int_equal(procstat_state(pid), 0);
		assert_refused(ask_one(ways[i].cmd, pid, 0), ESRCH, "no such process, or already taken", "gone");
		assert_refused(ask_one(ways[i].cmd, parent.pid, 0), EBUSY, "not a zombie", "alive");
		actor_end(&parent);
	}
}

static void take_many(void **state)
{
	struct actor parent = actor_start();
	struct nlmsghdr *request;
	struct nl_answer answer;
	pid_t pids[NR_MANY];
	int i;

	for (i = 0; i < NR_MANY; i++)
		pids[i] = i == 10 ? parent.pid : i == 20 ? 4194304 : actor_play(&parent, make_zombie, i % 256);
	request = nl_begin(ZREAP_CMD_REAP, true);
	for (i = 0; i < NR_MANY; i++)
		nl_target(request, pids[i], 0);
	answer = nl_ask(nl, request);
	assert_int_equal(answer.error, EBUSY);
	assert_string_equal(answer.message, "not a zombie");
	assert_int_equal(answer.nr, NR_MANY);
	for (i = 0; i < NR_MANY; i++) {
		assert_int_equal(answer.rows[i].number[ZREAP_A_ROW_PID], pids[i]);
		assert_string_equal(answer.rows[i].text[ZREAP_A_ROW_RESULT],
				    i == 10 ? "alive" : i == 20 ? "gone" : "reaped");
	}
	nl_free(&answer);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	actor_end(&parent);
}

static void take_all_of_one_parent(void **state)
{
	struct actor parent = actor_start(), other = actor_start();
	pid_t first = actor_play(&parent, make_zombie, 1), second = actor_play(&parent, make_zombie, 2);
	pid_t kept = actor_play(&other, make_zombie, 3);
	struct nl_answer answer;
	struct nlmsghdr *request;
	int round;

	/* First a dry run. */
	for (round = 0; round < 2; round++) {
		request = nl_begin(ZREAP_CMD_REAP, true);
		mnl_attr_put(request, ZREAP_A_ALL, 0, NULL);
		mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, 0);
		mnl_attr_put_u32(request, ZREAP_A_PARENT, parent.pid);
		if (!round)
			mnl_attr_put(request, ZREAP_A_DRY_RUN, 0, NULL);
		answer = nl_ask(nl, request);
		assert_int_equal(answer.error, 0);
		assert_int_equal(answer.nr, 2);
		assert_string_equal(nl_find(&answer, first)->text[ZREAP_A_ROW_RESULT],
				    round ? "reaped" : "would-reap");
		assert_string_equal(nl_find(&answer, second)->text[ZREAP_A_ROW_RESULT],
				    round ? "reaped" : "would-reap");
		nl_free(&answer);
	}
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	assert_int_equal(actor_play(&other, wait_for, kept), 3 << 8);
	actor_end(&other);
	actor_end(&parent);
}

static void young(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, false);

	nl_target(request, pid, 0);
	mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, 3600000);
	assert_refused(nl_ask(nl, request), EAGAIN, "younger than min-age", "young");
	assert_int_equal(actor_play(&parent, wait_for, pid), 3 << 8);
	actor_end(&parent);
}

static void adopt(void **state)
{
	struct actor parent = actor_start(), u = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 9);
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_ADOPT, false);
	struct nl_answer answer;

	nl_target(request, pid, 0);
	mnl_attr_put_u32(request, ZREAP_A_TO, 2);
	assert_refused(nl_ask(nl, request), ECHILD, "the adopter would never wait for it", "deaf");

	assert_int_equal(actor_play(&u, adopter_listen, SIGUSR1), 0);
	request = nl_begin(ZREAP_CMD_ADOPT, false);
	nl_target(request, pid, 0);
	nl_adopter(request, u.pid, SIGUSR1);
	answer = nl_ask(nl, request);
	assert_int_equal(answer.error, 0);
	assert_string_equal(answer.rows[0].text[ZREAP_A_ROW_RESULT], "adopted");
	assert_int_equal(answer.rows[0].number[ZREAP_A_ROW_ADOPTER], u.pid);
	nl_free(&answer);
	assert_int_equal(actor_play(&u, adopter_status, pid), 9 << 8);
	actor_end(&u);
	actor_end(&parent);
}

/* Ways to spoil a request that names a zombie. */
static void spoil_nothing_named(struct nlmsghdr *request)
{
	mnl_attr_put(request, ZREAP_A_DRY_RUN, 0, NULL);
}

static void spoil_unknown(struct nlmsghdr *request)
{
	mnl_attr_put_u32(request, ZREAP_A_MAX + 1, 1);
}

static void spoil_row(struct nlmsghdr *request)
{
	mnl_attr_nest_end(request, mnl_attr_nest_start(request, ZREAP_A_ROW));
}

static void spoil_pid_zero(struct nlmsghdr *request)
{
	nl_target(request, 0, 0);
}

static void spoil_pid_too_large(struct nlmsghdr *request)
{
	nl_target(request, 4194305, 0);
}

static void spoil_no_pid(struct nlmsghdr *request)
{
	mnl_attr_nest_end(request, mnl_attr_nest_start(request, ZREAP_A_TARGET));
}

static void spoil_flat_target(struct nlmsghdr *request)
{
	mnl_attr_put_u32(request, ZREAP_A_TARGET, 1);
}

static void spoil_short_number(struct nlmsghdr *request)
{
	mnl_attr_put_u16(request, ZREAP_A_PARENT, 1);
}

static void spoil_long_number(struct nlmsghdr *request)
{
	mnl_attr_put_u64(request, ZREAP_A_PARENT, 1);
}

static void spoil_flag(struct nlmsghdr *request)
{
	mnl_attr_put_u32(request, ZREAP_A_DRY_RUN, 1);
}

static void spoil_all_and_target(struct nlmsghdr *request)
{
	mnl_attr_put(request, ZREAP_A_ALL, 0, NULL);
	mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, 0);
}

static void spoil_parent_without_all(struct nlmsghdr *request)
{
	mnl_attr_put_u32(request, ZREAP_A_PARENT, 1);
}

static void spoil_adopter_of_reap(struct nlmsghdr *request)
{
	mnl_attr_put_u32(request, ZREAP_A_TO, 1);
}

static void spoil_age(struct nlmsghdr *request)
{
	mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, UINT64_MAX);
}

static void spoil_signal(struct nlmsghdr *request)
{
	mnl_attr_put_u32(request, ZREAP_A_SIGNAL, 65);
}

static void spoil_kill(struct nlmsghdr *request)
{
	mnl_attr_put_u32(request, ZREAP_A_SIGNAL, SIGKILL);
}

static const struct {
	void (*spoil)(struct nlmsghdr *request);
	uint8_t cmd;
	bool unnamed;
} malformed[] = {
	{ spoil_nothing_named, ZREAP_CMD_REAP, true },
	{ spoil_unknown, ZREAP_CMD_REAP, false },
	{ spoil_row, ZREAP_CMD_REAP, false },
	{ spoil_pid_zero, ZREAP_CMD_REAP, false },
	{ spoil_pid_too_large, ZREAP_CMD_REAP, false },
	{ spoil_no_pid, ZREAP_CMD_REAP, false },
	{ spoil_flat_target, ZREAP_CMD_REAP, false },
	{ spoil_short_number, ZREAP_CMD_REAP, false },
	{ spoil_long_number, ZREAP_CMD_REAP, false },
	{ spoil_flag, ZREAP_CMD_REAP, false },
	{ spoil_all_and_target, ZREAP_CMD_REAP, false },
	{ spoil_parent_without_all, ZREAP_CMD_REAP, false },
	{ spoil_adopter_of_reap, ZREAP_CMD_REAP, false },
	{ spoil_adopter_of_reap, ZREAP_CMD_RELEASE, false },
	{ spoil_age, ZREAP_CMD_REAP, false },
	{ spoil_signal, ZREAP_CMD_ADOPT, false },
	{ spoil_kill, ZREAP_CMD_ADOPT, false },
	{ spoil_kill, ZREAP_CMD_GET, false },
};

static void malformed_requests(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);
	struct nl_answer answer;
	size_t i;
	int dump;

	for (i = 0; i < sizeof(malformed) / sizeof(*malformed); i++) {
		for (dump = 0; dump < 2; dump++) {
			struct nlmsghdr *request = nl_begin(malformed[i].cmd, dump);

			if (!malformed[i].unnamed)
				nl_target(request, pid, 0);
			malformed[i].spoil(request);
			answer = nl_ask(nl, request);
			/* The kernel's own checks give either. */
			assert_true(answer.error == EINVAL || answer.error == ERANGE);
			assert_int_equal(answer.nr, 0);
			assert_string_not_equal(answer.message, "");
			nl_free(&answer);
		}
	}
	assert_int_equal(actor_play(&parent, wait_for, pid), 3 << 8);
	actor_end(&parent);
}

static void several_want_a_dump(void **state)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, false);

	nl_target(request, pid, 0);
	nl_target(request, parent.pid, 0);
	assert_refused(nl_ask(nl, request), EINVAL, "several targets want NLM_F_DUMP, for their answers", NULL);
	assert_int_equal(actor_play(&parent, wait_for, pid), 3 << 8);
	actor_end(&parent);
}

/* The answer to one of several requests that were sent at once: its errno, as the acknowledgement has it. */
static int next_errno(void)
{
	char buffer[8192];
	int len = mnl_socket_recvfrom(nl, buffer, sizeof(buffer));
	const struct nlmsghdr *message = (void *)buffer;

	check(mnl_nlmsg_ok(message, len) && message->nlmsg_type == NLMSG_ERROR);
	return -((struct nlmsgerr *)mnl_nlmsg_get_payload(message))->error;
}

/* The kernel deals with all messages of one send while other families wait. */
static void requests_that_act_are_sent_alone(void **state)
{
	struct actor parent = actor_start();
	pid_t first = actor_play(&parent, make_zombie, 3);
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, false);
	char both[1024];
	size_t len;

	nl_target(request, first, 0);
	len = request->nlmsg_len;
	check(len == NLMSG_ALIGN(len) && 2 * len <= sizeof(both));
	memcpy(both, request, len);
	request = nl_begin(ZREAP_CMD_REAP, false);
	nl_target(request, parent.pid, 0);
	memcpy(both + len, request, len);
	check(mnl_socket_sendto(nl, both, 2 * len) == (ssize_t)(2 * len));
	assert_int_equal(next_errno(), EINVAL);
	assert_int_equal(procstat_state(first), 'Z');
	nl = nl_open();
	check(nl);
	assert_int_equal(actor_play(&parent, wait_for, first), 3 << 8);
	actor_end(&parent);
}

static long open_another_socket(long unused)
{
	nl = nl_open();
	return nl ? 0 : errno;
}

static long try_reap(long pid)
{
	struct nl_answer answer = ask_one(ZREAP_CMD_REAP, pid, 0);

	check(!answer.nr || !answer.error);
	nl_free(&answer);
	return answer.error;
}

static long try_get(long pid)
{
	struct nl_answer answer = ask_one(ZREAP_CMD_GET, pid, 0);

	nl_free(&answer);
	return answer.error;
}

static long try_get_all(long unused)
{
	struct nl_answer answer = nl_ask(nl, nl_begin(ZREAP_CMD_GET, true));

	check(!answer.nr || !answer.error);
	nl_free(&answer);
	return answer.error;
}

static long try_join(long unused)
{
	return nl_join_events(nl);
}

static void denied(struct actor *actor)
{
	struct actor parent = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 3);

	assert_int_equal(actor_play(actor, try_reap, pid), EPERM);
	assert_int_equal(actor_play(actor, try_get, pid), EPERM);
	assert_int_equal(actor_play(actor, try_get_all, 0), EPERM);
	assert_int_equal(actor_play(&parent, wait_for, pid), 3 << 8);
	actor_end(&parent);
}

/* Neither with a socket of root's nor with one of its own. */
static void nobody_may_not(void **state)
{
	struct actor nobody = actor_start();

	assert_int_equal(actor_play(&nobody, open_another_socket, 0), 0);
	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	denied(&nobody);
	assert_int_equal(actor_play(&nobody, open_another_socket, 0), 0);
	denied(&nobody);
	assert_int_equal(actor_play(&nobody, try_join, 0), EPERM);
	actor_end(&nobody);
}

static void ask_without_hearing(uint8_t cmd, bool dump)
{
	struct nlmsghdr *request = nl_begin(cmd, dump);

	check(mnl_socket_sendto(nl, request, request->nlmsg_len) > 0);
}

/* There is no room for an answer, so that the dump does not come to its first piece. */
static long leave_a_dump_unheard(long unused)
{
	int least = 1, i;

	check(!setsockopt(mnl_socket_get_fd(nl), SOL_SOCKET, SO_RCVBUF, &least, sizeof(least)));
	for (i = 0; i < 10; i++)
		ask_without_hearing(ZREAP_CMD_GET, false);
	ask_without_hearing(ZREAP_CMD_GET, true);
	ask_without_hearing(ZREAP_CMD_REAP, true);
	return 0;
}

static long references(void)
{
	return procstat_number("/sys/module/zreap/refcnt");
}

/* A process that may not use the module cannot keep it loaded. */
static void nobody_holds_the_module(void **state)
{
	struct actor root = actor_start(), nobody = actor_start();
	long before = references();

	assert_int_equal(actor_play(&root, open_another_socket, 0), 0);
	assert_int_equal(actor_play(&root, leave_a_dump_unheard, 0), 0);
	assert_int_equal(references(), before + 1);
	actor_end(&root);
	assert_int_equal(actor_play(&nobody, open_another_socket, 0), 0);
	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	assert_int_equal(actor_play(&nobody, leave_a_dump_unheard, 0), 0);
	assert_int_equal(references(), before);
	actor_end(&nobody);
}

static long open_as_nobody(long unused)
{
	return seteuid(65534) || open_another_socket(0) || seteuid(0);
}

/* A socket that a privileged program receives cannot trick it. */
static void root_may_not_with_nobodys_socket(void **state)
{
	struct actor root = actor_start();

	assert_int_equal(actor_play(&root, open_as_nobody, 0), 0);
	denied(&root);
	actor_end(&root);
}

static void root_without_cap_kill_may_not(void **state)
{
	struct actor root = actor_start();

	assert_int_equal(actor_play(&root, open_another_socket, 0), 0);
	assert_int_equal(actor_play(&root, drop_cap_kill, 0), 0);
	denied(&root);
	actor_end(&root);
}

static void container_may_not_by_default(void **state)
{
	struct actor init = actor_start_in(CLONE_NEWPID);

	assert_int_equal(actor_play(&init, open_another_socket, 0), 0);
	assert_int_equal(actor_play(&init, try_get_all, 0), EPERM);
	actor_end(&init);
}

static void not_in_other_network_namespaces(void **state)
{
	struct actor inside = actor_start_in(CLONE_NEWNET);

	assert_int_equal(actor_play(&inside, open_another_socket, 0), ENOENT);
	actor_end(&inside);
}

/* Scene: reap it from a time namespace that is a day ahead. */
static long reap_from_time_namespace(long pid)
{
	pid_t inside;
	int status;

	check(!unshare(CLONE_NEWTIME));
	procstat_put("/proc/self/timens_offsets", "boottime 86400 0");
	inside = fork();
	if (!inside)
		_exit(zreap_reap(pid));
	check(waitpid(inside, &status, 0) == inside);
	return status;
}

static void events_of_every_door(void **state)
{
	struct actor parent = actor_start(), ahead = actor_start();
	pid_t third = actor_play(&parent, make_zombie, 7);
	pid_t first = actor_play(&parent, make_zombie, 5), second = actor_play(&parent, make_zombie, 6);
	unsigned long long start = procstat_start(first), third_start = procstat_start(third);
	struct mnl_socket *listener = nl_open();
	struct nl_answer answer;
	struct nl_row event;

	check(listener);
	assert_int_equal(nl_join_events(listener), 0);
	assert_int_equal(zreap_reap(first), 0);
	event = nl_event(listener);
	assert_int_equal(event.cmd, ZREAP_CMD_EVENT);
	assert_string_equal(event.text[ZREAP_A_ROW_VERB], "reap");
	assert_string_equal(event.text[ZREAP_A_ROW_RESULT], "reaped");
	assert_int_equal(event.number[ZREAP_A_ROW_PID], first);
	assert_int_equal(event.number[ZREAP_A_ROW_START], start);
	assert_int_equal(event.number[ZREAP_A_ROW_STATUS], 5 << 8);
	assert_int_equal(event.number[ZREAP_A_ROW_CALLER], getpid());
	assert_true(event.has[ZREAP_A_ROW_TIME_MS] && event.has[ZREAP_A_ROW_CALLER_UID]);

	answer = ask_one(ZREAP_CMD_RELEASE, second, 0);
	nl_free(&answer);
	event = nl_event(listener);
	assert_string_equal(event.text[ZREAP_A_ROW_VERB], "release");
	assert_int_equal(event.number[ZREAP_A_ROW_PID], second);

	assert_int_equal(zreap_reap(second), ESRCH);
	event = nl_event(listener);
	assert_string_equal(event.text[ZREAP_A_ROW_RESULT], "gone");
	assert_int_equal(event.number[ZREAP_A_ROW_ERRNO], ESRCH);

	/* An event does not depend on the time namespace of the asker. */
	assert_int_equal(actor_play(&ahead, reap_from_time_namespace, third), 0);
	event = nl_event(listener);
	assert_int_equal(event.number[ZREAP_A_ROW_PID], third);
	assert_int_equal(event.number[ZREAP_A_ROW_START], third_start);
	mnl_socket_close(listener);
	actor_end(&ahead);
	actor_end(&parent);
}

/* Join all groups that the kernel lets one join. */
static long join_whatever_there_is(long unused)
{
	int group;

	for (group = 1; group < 256; group++)
		mnl_socket_setsockopt(nl, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group));
	return 0;
}

static long hears_anything_of_zreap(long unused)
{
	char buffer[8192];
	ssize_t len;

	while ((len = recv(mnl_socket_get_fd(nl), buffer, sizeof(buffer), MSG_DONTWAIT)) > 0) {
		if (memmem(buffer, len, "reaped", 6))
			return true;
	}
	return false;
}

/* Anybody may join a group without an owner; zreap must not send events to such members. */
static void nobody_listens_beforehand(void **state)
{
	struct actor parent = actor_start(), nobody = actor_start();
	pid_t pid = actor_play(&parent, make_zombie, 0);

	assert_int_equal(actor_play(&nobody, open_another_socket, 0), 0);
	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	mnl_socket_close(nl);
	check(!system("rmmod zreap"));
	assert_int_equal(actor_play(&nobody, join_whatever_there_is, 0), 0);
	check(!system("modprobe zreap"));
	nl = nl_open();
	check(nl);
	assert_int_equal(zreap_reap(pid), 0);
	assert_false(actor_play(&nobody, hears_anything_of_zreap, 0));
	actor_end(&nobody);
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest netlink[] = {
		cmocka_unit_test(get_one),
		cmocka_unit_test(get_all),
		cmocka_unit_test(take_one),
		cmocka_unit_test(take_many),
		cmocka_unit_test(take_all_of_one_parent),
		cmocka_unit_test(young),
		cmocka_unit_test(adopt),
		cmocka_unit_test(malformed_requests),
		cmocka_unit_test(several_want_a_dump),
		cmocka_unit_test(requests_that_act_are_sent_alone),
		cmocka_unit_test(nobody_may_not),
		cmocka_unit_test(nobody_holds_the_module),
		cmocka_unit_test(root_may_not_with_nobodys_socket),
		cmocka_unit_test(root_without_cap_kill_may_not),
		cmocka_unit_test(container_may_not_by_default),
		cmocka_unit_test(not_in_other_network_namespaces),
		cmocka_unit_test(nobody_listens_beforehand),
		cmocka_unit_test(events_of_every_door),
	};

	return cmocka_run_group_tests(netlink, open_socket, close_socket);
}
