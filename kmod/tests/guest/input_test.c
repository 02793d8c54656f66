// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stream rules and malformed input:
 * 1. bytes are written to /proc/zreap while zombies are there
 * 2. well-formed ones run, in whatever pieces they come
 * 3. malformed ones are refused whole, nothing has changed, and the file takes nothing more
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdint.h>
#include <sys/uio.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"

/* More than any line of a real list, less than a batch may hold. */
#define LIMIT 65536

static void is_refused(const void *bytes, size_t len, int error, pid_t zombie)
{
	char good[32];
	int fd = zreap_open();
	struct rows rows;

	assert_int_equal(zreap_write_bytes(fd, bytes, len), error);
	rows = rows_read(fd);
	assert_int_equal(rows.nr, 0);
	rows_free(&rows);
	assert_int_equal(procstat_state(zombie), 'Z');

	snprintf(good, sizeof(good), "%d\n", zombie);
	assert_int_equal(zreap_write(fd, good), EINVAL);
	assert_int_equal(procstat_state(zombie), 'Z');
	close(fd);
}

/* Each has a place for the zombie's PID, so that it would be reaped were the rest overlooked. */
static const char *const malformed[] = {
	"\n", " \n", "\t \n", "%d\n\n", "\n%d\n", "%d\n \n",
	"-%d\n", "+%d\n", "0%d\n", "0x%x\n", "%d.\n", "%d,%d\n", "%d;\n", "%d\r\n", "%d\v\n", "%d\f\n",
	"0\n", "%d 0\n", "4194305\n", "4294967297\n", "18446744073709551617\n", "%d 99999999999999999999\n",
	"%d@\n", "%d@-1\n", "%d@01\n", "%d@18446744073709551616\n", "%d@1@1\n", "%d @1\n", "@1 %d\n",
	"%d@1x\n", "%de0\n", "\xd9\xa1 %d\n", "all\n", "all dry-run\n", "all %d min-age=0s\n",
	"%d all min-age=0s\n", "all all min-age=0s\n", "reap\n", "reap reap %d\n", "REAP %d\n", "Reap %d\n",
	"reap min-age=0s\n", "kill %d\n", "%d reap\n", "wait %d\n", "reap=%d\n",
	"%d min-age\n", "%d min-age=\n", "%d min-age=1\n", "%d min-age=-1s\n", "%d min-age=1.5s\n",
	"%d min-age=1d\n", "%d min-age=01s\n", "%d min-age=s\n", "%d min-age=1ss\n", "%d min-age=0s min-age=0s\n",
	"%d min-age=99999999999999999999s\n", "%d min-age=5124096h\n", "%d Min-age=0s\n",
	"%d min-age = 0s\n", "min-age=0s %d\n", "%d min-age=0s %d\n",
	"%d dry-run dry-run\n", "%d dry-run=1\n", "%d dry_run\n", "%d parent=1\n",
	"all min-age=0s parent=\n", "all min-age=0s parent=0\n", "all min-age=0s parent=1 parent=1\n",
	"all min-age=0s parent=self\n", "all min-age=0s signal=CHLD\n", "%d to=1\n", "%d signal=9\n",
	"%d force=1\n", "%d force force\n", "%d --force\n", "%d gentle gentle\n", "force %d\n",
	"release %d to=1\n", "release %d signal=CHLD\n", "reap %d to=1\n", "adopt\n", "adopt to=1\n",
	"adopt %d to=\n", "adopt %d to=0\n", "adopt %d to=x\n", "adopt %d to=1 to=1\n", "adopt %d to=-1\n",
	"adopt %d signal=\n", "adopt %d signal=0\n", "adopt %d signal=KILL\n", "adopt %d signal=SIGSTOP\n",
	"adopt %d signal=9\n", "adopt %d signal=19\n", "adopt %d signal=65\n", "adopt %d signal=chld\n",
	"adopt %d signal=SIGRTMIN\n", "adopt %d signal=CHLD signal=CHLD\n", "adopt %d parent=1\n",
	"adopt all\n", "adopt all to=1\n", "adopt release %d\n",
	"all min-age=0s\n%d\nall min-age=0s\n", "all min-age=0s\nadopt all min-age=0s\n",
	"%d\nx\n", "x\n%d\n", "%d\n%d\nreap\n",
	/* Without any LF only one bare PID is taken. */
	"%d ", " %d", "%d %d", "reap %d", "%d min-age=0s", "-%d", "%d\t", "all min-age=0s", "x", " ",
};

