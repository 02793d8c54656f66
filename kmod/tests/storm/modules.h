/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads and unloads modules as modprobe does, without the time that it takes to start modprobe. */
#ifndef MODULES_H
#define MODULES_H

/* The file of an installed module, open. */
int module_open(const char *name);

/* 0, or the errno. */
int module_load(int file);
int module_unload(const char *name);

#endif
