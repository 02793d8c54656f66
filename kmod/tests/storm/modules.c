// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "modules.h"

#include <sys/syscall.h>
#include <unistd.h>

#include "../guest/check.h"

int module_open(const char *name)
{
	char command[64], path[512];
	FILE *modinfo;
	int file;

	snprintf(command, sizeof(command), "modinfo -n %s", name);
	modinfo = popen(command, "re");
	check(modinfo && fgets(path, sizeof(path), modinfo));
	pclose(modinfo);
	path[strcspn(path, "\n")] = '\0';
	file = open(path, O_RDONLY | O_CLOEXEC);
	check(file >= 0);
	return file;
}

int module_load(int file)
{
	return syscall(SYS_finit_module, file, "", 0) ? errno : 0;
}

int module_unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? errno : 0;
}
