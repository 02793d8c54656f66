// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parents stop, freeze and go on, or sleep in vfork. Each hold lasts longer than the time from
 * one sweep beside them to the next. Parents that wait get each child themselves, whenever they
 * can. zreap takes each child of the parents that never wait.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/clock.h"
#include "../guest/hold.h"
#include "../guest/procstat.h"
#include "../guest/zreapfile.h"
#include "../guest/zreapnl.h"
#include "book.h"
#include "children.h"
#include "crew.h"
#include "writers.h"

#define PARENTS 8
#define BROOD 48
#define SWEEPERS 2
#define WRITERS 1
#define THREADS 3

/*
 * Children end within LIVES_MS, mostly while their parent is held. The other times bound when a
 * hold begins and how long it lasts.
 */
#define LIVES_MS 3000
#define HELD_AFTER_MS 1000
#define HELD_LEAST_MS (GENTLE_MS + 500)
#define HELD_MORE_MS 1500

/* If the last finished sweep began this lately, sweeps have seen that a parent is held. */
#define SEEN_LATELY_MS 1000

#define SEEN "parents that are stopped, others that are busy, and zombies that are taken"

/* All processes of the test share this. */
static struct {
	atomic_uint nr_ready;			/* parents that have all their children */
	atomic_bool go_on[PARENTS];		/* ends the vfork() of a parent */
	atomic_bool over;			/* all holds have ended: parents may exit */
	_Atomic double last_sweep;		/* when the last finished sweep began */
} *shared;

static struct crew sweepers, writers;

/* Memory of a parent, which its children share. */
static unsigned int lives_ms[BOOK_CHILDREN];

static int live_and_end(void *child)
{
	usleep(1000 * lives_ms[(struct child *)child - book->children]);
	_exit(((struct child *)child)->status >> 8);
}

static void make_brood(unsigned int number, struct random *random)
{
	unsigned int i;

	for (i = number * BROOD; i < (number + 1) * BROOD; i++) {
		lives_ms[i] = random_below(random, LIVES_MS);
		book->children[i].status = random_below(random, 256) << 8;
		child_start(&book->children[i], live_and_end, 0);
	}
}

static bool brood_is_gone(unsigned int number)
{
	unsigned int i;

	for (i = number * BROOD; i < (number + 1) * BROOD; i++) {
		const struct child *child = &book->children[i];

		if (!child->taken[BY_ZREAP] && !child->taken[BY_PARENT])
			return false;
	}
	return true;
}

/* The ways in which parents live. Each begins without children, and makes them. */

static void ready(void)
{
	shared->nr_ready++;
}

static void wait_plainly(unsigned int number, struct random *random)
{
	make_brood(number, random);
	ready();
	book_wait_all();
}

static void wait_by_polling(unsigned int number, struct random *random)
{
	make_brood(number, random);
	ready();
	while (!brood_is_gone(number)) {
		book_wait_ended();
		usleep(1000 + random_below(random, 10000));
	}
}

static void set_sigchld(int how)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	check(!sigprocmask(how, &set, NULL));
}

/*
 * The signal tells of one child: wait for one, asleep if necessary. Then take the others that have
 * ended, since the kernel may have merged their signals.
 */
static void wait_in_handler(int signal)
{
	int status;
	pid_t pid = waitpid(-1, &status, 0);

	if (pid > 0)
		book_waited(pid, status);
	book_wait_ended();
}

static void wait_by_handler(unsigned int number, struct random *random)
{
	check(!sigaction(SIGCHLD, &(struct sigaction){ .sa_handler = wait_in_handler, .sa_flags = SA_RESTART }, NULL));
	make_brood(number, random);
	set_sigchld(SIG_UNBLOCK);
	ready();
	while (!brood_is_gone(number))
		usleep(10000);
}

static void do_nothing(int signal)
{
}

