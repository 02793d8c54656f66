// SPDX-License-Identifier: GPL-2.0-only
#include "rest.h"

#include <unistd.h>

#include "../guest/check.h"

/* A process whose main thread is gone has no /proc/self/exe any more. */
static char path[512];

void rest_init(void)
{
	check(readlink("/proc/self/exe", path, sizeof(path) - 1) > 0);
}

void rest_exec(unsigned int ms, unsigned int code)
{
	char ms_text[16], code_text[16];

	snprintf(ms_text, sizeof(ms_text), "%u", ms);
	snprintf(code_text, sizeof(code_text), "%u", code);
	execl(path, "storm", REST_OPTION, ms_text, code_text, NULL);
	check(!"exec");
	_exit(99);
}

int rest_main(char **arguments)
{
	usleep(1000 * atoi(arguments[0]));
	return atoi(arguments[1]);
}
