// SPDX-License-Identifier: GPL-2.0-only
/*
 * How fast zombies of one parent go, side by side: its own waitpid() loop, batches that
 * reap and that release, over both doors, and single writes. The ways take turns, so that
 * all see the same machine; medians are shown.
 * Usage: reap_bench [ZOMBIES [ROUNDS]]
 */
#define _GNU_SOURCE
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "zreapfile.h"
#include "zreapnl.h"

#define MAX_ROUNDS 99
#define MAX_BATCH_BYTES 65536
#define MAX_TARGET_BYTES 16
#define MAX_TARGETS 2000

/* The PIDs of the zombies, a line each. */
static char *list;

static void wait_for_all(void)
{
	while (waitpid(-1, NULL, 0) > 0)
		;
}

/* In the longest writes that are allowed, each with as many lines as fit, a PID in each. */
static void write_batches(const char *verb)
{
	char *at = list, *batch = malloc(MAX_BATCH_BYTES);
	int fd = zreap_open();

	check(batch);
	while (*at) {
		size_t len = snprintf(batch, MAX_BATCH_BYTES, "%s", verb), next;

		for (; *at && len + MAX_TARGET_BYTES < MAX_BATCH_BYTES; at += next) {
			next = strcspn(at, "\n") + 1;
			len += snprintf(batch + len, MAX_BATCH_BYTES - len, " %.*s", (int)next - 1, at);
		}
		batch[len++] = '\n';
		check(!zreap_write_bytes(fd, batch, len));
	}
	free(batch);
	close(fd);
}

static void reap_batches(void)
{
	write_batches("reap");
}

static void release_batches(void)
{
	write_batches("release");
}

static void reap_by_netlink(void)
{
	struct mnl_socket *nl = nl_open();
	char *at = list, *lf;

	check(nl);
	while (*at) {
		struct nlmsghdr *request = nl_begin(ZREAP_CMD_REAP, true);
		struct nl_answer answer;
		int nr;

		for (nr = 0; nr < MAX_TARGETS && (lf = strchr(at, '\n')); nr++, at = lf + 1)
			nl_target(request, atoi(at), 0);
		answer = nl_ask(nl, request);
		check(!answer.error && answer.nr == (size_t)nr);
		nl_free(&answer);
	}
	mnl_socket_close(nl);
}

static void write_singly(const char *verb)
{
	char *at = list, *lf, line[64];
	int fd = zreap_open();

	for (; (lf = strchr(at, '\n')); at = lf + 1)
		check(!zreap_write_bytes(fd, line, sprintf(line, "%s%.*s", verb, (int)(lf + 1 - at), at)));
	close(fd);
}

static void reap_singly(void)
{
	write_singly("");
}

static void release_singly(void)
{
	write_singly("release ");
}

static void wait_singly(void)
{
	char *at = list, *lf;

	for (; (lf = strchr(at, '\n')); at = lf + 1)
		check(waitpid(atoi(at), NULL, 0) > 0);
}

static void open_and_write_singly(void)
{
	char *at = list, *lf;

	for (; (lf = strchr(at, '\n')); at = lf + 1)
		check(!zreap_reap(atoi(at)));
}

static struct way {
	const char *name;
	void (*run)(void);
	double seconds[MAX_ROUNDS];
} ways[] = {
	{ .name = "waitpid loop of the parent", .run = wait_for_all },
	{ .name = "reap, batches of up to 64 KiB", .run = reap_batches },
	{ .name = "release, the same", .run = release_batches },
	{ .name = "reap, 2000 a netlink dump", .run = reap_by_netlink },
	{ .name = "waitpid of each", .run = wait_singly },
	{ .name = "reap, a write each", .run = reap_singly },
	{ .name = "release, a write each", .run = release_singly },
	{ .name = "reap, an open and a write each", .run = open_and_write_singly },
};

#define NR_WAYS (sizeof(ways) / sizeof(*ways))

static double measure(struct way *way, long zombies)
{
	double start;
	size_t len = 0;
	long i;

	for (i = 0; i < zombies; i++)
		len += sprintf(list + len, "%ld\n", make_zombie(0));
	start = clock_ms();
	way->run();
	return (clock_ms() - start) / 1e3;
}

static int compare(const void *a, const void *b)
{
	double difference = *(const double *)a - *(const double *)b;

	return (difference > 0) - (difference < 0);
}

static double median(struct way *way, long rounds)
{
	qsort(way->seconds, rounds, sizeof(*way->seconds), compare);
	return way->seconds[rounds / 2];
}

int main(int argc, char **argv)
{
	long zombies = argc > 1 ? atol(argv[1]) : 2000, rounds = argc > 2 ? atol(argv[2]) : 7, round;
	size_t i;

	check(zombies > 0 && rounds > 0 && rounds <= MAX_ROUNDS);
	list = malloc(zombies * 9 + 1);
	check(list);
	for (round = 0; round < rounds; round++) {
		for (i = 0; i < NR_WAYS; i++)
			ways[i].seconds[round] = measure(&ways[i], zombies);
	}
	printf("%ld zombies, median of %ld rounds\n", zombies, rounds);
	for (i = 0; i < NR_WAYS; i++)
		printf("%-30s %9.0f/s  %5.2f of the waitpid loop\n", ways[i].name,
		       zombies / median(&ways[i], rounds),
		       median(&ways[0], rounds) / median(&ways[i], rounds));
	return 0;
}
