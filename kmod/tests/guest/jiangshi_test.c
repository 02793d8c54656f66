// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/PID/kill-if-jiangshi. The module cannot be unloaded, so the order matters:
 * 1. the file is not there unasked, and the module does not load where it could not work
 * 2. once it is loaded, the file is listed where it should be, by all and for all
 * 3. writes reap or refuse, by whomever, whatever becomes of zreap and of the process
 * 4. all of that at once
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "actor.h"
#include "check.h"
#include "clock.h"
#include "procstat.h"
#include "zreapfile.h"

#define NAME "kill-if-jiangshi"
#define CROWD 10000
#define STORM_SECONDS 8
#define RELOADS 12

/* Room for all names of a directory of /proc/PID, and for one of them in getdents(2). */
#define NAMES_BYTES 4096
#define ONE_NAME_BYTES 48

/* What a process's directory holds without the module. */
static char names_before[NAMES_BYTES];

static const char *path_of(pid_t pid)
{
	static char path[64];

	snprintf(path, sizeof(path), "/proc/%d/" NAME, pid);
	return path;
}

static int open_of(pid_t pid)
{
	int fd = open(path_of(pid), O_WRONLY | O_CLOEXEC);

	check(fd >= 0);
	return fd;
}

/* Scene: write 1 to the file of a process: 0, or the errno. */
static long put_one(long pid)
{
	int fd = open(path_of(pid), O_WRONLY | O_CLOEXEC), err;

	if (fd < 0)
		return errno;
	err = zreap_write(fd, "1");
	close(fd);
	return err;
}

/* The names in a directory, each with a blank behind it: 0, or the errno, as if it vanished. */
static int list(const char *path, size_t bytes, char names[NAMES_BYTES])
{
	char entries[NAMES_BYTES] __attribute__((aligned(8)));
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err;
	size_t len = 0;
	ssize_t got;

	if (fd < 0)
		return errno;
	while ((got = getdents64(fd, entries, bytes)) > 0) {
		ssize_t at = 0;

		while (at < got) {
			const struct dirent64 *entry = (void *)(entries + at);

			len += snprintf(names + len, NAMES_BYTES - len, "%s ", entry->d_name);
			check(len < NAMES_BYTES);
			at += entry->d_reclen;
		}
	}
	err = got ? errno : 0;
	close(fd);
	return err;
}

/* Whether a listing is what it was, and the file behind that. */
static bool has_one_more(const char *names)
{
	size_t before = strlen(names_before);

	return !strncmp(names, names_before, before) && !strcmp(names + before, NAME " ");
}

static bool lists_one_more(pid_t pid)
{
	char names[NAMES_BYTES], path[32];

	snprintf(path, sizeof(path), "/proc/%d", pid);
	check(!list(path, sizeof(names), names));
	return has_one_more(names);
}

/* All probes of the kernel: 0 is off. */
static void switch_probes(const char *value)
{
	check(!mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL) || errno == EBUSY);
	procstat_put("/sys/kernel/debug/kprobes/enabled", value);
}

static void not_there_unasked(void **state)
{
	assert_int_equal(access("/proc/self/" NAME, F_OK), -1);
	assert_int_equal(errno, ENOENT);
	check(!list("/proc/self", NAMES_BYTES, names_before));
}

static void not_loaded_where_probes_are_off(void **state)
{
	switch_probes("0");
	assert_int_not_equal(system("modprobe zreap_jiangshi 2> /dev/null"), 0);
	switch_probes("1");
	assert_int_equal(system("dmesg | tail -n 3 | grep -q 'zreap_jiangshi: cannot load: '"), 0);
	assert_int_equal(access("/proc/self/" NAME, F_OK), -1);
}

/* Loads zreap anew; the words behind are its parameters. */
static void reload(const char *parameters)
{
	char command[64];

	snprintf(command, sizeof(command), "rmmod zreap && modprobe zreap %s", parameters);
	check(!system(command));
}

