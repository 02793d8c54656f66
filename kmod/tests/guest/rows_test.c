// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rows that an open file keeps for its reader:
 * 1. files are written to, by lists and by "all", of many targets
 * 2. a file that is open for writing only keeps no rows, and so no memory
 * 3. one of a container keeps 4096 rows at most; a write that would give more says so
 */
#define _GNU_SOURCE
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"
#include "zreapfile.h"

#define FILES 40
#define TARGETS 1200

/* Of all files together: far more than the rest of an idle machine does, far less than the rows take. */
#define MOST_KB 2048

/* For a reader outside the initial PID namespace. */
#define MOST_ROWS 4096

static long meminfo_kb(const char *name)
{
	FILE *file = fopen("/proc/meminfo", "re");
	char line[128];
	long kb = -1;

	check(file);
	while (fgets(line, sizeof(line), file)) {
		if (!strncmp(line, name, strlen(name)))
			kb = atol(line + strlen(name));
	}
	fclose(file);
	check(kb >= 0);
	return kb;
}

/* What the kernel has allocated for itself. */
static long kernel_kb(void)
{
	return meminfo_kb("Slab:") + meminfo_kb("VmallocUsed:");
}

/* So many times a number that nobody has, after a first one; static. */
static const char *list_of(pid_t first, size_t nr)
{
	static char text[64 << 10];
	size_t len = sprintf(text, "%d", first);

	while (--nr)
		len += sprintf(text + len, " 4194304");
	text[len++] = '\n';
	text[len] = '\0';
	return text;
}

/* How much more memory the kernel uses after files have been opened and written to. */
static long kb_of_files(int nr, int flags, const char *text)
{
	long before = kernel_kb(), kb;
	int fds[FILES], i;

	for (i = 0; i < nr; i++) {
		fds[i] = open("/proc/zreap", flags | O_CLOEXEC);
		check(fds[i] >= 0);
		assert_int_equal(zreap_write(fds[i], text), 0);
	}
	kb = kernel_kb() - before;
	for (i = 0; i < nr; i++)
		close(fds[i]);
	return kb;
}

/* Readable files show that rows would be seen. */
static void keeps_rows_for_readers_only(const char *text)
{
	long written, readable;

	/* What is allocated once only. */
	kb_of_files(2, O_WRONLY, text);
	written = kb_of_files(FILES, O_WRONLY, text);
	readable = kb_of_files(FILES, O_RDWR, text);
	print_message("# %ld KiB for %d files, %ld KiB if they are readable\n", written, FILES, readable);
	assert_true(written <= MOST_KB);
	assert_true(readable > 2 * MOST_KB);
}

static void lists(void **state)
{
	keeps_rows_for_readers_only(list_of(4194304, TARGETS));
}

static void all(void **state)
{
	struct actor parent = actor_start();

	actor_play(&parent, make_zombie_crowd, TARGETS);
	keeps_rows_for_readers_only("all min-age=0s dry-run\n");
	actor_end(&parent);
}

