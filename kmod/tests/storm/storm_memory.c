// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory runs out while zreap handles a request. Either the first allocation of a request fails,
 * then the second, and so on, until a request comes through without a failure. Or one allocation
 * in 20 fails, by chance. A request that fails says so with ENOMEM, and its zombie stays. zreap
 * tells of a request that succeeds as ever, even if there was no memory to tell the listeners.
 * Before that the test loads zreap again and again. At each load another of the last allocations
 * fails.
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
#include "events.h"
#include "fault.h"
#include "modules.h"
#include "recent.h"

#define BROOD 48

/* The zombies of the brood that are left for one request for all. */
#define REST 6

#define NO_MEMORY "a request that fails for want of memory"

/* No request makes this many allocations. */
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

/* The test prepares a request, and then makes it. make() gives 0 or the errno. */
struct request {
	const char *name;
	void (*prepare)(const struct request *request, pid_t pid);
	int (*make)(void);
	/* The first word of a line, or the file to read, or the command of netlink. */
	const char *verb;
	const char *path;
	int command;
	bool dump;
	bool adopts;
	/* Without memory the answer is lost. Then the errno does not tell the result. */
	bool may_be_done;
};

#define CROWD 2000

/* Has room for a crowd: seven digits and LF for each. */
static char text[CROWD * 8 + 1];

static void prepare_line(const struct request *request, pid_t pid)
{
	if (request->adopts)
		snprintf(text, sizeof(text), "adopt %d to=%d signal=%d\n", pid, getppid(), BOOK_SIGNAL);
	else
		snprintf(text, sizeof(text), "%s %d\n", request->verb, pid);
}

static void prepare_all(const struct request *request, pid_t pid)
{
	snprintf(text, sizeof(text), "%s all min-age=0s parent=%d\n", request->verb,
		 parent.actors[0].pid);
}

/* Numbers that no process has. */
static void prepare_crowd(const struct request *request, pid_t pid)
{
	size_t len = 0;
	int i;

	for (i = 0; i < CROWD; i++)
		len += sprintf(text + len, "%d\n", 4000000 + i);
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

static int jiangshi;

/* Open the file before memory fails: procfs makes its inode, and gives ENOENT if it cannot. */
static void prepare_jiangshi(const struct request *request, pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/kill-if-jiangshi", pid);
	jiangshi = open(path, O_WRONLY | O_CLOEXEC);
	check(jiangshi >= 0);
}

static int make_jiangshi_write(void)
{
	int error = write(jiangshi, "1", 1) < 0 ? errno : 0;

	close(jiangshi);
	return error;
}

static const char *listed;

static void prepare_listing(const struct request *request, pid_t pid)
{
	listed = request->path;
}

static int make_listing(void)
{
	static char listing[1 << 16];
	int fd = open(listed, O_RDONLY | O_CLOEXEC), error = 0;
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
	message = nl_begin(request->command, request->dump);
	if (request->adopts)
		nl_adopter(message, getppid(), BOOK_SIGNAL);
	if (pid)
		nl_target(message, pid, 0);
}

/* Use a new socket: close() then drops the answers that are left unread. */
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
	{ "adopt", .prepare = prepare_line, .make = make_write, .verb = "adopt", .adopts = true },
	{ "kill-if-jiangshi", .prepare = prepare_jiangshi, .make = make_jiangshi_write },
	{ "netlink", .prepare = prepare_message, .make = make_message, .command = ZREAP_CMD_REAP,
	  .may_be_done = true },
	{ "netlink dump", .prepare = prepare_message, .make = make_message, .command = ZREAP_CMD_REAP,
	  .dump = true, .may_be_done = true },
	{ "netlink release", .prepare = prepare_message, .make = make_message, .command = ZREAP_CMD_RELEASE,
	  .may_be_done = true },
	{ "netlink adopt", .prepare = prepare_message, .make = make_message, .command = ZREAP_CMD_ADOPT,
	  .adopts = true, .may_be_done = true },
};

/* kzreapd does the first, and the writer the second. */
static const struct request takings_all[] = {
	{ "all", .prepare = prepare_all, .make = make_write, .verb = "reap" },
	{ "release all", .prepare = prepare_all, .make = make_write, .verb = "release" },
};

static const struct request lookings[] = {
	{ "listing", .prepare = prepare_listing, .make = make_listing, .path = "/proc/zreap" },
	{ "recent results", .prepare = prepare_listing, .make = make_listing, .path = "/proc/zreap_recent" },
	{ "netlink listing", .prepare = prepare_message, .make = make_message, .command = ZREAP_CMD_GET, .dump = true },
};

/* This request takes long. */
static const struct request asking_crowd = { "crowd", .prepare = prepare_crowd, .make = make_write };