static void loads(void **state)
{
	reload("allow_pidns=1");
	assert_int_equal(system("modprobe zreap_jiangshi"), 0);
	assert_int_equal(system("dmesg | grep -q 'zreap_jiangshi: .* cannot be unloaded'"), 0);
	assert_int_equal(system("modinfo zreap_jiangshi | grep -q 'Cannot be unloaded'"), 0);
}

/* The kernel makes this section read-only at the end of a load. */
static void table_is_read_only(void **state)
{
	assert_int_equal(system("objdump -t \"$(modinfo -n zreap_jiangshi)\" |"
				"grep -q '[[:space:]][.]data[.][.]ro_after_init[[:space:]].* table$'"), 0);
}

static void cannot_be_unloaded(void **state)
{
	assert_int_equal(syscall(SYS_delete_module, "zreap_jiangshi", O_NONBLOCK), -1);
	assert_int_equal(errno, EBUSY);
	assert_int_equal(access("/proc/self/" NAME, F_OK), 0);
}

static void anybody_may_open(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	struct stat status;

	check(!stat(path_of(zombie), &status));
	assert_int_equal(status.st_mode, S_IFREG | 0222);
	actor_end(&parent);
}

static void listed_once_and_last(void **state)
{
	char names[NAMES_BYTES];

	assert_true(lists_one_more(getpid()));
	assert_true(lists_one_more(1));
	assert_true(lists_one_more(2));
	check(!list("/proc/self", ONE_NAME_BYTES, names));
	assert_true(has_one_more(names));
}