static void malformed_texts(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	char text[128];
	size_t i;

	for (i = 0; i < sizeof(malformed) / sizeof(*malformed); i++) {
		snprintf(text, sizeof(text), malformed[i], zombie, zombie);
		is_refused(text, strlen(text), EINVAL, zombie);
	}
	actor_end(&parent);
}

static void nul(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	char text[32];
	int len = snprintf(text, sizeof(text), "%d", zombie);

	is_refused("\0", 1, EINVAL, zombie);
	is_refused(text, len + 1, EINVAL, zombie);
	text[len + 1] = '\n';
	is_refused(text, len + 2, EINVAL, zombie);
	actor_end(&parent);
}

/* As write(2) has it for every file: it asks for nothing, and means nothing. */
static void nothing(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	int fd = zreap_open();
	char text[32];

	snprintf(text, sizeof(text), "%d", zombie);
	assert_int_equal(zreap_write(fd, ""), 0);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(zombie), 0);
	close(fd);
	actor_end(&parent);
}

static void too_long(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	char *text = malloc(LIMIT + 1);
	int fd;

	memset(text, ' ', LIMIT + 1);
	snprintf(text, 16, "%d", zombie);
	text[strlen(text)] = ' ';
	text[LIMIT] = '\n';
	is_refused(text, LIMIT + 1, E2BIG, zombie);

	text[LIMIT - 1] = '\n';
	fd = zreap_open();
	assert_int_equal(zreap_write_bytes(fd, text, LIMIT), 0);
	assert_int_equal(procstat_state(zombie), 0);
	close(fd);

	/* What is kept counts too. */
	zombie = actor_play(&parent, make_zombie, 0);
	fd = zreap_open();
	snprintf(text, 32, "%d\n4194304", zombie);
	assert_int_equal(zreap_write(fd, text), 0);
	memset(text, ' ', LIMIT);
	assert_int_equal(zreap_write_bytes(fd, text, LIMIT - 6), E2BIG);
	assert_int_equal(zreap_write(fd, "\n"), EINVAL);
	close(fd);
	free(text);
	actor_end(&parent);
}

static void unreadable_memory(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	int fd = zreap_open();
	char text[32];

	assert_int_equal(zreap_write_bytes(fd, (void *)8, 100), EFAULT);
	/* Nothing was taken, so that this still is the first write, which may do without LF. */
	snprintf(text, sizeof(text), "%d", zombie);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(zombie), 0);
	close(fd);
	actor_end(&parent);
}

static void bare_pid(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0), next = actor_play(&parent, make_zombie, 0);
	char text[64];
	int fd = zreap_open();

	snprintf(text, sizeof(text), "%d", zombie);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(zombie), 0);
	/* What would follow a number without its end must not run. */
	snprintf(text, sizeof(text), "\n%d\n", next);
	assert_int_equal(zreap_write(fd, text), EINVAL);
	assert_int_equal(procstat_state(next), 'Z');
	close(fd);

	fd = zreap_open();
	snprintf(text, sizeof(text), "%d@%llu", next, procstat_start(next));
	assert_int_equal(zreap_write(fd, text), 0);
	close(fd);

	/* At once only as the first write; later it may be part of a longer number. */
	zombie = actor_play(&parent, make_zombie, 0);
	fd = zreap_open();
	snprintf(text, sizeof(text), "%d", zombie);
	assert_int_equal(zreap_write(fd, "4194304\n"), ESRCH);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(zombie), 'Z');
	assert_int_equal(zreap_write(fd, "\n"), 0);
	assert_int_equal(procstat_state(zombie), 0);
	close(fd);
	actor_end(&parent);
}

/*
 * A number that is cut in two, where the first half is a zombie's: a first write of it and
 * nothing else is taken, since nobody can tell. With a verb in front, or behind an LF, half
 * a number is none.
 */
static void half_a_number(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	char text[64];
	int fd = zreap_open();

	snprintf(text, sizeof(text), "%d", zombie);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(zombie), 0);
	assert_int_equal(zreap_write(fd, "99\n"), EINVAL);
	close(fd);

	zombie = actor_play(&parent, make_zombie, 0);
	fd = zreap_open();
	snprintf(text, sizeof(text), "reap %d", zombie);
	assert_int_equal(zreap_write(fd, text), EINVAL);
	assert_int_equal(zreap_write(fd, "99\n"), EINVAL);
	assert_int_equal(procstat_state(zombie), 'Z');
	close(fd);

	fd = zreap_open();
	snprintf(text, sizeof(text), "4194304 4194304\n%d", zombie);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(zombie), 'Z');
	assert_int_equal(zreap_write(fd, "99\n"), ESRCH);
	assert_int_equal(procstat_state(zombie), 'Z');
	close(fd);
	actor_end(&parent);
}