/* Scene, to be played by a container's init first. */
static long enter(long unused)
{
	check(!mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	return mount("proc", "/proc", "proc", 0, NULL);
}

static struct actor start_container(void)
{
	struct actor init = actor_start_in(CLONE_NEWPID | CLONE_NEWNS);

	check(!actor_play(&init, enter, 0));
	return init;
}

static long number_listed(long unused)
{
	struct rows rows = rows_of_file("/proc/zreap");
	size_t nr = rows.nr;

	rows_free(&rows);
	return nr;
}

static int fd;

/* Scenes: use a file, which stays open. */
static long open_file(long flags)
{
	fd = open("/proc/zreap", flags | O_CLOEXEC);
	return fd < 0 ? errno : 0;
}

static long close_file(long unused)
{
	return close(fd);
}

static pid_t listed_first;

static long list_first(long pid)
{
	listed_first = pid;
	return 0;
}

static long write_list(long nr)
{
	return zreap_write(fd, list_of(listed_first, nr));
}

static long write_all(long unused)
{
	return zreap_write(fd, "all min-age=0s\n");
}

/* How many rows there are that can be read; all must say that a zombie was reaped. */
static long number_of_rows(long unused)
{
	struct rows rows = rows_read(fd);
	long nr = rows.nr, row;

	for (row = 0; row < nr; row++)
		check(!strcmp(rows_cell(&rows, row, "RESULT"), "reaped"));
	rows_free(&rows);
	return nr;
}

static void long_list_of_a_container(void **state)
{
	struct actor init = start_container();
	pid_t zombie = actor_play(&init, make_zombie, 7);

	actor_play(&init, list_first, zombie);
	assert_int_equal(actor_play(&init, open_file, O_RDWR), 0);
	assert_int_equal(actor_play(&init, write_list, MOST_ROWS + 1), E2BIG);
	/* zreap has done nothing, and the file takes nothing more. */
	assert_int_equal(actor_play(&init, number_listed, 0), 1);
	assert_int_equal(actor_play(&init, number_of_rows, 0), 0);
	assert_int_equal(actor_play(&init, write_list, 1), EINVAL);
	assert_int_equal(actor_play(&init, close_file, 0), 0);
	/* One row less fits, and so does any number with a file that keeps no rows. */
	assert_int_equal(actor_play(&init, open_file, O_RDWR), 0);
	assert_int_equal(actor_play(&init, write_list, MOST_ROWS), 0);
	assert_int_equal(actor_play(&init, number_listed, 0), 0);
	assert_int_equal(actor_play(&init, close_file, 0), 0);
	zombie = actor_play(&init, make_zombie, 7);
	actor_play(&init, list_first, zombie);
	assert_int_equal(actor_play(&init, open_file, O_WRONLY), 0);
	assert_int_equal(actor_play(&init, write_list, MOST_ROWS + 1), 0);
	assert_int_equal(actor_play(&init, number_listed, 0), 0);
	actor_end(&init);
}

static void crowd_of_a_container(void **state)
{
	struct actor init = start_container();
	const long crowd = MOST_ROWS + 200;
	long nr;

	actor_play(&init, make_zombie_crowd, crowd);
	assert_int_equal(actor_play(&init, open_file, O_RDWR), 0);
	assert_int_equal(actor_play(&init, write_all, 0), ENOBUFS);
	/* The rows so far can be read, and the rest waits for another write. */
	nr = actor_play(&init, number_of_rows, 0);
	assert_true(nr > MOST_ROWS / 2 && nr <= MOST_ROWS);
	assert_int_equal(actor_play(&init, number_listed, 0), crowd - nr);
	assert_int_equal(actor_play(&init, write_all, 0), 0);
	assert_int_equal(actor_play(&init, number_of_rows, 0), crowd - nr);
	assert_int_equal(actor_play(&init, number_listed, 0), 0);
	actor_end(&init);
}

/* Scene: a list, and behind it "all"; gives the number of rows. */
static long write_list_and_all(long nr)
{
	static char text[64 << 10];
	struct rows rows;

	snprintf(text, sizeof(text), "%sall min-age=0s\n", list_of(4194304, nr));
	check(!zreap_write(fd, text));
	rows = rows_read(fd);
	nr = rows.nr;
	rows_free(&rows);
	return nr;
}

/* Their rows count together, each once. */
static void list_and_crowd_of_a_container(void **state)
{
	struct actor init = start_container();
	const long crowd = MOST_ROWS / 4, listed = MOST_ROWS - crowd - 100;

	actor_play(&init, make_zombie_crowd, crowd);
	assert_int_equal(actor_play(&init, open_file, O_RDWR), 0);
	assert_int_equal(actor_play(&init, write_list_and_all, listed), listed + crowd);
	actor_end(&init);
}

/* Readers in the initial PID namespace have no bound. */
static void crowd_of_the_machine(void **state)
{
	struct actor parent = actor_start();
	const long crowd = MOST_ROWS + 200;

	actor_play(&parent, make_zombie_crowd, crowd);
	check(!open_file(O_RDWR));
	assert_int_equal(write_all(0), 0);
	assert_int_equal(number_of_rows(0), crowd);
	close_file(0);
	actor_end(&parent);
}

/*
 * zreap deals with the lines of a write in order. kzreapd does some of them, the writer others.
 * The memory for the rows of listed targets stays free for them while "all" adds its own rows.
 * There are nearly as many listed targets as "all" gets rows in advance.
 */
static void all_between_other_lines(void **state)
{
	struct actor some = actor_start(), many = actor_start();
	pid_t first = actor_play(&some, make_zombie, 1), last = actor_play(&some, make_zombie, 2);
	const size_t crowd = 2500, listed = 31000;
	static char text[64 << 10];
	struct rows rows;
	size_t i, len;

	actor_play(&many, make_zombie_crowd, crowd);
	check(!open_file(O_RDWR));
	len = sprintf(text, "%d\nall min-age=0s parent=%d\nrelease %d", first, many.pid, last);
	for (i = 0; i < listed; i++)
		len += sprintf(text + len, " 1");
	assert_int_equal(zreap_write(fd, strcat(text, "\n")), EBUSY);
	rows = rows_read(fd);
	assert_int_equal(rows.nr, 1 + crowd + 1 + listed);
	for (i = 0; i <= crowd; i++)
		assert_string_equal(rows_cell(&rows, i, "RESULT"), "reaped");
	assert_int_equal(atoi(rows_cell(&rows, 0, "PID")), first);
	assert_string_equal(rows_cell(&rows, crowd + 1, "RESULT"), "released");
	for (i = crowd + 2; i < rows.nr; i++)
		assert_string_equal(rows_cell(&rows, i, "RESULT"), "alive");
	rows_free(&rows);
	close_file(0);
	actor_end(&many);
	actor_end(&some);
}

static int let_containers_in(void **state)
{
	/* A kernel with large stacks allows fewer. */
	procstat_put("/proc/sys/kernel/threads-max", "100000");
	return system("rmmod zreap && modprobe zreap allow_pidns=1");
}

static int shut_them_out(void **state)
{
	return system("rmmod zreap && modprobe zreap");
}

int main(void)
{
	const struct CMUnitTest rows[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(all),
		cmocka_unit_test(long_list_of_a_container),
		cmocka_unit_test(crowd_of_a_container),
		cmocka_unit_test(list_and_crowd_of_a_container),
		cmocka_unit_test(crowd_of_the_machine),
		cmocka_unit_test(all_between_other_lines),
	};

	return cmocka_run_group_tests(rows, let_containers_in, shut_them_out);
}
