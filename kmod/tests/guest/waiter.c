// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "waiter.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "actor.h"
#include "check.h"
#include "procstat.h"

/* Where waiters and their children read; shells know numbers of one digit only. */
#define DEEP_GATE 8
#define GATE 9

/* Where the test writes. */
static int gate, deep_gate;

/* Shared with the waiters: the child of the round. */
static _Atomic pid_t *child;

/* Out of the way of the gates. */
static int move_up(int fd)
{
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, GATE + 1);

	check(moved > GATE && !close(fd));
	return moved;
}

/* A pipe, read by this number; gives its other end. */
static int open_pipe(int number)
{
	int ends[2], from;

	check(!pipe2(ends, O_CLOEXEC));
	from = move_up(ends[0]);
	ends[1] = move_up(ends[1]);
	check(dup2(from, number) == number && !close(from));
	return ends[1];
}

void waiter_init(void)
{
	check(fcntl(GATE, F_GETFD) < 0 && fcntl(DEEP_GATE, F_GETFD) < 0);
	gate = open_pipe(GATE);
	deep_gate = open_pipe(DEEP_GATE);
	child = mmap(NULL, sizeof(*child), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(child != MAP_FAILED);
}

static void pass(int number)
{
	char byte;

	check(read(number, &byte, 1) == 1);
}

static pid_t child_at_gate(int code)
{
	pid_t pid = fork();

	check(pid >= 0);
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pass(GATE);
		_exit(code);
	}
	*child = pid;
	return pid;
}