static void wait_by_sigsuspend(unsigned int number, struct random *random)
{
	sigset_t none;

	sigemptyset(&none);
	check(signal(SIGCHLD, do_nothing) != SIG_ERR);
	make_brood(number, random);
	ready();
	book_wait_ended();
	while (!brood_is_gone(number)) {
		sigsuspend(&none);
		book_wait_ended();
	}
}

static void wait_by_signalfd(unsigned int number, struct random *random)
{
	struct signalfd_siginfo info;
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	check(fd >= 0);
	make_brood(number, random);
	ready();
	book_wait_ended();
	while (!brood_is_gone(number)) {
		check(read(fd, &info, sizeof(info)) == sizeof(info) || errno == EINTR);
		book_wait_ended();
	}
	close(fd);
}

static void *wait_in_thread(void *unused)
{
	book_wait_all();
	return NULL;
}

static void wait_in_threads(unsigned int number, struct random *random)
{
	pthread_t threads[THREADS];
	int i;

	make_brood(number, random);
	ready();
	for (i = 0; i < THREADS; i++)
		check(!pthread_create(&threads[i], NULL, wait_in_thread, NULL));
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

/* The parent sleeps uninterruptibly until its vfork() child ends. This child is in no book. */
static void wait_after_vfork(unsigned int number, struct random *random)
{
	pid_t pid;

	make_brood(number, random);
	ready();
	pid = vfork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (!shared->go_on[number])
			usleep(1000);
		_exit(0);
	}
	check(waitpid(pid, NULL, 0) == pid);
	book_wait_all();
}

static void never_wait(unsigned int number, struct random *random)
{
	make_brood(number, random);
	ready();
	while (!brood_is_gone(number))
		usleep(10000);
}

static const struct {
	const char *name;
	void (*live)(unsigned int number, struct random *random);
} kinds[] = {
	{ "never wait", never_wait },
	{ "vfork", wait_after_vfork },
	{ "waitpid", wait_plainly },
	{ "WNOHANG", wait_by_polling },
	{ "a handler", wait_by_handler },
	{ "sigsuspend", wait_by_sigsuspend },
	{ "signalfd", wait_by_signalfd },
	{ "threads", wait_in_threads },
};

#define NR_KINDS (sizeof(kinds) / sizeof(*kinds))
#define NEVER 0
#define VFORK 1

enum phase { BEFORE, HELD, AFTER };

struct parent {
	pid_t pid;
	unsigned int kind;
	const struct hold *hold;	/* NULL: its vfork() */
	enum phase phase;
	double begin, end;
};

static struct parent parents[PARENTS];

/*
 * Use the freezer of cgroup v1 only if there is one. Use no tracer: it would wait beside the
 * parent's parent.
 */
static const struct hold *choose_hold(struct random *random)
{
	const struct hold *hold;

	do
		hold = &holds[random_below(random, nr_holds)];
	while (hold->traces || (hold->v1 && !hold_has_v1()));
	return hold;
}

static void start_parent(unsigned int number, struct random *random)
{
	struct parent *parent = &parents[number];

	/* At least one parent is of each of these two kinds. */
	parent->kind = number == NEVER || number == VFORK ? number : random_below(random, NR_KINDS);
	parent->hold = parent->kind == VFORK ? NULL : choose_hold(random);
	parent->phase = BEFORE;
	parent->pid = fork();
	check(parent->pid >= 0);
	if (!parent->pid) {
		struct random own = run_random(number);

		/* Make it like a shell's job, so that SIGTSTP stops it. */
		check(!prctl(PR_SET_PDEATHSIG, SIGKILL) && !setpgid(0, 0));
		kinds[parent->kind].live(number, &own);
		while (!shared->over)
			usleep(10000);
		_exit(0);
	}
}

static void begin_hold(struct parent *parent)
{
	if (parent->hold)
		parent->hold->begin(parent->pid);
	parent->phase = HELD;
}

