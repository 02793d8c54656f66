// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long users of other netlink families wait while zreap is asked for much: the time that
 * CTRL_GETFAMILY takes, in quiet, while senders ask zreap for long lists and for "all" beside
 * many zombies that are too young, and while a family is registered meanwhile, for which the
 * kernel's lock of families is taken for writing.
 * Usage: genl_bench [SENDERS [TARGETS [ZOMBIES]]]
 */
#define _GNU_SOURCE
#include <linux/genetlink.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "procstat.h"
#include "samples.h"
#include "zreapnl.h"

#define SECONDS 10
#define MOST_SENDERS 64

/* A module with a family, for which no device is needed. */
#define FAMILY_MODULE "team"

static int nr_senders = 8, nr_targets = 5000, nr_zombies = 20000;

/* Shared with all. */
static struct samples *bystander_samples, *sender_samples;

static void ask_for_family(struct mnl_socket *nl)
{
	char buffer[8192];
	struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);
	struct genlmsghdr *header;

	request->nlmsg_type = GENL_ID_CTRL;
	request->nlmsg_flags = NLM_F_REQUEST;
	header = mnl_nlmsg_put_extra_header(request, sizeof(*header));
	header->cmd = CTRL_CMD_GETFAMILY;
	header->version = 1;
	mnl_attr_put_strz(request, CTRL_ATTR_FAMILY_NAME, "nlctrl");
	check(mnl_socket_sendto(nl, request, request->nlmsg_len) > 0);
	check(mnl_socket_recvfrom(nl, buffer, sizeof(buffer)) > 0);
	check(((struct nlmsghdr *)buffer)->nlmsg_type == GENL_ID_CTRL);
}

/* Scene. */
static long stand_by(long unused)
{
	struct mnl_socket *nl = nl_open();

	check(nl);
	while (!bystander_samples->stop) {
		double start = clock_ms();

		ask_for_family(nl);
		samples_add(bystander_samples, clock_ms() - start);
		usleep(2000);
	}
	mnl_socket_close(nl);
	return 0;
}

static void put_list(struct nlmsghdr *request)
{
	int i;

	mnl_attr_put(request, ZREAP_A_DRY_RUN, 0, NULL);
	for (i = 0; i < nr_targets; i++)
		nl_target(request, getpid(), 0);
}

static void put_all(struct nlmsghdr *request)
{
	mnl_attr_put(request, ZREAP_A_ALL, 0, NULL);
	mnl_attr_put_u64(request, ZREAP_A_MIN_AGE_MS, 3600000);
}

/* Scene: send requests, and receive nothing. */
static long keep_sending(long put)
{
	int room = 4 << 20;

	while (!bystander_samples->stop) {
		struct mnl_socket *nl = nl_open();
		struct nlmsghdr *request;
		double start;

		check(nl && !setsockopt(mnl_socket_get_fd(nl), SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof(room)));
		request = nl_begin(ZREAP_CMD_REAP, true);
		((void (*)(struct nlmsghdr *))put)(request);
		start = clock_ms();
		check(mnl_socket_sendto(nl, request, request->nlmsg_len) > 0);
		samples_add(sender_samples, clock_ms() - start);
		mnl_socket_close(nl);
	}
	return 0;
}

/* Scene: how often a family came. */
static long register_families(long unused)
{
	long nr = 0;

	while (!bystander_samples->stop) {
		if (system("modprobe " FAMILY_MODULE " 2> /dev/null && rmmod " FAMILY_MODULE))
			return nr;
		nr++;
	}
	return nr;
}

static void measure(const char *name, void (*put)(struct nlmsghdr *request), bool registering)
{
	struct actor bystander, registrar, senders[MOST_SENDERS];
	int nr = put ? nr_senders : 0, i;

	samples_begin(bystander_samples);
	samples_begin(sender_samples);
	bystander = actor_start();
	registrar = actor_start();
	for (i = 0; i < nr; i++) {
		senders[i] = actor_start();
		actor_begin(&senders[i], keep_sending, (long)put);
	}
	actor_begin(&bystander, stand_by, 0);
	if (registering)
		actor_begin(&registrar, register_families, 0);
	sleep(SECONDS);
	bystander_samples->stop = true;
	sender_samples->stop = true;
	actor_answer(&bystander);
	for (i = 0; i < nr; i++) {
		actor_answer(&senders[i]);
		actor_end(&senders[i]);
	}
	samples_report(bystander_samples, name);
	if (nr)
		samples_report(sender_samples, "    sending a request");
	if (registering)
		printf("    families registered: %ld\n", actor_answer(&registrar));
	actor_end(&registrar);
	actor_end(&bystander);
}

int main(int argc, char **argv)
{
	struct actor parent = actor_start();

	if (argc > 1)
		nr_senders = atoi(argv[1]);
	if (argc > 2)
		nr_targets = atoi(argv[2]);
	if (argc > 3)
		nr_zombies = atoi(argv[3]);
	check(nr_senders > 0 && nr_senders <= MOST_SENDERS && nr_targets > 0 && nr_zombies > 0);
	bystander_samples = samples_new();
	sender_samples = samples_new();
	procstat_put("/proc/sys/kernel/threads-max", "200000");
	actor_play(&parent, make_zombie_crowd, nr_zombies);
	printf("%d senders; lists of %d targets; %d zombies that are too young\n", nr_senders, nr_targets, nr_zombies);
	measure("in quiet", NULL, false);
	measure("in quiet, families come", NULL, true);
	measure("lists", put_list, false);
	measure("lists, families come", put_list, true);
	measure("all", put_all, false);
	measure("all, families come", put_all, true);
	actor_end(&parent);
	return 0;
}
