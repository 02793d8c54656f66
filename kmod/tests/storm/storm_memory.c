// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory runs out while zreap is asked: the first allocation of a request fails, then the
 * second, and so on until one comes through without a failure; or one in 20 fails, by chance.
 * Those of kzreapd fail by chance all the time. A request that fails says so with
 * ENOMEM, and its zombie stays; one that succeeds is told of as ever.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <unistd.h>

#include "../guest/check.h"
#include "../guest/procstat.h"
#include "../guest/zreapfile.h"
#include "../guest/zreapnl.h"
#include "accounts.h"
#include "book.h"
#include "children.h"
#include "crew.h"
#include "fault.h"
#include "recent.h"

#define BROOD 48

/* No request allocates so often. */
#define MOST_ALLOCATIONS 500

static struct crew parent, writer;

static const char *lacks(void)
{
	return fault_is_there() ? NULL : "this kernel has no fault injection";
}

/* Scene: make zombies. */
static long make(long number)
{
	struct random random = run_random(number);
	unsigned int i;

	children_make(0, BROOD, &random);
	for (i = 0; i < BROOD; i++)
		await_zombie_child(book->children[i].pid);
	return 0;
}

/* A request is prepared, and then made: 0, or the errno. */
struct request {
	const char *name;
	void (*prepare)(const struct request *request, pid_t pid);
	int (*make)(void);
	const char *verb;
	bool dump;
	/* The answer is lost where there is no memory for it. */
	bool may_be_done;
};

static char text[96];

static void prepare_line(const struct request *request, pid_t pid)
{
	if (!strcmp(request->verb, "adopt"))
		snprintf(text, sizeof(text), "adopt %d to=%d signal=%d\n", pid, getppid(), BOOK_SIGNAL);
	else
		snprintf(text, sizeof(text), "%s %d\n", request->verb, pid);
}

static int make_write(void)
{
	int fd = open("/proc/zreap", O_RDWR | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		error = errno;
	close(fd);
	return error;
}

static void prepare_nothing(const struct request *request, pid_t pid)
{
}

static int make_listing(void)
{
	static char listing[1 << 16];
	int fd = open("/proc/zreap", O_RDONLY | O_CLOEXEC), error = 0;
	ssize_t got;

	if (fd < 0)
		return errno;
	while ((got = read(fd, listing, sizeof(listing))) > 0)
		;
	if (got < 0)
		error = errno;
	close(fd);
	return error;
}

static struct nlmsghdr *message;

static void prepare_message(const struct request *request, pid_t pid)
{
	bool gets = !strcmp(request->verb, "get");

	message = nl_begin(gets ? ZREAP_CMD_GET : ZREAP_CMD_REAP, request->dump);
	if (!gets)
		nl_target(message, pid, 0);
}

/* On a socket of its own, so that what is left unread goes with it. */
static int make_message(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC), error = 0;
	static char answer[1 << 16];
	ssize_t got;

	if (fd < 0)
		return errno;
	if (send(fd, message, message->nlmsg_len, 0) < 0)
		error = errno;
	while (!error && (got = recv(fd, answer, sizeof(answer), MSG_DONTWAIT)) > 0) {
		const struct nlmsghdr *first = (void *)answer;

		if (first->nlmsg_type == NLMSG_ERROR)
			error = -*(int *)mnl_nlmsg_get_payload(first);
	}
	if (!error && got < 0 && errno != EAGAIN)
		error = errno;
	close(fd);
	return error;
}

static const struct request takings[] = {
	{ "reap", .prepare = prepare_line, .make = make_write, .verb = "reap" },
	{ "release", .prepare = prepare_line, .make = make_write, .verb = "release" },
	{ "adopt", .prepare = prepare_line, .make = make_write, .verb = "adopt" },
	{ "netlink", .prepare = prepare_message, .make = make_message, .verb = "reap", .may_be_done = true },
	{ "netlink dump", .prepare = prepare_message, .make = make_message, .verb = "reap", .dump = true,
	  .may_be_done = true },
};