/* A look must have seen the hold just now: only looks tell zreap that a parent could not wait. */
static void end_hold(struct parent *parent)
{
	if (clock_ms() - shared->last_sweep > SEEN_LATELY_MS) {
		struct rows rows = rows_of_file("/proc/zreap");

		rows_free(&rows);
	}
	if (parent->hold)
		parent->hold->end(parent->pid);
	else
		shared->go_on[parent - parents] = true;
	parent->phase = AFTER;
}

static unsigned int step_parents(void)
{
	unsigned int left = 0, i;

	for (i = 0; i < PARENTS; i++) {
		struct parent *parent = &parents[i];

		if (parent->phase == BEFORE && clock_ms() >= parent->begin)
			begin_hold(parent);
		else if (parent->phase == HELD && clock_ms() >= parent->end)
			end_hold(parent);
		left += parent->phase != AFTER;
	}
	return left;
}

static void plan(struct random *random)
{
	double now = clock_ms();
	unsigned int i;

	for (i = 0; i < PARENTS; i++) {
		parents[i].begin = now + random_below(random, HELD_AFTER_MS);
		parents[i].end = parents[i].begin + HELD_LEAST_MS + random_below(random, HELD_MORE_MS);
	}
}

static void take_all(pid_t pid, const char *result, int status, pid_t parent, long age_ms)
{
	struct child *child = book_find(pid);

	if (!child)
		complain("all: %d, child of %d, which ended %ld ms ago with %#x, is in no book: %s", pid,
			 parent, age_ms, status, result);
	if (!result_takes(result))
		refused(result, pid);
	else
		book_take(child, BY_ZREAP, status);
}

static void sweep_by_file(const char *line)
{
	int fd = zreap_open(), error = zreap_write(fd, line);
	struct rows rows;
	size_t row;

	if (error)
		complain("%s: %s", line, strerror(error));
	rows = rows_read(fd);
	close(fd);
	for (row = 0; row < rows.nr; row++)
		take_all(atoi(rows_cell(&rows, row, "PID")), rows_cell(&rows, row, "RESULT"),
			 atoi(rows_cell(&rows, row, "STATUS")), atoi(rows_cell(&rows, row, "PPID")),
			 atol(rows_cell(&rows, row, "AGE_MS")));
	rows_free(&rows);
}

static void sweep_by_netlink(void)
{
	static struct mnl_socket *nl;
	struct nlmsghdr *request;
	struct nl_answer answer;
	size_t row;

	if (!nl)
		nl = nl_open();
	check(nl);
	request = nl_begin(ZREAP_CMD_REAP, true);
	mnl_attr_put(request, ZREAP_A_ALL, 0, NULL);
	mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, GENTLE_MS);
	answer = nl_ask(nl, request);
	if (answer.error)
		complain("netlink: all: %s", strerror(answer.error));
	for (row = 0; row < answer.nr; row++)
		take_all(answer.rows[row].number[ZREAP_A_ROW_PID], answer.rows[row].text[ZREAP_A_ROW_RESULT],
			 answer.rows[row].number[ZREAP_A_ROW_STATUS],
			 answer.rows[row].number[ZREAP_A_ROW_PPID],
			 answer.rows[row].number[ZREAP_A_ROW_AGE_MS]);
	nl_free(&answer);
}

/* Scene: sweep, rest, and so on. */
static long sweep(long number)
{
	struct random random = run_random(PARENTS + number);
	char line[64];

	while (!book_is_done()) {
		unsigned int way = random_below(&random, 3);
		double began = clock_ms();

		snprintf(line, sizeof(line), "%s all min-age=%dms\n", way ? "reap" : "release", GENTLE_MS);
		if (way == 2)
			sweep_by_netlink();
		else
			sweep_by_file(line);
		shared->last_sweep = began;
		usleep(1000 * (20 + random_below(&random, 180)));
	}
	return 0;
}

static long write_gently(long number)
{
	static const enum way_number used[] = { WAY_GENTLE, WAY_GENTLE_RELEASE, WAY_GENTLE_NETLINK };

	writer_run_one_of(used, sizeof(used) / sizeof(*used), PARENTS + SWEEPERS + number);
	return 0;
}