#define CHILDREN 5

/* A list of lines, some bare and some with every word that a line can have. */
static size_t make_list(struct actor *parent, pid_t zombies[CHILDREN], char *text)
{
	size_t len = 0, i;

	for (i = 0; i < CHILDREN; i++) {
		zombies[i] = actor_play(parent, make_zombie, 0);
		len += sprintf(text + len, i % 2 ? "reap %d@%llu min-age=0s\n" : "%d\n", zombies[i],
			       i % 2 ? procstat_start(zombies[i]) : 0);
	}
	return len;
}

static void all_are_gone(const pid_t zombies[CHILDREN])
{
	size_t i;

	for (i = 0; i < CHILDREN; i++)
		assert_int_equal(procstat_state(zombies[i]), 0);
}

static void cut_at_any_byte(void **state)
{
	struct actor parent = actor_start();
	pid_t zombies[CHILDREN];
	char text[512];
	size_t cut, len, first;

	/* The first write holds the end of a line, as that of a long list does. */
	for (cut = 5; ; cut++) {
		int fd = zreap_open();

		len = make_list(&parent, zombies, text);
		first = strchr(text, '\n') - text + 1;
		if (cut < first)
			cut = first;
		if (cut == len) {
			close(fd);
			break;
		}
		assert_int_equal(zreap_write_bytes(fd, text, cut), 0);
		assert_int_equal(zreap_write_bytes(fd, text + cut, len - cut), 0);
		all_are_gone(zombies);
		close(fd);
	}
	actor_end(&parent);
}

static void byte_by_byte(void **state)
{
	struct actor parent = actor_start();
	pid_t zombies[CHILDREN];
	char text[512];
	size_t len = make_list(&parent, zombies, text), i;
	int fd = zreap_open();

	i = strchr(text, '\n') - text + 1;
	assert_int_equal(zreap_write_bytes(fd, text, i), 0);
	for (; i < len; i++)
		assert_int_equal(zreap_write_bytes(fd, text + i, 1), 0);
	all_are_gone(zombies);
	close(fd);
	actor_end(&parent);
}

static void unfinished_line_does_not_run(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0), next = actor_play(&parent, make_zombie, 0);
	char text[64];
	int fd = zreap_open();

	snprintf(text, sizeof(text), "%d\n%d", zombie, next);
	assert_int_equal(zreap_write(fd, text), 0);
	close(fd);
	assert_int_equal(procstat_state(zombie), 0);
	assert_int_equal(procstat_state(next), 'Z');
	actor_end(&parent);
}

/* A program that writes the same bytes again after an error must not join them to half a line. */
static void nothing_is_kept_after_an_error(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	char text[64];
	int fd = zreap_open();

	snprintf(text, sizeof(text), "1\n%.*s", (int)(snprintf(NULL, 0, "%d", zombie) - 1), "1234567");
	assert_int_equal(zreap_write(fd, text), EBUSY);
	assert_int_equal(zreap_write(fd, text), EINVAL);
	close(fd);
	assert_int_equal(procstat_state(zombie), 'Z');
	actor_end(&parent);
}

/* zreap cannot tell whether the program writes the same again or goes on. */
static void kept_bytes_do_not_outlive_a_failed_write(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	int fd = zreap_open();
	char text[64];

	snprintf(text, sizeof(text), "%d dry-run\n%d", zombie, zombie / 10);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(zreap_write_bytes(fd, (void *)8, 100), EFAULT);
	snprintf(text, sizeof(text), "%d\n", zombie % 10);
	assert_int_equal(zreap_write(fd, text), EINVAL);
	assert_int_equal(procstat_state(zombie), 'Z');
	close(fd);
	actor_end(&parent);
}

