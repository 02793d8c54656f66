/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's integer types, for the pure sources in user space. */
#ifndef UNIT_LINUX_TYPES_H
#define UNIT_LINUX_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t u32;
typedef uint64_t u64;

#define U64_MAX UINT64_MAX

#endif