/* socket() and send() have errors of their own for a lack of memory. */
static bool says_no_memory(int error)
{
	return error == ENOMEM || error == ENFILE || error == ENOBUFS;
}

static int make_failing(const struct request *request, pid_t pid, unsigned int nth, bool *failed)
{
	int error;

	run_step();
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
	if (error) {
		run.tally->refused++;
		saw(NO_MEMORY);
	}
	return error;
}

/* Whether the zombie has another parent, or is gone. */
static bool is_taken(const struct request *request, pid_t pid)
{
	struct rows rows;
	bool taken;

	if (!request->adopts)
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

/* One request takes all of the rest, or none. */
static void take_rest(const struct request *request, unsigned int first)
{
	unsigned int nth, i, nr_taken = 0;

	for (nth = 1; !nr_taken && nth < MOST_ALLOCATIONS; nth++) {
		bool failed;
		int error = make_failing(request, 0, nth, &failed);

		for (i = first; i < BROOD; i++)
			nr_taken += is_taken(request, book->children[i].pid);
		if (nr_taken != (error ? 0 : BROOD - first))
			complain("%s, allocation %u: it gives %d, and %u are taken", request->name, nth,
				 error, nr_taken);
	}
	if (!nr_taken)
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

/*
 * The first allocations of a crowd are for the request and its rows; how many depends on how
 * scattered the free memory is. The many later ones are for events, and a request succeeds
 * without those.
 */
#define CROWD_ALLOCATIONS 120

static void ask_crowd(void)
{
	unsigned int nth;
	bool failed;

	for (nth = 1; nth < MOST_ALLOCATIONS; nth++) {
		if (!make_failing(&asking_crowd, 0, nth, &failed) && nth >= CROWD_ALLOCATIONS)
			return;
	}
	complain("a crowd does not come through");
}

/* Scene: take each zombie, by requests that fail before they succeed. */
static long ask_without_memory(long number)
{
	struct random random = run_random(1 + number);
	unsigned int i;

	/* Learns the family's number. */
	mnl_socket_close(nl_open());
	fault_prepare();
	for (i = 0; i < BROOD - REST; i++) {
		const struct request *request = &takings[random_below(&random, sizeof(takings) / sizeof(*takings))];

		take(request, book->children[i].pid, random_once_in(&random, 2));
	}
	take_rest(&takings_all[random_below(&random, 2)], BROOD - REST);
	for (i = 0; i < sizeof(lookings) / sizeof(*lookings); i++)
		look(&lookings[i]);
	if (!*run.wave || random_once_in(&random, 8))
		ask_crowd();
	return 0;
}

static void take_told(struct child *child, int status)
{
	book_take(child, BY_ZREAP, status);
}

/* So many of the last allocations of a load fail, one each time. They include the module's own. */
#define LOAD_ALLOCATIONS 60

static unsigned int allocations_of(int module)
{
	unsigned int nr;

	fault_arm(FAULT_MOST);
	check(!module_load(module));
	nr = FAULT_MOST - fault_left();
	fault_disarm();
	return nr;
}

/*
 * Load a module, which is not loaded yet, again and again. Each time a later allocation fails, and
 * at last none.
 */
static void load_without_memory(const char *name)
{
	int module = module_open(name);
	unsigned int most = allocations_of(module), nth, nr_refused = 0;

	for (nth = most > LOAD_ALLOCATIONS ? most - LOAD_ALLOCATIONS : 1; nth <= most; nth++) {
		int error;

		run_step();
		check(!module_unload(name));
		fault_arm(nth);
		error = module_load(module);
		if (!fault_disarm() && error)
			complain("%s is not loaded: %s", name, strerror(error));
		if (!error)
			continue;
		nr_refused++;
		check(!module_load(module));
	}
	/* The last load may have succeeded despite its failure: zreap loads without events, too. */
	check(!module_unload(name));
	check(!module_load(module));
	close(module);
	remark("%s: one of the last %d of %u allocations of a load fails; %u times it is refused for it", name,
	       LOAD_ALLOCATIONS, most, nr_refused);
	if (!nr_refused)
		complain("%s is loaded without memory", name);
}

static bool events_are_lost;

static void ignore(struct child *child, int status)
{
}

static void start(void)
{
	fault_configure();
	fault_prepare();
	check(!module_unload("zreap"));
	load_without_memory("zreap");
	if (system("modprobe zreap_jiangshi"))
		complain("zreap_jiangshi cannot be loaded");
	events_follow();
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
	events_are_lost |= !events_each(ignore);
	crew_is_childless(&parent);
	book_close();
}

static void end(void)
{
	if (!events_are_lost)
		complain("there was memory for all events");
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
	.sees = NO_MEMORY,
};
