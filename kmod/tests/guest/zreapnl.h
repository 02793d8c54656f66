/* SPDX-License-Identifier: GPL-2.0-only */
/* Using the netlink family zreap from C, over libmnl. */
#ifndef ZREAPNL_H
#define ZREAPNL_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../../uapi/zreap_genl.h"

/* A row; an absent cell is 0 or "", and not in has[]. */
struct nl_row {
	uint8_t cmd;
	bool has[ZREAP_A_ROW_MAX + 1];
	uint64_t number[ZREAP_A_ROW_MAX + 1];
	char text[ZREAP_A_ROW_MAX + 1][64];
};

/* The answer to a request: the rows, and the errno and message that end it. */
struct nl_answer {
	int error;
	char message[160];
	size_t nr;
	struct nl_row *rows;
};

/* A socket with extended acknowledgements; NULL and errno if there is no such family, or no socket. */
struct mnl_socket *nl_open(void);

/* Join the multicast group: 0, or the errno. */
int nl_join_events(struct mnl_socket *nl);

/* The next event: 0, or the errno. */
int nl_try_event(struct mnl_socket *nl, struct nl_row *row);

/* The same, but there must be one. */
struct nl_row nl_event(struct mnl_socket *nl);

/* Begin a request, a dump or a do. The next request uses the same buffer. */
struct nlmsghdr *nl_begin(uint8_t cmd, bool dump);

/* Name a process; a start of 0 is no condition. */
void nl_target(struct nlmsghdr *request, pid_t pid, uint64_t start);

/* Name the adopter, and the signal for it. */
void nl_adopter(struct nlmsghdr *request, pid_t to, int signal);

/* Send a request and receive the whole answer; free with nl_free(). */
struct nl_answer nl_ask(struct mnl_socket *nl, struct nlmsghdr *request);
void nl_free(struct nl_answer *answer);

/* The row of a process; NULL if there is none. */
const struct nl_row *nl_find(const struct nl_answer *answer, pid_t pid);

#endif
