// SPDX-License-Identifier: Apache-2.0
/*
 * Runs one command in a test guest and carries its input, output and end over a virtio-serial port. It is PID 1, and
 * ends the guest after the command; or it is a service of a guest with systemd, which starts it again for the next one.
 *
 * Frames in both directions: a type byte, a little-endian 32-bit length, that many bytes.
 * From the host: D directory, V variable NAME=VALUE, A argument, T terminal "ROWS COLUMNS" (run on a pseudo-terminal,
 * or its new size), S start, I input (empty: end of input), Q quit. From the guest: R ready, O output, E error output,
 * X end "exit N taint T" or "signal N taint T", F the guest cannot run anything, and why.
 * What a background process prints after the command's end is not waited for.
 *
 * `agent fail` sends its standard input as F and runs nothing.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORTS "/dev/vport*p1"
#define MAX_FRAME (1u << 20)
#define MAX_STRINGS 4096
#define CHUNK 32768

struct frame {
	char type;
	uint32_t length;
	char *data; /* one more byte than length, a NUL */
};

struct command {
	char *directory;
	char *argv[MAX_STRINGS + 1];
	char *environment[MAX_STRINGS + 1];
	int argc, variables;
	bool terminal;
	struct winsize size;
};

struct child {
	pid_t pid;
	bool ended;
	int status;
	int input, output, errors; /* our ends; -1: closed. On a terminal input == output */
	char *pending;		   /* input that the child has not taken yet */
	size_t pending_length, pending_offset;
	bool input_ends; /* close the input once nothing is pending */
};

static int port;

static void write_all(int fd, const void *data, size_t length)
{
	for (const char *p = data; length;) {
		ssize_t n = write(fd, p, length);

		if (n < 0 && errno != EINTR)
			err(1, "write");
		if (n > 0) {
			p += n;
			length -= n;
		}
	}
}

static void read_all(void *data, size_t length)
{
	for (char *p = data; length;) {
		ssize_t n = read(port, p, length);

		if (n == 0)
			errx(1, "the host hung up");
		if (n < 0 && errno != EINTR)
			err(1, "read");
		if (n > 0) {
			p += n;
			length -= n;
		}
	}
}

static void send_frame(char type, const void *data, uint32_t length)
{
	char header[5] = { type, length, length >> 8, length >> 16, length >> 24 };

	write_all(port, header, sizeof(header));
	write_all(port, data, length);
}

static struct frame receive_frame(void)
{
	unsigned char header[5];
	struct frame frame;

	read_all(header, sizeof(header));
	frame.type = header[0];
	frame.length = header[1] | header[2] << 8 | header[3] << 16 | (uint32_t)header[4] << 24;
	if (frame.length > MAX_FRAME)
		errx(1, "frame of %u bytes", frame.length);
	frame.data = malloc(frame.length + 1);
	if (!frame.data)
		err(1, "malloc");
	read_all(frame.data, frame.length);
	frame.data[frame.length] = '\0';
	return frame;
}

/* The driver makes the port some time after it is loaded: watch /dev before looking. */
static void open_port(void)
{
	int watch = inotify_init1(IN_CLOEXEC);
	char event[4096];
	glob_t found;

	if (watch < 0 || inotify_add_watch(watch, "/dev", IN_CREATE) < 0)
		err(1, "inotify");
	while (glob(PORTS, 0, NULL, &found))
		if (read(watch, event, sizeof(event)) < 0)
			err(1, "inotify");
	port = open(found.gl_pathv[0], O_RDWR | O_CLOEXEC);
	if (port < 0)
		err(1, "%s", found.gl_pathv[0]);
	globfree(&found);
	close(watch);
	/* Blocks until the host is there; only then does a read tell waiting from hung up. */
	send_frame('R', "", 0);
}

static void parse_size(const struct frame *frame, struct winsize *size)
{
	if (sscanf(frame->data, "%hu %hu", &size->ws_row, &size->ws_col) != 2)
		errx(1, "bad terminal size");
}

static void append(char **list, int *count, char *string)
{
	if (*count == MAX_STRINGS)
		errx(1, "more than %d arguments or variables", MAX_STRINGS);
	list[(*count)++] = string;
}

static void receive_command(struct command *command)
{
	for (;;) {
		struct frame frame = receive_frame();

		switch (frame.type) {
		case 'D':
			command->directory = frame.data;
			break;
		case 'V':
			append(command->environment, &command->variables, frame.data);
			break;
		case 'A':
			append(command->argv, &command->argc, frame.data);
			break;
		case 'T':
			command->terminal = true;
			parse_size(&frame, &command->size);
			break;
		case 'S':
			return;
		default:
			errx(1, "frame %c before the start", frame.type);
		}
	}
}

static void become_command(const struct command *command, int input, int output, int errors)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setsid();
	dup2(input, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(errors, STDERR_FILENO);
	if (command->terminal)
		ioctl(STDIN_FILENO, TIOCSCTTY, 0);
	environ = (char **)command->environment;
	if (chdir(command->directory)) {
		warn("%s", command->directory);
		_exit(126);
	}
	execvp(command->argv[0], command->argv);
	warn("%s", command->argv[0]);
	_exit(errno == ENOENT ? 127 : 126);
}

static void make_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC))
		err(1, "pipe");
}