static const struct request lookings[] = {
	{ "listing", .prepare = prepare_nothing, .make = make_listing, .verb = "" },
	{ "netlink listing", .prepare = prepare_message, .make = make_message, .verb = "get", .dump = true },
};

/* A socket that cannot be made and a message that cannot be sent have words of their own for it. */
static bool says_no_memory(int error)
{
	return error == ENOMEM || error == ENFILE || error == ENOBUFS;
}

static int make_failing(const struct request *request, pid_t pid, unsigned int nth, bool *failed)
{
	int error;

	request->prepare(request, pid);
	if (nth)
		fault_arm(nth);
	else
		fault_choose_self(true);
	error = request->make();
	if (nth)
		*failed = fault_disarm();
	else
		fault_choose_self(false);
	if (error && (!*failed || !says_no_memory(error)))
		complain("%s, allocation %u fails: %s", request->name, nth, strerror(error));
	run.tally->refused += error != 0;
	return error;
}

/* It is somebody else's, or gone. */
static bool is_taken(const struct request *request, pid_t pid)
{
	struct rows rows;
	bool taken;

	if (strcmp(request->verb, "adopt"))
		return !procstat_state(pid);
	rows = rows_of_file("/proc/zreap");
	taken = atoi(rows_cell(&rows, rows_find(&rows, pid), "PPID")) != parent.actors[0].pid;
	rows_free(&rows);
	return taken;
}

static void take(const struct request *request, pid_t pid, bool sweep)
{
	unsigned int nth;

	for (nth = 1; nth < MOST_ALLOCATIONS; nth++) {
		bool failed = true, taken;
		int error = make_failing(request, pid, sweep ? nth : 0, &failed);

		taken = is_taken(request, pid);
		if (error && taken && !request->may_be_done)
			complain("%s, allocation %u: it fails, and %d is taken", request->name, nth, pid);
		if (!error && !taken && !(request->may_be_done && failed))
			complain("%s, allocation %u: it succeeds, and %d is there", request->name, nth, pid);
		if (taken)
			return;
	}
	complain("%s does not come through", request->name);
}

static void look(const struct request *request)
{
	bool failed = true;
	unsigned int nth;

	for (nth = 1; failed && nth < MOST_ALLOCATIONS; nth++)
		make_failing(request, 0, nth, &failed);
	if (failed)
		complain("%s does not come through", request->name);
}

/* Scene: take each zombie, by requests that fail before they succeed. */
static long ask_without_memory(long number)
{
	struct random random = run_random(1 + number);
	unsigned int i;

	/* Learns the family's number. */
	mnl_socket_close(nl_open());
	fault_prepare();
	for (i = 0; i < BROOD; i++) {
		const struct request *request = &takings[random_below(&random, sizeof(takings) / sizeof(*takings))];

		take(request, book->children[i].pid, random_once_in(&random, 2));
	}
	for (i = 0; i < sizeof(lookings) / sizeof(*lookings); i++)
		look(&lookings[i]);
	return 0;
}

static void take_told(struct child *child, int status)
{
	book_take(child, BY_ZREAP, status);
}

static void start(void)
{
	fault_configure();
	fault_choose(procstat_find("kzreapd"), true);
	recent_follow();
	book_new();
	crew_start(&parent, 1);
	crew_start(&writer, 1);
}

static void wave(void)
{
	book_open(BROOD);
	crew_begin(&parent, make);
	crew_answer(&parent);
	crew_begin(&writer, ask_without_memory);
	crew_answer(&writer);
	book_wait_ended();
	recent_each(take_told);
	crew_is_childless(&parent);
	book_close();
}

static void end(void)
{
	fault_choose(procstat_find("kzreapd"), false);
	crew_end(&parent);
	crew_end(&writer);
}

const struct storm storm_memory = {
	.name = "memory",
	.lacks = lacks,
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = "",
};
