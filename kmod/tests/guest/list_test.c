// SPDX-License-Identifier: GPL-2.0-only
/* The list of zombies as a file: in PID order, seekable, and true while zombies come and go. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "zreapfile.h"

#define NR_ZOMBIES 2000
#define NR_SOUGHT 100
#define MAX_LIST (NR_ZOMBIES * 200)

static pid_t zombies[NR_ZOMBIES];

static void make_zombies(int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		zombies[i] = make_zombie(0);
}

static void wait_for_all(void)
{
	while (waitpid(-1, NULL, 0) > 0)
		;
}

/* The list's first column. */
static int pid_of(const void *line)
{
	return atoi(*(char *const *)line);
}

static void assert_in_pid_order(const struct rows *rows)
{
	size_t row;

	assert_int_equal(strncmp(rows->lines[0], "PID ", 4), 0);
	for (row = 1; row < rows->nr; row++)
		assert_true(pid_of(&rows->lines[row]) < pid_of(&rows->lines[row + 1]));
}

static int compare(const void *pid, const void *line)
{
	return *(const pid_t *)pid - pid_of(line);
}

static bool is_listed(const struct rows *rows, pid_t pid)
{
	return bsearch(&pid, rows->lines + 1, rows->nr, sizeof(*rows->lines), compare);
}

static void all_in_pid_order(void **state)
{
	struct rows rows;
	int fd, i;

	make_zombies(NR_ZOMBIES);
	fd = zreap_open();
	rows = rows_read(fd);
	assert_in_pid_order(&rows);
	for (i = 0; i < NR_ZOMBIES; i++)
		assert_true(is_listed(&rows, zombies[i]));
	rows_free(&rows);
	close(fd);
	wait_for_all();
}

/* Read all; between the pieces, something is done that is told how much was read. */
static void read_in_pieces(int fd, char *text, size_t piece, void (*between)(size_t read))
{
	size_t len = 0;
	ssize_t got;

	while ((got = read(fd, text + len, piece)) > 0) {
		len += got;
		check(len + piece < MAX_LIST);
		if (between)
			between(len);
	}
	assert_int_equal(got, 0);
	text[len] = '\0';
}

/* A row is found again where it stood; AGE_MS keeps its width from 1,000 ms on, for nine seconds. */
static void seekable(void **state)
{
	char *text = malloc(MAX_LIST), again[64];
	struct rows rows;
	size_t row;
	int fd;

	check(text);
	make_zombies(NR_SOUGHT);
	usleep(1100000);
	fd = zreap_open();
	read_in_pieces(fd, text, 4096, NULL);
	rows = rows_of_text(text);
	assert_true(rows.nr >= NR_SOUGHT);
	for (row = 1; row <= rows.nr; row += rows.nr / 20) {
		size_t width = strcspn(rows.lines[row], " ");

		assert_true(pread(fd, again, width, rows.lines[row] - text) == (ssize_t)width);
		assert_memory_equal(again, rows.lines[row], width);
	}
	rows_free(&rows);
	close(fd);
	wait_for_all();
}

/* Takes every other zombie, and makes as many new ones, as the list is read. */
static void change(size_t read)
{
	static size_t next;

	for (; next < NR_ZOMBIES && next < read / 16; next += 2) {
		assert_int_equal(zreap_reap(zombies[next]), 0);
		make_zombie(0);
	}
}

static void true_under_change(void **state)
{
	char *text = malloc(MAX_LIST);
	struct rows rows;
	int fd, i;

	check(text);
	make_zombies(NR_ZOMBIES);
	fd = zreap_open();
	read_in_pieces(fd, text, 128, change);
	rows = rows_of_text(text);
	assert_in_pid_order(&rows);
	for (i = 1; i < NR_ZOMBIES; i += 2)
		assert_true(is_listed(&rows, zombies[i]));
	rows_free(&rows);
	close(fd);
	wait_for_all();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_in_pid_order),
		cmocka_unit_test(seekable),
		cmocka_unit_test(true_under_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