static void start(const struct command *command, struct child *child)
{
	int input[2], output[2], errors[2] = { -1, -1 };

	if (command->terminal) {
		input[1] = output[0] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
		if (input[1] < 0 || grantpt(input[1]) || unlockpt(input[1]))
			err(1, "pseudo-terminal");
		ioctl(input[1], TIOCSWINSZ, &command->size);
		input[0] = output[1] = open(ptsname(input[1]), O_RDWR | O_NOCTTY | O_CLOEXEC);
		if (input[0] < 0)
			err(1, "pseudo-terminal");
	} else {
		make_pipe(input);
		make_pipe(output);
		make_pipe(errors);
	}
	child->pid = fork();
	if (child->pid < 0)
		err(1, "fork");
	if (!child->pid)
		become_command(command, input[0], output[1], command->terminal ? output[1] : errors[1]);
	close(input[0]);
	if (!command->terminal) {
		close(output[1]);
		close(errors[1]);
	}
	child->input = input[1];
	child->output = output[0];
	child->errors = errors[0];
	fcntl(child->input, F_SETFL, fcntl(child->input, F_GETFL) | O_NONBLOCK);
}

/* As init, reap every orphan; the command's own end is what we wait for. */
static void reap(struct child *child)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == child->pid) {
			child->ended = true;
			child->status = status;
		}
}

static void give_input(struct child *child)
{
	ssize_t n = 0;

	if (child->pending) {
		n = write(child->input, child->pending + child->pending_offset,
			  child->pending_length - child->pending_offset);
		if (n < 0 && errno == EAGAIN)
			return;
		child->pending_offset += n < 0 ? 0 : n;
		if (n >= 0 && child->pending_offset < child->pending_length)
			return;
		free(child->pending);
		child->pending = NULL;
	}
	if (child->input_ends || n < 0) {
		if (child->input != child->output)
			close(child->input);
		child->input = -1;
	}
}

static void take_frame(struct child *child, bool terminal)
{
	struct frame frame = receive_frame();

	if (frame.type == 'T') {
		struct winsize size = { 0 };

		parse_size(&frame, &size);
		ioctl(child->output, TIOCSWINSZ, &size);
	} else if (frame.type == 'I' && child->input >= 0) {
		if (frame.length) {
			child->pending = frame.data;
			child->pending_length = frame.length;
			child->pending_offset = 0;
			frame.data = NULL;
		} else if (!terminal) {
			child->input_ends = true;
		}
	}
	free(frame.data);
}

static void pass_output(int *fd, char type)
{
	char buffer[CHUNK];
	ssize_t n = read(*fd, buffer, sizeof(buffer));

	if (n > 0) {
		send_frame(type, buffer, n);
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		close(*fd);
		*fd = -1;
	}
}

/* Passes on what the command has left in a pipe, and not what a background process goes on to write. */
static void drain(int *fd, char type)
{
	char buffer[CHUNK];
	int left;

	if (*fd < 0 || ioctl(*fd, FIONREAD, &left))
		return;
	while (left > 0) {
		ssize_t n = read(*fd, buffer, left < CHUNK ? left : CHUNK);

		if (n <= 0)
			return;
		send_frame(type, buffer, n);
		left -= n;
	}
}

static void relay(struct child *child, bool terminal, int signals)
{
	struct signalfd_siginfo info;

	while (!child->ended) {
		bool writing = child->input >= 0 && (child->pending || child->input_ends);
		struct pollfd fds[] = {
			{ .fd = signals, .events = POLLIN },
			{ .fd = writing ? -1 : port, .events = POLLIN },
			{ .fd = writing ? child->input : -1, .events = POLLOUT },
			{ .fd = child->output, .events = POLLIN },
			{ .fd = child->errors, .events = POLLIN },
		};

		if (poll(fds, 5, -1) < 0 && errno != EINTR)
			err(1, "poll");
		if (fds[1].revents)
			take_frame(child, terminal);
		if (fds[2].revents)
			give_input(child);
		if (fds[3].revents)
			pass_output(&child->output, 'O');
		if (fds[4].revents)
			pass_output(&child->errors, 'E');
		if (fds[0].revents && read(signals, &info, sizeof(info)) > 0)
			reap(child);
	}
	drain(&child->output, 'O');
	drain(&child->errors, 'E');
}

static void report_end(int status)
{
	char text[64], taint[32] = "0";
	int fd = open("/proc/sys/kernel/tainted", O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && read(fd, taint, sizeof(taint) - 1) > 0)
		taint[strcspn(taint, "\n")] = '\0';
	if (WIFEXITED(status))
		snprintf(text, sizeof(text), "exit %d taint %s", WEXITSTATUS(status), taint);
	else
		snprintf(text, sizeof(text), "signal %d taint %s", WTERMSIG(status), taint);
	send_frame('X', text, strlen(text));
}

/* The host answers Q to the last frame, so that none is lost in a queue when the machine stops. */
static void quit(void)
{
	while (receive_frame().type != 'Q')
		;
	if (getpid() == 1)
		reboot(RB_AUTOBOOT);
	exit(0);
}

int main(int argc, char **argv)
{
	static struct command command;
	struct child child = { 0 };
	sigset_t blocked;
	int signals;

	open_port();
	if (argc == 2 && !strcmp(argv[1], "fail")) {
		char text[CHUNK];

		send_frame('F', text, fread(text, 1, sizeof(text), stdin));
		quit();
	}
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	signals = signalfd(-1, &blocked, SFD_CLOEXEC);
	if (signals < 0)
		err(1, "signalfd");
	signal(SIGPIPE, SIG_IGN);
	receive_command(&command);
	start(&command, &child);
	relay(&child, command.terminal, signals);
	report_end(child.status);
	quit();
}
