// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "zreapnl.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "check.h"

#define MAX_REQUEST (1 << 18)

/* No dump message is longer than what its receiver has room for. */
#define RECEIVE_BYTES 8192

static struct {
	uint16_t family;
	uint32_t events;
} numbers;

static char request_buffer[MAX_REQUEST];
static uint32_t sequence;

static struct nlmsghdr *begin(uint16_t type, uint8_t cmd, uint8_t version, bool dump)
{
	struct nlmsghdr *request = mnl_nlmsg_put_header(request_buffer);
	struct genlmsghdr *header;

	request->nlmsg_type = type;
	request->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | (dump ? NLM_F_DUMP : 0);
	request->nlmsg_seq = ++sequence;
	header = mnl_nlmsg_put_extra_header(request, sizeof(*header));
	header->cmd = cmd;
	header->version = version;
	return request;
}

static int find_group(const struct nlattr *groups)
{
	struct nlattr *group, *part;

	mnl_attr_for_each_nested(group, groups) {
		const char *name = "";
		uint32_t id = 0;

		mnl_attr_for_each_nested(part, group) {
			if (mnl_attr_get_type(part) == CTRL_ATTR_MCAST_GRP_NAME)
				name = mnl_attr_get_str(part);
			if (mnl_attr_get_type(part) == CTRL_ATTR_MCAST_GRP_ID)
				id = mnl_attr_get_u32(part);
		}
		if (!strcmp(name, ZREAP_MCGRP_EVENTS))
			numbers.events = id;
	}
	return MNL_CB_OK;
}

static int take_family(const struct nlattr *attr, void *unused)
{
	if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
		numbers.family = mnl_attr_get_u16(attr);
	if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
		return find_group(attr);
	return MNL_CB_OK;
}

static int on_family(const struct nlmsghdr *message, void *unused)
{
	return mnl_attr_parse(message, sizeof(struct genlmsghdr), take_family, NULL);
}

static int resolve(struct mnl_socket *nl)
{
	struct nlmsghdr *request = begin(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1, false);
	unsigned int portid = mnl_socket_get_portid(nl);
	char buffer[RECEIVE_BYTES];
	ssize_t len;
	int more = MNL_CB_OK;

	mnl_attr_put_strz(request, CTRL_ATTR_FAMILY_NAME, ZREAP_FAMILY_NAME);
	check(mnl_socket_sendto(nl, request, request->nlmsg_len) > 0);
	while (more > MNL_CB_STOP) {
		len = mnl_socket_recvfrom(nl, buffer, sizeof(buffer));
		check(len > 0);
		more = mnl_cb_run(buffer, len, sequence, portid, on_family, NULL);
	}
	return more;
}

struct mnl_socket *nl_open(void)
{
	struct mnl_socket *nl = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	int on = 1, error;

	check(nl);
	check(!mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID));
	check(!mnl_socket_setsockopt(nl, NETLINK_EXT_ACK, &on, sizeof(on)));
	if (!resolve(nl))
		return nl;
	error = errno;
	mnl_socket_close(nl);
	errno = error;
	return NULL;
}

int nl_join_events(struct mnl_socket *nl)
{
	return mnl_socket_setsockopt(nl, NETLINK_ADD_MEMBERSHIP, &numbers.events,
				     sizeof(numbers.events)) ? errno : 0;
}

struct nlmsghdr *nl_begin(uint8_t cmd, bool dump)
{
	return begin(numbers.family, cmd, ZREAP_FAMILY_VERSION, dump);
}

void nl_target(struct nlmsghdr *request, pid_t pid, uint64_t start)
{
	struct nlattr *nest = mnl_attr_nest_start(request, ZREAP_A_TARGET);

	mnl_attr_put_u32(request, ZREAP_A_TARGET_PID, pid);
	if (start)
		mnl_attr_put_u64(request, ZREAP_A_TARGET_START, start);
	mnl_attr_nest_end(request, nest);
	check(request->nlmsg_len < MAX_REQUEST - 64);
}

void nl_adopter(struct nlmsghdr *request, pid_t to, int signal)
{
	mnl_attr_put_u32(request, ZREAP_A_TO, to);
	mnl_attr_put_u32(request, ZREAP_A_SIGNAL, signal);
}