static long number_told(const char *result)
{
	char path[96];
	long nr;

	snprintf(path, sizeof(path), "/sys/kernel/zreap/stats/%s", result);
	nr = procstat_number(path);
	snprintf(path, sizeof(path), "/sys/kernel/zreap/stats/spared-%s", result);
	return nr + procstat_number(path);
}

static struct {
	long stopped, busy;
} before;

static void look_what_was_seen(void)
{
	if (number_told("parent-stopped") > before.stopped && number_told("parent-busy") > before.busy)
		saw(SEEN);
}

/* For each kind of parent, the children that zreap took and those that the parent waited for. */
static unsigned long nr_taken[NR_KINDS], nr_waited[NR_KINDS];

static void check_takers(void)
{
	unsigned int i;

	for (i = 0; i < book->nr; i++) {
		const struct child *child = &book->children[i];
		const struct parent *parent = &parents[i / BROOD];

		if (child->taken[BY_ZREAP] && parent->kind != NEVER)
			complain("%d was taken from %d, which waits by %s and was %s for %.0f ms", child->pid,
				 parent->pid, kinds[parent->kind].name, parent->hold ? parent->hold->name : "busy",
				 parent->end - parent->begin);
		nr_taken[parent->kind] += child->taken[BY_ZREAP];
		nr_waited[parent->kind] += child->taken[BY_PARENT];
	}
}

static void start(void)
{
	shared = shared_memory(sizeof(*shared));
	book_new();
	hold_init();
	before.stopped = number_told("parent-stopped");
	before.busy = number_told("parent-busy");
	crew_start(&sweepers, SWEEPERS);
	crew_start(&writers, WRITERS);
}

static const char *kind_of(pid_t parent)
{
	unsigned int i;

	for (i = 0; i < PARENTS; i++) {
		if (parents[i].pid == parent)
			return kinds[parents[i].kind].name;
	}
	return NULL;
}

/* A child has ended: it must be a parent, and no earlier than it was told to. */
static void see_end(pid_t pid, int status)
{
	const char *kind = kind_of(pid);

	if (!kind)
		complain("%d, which sweeps or writes, ended with %#x", pid, status);
	if (status || !shared->over)
		complain("%d, a parent (%s), ended with %#x", pid, kind, status);
}

/* If a parent has a fault and ends, it must not wait for long: the sweeps would take it. */
static void see_who_has_ended(void)
{
	int status;
	pid_t pid = waitpid(-1, &status, WNOHANG);

	if (pid)
		see_end(pid, status);
}

/* In the order in which they end: the sweeps take any zombie that nobody waits for. */
static void wait_for_parents(void)
{
	unsigned int left;

	for (left = PARENTS; left; left--) {
		int status;
		pid_t pid = waitpid(-1, &status, 0);

		see_end(pid, status);
	}
}

static void wave(void)
{
	struct random random = run_random(PARENTS + SWEEPERS + WRITERS);
	unsigned int i;

	book_open(PARENTS * BROOD);
	memset(shared, 0, sizeof(*shared));
	for (i = 0; i < PARENTS; i++)
		start_parent(i, &random);
	check_soon(shared->nr_ready == PARENTS);
	crew_begin(&sweepers, sweep);
	crew_begin(&writers, write_gently);
	plan(&random);
	while (step_parents()) {
		see_who_has_ended();
		usleep(2000);
	}
	shared->over = true;
	wait_for_parents();
	crew_answer(&sweepers);
	crew_answer(&writers);
	check_takers();
	look_what_was_seen();
	book_close();
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < NR_KINDS; i++)
		remark("%s: %lu, and %lu by zreap", kinds[i].name, nr_waited[i], nr_taken[i]);
	crew_end(&sweepers);
	crew_end(&writers);
	hold_exit();
}

const struct storm storm_stops = {
	.name = "stops",
	.start = start,
	.wave = wave,
	.end = end,
	.refusals = " alive young parent-stopped parent-busy ",
	.sees = SEEN,
};
