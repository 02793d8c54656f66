// SPDX-License-Identifier: GPL-2.0-only
/*
 * zreap does a netlink request for many targets as the program receives the answer:
 * 1. a program sends a request for many zombies
 * 2. it receives nothing of the answer, or a part
 * 3. zreap has not done what the program did not receive, and the answer tells of all that
 *    it has done
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"
#include "zreapnl.h"

#define MANY 600

static struct actor parent;
static struct mnl_socket *nl;

/* What is made in a test; zombies in the order of their numbers. */
static int make_zombies_of_parent(void **state)
{
	parent = actor_start();
	actor_play(&parent, make_zombie_crowd, MANY);
	nl = nl_open();
	check(nl);
	return 0;
}

static int end_parent(void **state)
{
	actor_end(&parent);
	return 0;
}

static struct rows zombies_of_parent(void)
{
	struct rows rows = rows_of_file("/proc/zreap");
	size_t row, nr = 0;

	for (row = 0; row < rows.nr; row++) {
		if (atoi(rows_cell(&rows, row, "PPID")) == parent.pid)
			rows.lines[++nr] = rows.lines[row + 1];
	}
	rows.nr = nr;
	return rows;
}

static size_t number_left(void)
{
	struct rows rows = zombies_of_parent();

	rows_free(&rows);
	return rows.nr;
}

/* Name all, or ask for "all". */
static void send_request(uint8_t cmd, bool all)
{
	struct nlmsghdr *request = nl_begin(cmd, true);
	struct rows rows = zombies_of_parent();
	size_t row;

	if (all) {
		mnl_attr_put(request, ZREAP_A_ALL, 0, NULL);
		mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, 0);
		mnl_attr_put_u32(request, ZREAP_A_PARENT, parent.pid);
	}
	for (row = 0; row < rows.nr && !all; row++)
		nl_target(request, atoi(rows_cell(&rows, row, "PID")), 0);
	rows_free(&rows);
	check(mnl_socket_sendto(nl, request, request->nlmsg_len) > 0);
}

/* How many rows the next piece has; each must be of a zombie that is gone. */
static size_t receive_piece(void)
{
	char buffer[8192];
	int len = mnl_socket_recvfrom(nl, buffer, sizeof(buffer));
	struct nlmsghdr *message = (void *)buffer;
	size_t nr = 0;

	check(len > 0);
	for (; mnl_nlmsg_ok(message, len); message = mnl_nlmsg_next(message, &len)) {
		check(message->nlmsg_type != NLMSG_ERROR && message->nlmsg_type != NLMSG_DONE);
		nr++;
	}
	return nr;
}

static long references(void)
{
	return procstat_number("/sys/module/zreap/refcnt");
}

/* The dump holds the module as long as it is not at its end. */
static void close_socket(void)
{
	mnl_socket_close(nl);
	check_soon(!references());
}

static const struct {
	uint8_t cmd;
	bool all;
} demands[] = {
	{ ZREAP_CMD_REAP, false }, { ZREAP_CMD_REAP, true },
	{ ZREAP_CMD_RELEASE, false }, { ZREAP_CMD_RELEASE, true },
};

#define NR_DEMANDS (sizeof(demands) / sizeof(*demands))

/* Sending acts on one target, since a lock that all families need is held: no more before the answer is received. */
static void sending_acts_on_one(void **state)
{
	size_t i, left = MANY;

	for (i = 0; i < NR_DEMANDS; i++) {
		send_request(demands[i].cmd, demands[i].all);
		assert_int_equal(number_left(), --left);
		close_socket();
		assert_int_equal(number_left(), left);
		nl = nl_open();
		check(nl);
	}
	close_socket();
}

/* How many zombies "all" has passed over so far. */
static long number_spared(void)
{
	return procstat_number("/sys/kernel/zreap/stats/spared-young");
}

/* However many an "all" passes over: a message that says nothing comes first. */
static void sending_looks_at_one(void **state)
{
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, true);
	long before = number_spared();
	struct nlmsghdr message;

	mnl_attr_put(request, ZREAP_A_ALL, 0, NULL);
	mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, 3600000);
	mnl_attr_put_u32(request, ZREAP_A_PARENT, parent.pid);
	check(mnl_socket_sendto(nl, request, request->nlmsg_len) > 0);
	assert_int_equal(number_spared(), before + 1);
	check(recv(mnl_socket_get_fd(nl), &message, sizeof(message), 0) == sizeof(message));
	assert_int_equal(message.nlmsg_type, NLMSG_NOOP);
	assert_true(message.nlmsg_flags & NLM_F_MULTI);
	check(recv(mnl_socket_get_fd(nl), &message, sizeof(message), 0) == sizeof(message));
	assert_int_equal(message.nlmsg_type, NLMSG_DONE);
	assert_int_equal(number_spared(), before + MANY);
	close_socket();
}

/* After each piece the kernel makes the next one, and no more. */
static void closed_half_read(void **state)
{
	size_t i, left = MANY;

	for (i = 0; i < NR_DEMANDS; i++) {
		size_t rows = 0, pieces;

		send_request(demands[i].cmd, demands[i].all);
		for (pieces = 0; pieces < 3; pieces++)
			rows += receive_piece();
		assert_true(rows >= 3);
		/* One piece was made and not received. */
		assert_true(number_left() <= left - rows);
		close_socket();
		assert_true(number_left() >= left - 2 * rows - 64 && number_left() > 0);
		left = number_left();
		nl = nl_open();
		check(nl);
	}
	close_socket();
}

/* The counters tell of the same number as the list. */
static void counted(void **state)
{
	long before = procstat_number("/sys/kernel/zreap/stats/reaped");

	send_request(ZREAP_CMD_REAP, true);
	receive_piece();
	receive_piece();
	close_socket();
	assert_int_equal(procstat_number("/sys/kernel/zreap/stats/reaped") - before, MANY - number_left());
}

int main(void)
{
#define ON_MANY(test) cmocka_unit_test_setup_teardown(test, make_zombies_of_parent, end_parent)
	const struct CMUnitTest dumps[] = {
		ON_MANY(sending_acts_on_one),
		ON_MANY(sending_looks_at_one),
		ON_MANY(closed_half_read),
		ON_MANY(counted),
	};

	return cmocka_run_group_tests(dumps, NULL, NULL);
}
