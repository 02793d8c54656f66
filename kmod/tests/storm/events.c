// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "events.h"

#include <sys/socket.h>

#include "../guest/check.h"
#include "../guest/zreapfile.h"
#include "../guest/zreapnl.h"
#include "run.h"

/* Refusals have events too. */
#define ROOM_BYTES (128 << 20)

static struct mnl_socket *nl;

void events_follow(void)
{
	static const int room = ROOM_BYTES / 2; /* the kernel doubles it */
	int fd;

	nl = nl_open();
	check(nl);
	fd = mnl_socket_get_fd(nl);
	check(!setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)));
	check(!fcntl(fd, F_SETFL, O_NONBLOCK));
	check(!nl_join_events(nl));
}

static void act_on(const struct nl_row *row, void (*act)(struct child *child, int status))
{
	const char *result = row->text[ZREAP_A_ROW_RESULT];
	struct child *child;

	if (!result_takes(result))
		return;
	child = book_find(row->number[ZREAP_A_ROW_PID]);
	if (child)
		act(child, row->number[ZREAP_A_ROW_STATUS]);
}

bool events_each(void (*act)(struct child *child, int status))
{
	bool all = true;

	while (true) {
		struct nl_row row;
		int error = nl_try_event(nl, &row);

		if (error == EAGAIN)
			return all;
		run_step();
		check(!error || error == ENOBUFS);
		if (error)
			all = false;
		else
			act_on(&row, act);
	}
}