static int take_cell(const struct nlattr *attr, void *into)
{
	struct nl_row *row = into;
	uint16_t type = mnl_attr_get_type(attr), len = mnl_attr_get_payload_len(attr);

	check(type >= 1 && type <= ZREAP_A_ROW_MAX && !row->has[type]);
	row->has[type] = true;
	switch (type) {
	case ZREAP_A_ROW_VERB:
	case ZREAP_A_ROW_RESULT:
	case ZREAP_A_ROW_STATE:
	case ZREAP_A_ROW_SPARED:
	case ZREAP_A_ROW_PARENT:
	case ZREAP_A_ROW_COMM:
		check(len <= sizeof(row->text[type]) && !mnl_attr_get_str(attr)[len - 1]);
		strcpy(row->text[type], mnl_attr_get_str(attr));
		break;
	default:
		check(len == 4 || len == 8);
		row->number[type] = len == 4 ? mnl_attr_get_u32(attr) : mnl_attr_get_u64(attr);
	}
	return MNL_CB_OK;
}

static struct nl_row read_row(const struct nlmsghdr *message)
{
	const struct genlmsghdr *header = mnl_nlmsg_get_payload(message);
	struct nl_row row = { .cmd = header->cmd };
	struct nlattr *attr;

	mnl_attr_for_each(attr, message, sizeof(*header)) {
		check(mnl_attr_get_type(attr) == ZREAP_A_ROW);
		check(mnl_attr_parse_nested(attr, take_cell, &row) == MNL_CB_OK);
	}
	return row;
}

static int take_message(const struct nlattr *attr, void *into)
{
	struct nl_answer *answer = into;

	if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
		snprintf(answer->message, sizeof(answer->message), "%s", mnl_attr_get_str(attr));
	return MNL_CB_OK;
}

/* The end of a request: an acknowledgement, or the last message of a dump, with what they say. */
static void take_end(const struct nlmsghdr *message, struct nl_answer *answer)
{
	int error = *(int *)mnl_nlmsg_get_payload(message);
	size_t skip = sizeof(error);

	if (message->nlmsg_type == NLMSG_ERROR) {
		skip = sizeof(struct nlmsgerr);
		/* After a failure the whole request is repeated. */
		if (error)
			skip += ((struct nlmsgerr *)mnl_nlmsg_get_payload(message))->msg.nlmsg_len -
				sizeof(struct nlmsghdr);
	}
	answer->error = -error;
	if (message->nlmsg_flags & NLM_F_ACK_TLVS)
		check(mnl_attr_parse(message, skip, take_message, answer) == MNL_CB_OK);
}

struct nl_answer nl_ask(struct mnl_socket *nl, struct nlmsghdr *request)
{
	struct nl_answer answer = { .error = -1 };
	size_t room = 0;

	check(mnl_socket_sendto(nl, request, request->nlmsg_len) > 0);
	while (answer.error < 0) {
		char buffer[RECEIVE_BYTES];
		int len = mnl_socket_recvfrom(nl, buffer, sizeof(buffer));
		const struct nlmsghdr *message = (void *)buffer;

		check(len > 0);
		for (; mnl_nlmsg_ok(message, len); message = mnl_nlmsg_next(message, &len)) {
			check(message->nlmsg_seq == sequence && answer.error < 0);
			if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_DONE) {
				take_end(message, &answer);
				continue;
			}
			if (message->nlmsg_type == NLMSG_NOOP)
				continue;
			if (answer.nr == room) {
				room = room ? 2 * room : 16;
				answer.rows = realloc(answer.rows, room * sizeof(*answer.rows));
				check(answer.rows);
			}
			answer.rows[answer.nr++] = read_row(message);
		}
	}
	return answer;
}

void nl_free(struct nl_answer *answer)
{
	free(answer->rows);
}

const struct nl_row *nl_find(const struct nl_answer *answer, pid_t pid)
{
	size_t i;

	for (i = 0; i < answer->nr; i++) {
		if (answer->rows[i].number[ZREAP_A_ROW_PID] == (uint64_t)pid)
			return &answer->rows[i];
	}
	return NULL;
}

int nl_try_event(struct mnl_socket *nl, struct nl_row *row)
{
	char buffer[RECEIVE_BYTES];
	int len = mnl_socket_recvfrom(nl, buffer, sizeof(buffer));

	if (len < 0)
		return errno;
	check(mnl_nlmsg_ok((void *)buffer, len));
	*row = read_row((void *)buffer);
	return 0;
}

struct nl_row nl_event(struct mnl_socket *nl)
{
	struct nl_row row;

	check(!nl_try_event(nl, &row));
	return row;
}