static void offsets_mean_nothing(void **state)
{
	struct actor parent = actor_start();
	pid_t a = actor_play(&parent, make_zombie, 1), b = actor_play(&parent, make_zombie, 2);
	int fd = open("/proc/zreap", O_RDWR | O_APPEND | O_TRUNC);
	struct rows rows;
	char text[32];

	snprintf(text, sizeof(text), "%d\n", a);
	assert_int_equal(pwrite(fd, text, strlen(text), 1000), (int)strlen(text));
	rows = rows_read(fd);
	assert_int_equal(rows_find(&rows, a), 0);
	rows_free(&rows);

	snprintf(text, sizeof(text), "%d\n", b);
	assert_int_equal(zreap_write(fd, text), 0);
	rows = rows_read(fd);
	assert_int_equal(rows.nr, 1);
	assert_int_equal(rows_find(&rows, b), 0);
	rows_free(&rows);

	/* A refused write leaves only the header. */
	assert_int_equal(zreap_write(fd, "x\n"), EINVAL);
	rows = rows_read(fd);
	assert_int_equal(rows.nr, 0);
	rows_free(&rows);
	close(fd);
	actor_end(&parent);
}

/* Rows that were read ahead do not appear any more, at whatever position. */
static void unread_rows_are_dropped(void **state)
{
	char text[2048];
	int fd = zreap_open();
	ssize_t len;

	assert_int_equal(zreap_write(fd, "1 2 3 1 2 3\n"), EBUSY);
	len = pread(fd, text, 120, 0);
	assert_int_equal(len, 120);
	assert_int_equal(zreap_write(fd, "4194304\n"), ESRCH);
	len = pread(fd, text, sizeof(text), 120);
	assert_true(len >= 0);
	text[len] = '\0';
	assert_null(strstr(text, "alive"));
	close(fd);
}

static void rows_stand_in_order(void **state)
{
	struct actor parent = actor_start();
	pid_t a = actor_play(&parent, make_zombie, 1), b = actor_play(&parent, make_zombie, 2);
	int fd = zreap_open();
	char text[64];
	struct rows rows;
	size_t i;
	static const char *const results[] = { "reaped", "alive", "gone", "reaped" };
	static const char *const errnos[] = { "0", "16", "3", "0" };

	snprintf(text, sizeof(text), "%d 1\n%d\n%d\n", b, b, a);
	assert_int_equal(zreap_write(fd, text), EBUSY);
	rows = rows_read(fd);
	assert_int_equal(rows.nr, 4);
	for (i = 0; i < 4; i++) {
		assert_string_equal(rows_cell(&rows, i, "RESULT"), results[i]);
		assert_string_equal(rows_cell(&rows, i, "ERRNO"), errnos[i]);
	}
	rows_free(&rows);
	assert_int_equal(procstat_state(a), 0);
	assert_int_equal(procstat_state(b), 0);
	close(fd);
	actor_end(&parent);
}

/* In a batch of several the goal is reached when one is gone; alone it is a failure. */
static void gone_among_several(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	pid_t other = actor_play(&parent, make_zombie, 0);
	int fd = zreap_open();
	char text[64];

	assert_int_equal(zreap_write(fd, "4194304\n"), ESRCH);
	snprintf(text, sizeof(text), "4194304 %d %d\n", zombie, zombie);
	assert_int_equal(zreap_write(fd, text), 0);
	/* Two are several, whichever is gone, in one line or two. */
	snprintf(text, sizeof(text), "4194304 %d\n", other);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(procstat_state(other), 0);
	snprintf(text, sizeof(text), "%d\n4194304\n", other);
	assert_int_equal(zreap_write(fd, text), 0);
	snprintf(text, sizeof(text), "%d\n", other);
	assert_int_equal(zreap_write(fd, text), ESRCH);
	close(fd);
	actor_end(&parent);
}

int main(void)
{
	const struct CMUnitTest input[] = {
		cmocka_unit_test(malformed_texts),
		cmocka_unit_test(nul),
		cmocka_unit_test(nothing),
		cmocka_unit_test(too_long),
		cmocka_unit_test(unreadable_memory),
		cmocka_unit_test(bare_pid),
		cmocka_unit_test(half_a_number),
		cmocka_unit_test(cut_at_any_byte),
		cmocka_unit_test(byte_by_byte),
		cmocka_unit_test(unfinished_line_does_not_run),
		cmocka_unit_test(nothing_is_kept_after_an_error),
		cmocka_unit_test(kept_bytes_do_not_outlive_a_failed_write),
		cmocka_unit_test(offsets_mean_nothing),
		cmocka_unit_test(unread_rows_are_dropped),
		cmocka_unit_test(rows_stand_in_order),
		cmocka_unit_test(gone_among_several),
	};

	return cmocka_run_group_tests(input, NULL, NULL);
}
