// SPDX-License-Identifier: GPL-2.0-only
/*
 * PID namespaces come and go. Their inits never wait, or begin to ignore their children. Writers
 * outside take the zombies of the inits, and those that other processes leave to the inits. The
 * inits exit or get killed meanwhile. No zombie is taken twice, and every namespace ends.
 */
#define _GNU_SOURCE
#include "storms.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"
#include "../guest/zreapfile.h"
#include "book.h"
#include "crew.h"
#include "writers.h"

#define NAMESPACES 3
#define BROOD 80
#define WRITERS 2
#define EVENTS 2048

static struct crew writers;

/* One that was taken, or adopted, as the row says. */
struct event {
	pid_t pid;
	pid_t parent;
	int status;
	bool adopted;
};

/* Shared. A child's exit code tells its place among its init's, from 1 on. */
static struct scenery {
	_Atomic pid_t inits[NAMESPACES];
	atomic_uint nr_inits_left;
	atomic_uint nr_made;
	atomic_uint nr_events;
	struct event events[EVENTS];
} *scenery;

static int end_with(void *code)
{
	_exit((long)code);
}

static void make(unsigned int code)
{
	static char stack[BROOD + 1][4096] __attribute__((aligned(16)));

	scenery->nr_made++;
	if (clone(end_with, stack[code] + sizeof(stack[code]), CLONE_VM | SIGCHLD, (void *)(long)code) < 0) {
		/* Its init has ended, and so will this one. */
		check(errno == ENOMEM);
		scenery->nr_made--;
		_exit(0);
	}
}

/* Half the children are those of a process that leaves them to init. */
static void make_orphans(unsigned int first, unsigned int end)
{
	pid_t pid = fork();

	check(pid >= 0);
	if (!pid) {
		while (first < end)
			make(first++);
		_exit(0);
	}
}

static void be_init(struct random *random)
{
	unsigned int code;

	check(!prctl(PR_SET_PDEATHSIG, SIGKILL));
	make_orphans(1 + BROOD / 2, 1 + BROOD);
	for (code = 1; code <= BROOD / 2; code++)
		make(code);
	if (random_once_in(random, 4))
		signal(SIGCHLD, SIG_IGN);
	if (random_once_in(random, 3))
		_exit(0);
	while (true)
		pause();
}

static pid_t start_init(unsigned int number)
{
	pid_t pid = syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0);

	check(pid >= 0);
	if (!pid) {
		struct random random = run_random(number);

		be_init(&random);
	}
	return pid;
}

static void add_event(const struct rows *rows, size_t row, bool adopted)
{
	unsigned int nr = scenery->nr_events++;

	check(nr < EVENTS);
	scenery->events[nr] = (struct event){
		.pid = atoi(rows_cell(rows, row, "PID")),
		.parent = atoi(rows_cell(rows, row, "PPID")),
		.status = atoi(rows_cell(rows, row, "STATUS")),
		.adopted = adopted,
	};
}

static void take_row(const struct rows *rows, size_t row)
{
	const char *result = rows_cell(rows, row, "RESULT");

	if (!strcmp(result, "adopted"))
		add_event(rows, row, true);
	else if (result_takes(result))
		add_event(rows, row, false);
	else
		refused(result, atoi(rows_cell(rows, row, "PID")));
}

static void write_and_take(int fd, const char *text)
{
	struct rows rows;
	size_t i;

	zreap_write(fd, text);
	/* A module that goes may take its rows with it. */
	if (run.reloads)
		return;
	rows = rows_read(fd);
	for (i = 0; i < rows.nr; i++)
		take_row(&rows, i);
	rows_free(&rows);
}

/* Which of the inits it is; NAMESPACES if it is none. */
static unsigned int init_number(pid_t pid)
{
	unsigned int i;

	for (i = 0; i < NAMESPACES && scenery->inits[i] != pid; i++)
		;
	return i;
}

/* List, and ask by number for what is listed as the child of an init. */
static void take_listed(int fd, const char *verb, const char *option)
{
	struct rows rows = rows_of_file("/proc/zreap");
	char *text = calloc(rows.nr + 1, 96);
	size_t i, len = 0;

	check(text);
	for (i = 0; i < rows.nr; i++) {
		if (init_number(atoi(rows_cell(&rows, i, "PPID"))) < NAMESPACES)
			len += sprintf(text + len, "%s %s@%s%s\n", verb, rows_cell(&rows, i, "PID"),
				       rows_cell(&rows, i, "START"), option);
	}
	if (len)
		write_and_take(fd, text);
	free(text);
	rows_free(&rows);
}

static void write_once(int fd, struct random *random)
{
	static const char *const verbs[] = { "reap", "release", "adopt" };
	unsigned int verb = random_below(random, 3), init = random_below(random, NAMESPACES);
	bool lists = random_once_in(random, 2) && !run.reloads;
	char option[32] = "", text[96];

	/*
	 * By default the init itself would adopt, which has these children already. A listed
	 * process may be this storm's child by now, and would go to the init of the guest.
	 */
	if (verb == 2 && (lists || !random_once_in(random, 3)))
		snprintf(option, sizeof(option), " to=%d", getppid());
	if (lists) {
		take_listed(fd, verbs[verb], option);
	} else if (scenery->inits[init]) {
		snprintf(text, sizeof(text), "%s all min-age=0s parent=%d%s\n", verbs[verb], scenery->inits[init],
			 option);
		write_and_take(fd, text);
	}
}