static void absent_from_threads(void **state)
{
	char names[NAMES_BYTES];

	check(!list("/proc/thread-self", sizeof(names), names));
	assert_null(strstr(names, NAME));
	assert_int_equal(access("/proc/thread-self/" NAME, F_OK), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(access("/proc/self/attr/" NAME, F_OK), -1);
	assert_int_equal(errno, ENOENT);
}

static void reaps(void **state)
{
	static const char *const texts[] = { "1", "1\n" };
	struct actor parent = actor_start();
	size_t i;

	for (i = 0; i < 2; i++) {
		pid_t zombie = actor_play(&parent, make_zombie, 7);
		int fd = open_of(zombie);
		struct rows rows;

		assert_int_equal(zreap_write(fd, texts[i]), 0);
		close(fd);
		assert_int_equal(procstat_state(zombie), 0);
		assert_int_equal(access(path_of(zombie), F_OK), -1);
		rows = rows_of_file("/proc/zreap_recent");
		assert_int_equal(atoi(rows_cell(&rows, rows.nr - 1, "PID")), zombie);
		assert_int_equal(atoi(rows_cell(&rows, rows.nr - 1, "CALLER")), getpid());
		assert_string_equal(rows_cell(&rows, rows.nr - 1, "VERB"), "reap");
		assert_string_equal(rows_cell(&rows, rows.nr - 1, "RESULT"), "reaped");
		assert_int_equal(atoi(rows_cell(&rows, rows.nr - 1, "STATUS")), 7 << 8);
		rows_free(&rows);
	}
	actor_end(&parent);
}

static void by_the_shell(void **state)
{
	struct actor parent = actor_start();
	char command[64];

	snprintf(command, sizeof(command), "echo 1 > %s",
		 path_of(actor_play(&parent, make_zombie, 0)));
	assert_int_equal(system(command), 0);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	actor_end(&parent);
}

static void other_texts(void **state)
{
	static const char *const texts[] = {
		"0", "2", "\n", " ", "x", "11", "1 ", " 1", "1\r", "\n1", "1\n\n", "1\n1", "1\r\n",
		"+1", "01",
	};
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	static char long_text[100000];
	int fd = open_of(zombie);
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(zreap_write(fd, texts[i]), EINVAL);
	assert_int_equal(zreap_write_bytes(fd, "1", 2), EINVAL);
	memset(long_text, '1', sizeof(long_text));
	assert_int_equal(zreap_write_bytes(fd, long_text, sizeof(long_text)), EINVAL);
	assert_int_equal(zreap_write_bytes(fd, NULL, 1), EFAULT);
	assert_int_equal(zreap_write_bytes(fd, "1", 0), 0);
	assert_int_equal(procstat_state(zombie), 'Z');
	close(fd);
	actor_end(&parent);
}

static void living(void **state)
{
	struct actor parent = actor_start();
	pid_t sleeper = actor_play(&parent, make_sleeper, 0);
	pthread_t id;

	assert_int_equal(put_one(sleeper), EBUSY);
	assert_int_equal(put_one(getpid()), EBUSY);
	assert_int_equal(put_one(1), EBUSY);
	assert_int_equal(put_one(2), EBUSY);
	assert_int_equal(procstat_state(sleeper), 'S');
	actor_end(&parent);

	assert_int_equal(put_one(start_sleeping_thread(&id)), EINVAL);
	pthread_cancel(id);
	pthread_join(id, NULL);
}

static int handed;

static long put_one_handed(long unused)
{
	return zreap_write(handed, "1");
}

static void nobody(void **state)
{
	struct actor parent = actor_start(), nobody;
	pid_t zombie = actor_play(&parent, make_zombie, 0);

	handed = open_of(zombie);
	nobody = actor_start();
	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	assert_int_equal(actor_play(&nobody, put_one, zombie), EPERM);
	assert_int_equal(actor_play(&nobody, put_one_handed, 0), EPERM);
	assert_int_equal(procstat_state(zombie), 'Z');
	assert_int_equal(zreap_write(handed, "1"), 0);
	close(handed);
	actor_end(&nobody);
	actor_end(&parent);
}

/* Scene: write to a file that user nobody opened, as somebody may trick a privileged program to do. */
static long put_one_to_nobodys(long pid)
{
	int fd, err;

	check(!setresuid(-1, 65534, -1));
	fd = open_of(pid);
	check(!setresuid(-1, 0, -1));
	err = zreap_write(fd, "1");
	close(fd);
	return err;
}

static void root_with_nobodys_file(void **state)
{
	struct actor parent = actor_start(), root = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);

	assert_int_equal(actor_play(&root, put_one_to_nobodys, zombie), EPERM);
	assert_int_equal(procstat_state(zombie), 'Z');
	assert_int_equal(actor_play(&root, put_one, zombie), 0);
	actor_end(&root);
	actor_end(&parent);
}

static void root_without_cap_kill(void **state)
{
	struct actor parent = actor_start(), weak = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);

	assert_int_equal(actor_play(&weak, drop_cap_kill, 0), 0);
	assert_int_equal(actor_play(&weak, put_one, zombie), EPERM);
	assert_int_equal(procstat_state(zombie), 'Z');
	actor_end(&weak);
	actor_end(&parent);
}

