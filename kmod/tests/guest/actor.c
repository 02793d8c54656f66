// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "actor.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "cpu.h"
#include "procstat.h"

struct call {
	scene play;
	long argument;
};

struct answer {
	long value;
	int error;
};

static void act(int calls, int answers)
{
	struct call call;

	while (read(calls, &call, sizeof(call)) == sizeof(call)) {
		struct answer answer = {};

		errno = 0;
		answer.value = call.play(call.argument);
		answer.error = errno;
		check(write(answers, &answer, sizeof(answer)) == sizeof(answer));
	}
	_exit(0);
}

static void map_ids(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/uid_map", pid);
	procstat_put(path, "0 100000 1000");
	snprintf(path, sizeof(path), "/proc/%d/gid_map", pid);
	procstat_put(path, "0 100000 1000");
}

struct actor actor_start_in(int flags)
{
	struct actor actor;
	int calls[2], answers[2];

	check(!pipe2(calls, O_CLOEXEC) && !pipe2(answers, O_CLOEXEC));
	actor.pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
	check(actor.pid >= 0);
	if (!actor.pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(calls[1]);
		close(answers[0]);
		act(calls[0], answers[1]);
	}
	if (flags & CLONE_NEWUSER)
		map_ids(actor.pid);
	close(calls[0]);
	close(answers[1]);
	actor.calls = calls[1];
	actor.answers = answers[0];
	return actor;
}

struct actor actor_start(void)
{
	return actor_start_in(0);
}

void actor_end(struct actor *actor)
{
	check(!kill(actor->pid, SIGKILL));
	check(waitpid(actor->pid, NULL, 0) == actor->pid);
	close(actor->calls);
	close(actor->answers);
}

void actor_begin(struct actor *actor, scene play, long argument)
{
	struct call call = { play, argument };

	check(write(actor->calls, &call, sizeof(call)) == sizeof(call));
}

long actor_answer(struct actor *actor)
{
	struct answer answer;

	check(read(actor->answers, &answer, sizeof(answer)) == sizeof(answer));
	errno = answer.error;
	return answer.value;
}

long actor_play(struct actor *actor, scene play, long argument)
{
	actor_begin(actor, play, argument);
	return actor_answer(actor);
}

pid_t fork_numbered(pid_t pid)
{
	struct clone_args args = { .exit_signal = SIGCHLD, .set_tid = (uintptr_t)&pid, .set_tid_size = 1 };

	return syscall(SYS_clone3, &args, sizeof(args));
}

static void *tell_number_and_sleep(void *tid)
{
	*(atomic_int *)tid = syscall(SYS_gettid);
	while (1)
		pause();
	return NULL;
}

pid_t start_sleeping_thread(pthread_t *id)
{
	static atomic_int tid;

	tid = 0;
	check(!pthread_create(id, NULL, tell_number_and_sleep, &tid));
	while (!tid)
		sched_yield();
	return tid;
}

long start_threads(long nr)
{
	pthread_t id;

	while (nr--)
		start_sleeping_thread(&id);
	return 0;
}

pid_t await_zombie_child(pid_t pid)
{
	siginfo_t info;

	check(pid > 0);
	check(!waitid(P_PID, pid, &info, WEXITED | WNOWAIT | __WALL));
	return pid;
}

long make_zombie(long exit_code)
{
	pid_t pid = fork();

	if (!pid)
		_exit(exit_code);
	return await_zombie_child(pid);
}

long make_numbered_zombie(long wanted)
{
	pid_t pid = fork_numbered(wanted);

	if (!pid)
		_exit(0);
	return await_zombie_child(pid);
}

long make_killed_zombie(long by)
{
	pid_t pid = fork();

	if (!pid) {
		/* cmocka catches some. */
		signal(by, SIG_DFL);
		setrlimit(RLIMIT_CORE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
		kill(getpid(), by);
		pause();
	}
	return await_zombie_child(pid);
}

long make_silent_zombie(long exit_code)
{
	pid_t pid = syscall(SYS_clone, 0, 0, 0, 0, 0);

	if (!pid)
		_exit(exit_code);
	return await_zombie_child(pid);
}

long make_session_zombie(long exit_code)
{
	pid_t pid = fork();

	if (!pid) {
		setsid();
		_exit(exit_code);
	}
	return await_zombie_child(pid);
}

long make_vfork_zombie(long exit_code)
{
	pid_t pid = vfork();

	if (!pid)
		_exit(exit_code);
	return await_zombie_child(pid);
}

long make_busy_zombie(long milliseconds)
{
	pid_t pid = fork();

	if (!pid) {
		struct rusage usage;

		check(mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0) != MAP_FAILED);
		do
			getrusage(RUSAGE_SELF, &usage);
		while (usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000 < milliseconds);
		_exit(0);
	}
	return await_zombie_child(pid);
}

static int end_at_once(void *unused)
{
	_exit(7);
}

/*
 * They share the memory of their maker, which goes on when they have ended; on its CPU, since
 * to wait for another one takes long where the machine lets the guest's CPUs wait.
 */
long make_zombie_crowd(long nr)
{
	static char stack[8192] __attribute__((aligned(16)));
	cpu_set_t before;
	pid_t pid = 0;

	check(!sched_getaffinity(0, sizeof(before), &before));
	cpu_keep(0, sched_getcpu());
	while (nr--) {
		pid = clone(end_at_once, stack + sizeof(stack), CLONE_VM | CLONE_VFORK | SIGCHLD, NULL);
		check(pid > 0);
	}
	check(!sched_setaffinity(0, sizeof(before), &before));
	return await_zombie_child(pid);
}

static int sleep_for_ever(void *unused)
{
	while (1)
		pause();
	return 0;
}

long make_sleeper_crowd(long nr)
{
	static char stack[4096] __attribute__((aligned(16)));
	pid_t pid = 0;

	while (nr--) {
		pid = clone(sleep_for_ever, stack + sizeof(stack), CLONE_VM | CLONE_FS | CLONE_FILES | SIGCHLD, NULL);
		check(pid > 0);
	}
	return pid;
}

void tasks_unlimited(void)
{
	const struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };

	procstat_put("/proc/sys/kernel/pid_max", "4194304");
	procstat_put("/proc/sys/kernel/threads-max", "1000000");
	check(!setrlimit(RLIMIT_NPROC, &unlimited));
}

long make_sleeper(long unused)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (1)
			pause();
	}
	procstat_await(pid, 'S');
	return pid;
}

long end_sleeper(long pid)
{
	check(!kill(pid, SIGKILL));
	return waitpid(pid, NULL, 0);
}

long wait_for(long pid)
{
	int status;

	return waitpid(pid, &status, __WALL) < 0 ? -1 : status;
}

long wait_for_any(long unused)
{
	return waitpid(-1, NULL, WNOHANG | __WALL);
}

long become_nobody(long unused)
{
	return setgid(65534) || setuid(65534);
}

long become_root_inside(long unused)
{
	return setresgid(0, 0, 0) || setresuid(0, 0, 0);
}

long drop_cap_kill(long unused)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	check(!syscall(SYS_capget, &header, data));
	data[0].effective &= ~(1U << CAP_KILL);
	data[0].permitted &= ~(1U << CAP_KILL);
	return syscall(SYS_capset, &header, data);
}

static struct actor inner;

long start_inner(long unused)
{
	inner = actor_start();
	return inner.pid;
}

long make_inner_zombie(long exit_code)
{
	return actor_play(&inner, make_zombie, exit_code);
}
