// SPDX-License-Identifier: GPL-2.0-only
/*
 * A zombie that is the child of a kernel thread:
 * 1. the kernel starts this program as its modprobe; a kernel worker is the parent and waits
 * 2. real-time hogs keep all CPUs from the worker, and the program ends: a zombie
 * 3. zreap refuses it: the worker must wait for it, and does once it can
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "check.h"
#include "cpu.h"
#include "procstat.h"
#include "zreapfile.h"

#define FROM_HELPER "/tmp/zreap_from_helper"
#define TO_HELPER "/tmp/zreap_to_helper"

#define MODPROBE "/proc/sys/kernel/modprobe"
#define RT_RUNTIME "/proc/sys/kernel/sched_rt_runtime_us"

/* A family that no kernel has built in, so that socket() asks for a module. */
#define MODULAR_FAMILY AF_X25

static void become_real_time(pid_t pid, int priority)
{
	check(!sched_setscheduler(pid, SCHED_FIFO, &(struct sched_param){ priority }));
}

static void outrank_hogs(pid_t pid)
{
	become_real_time(pid, 20);
}

static void become_ordinary(pid_t pid)
{
	check(!sched_setscheduler(pid, SCHED_OTHER, &(struct sched_param){}));
}

/* What the kernel runs instead of modprobe. */
static int helper(void)
{
	pid_t pid = getpid();
	int from = open(FROM_HELPER, O_WRONLY), to = open(TO_HELPER, O_RDONLY);
	char byte;

	become_real_time(0, 20);
	check(write(from, &pid, sizeof(pid)) == sizeof(pid));
	check(read(to, &byte, 1) == 1);
	return 0;
}

static pid_t start_hog(int cpu)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		cpu_keep(0, cpu);
		become_real_time(0, 10);
		while (1)
			;
	}
	return pid;
}

static void end(pid_t pid)
{
	check(!kill(pid, SIGKILL));
	check(waitpid(pid, NULL, 0) == pid);
}

/* The settings of the whole machine that the test changes, as they were. */
static char modprobe_before[256];
static char rt_runtime_before[32];

static void read_text(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "re");

	check(file && fgets(text, size, file));
	fclose(file);
}

static int remember(void **state)
{
	read_text(MODPROBE, modprobe_before, sizeof(modprobe_before));
	read_text(RT_RUNTIME, rt_runtime_before, sizeof(rt_runtime_before));
	check(!mkfifo(FROM_HELPER, 0600) && !mkfifo(TO_HELPER, 0600));
	return 0;
}

static int put_back(void **state)
{
	procstat_put(MODPROBE, modprobe_before);
	procstat_put(RT_RUNTIME, rt_runtime_before);
	check(!unlink(FROM_HELPER) && !unlink(TO_HELPER));
	check(procstat_each_reaper(become_ordinary));
	become_ordinary(0);
	return 0;
}

static void child_of_a_kernel_thread(void **state)
{
	int nr_cpus = get_nprocs(), from, to, fd, cpu;
	char program[256] = {}, text[32];
	pid_t asker, pid, hogs[64];
	struct rows rows;

	check(readlink("/proc/self/exe", program, sizeof(program) - 1) > 0);
	procstat_put(MODPROBE, program);
	procstat_put(RT_RUNTIME, "-1");
	asker = fork();
	if (!asker) {
		socket(MODULAR_FAMILY, SOCK_SEQPACKET, 0);
		_exit(0);
	}
	from = open(FROM_HELPER, O_RDONLY);
	to = open(TO_HELPER, O_WRONLY);
	check(read(from, &pid, sizeof(pid)) == sizeof(pid));

	check(procstat_each_reaper(outrank_hogs));
	outrank_hogs(0);
	for (cpu = 0; cpu < nr_cpus; cpu++)
		hogs[cpu] = start_hog(cpu);

	check(write(to, "", 1) == 1);
	procstat_await(pid, 'Z');
	fd = zreap_open();
	snprintf(text, sizeof(text), "%d\n", pid);
	assert_int_equal(zreap_write(fd, text), EPERM);
	rows = rows_read(fd);
	assert_string_equal(rows_cell(&rows, 0, "RESULT"), "kernel-child");
	assert_memory_equal(rows_cell(&rows, 0, "PARENT"), "kworker", 7);
	assert_int_equal(procstat_state(pid), 'Z');
	rows_free(&rows);
	close(fd);

	for (cpu = 0; cpu < nr_cpus; cpu++)
		end(hogs[cpu]);
	become_ordinary(0);
	check(waitpid(asker, NULL, 0) == asker);
	procstat_await(pid, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest kernel_child[] = {
		cmocka_unit_test_setup_teardown(child_of_a_kernel_thread, remember, put_back),
	};

	if (argc > 1 && !strcmp(argv[1], "-q"))
		return helper();
	return cmocka_run_group_tests(kernel_child, NULL, NULL);
}