static int code_of(pid_t waited, int status)
{
	if (waited < 0) {
		check(errno == ECHILD);
		return -1;
	}
	check(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int wait_plainly(int code)
{
	pid_t pid = child_at_gate(code);
	int status;

	pid = waitpid(pid, &status, 0);
	return code_of(pid, status);
}

static volatile sig_atomic_t handled;
static int handled_code;

/* Told that there is one: it may block, by all that it knows. */
static void wait_in_handler(int signal)
{
	int status;
	pid_t pid = waitpid(-1, &status, 0);

	handled_code = code_of(pid, status);
	handled = true;
}

/* With another child, so that a wait that finds nothing sleeps. */
static int wait_by_handler(int code)
{
	pid_t other = fork();
	int status;

	if (!other) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (true)
			pause();
	}
	handled = false;
	check(signal(SIGCHLD, wait_in_handler) != SIG_ERR);
	child_at_gate(code);
	while (!handled)
		usleep(1000);
	check(signal(SIGCHLD, SIG_DFL) != SIG_ERR);
	check(!kill(other, SIGKILL) && waitpid(other, &status, 0) == other);
	return handled_code;
}

static void do_nothing(int signal)
{
}

/* As daemons do: the signal is blocked but for the moment of sigsuspend(). */
static int wait_by_sigsuspend(int code)
{
	sigset_t blocked, before;
	int status = 0;
	pid_t pid;

	check(signal(SIGCHLD, do_nothing) != SIG_ERR);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	check(!sigprocmask(SIG_BLOCK, &blocked, &before));
	child_at_gate(code);
	while (!(pid = waitpid(-1, &status, WNOHANG)))
		sigsuspend(&before);
	check(!sigprocmask(SIG_SETMASK, &before, NULL));
	return code_of(pid, status);
}

static int wait_by_polling(int code)
{
	int status = 0;
	pid_t pid;

	child_at_gate(code);
	while (!(pid = waitpid(-1, &status, WNOHANG)))
		usleep(1000);
	return code_of(pid, status);
}

static void *wait_in_thread(void *code)
{
	*(int *)code = wait_plainly(*(int *)code);
	return NULL;
}

static int wait_by_thread(int code)
{
	pthread_t waiter, sleeper;

	start_sleeping_thread(&sleeper);
	check(!pthread_create(&waiter, NULL, wait_in_thread, &code));
	check(!pthread_join(waiter, NULL));
	check(!pthread_cancel(sleeper) && !pthread_join(sleeper, NULL));
	return code;
}

/* It sleeps until a second child execs or exits, and waits then. */
static int wait_after_vfork(int code)
{
	pid_t pid = child_at_gate(code), second;
	int status;

	second = vfork();
	if (!second) {
		char byte;

		_exit(read(DEEP_GATE, &byte, 1) != 1);
	}
	check(waitpid(second, &status, 0) == second && !status);
	pid = waitpid(pid, &status, 0);
	return code_of(pid, status);
}

static const char *const python[] = {
	"/usr/bin/python3", "-c",
	"import subprocess, sys\n"
	"print(0, flush=True)\n"
	"for code in sys.stdin:\n"
	"    child = subprocess.Popen(['sh', '-c', 'read -r _ <&9; exit ' + code], close_fds=False)\n"
	"    print(child.wait(), flush=True)\n",
	NULL
};

static const char *const dash[] = {
	"dash", "-c", "echo 0; while read -r code; do x=$(read -r _ <&9; exit \"$code\"); echo $?; done", NULL
};

const struct waiter waiters[] = {
	{ "a blocking waitpid in a handler", .play = wait_by_handler },
	{ "a sigsuspend loop", .play = wait_by_sigsuspend },
	{ "a polling loop", .play = wait_by_polling },
	{ "a thread that waits", .play = wait_by_thread },
	{ "a wait after vfork", .play = wait_after_vfork, .deep = true },
	{ "Python's Popen.wait()", .program = python },
	{ "a command substitution", .program = dash },
};

const size_t nr_waiters = sizeof(waiters) / sizeof(*waiters);

static void play_rounds(const struct waiter *waiter)
{
	int code, got = 0;

	do {
		printf("%d\n", got);
		fflush(stdout);
		if (scanf("%d", &code) != 1)
			_exit(0);
		got = waiter->play(code);
	} while (true);
}

struct waiting waiter_start(const struct waiter *waiter)
{
	struct waiting waiting = { .waiter = waiter };
	int codes[2], said[2];

	check(!pipe2(codes, O_CLOEXEC) && !pipe2(said, O_CLOEXEC));
	fflush(stdout);
	waiting.pid = fork();
	check(waiting.pid >= 0);
	if (!waiting.pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		check(!setpgid(0, 0));
		check(dup2(codes[0], STDIN_FILENO) >= 0 && dup2(said[1], STDOUT_FILENO) >= 0);
		close(codes[1]);
		close(said[0]);
		if (!waiter->program)
			play_rounds(waiter);
		execvp(waiter->program[0], (char *const *)waiter->program);
		check(!"exec");
	}
	close(codes[0]);
	close(said[1]);
	waiting.codes = codes[1];
	waiting.said = said[0];
	/* It is up: from now on its children are those of its rounds. */
	check(!waiter_answer(&waiting));
	return waiting;
}

void waiter_end(struct waiting *waiting)
{
	check(!kill(waiting->pid, SIGKILL));
	check(waitpid(waiting->pid, NULL, 0) == waiting->pid);
	close(waiting->codes);
	close(waiting->said);
}

/* A program does not say which child it has: it has only one. */
static pid_t find_child(pid_t parent)
{
	pid_t pid;

	check_soon((pid = procstat_child(parent)));
	return pid;
}

pid_t waiter_begin(struct waiting *waiting, int code)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d\n", code);

	*child = 0;
	check(write(waiting->codes, text, len) == len);
	if (waiting->waiter->program) {
		waiting->child = find_child(waiting->pid);
	} else {
		check_soon(*child);
		waiting->child = *child;
	}
	procstat_await(waiting->child, 'S');
	procstat_await(waiting->pid, waiting->waiter->deep ? 'D' : 'S');
	return waiting->child;
}

void waiter_open_gate(const struct waiting *waiting)
{
	check(write(gate, "\n", 1) == 1);
	procstat_await(waiting->child, 'Z');
}

void waiter_go_on(const struct waiting *waiting)
{
	check(!waiting->waiter->deep || write(deep_gate, "\n", 1) == 1);
}

int waiter_answer(const struct waiting *waiting)
{
	char text[16] = "";
	size_t len = 0;

	do {
		check(len < sizeof(text) - 1 && read(waiting->said, text + len, 1) == 1);
	} while (text[len++] != '\n');
	return atoi(text);
}