static long write_until_all_ended(long number)
{
	struct random random = run_random(NAMESPACES + 1 + number);

	while (scenery->nr_inits_left) {
		int fd = open("/proc/zreap", O_RDWR | O_CLOEXEC);

		if (fd >= 0) {
			write_once(fd, &random);
			close(fd);
		} else {
			check(run.reloads);
			writer_await_module();
		}
	}
	return 0;
}

static void start(void)
{
	scenery = shared_memory(sizeof(*scenery));
	book_new();
	crew_start(&writers, WRITERS);
}

/* Wait for the adopted, and for the inits. An init ends only when all its processes are gone. */
static unsigned int wait_for_all(struct event *waited)
{
	unsigned int nr = 0;
	int status;

	while (scenery->nr_inits_left) {
		pid_t pid = waitpid(-1, &status, 0);

		check(pid > 0);
		if (init_number(pid) < NAMESPACES) {
			scenery->nr_inits_left--;
		} else {
			check(nr < EVENTS);
			waited[nr++] = (struct event){ .pid = pid, .status = status };
		}
	}
	/* Adopted in the last moment. */
	while (nr < EVENTS && (waited[nr].pid = waitpid(-1, &waited[nr].status, WNOHANG)) > 0)
		nr++;
	return nr;
}

/* The place in the book of an init's child; NULL for one that left orphans, which ends with 0. */
static struct child *child_of(const struct event *event)
{
	unsigned int number = init_number(event->parent);

	if (number == NAMESPACES)
		return book_find(event->pid);
	return event->status ? &book->children[number * BROOD + (event->status >> 8) - 1] : NULL;
}

/* From then on the number tells an adopted child. */
static void enter_adopted(void)
{
	unsigned int i;

	for (i = 0; i < scenery->nr_events; i++) {
		const struct event *event = &scenery->events[i];
		struct child *child = child_of(event);

		if (event->adopted && child) {
			child->pid = event->pid;
			child->status = event->status;
		}
	}
}

static void enter_taken(const struct event *waited, unsigned int nr_waited)
{
	unsigned int i;

	for (i = 0; i < scenery->nr_events; i++) {
		struct child *child = child_of(&scenery->events[i]);

		if (child && !scenery->events[i].adopted)
			book_take(child, BY_ZREAP, -1);
	}
	for (i = 0; i < nr_waited; i++) {
		struct child *child = book_find(waited[i].pid);

		if (child)
			book_take(child, BY_PARENT, waited[i].status);
		else if (waited[i].status)
			complain("%d was waited for, and nobody knows it", waited[i].pid);
	}
}

/* Children that no writer took went with their namespaces. But this process must wait for the adopted. */
static void close_book(void)
{
	unsigned int i, by_zreap = 0;

	for (i = 0; i < book->nr; i++) {
		const struct child *child = &book->children[i];

		if (child->pid && !child->taken[BY_ZREAP] && !child->taken[BY_PARENT])
			complain("%d was adopted and is gone, and nobody took it", child->pid);
		by_zreap += child->taken[BY_ZREAP];
	}
	if (by_zreap > scenery->nr_made)
		complain("%u taken of %u made", by_zreap, scenery->nr_made);
	run.tally->zombies += scenery->nr_made;
	run.tally->by_zreap += by_zreap;
	run.tally->by_parents += scenery->nr_made - by_zreap;
}

static void kill_inits(struct random *random)
{
	unsigned int i, yields;

	for (i = 0; i < NAMESPACES; i++) {
		for (yields = random_below(random, 300); yields; yields--)
			sched_yield();
		check(!kill(scenery->inits[i], SIGKILL));
	}
}

static void wave(void)
{
	struct random random = run_random(NAMESPACES);
	static struct event waited[EVENTS];
	unsigned int i, nr_waited;

	book_open(NAMESPACES * BROOD);
	memset(scenery, 0, sizeof(*scenery));
	scenery->nr_inits_left = NAMESPACES;
	crew_begin(&writers, write_until_all_ended);
	for (i = 0; i < NAMESPACES; i++)
		scenery->inits[i] = start_init(i);
	kill_inits(&random);
	nr_waited = wait_for_all(waited);
	crew_answer(&writers);
	if (run.reloads) {
		/* No parent got the status of a child that zreap took. */
		run.tally->zombies += scenery->nr_made;
		run.tally->by_parents += scenery->nr_made;
		return;
	}
	enter_adopted();
	enter_taken(waited, nr_waited);
	close_book();
}

static void end(void)
{
	crew_end(&writers);
}

const struct storm storm_pidns = {
	.name = "pidns",
	.start = start,
	.wave = wave,
	.end = end,
	/* An init that is to adopt has the children already, is deaf to them, or ends. */
	.refusals = " gone own-child deaf adopter-exiting no-adopter ",
};
