// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "check.h"
#include "procstat.h"
#include "spared.h"
#include "zreapfile.h"
#include "zreapnl.h"

#define STATS "/sys/kernel/zreap/stats/"

static struct mnl_socket *nl;

void spared_init(void)
{
	check(!system("modprobe zreap_jiangshi"));
	nl = nl_open();
	check(nl);
}

static long counter(const char *prefix, const char *result)
{
	char path[128];

	snprintf(path, sizeof(path), STATS "%s%s", prefix, result);
	return procstat_number(path);
}

void assert_listed(pid_t zombie, const char *state, const char *spared)
{
	struct rows rows = rows_of_file("/proc/zreap");
	size_t row = rows_find(&rows, zombie);

	assert_string_equal(rows_cell(&rows, row, "STATE"), state);
	assert_string_equal(rows_cell(&rows, row, "SPARED"), spared);
	rows_free(&rows);
}

static void assert_still_child(pid_t parent, pid_t zombie)
{
	assert_int_equal(procstat_state(zombie), 'Z');
	assert_int_equal(procstat_parent(zombie), parent);
}

/* Write one line that names it, and give the result. */
static void assert_answer(pid_t zombie, const char *verb, const char *options, const char *result,
			  int expected)
{
	int error;
	struct rows rows = zreap_ask(&error, "%s%d %s\n", verb, zombie, options);

	assert_int_equal(error, expected);
	assert_int_equal(rows.nr, 1);
	assert_int_equal(rows_find(&rows, zombie), 0);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), result);
	assert_int_equal(atoi(rows_cell(&rows, 0, "ERRNO")), expected);
	rows_free(&rows);
}

/* How many rows a line with "all" has; it never fails. */
static size_t number_chosen(const char *verb, pid_t parent, const char *options)
{
	int error;
	struct rows rows = zreap_ask(&error, "%sall min-age=0s parent=%d %s\n", verb, parent, options);

	assert_int_equal(error, 0);
	rows_free(&rows);
	return rows.nr;
}

static void assert_netlink_refuses(pid_t zombie, uint8_t cmd, bool gentle, const char *result)
{
	int dump;

	for (dump = 0; dump < 2; dump++) {
		struct nlmsghdr *request = nl_begin(cmd, dump);
		struct nl_answer answer;

		nl_target(request, zombie, procstat_start(zombie));
		if (gentle)
			mnl_attr_put(request, ZREAP_A_GENTLE, 0, NULL);
		answer = nl_ask(nl, request);
		assert_int_equal(answer.error, EAGAIN);
		assert_int_equal(answer.nr, 1);
		assert_string_equal(answer.rows[0].text[ZREAP_A_ROW_RESULT], result);
		assert_int_equal(answer.rows[0].number[ZREAP_A_ROW_ERRNO], EAGAIN);
		nl_free(&answer);
	}
}

static void assert_netlink_lists(pid_t zombie, const char *state, const char *spared)
{
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_GET, false);
	struct nl_answer answer;

	nl_target(request, zombie, 0);
	answer = nl_ask(nl, request);
	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.nr, 1);
	assert_string_equal(answer.rows[0].text[ZREAP_A_ROW_STATE], state);
	assert_string_equal(answer.rows[0].text[ZREAP_A_ROW_SPARED], spared);
	nl_free(&answer);
}

static size_t netlink_number_chosen(pid_t parent)
{
	struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, true);
	struct nl_answer answer;

	mnl_attr_put(request, ZREAP_A_ALL, 0, NULL);
	mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, 0);
	mnl_attr_put_u32(request, ZREAP_A_PARENT, parent);
	answer = nl_ask(nl, request);
	assert_int_equal(answer.error, 0);
	nl_free(&answer);
	return answer.nr;
}

static int put_jiangshi(pid_t zombie)
{
	char path[64];
	int fd, error;

	snprintf(path, sizeof(path), "/proc/%d/kill-if-jiangshi", zombie);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	check(fd >= 0);
	error = zreap_write(fd, "1");
	close(fd);
	return error;
}

/* "all" passes it over, and counts it. */
static void assert_not_chosen(pid_t parent, const char *result)
{
	long before = counter("spared-", result);

	assert_int_equal(number_chosen("", parent, ""), 0);
	assert_int_equal(number_chosen("", parent, "gentle"), 0);
	assert_int_equal(number_chosen("", parent, "dry-run"), 0);
	assert_int_equal(number_chosen("release ", parent, ""), 0);
	assert_int_equal(number_chosen("adopt ", parent, "signal=USR1"), 0);
	assert_int_equal(netlink_number_chosen(parent), 0);
	assert_int_equal(counter("spared-", result), before + 6);
}

/* Each verb refuses it, with this word or without one. */
static void assert_refused(pid_t zombie, const char *word, const char *result)
{
	long before = counter("", result);
	char options[64];

	assert_answer(zombie, "", word, result, EAGAIN);
	assert_answer(zombie, "release ", word, result, EAGAIN);
	snprintf(options, sizeof(options), "to=%d %s", getpid(), word);
	assert_answer(zombie, "adopt ", options, result, EAGAIN);
	snprintf(options, sizeof(options), "dry-run %s", word);
	assert_answer(zombie, "", options, result, EAGAIN);
	/* The parent comes before the age. */
	snprintf(options, sizeof(options), "min-age=1h %s", word);
	assert_answer(zombie, "", options, result, EAGAIN);
	assert_int_equal(counter("", result), before + 5);
}

void assert_spared_as_stopped(pid_t parent, pid_t zombie)
{
	assert_listed(zombie, "parent-stopped", "parent-stopped");
	assert_netlink_lists(zombie, "parent-stopped", "parent-stopped");
	assert_not_chosen(parent, "parent-stopped");
	assert_refused(zombie, "", "parent-stopped");
	assert_refused(zombie, "gentle", "parent-stopped");
	assert_netlink_refuses(zombie, ZREAP_CMD_REAP, false, "parent-stopped");
	assert_netlink_refuses(zombie, ZREAP_CMD_RELEASE, true, "parent-stopped");
	assert_int_equal(put_jiangshi(zombie), EAGAIN);
	/* The word that lifts the refusal takes it, if it is no dry run. */
	assert_answer(zombie, "", "force dry-run", "would-reap", 0);
	assert_int_equal(number_chosen("", parent, "force dry-run"), 1);
	assert_still_child(parent, zombie);
}

void assert_spared_as_busy(pid_t parent, pid_t zombie)
{
	assert_listed(zombie, "reapable", "parent-busy");
	assert_netlink_lists(zombie, "reapable", "parent-busy");
	assert_not_chosen(parent, "parent-busy");
	assert_refused(zombie, "gentle", "parent-busy");
	assert_netlink_refuses(zombie, ZREAP_CMD_REAP, true, "parent-busy");
	assert_netlink_refuses(zombie, ZREAP_CMD_RELEASE, true, "parent-busy");
	assert_answer(zombie, "", "dry-run", "would-reap", 0);
	assert_answer(zombie, "", "gentle force dry-run", "would-reap", 0);
	assert_int_equal(number_chosen("", parent, "force dry-run"), 1);
	assert_still_child(parent, zombie);
}

void assert_not_spared(pid_t parent, pid_t zombie)
{
	assert_listed(zombie, "reapable", "-");
	assert_answer(zombie, "", "gentle dry-run", "would-reap", 0);
	assert_int_equal(number_chosen("", parent, "dry-run"), 1);
	assert_still_child(parent, zombie);
}