/* Scene: a proc mount of one's own, with options. */
static long mount_proc(long options)
{
	check(!mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	return mount("proc", "/proc", "proc", 0, (const char *)options);
}

static void hidepid_mount(void **state)
{
	struct actor parent = actor_start(), viewer = actor_start_in(CLONE_NEWNS);
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	pid_t other = actor_play(&parent, make_zombie, 0);

	assert_int_equal(actor_play(&viewer, mount_proc, (long)"hidepid=2"), 0);
	assert_int_equal(actor_play(&viewer, put_one, zombie), 0);
	assert_int_equal(procstat_state(zombie), 0);
	assert_int_equal(actor_play(&viewer, become_nobody, 0), 0);
	assert_int_equal(actor_play(&viewer, put_one, other), ENOENT);
	assert_int_equal(procstat_state(other), 'Z');
	actor_end(&viewer);
	actor_end(&parent);
}

static void subset_pid_mount(void **state)
{
	struct actor parent = actor_start(), viewer = actor_start_in(CLONE_NEWNS);
	pid_t zombie = actor_play(&parent, make_zombie, 0);

	assert_int_equal(actor_play(&viewer, mount_proc, (long)"subset=pid"), 0);
	assert_int_equal(actor_play(&viewer, put_one, zombie), 0);
	assert_int_equal(procstat_state(zombie), 0);
	actor_end(&viewer);
	actor_end(&parent);
}

static long enter_container(long unused)
{
	check(!become_root_inside(0));
	return mount_proc(0);
}

static long try_open(long pid)
{
	int fd = open(path_of(pid), O_WRONLY | O_CLOEXEC);

	return fd < 0 ? errno : close(fd);
}

/* In a container its root may do what zreap lets it do. */
static struct actor start_container(void)
{
	struct actor init = actor_start_in(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUSER);

	assert_int_equal(actor_play(&init, enter_container, 0), 0);
	return init;
}

/* zreap was loaded before the module, with allow_pidns=1. */
static void knows_a_zreap_that_was_there(void **state)
{
	struct actor init = start_container();

	assert_int_equal(actor_play(&init, put_one, actor_play(&init, make_zombie, 0)), 0);
	actor_end(&init);
	reload("");
}

static void container(void **state)
{
	struct actor init = actor_start_in(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUSER);
	pid_t zombie = actor_play(&init, make_zombie, 0);

	/*
	 * The container still sees the proc mount of the outside. But it cannot open a
	 * file there, to pass it to a process with more rights.
	 */
	assert_int_equal(actor_play(&init, try_open, getpid()), EXDEV);
	assert_int_equal(actor_play(&init, enter_container, 0), 0);
	assert_int_equal(actor_play(&init, put_one, zombie), EPERM);
	reload("allow_pidns=1");
	/* Its parent is outside. */
	assert_int_equal(actor_play(&init, put_one, 1), EPERM);
	assert_int_equal(actor_play(&init, put_one, zombie), 0);
	assert_int_equal(actor_play(&init, wait_for_any, 0), -1);
	reload("");
	actor_end(&init);
}

/* Shared with two actors: how often each wrote, and whether to end. */
static struct flood {
	atomic_long writes[2];
	atomic_bool ends;
} *flood;

/* Scene: write to the file of process 1 until told to end; gives how many writes were not refused. */
static long flood_until_told(long writer)
{
	int fd = open_of(1);
	long others = 0;

	while (!atomic_load(&flood->ends)) {
		others += zreap_write(fd, "1") != EPERM;
		atomic_fetch_add(&flood->writes[writer], 1);
	}
	close(fd);
	return others;
}

/* Wait until both actors have written so many times more. */
static void await_writes(long more)
{
	long wanted[2];
	size_t i;

	for (i = 0; i < 2; i++)
		wanted[i] = atomic_load(&flood->writes[i]) + more;
	for (i = 0; i < 2; i++) {
		while (atomic_load(&flood->writes[i]) < wanted[i])
			sched_yield();
	}
}

/* A process that may not use zreap cannot keep it from being unloaded. */
static void refused_writes_do_not_hold_zreap(void **state)
{
	struct actor nobody, init;
	int i;

	flood = mmap(NULL, sizeof(*flood), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(flood != MAP_FAILED);
	/* A permission of one zreap does not hold for the next one loaded. */
	reload("allow_pidns=1");
	reload("");
	nobody = actor_start();
	init = start_container();
	assert_int_equal(actor_play(&nobody, become_nobody, 0), 0);
	actor_begin(&nobody, flood_until_told, 0);
	actor_begin(&init, flood_until_told, 1);

	for (i = 0; i < RELOADS; i++) {
		await_writes(50);
		assert_int_equal(syscall(SYS_delete_module, "zreap", O_NONBLOCK), 0);
		await_writes(1);
		check(!system("modprobe zreap"));
	}
	atomic_store(&flood->ends, true);
	assert_int_equal(actor_answer(&nobody), 0);
	assert_int_equal(actor_answer(&init), 0);
	actor_end(&init);
	actor_end(&nobody);
	munmap(flood, sizeof(*flood));
}

static void without_zreap(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	int fd = open_of(zombie);

	check(!system("rmmod zreap"));
	assert_int_equal(zreap_write(fd, "1"), ENODEV);
	assert_int_equal(zreap_write(fd, "2"), EINVAL);
	assert_int_equal(put_one(zombie), ENODEV);
	assert_true(lists_one_more(zombie));
	check(!system("modprobe zreap"));
	assert_int_equal(zreap_write(fd, "1"), 0);
	assert_int_equal(procstat_state(zombie), 0);
	close(fd);
	actor_end(&parent);
}

static void while_probes_are_off(void **state)
{
	struct actor parent = actor_start();
	pid_t known = actor_play(&parent, make_zombie, 0);
	pid_t other = actor_play(&parent, make_zombie, 0);
	int fd = open_of(known);

	switch_probes("0");
	assert_int_equal(put_one(other), ENOENT);
	assert_int_equal(zreap_write(fd, "1"), 0);
	switch_probes("1");
	assert_int_equal(put_one(other), 0);
	close(fd);
	actor_end(&parent);
}

/* The file stands for the process, not for its number. */
static void open_file_outlives_its_process(void **state)
{
	struct actor parent = actor_start();
	pid_t zombie = actor_play(&parent, make_zombie, 0);
	int fd = open_of(zombie);

	assert_int_equal(put_one(zombie), 0);
	assert_int_equal(zreap_write(fd, "1"), ESRCH);
	assert_int_equal(actor_play(&parent, make_numbered_zombie, zombie), zombie);
	assert_int_equal(zreap_write(fd, "1"), ESRCH);
	assert_int_equal(procstat_state(zombie), 'Z');
	assert_int_equal(put_one(zombie), 0);
	close(fd);
	actor_end(&parent);
}

/* Shared with the actors. */
static pid_t *crowd;

static long make_crowd(long unused)
{
	size_t i;

	/* A kernel with large stacks allows fewer. */
	procstat_put("/proc/sys/kernel/threads-max", "100000");
	for (i = 0; i < CROWD; i++)
		crowd[i] = make_zombie(0);
	return 0;
}

static int compare(const void *a, const void *b)
{
	return *(const pid_t *)a - *(const pid_t *)b;
}

/* How many of the crowd stand in the list of processes, whose numbers go up. */
static size_t count_listed(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	size_t nr = 0;

	check(proc);
	while (nr < CROWD && (entry = readdir(proc)))
		nr += atoi(entry->d_name) == crowd[nr];
	closedir(proc);
	return nr;
}

static void crowd_is_listed_with_no_loss(void **state)
{
	struct actor parent;
	char text[64];
	size_t i;
	int fd;

	crowd = mmap(NULL, CROWD * sizeof(*crowd), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(crowd != MAP_FAILED);
	parent = actor_start();
	assert_int_equal(actor_play(&parent, make_crowd, 0), 0);
	qsort(crowd, CROWD, sizeof(*crowd), compare);
	assert_int_equal(count_listed(), CROWD);
	for (i = 0; i < CROWD; i++)
		assert_true(lists_one_more(crowd[i]));
	fd = zreap_open();
	snprintf(text, sizeof(text), "all min-age=0s parent=%d\n", parent.pid);
	assert_int_equal(zreap_write(fd, text), 0);
	assert_int_equal(actor_play(&parent, wait_for_any, 0), -1);
	close(fd);
	actor_end(&parent);
	munmap(crowd, CROWD * sizeof(*crowd));
}

static bool is_listed_whole(pid_t pid)
{
	char names[NAMES_BYTES], path[32];

	snprintf(path, sizeof(path), "/proc/%d", pid);
	/* ENOENT: it has ended meanwhile. */
	if (list(path, ONE_NAME_BYTES, names))
		return false;
	check(has_one_more(names));
	return true;
}

/* Scene: list all processes and the directory of each; gives how many were listed whole. */
static long list_until(long end)
{
	long nr = 0;

	while (clock_ms() < end)
		nr += procstat_count(is_listed_whole);
	return nr;
}

static bool takes_no_2(pid_t pid)
{
	int fd = open(path_of(pid), O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	check(zreap_write(fd, "2") == EINVAL);
	close(fd);
	return true;
}

/* Scene: look up the file of every process, and make a write that does nothing. */
static long look_up_until(long end)
{
	long nr = 0;

	while (clock_ms() < end)
		nr += procstat_count(takes_no_2);
	return nr;
}

/* Scene: make zombies, and reap them by their files; gives how many it reaped. */
static long reap_until(long end)
{
	long nr = 0;

	while (clock_ms() < end) {
		pid_t zombie = make_zombie(0);
		int err = put_one(zombie);

		check(!err || err == ENODEV);
		check(waitpid(zombie, NULL, 0) == (err ? zombie : -1));
		nr += !err;
	}
	return nr;
}

/* Scene: unload and load zreap; gives how often. It is in use for as long as a write goes on. */
static long reload_until(long end)
{
	long nr = 0;

	while (clock_ms() < end) {
		if (system("rmmod zreap 2> /dev/null"))
			continue;
		check(!system("modprobe zreap"));
		nr++;
	}
	return nr;
}

static void all_at_once(void **state)
{
	static const scene scenes[] = { list_until, look_up_until, reap_until, reload_until };
	enum { SCENES = sizeof(scenes) / sizeof(*scenes) };
	struct actor actors[SCENES];
	double end = clock_ms() + 1e3 * STORM_SECONDS;
	size_t i;

	for (i = 0; i < SCENES; i++)
		actors[i] = actor_start();
	for (i = 0; i < SCENES; i++)
		actor_begin(&actors[i], scenes[i], end);
	for (i = 0; i < SCENES; i++) {
		long nr = actor_answer(&actors[i]);

		print_message("# scene %zu: %ld\n", i, nr);
		assert_true(nr > 0);
	}
	for (i = 0; i < SCENES; i++)
		actor_end(&actors[i]);
	assert_true(lists_one_more(getpid()));
}

int main(void)
{
	const struct CMUnitTest jiangshi[] = {
		cmocka_unit_test(not_there_unasked),
		cmocka_unit_test(not_loaded_where_probes_are_off),
		cmocka_unit_test(loads),
		cmocka_unit_test(knows_a_zreap_that_was_there),
		cmocka_unit_test(table_is_read_only),
		cmocka_unit_test(cannot_be_unloaded),
		cmocka_unit_test(anybody_may_open),
		cmocka_unit_test(listed_once_and_last),
		cmocka_unit_test(absent_from_threads),
		cmocka_unit_test(reaps),
		cmocka_unit_test(by_the_shell),
		cmocka_unit_test(other_texts),
		cmocka_unit_test(living),
		cmocka_unit_test(nobody),
		cmocka_unit_test(root_with_nobodys_file),
		cmocka_unit_test(root_without_cap_kill),
		cmocka_unit_test(hidepid_mount),
		cmocka_unit_test(subset_pid_mount),
		cmocka_unit_test(container),
		cmocka_unit_test(refused_writes_do_not_hold_zreap),
		cmocka_unit_test(without_zreap),
		cmocka_unit_test(while_probes_are_off),
		cmocka_unit_test(open_file_outlives_its_process),
		cmocka_unit_test(crowd_is_listed_with_no_loss),
		cmocka_unit_test(all_at_once),
	};

	return cmocka_run_group_tests(jiangshi, NULL, NULL);
}
