/* SPDX-License-Identifier: GPL-2.0-only */
/* A macro's value as a string, for the pure sources in user space. */
#ifndef UNIT_LINUX_STRINGIFY_H
#define UNIT_LINUX_STRINGIFY_H

#define __stringify_1(...) #__VA_ARGS__
#define __stringify(...) __stringify_1(__VA_ARGS__)

#endif
