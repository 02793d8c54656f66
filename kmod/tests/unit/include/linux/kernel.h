/* SPDX-License-Identifier: GPL-2.0-only */
/* scnprintf(), min() and ARRAY_SIZE(), for the pure sources in user space. */
#ifndef UNIT_LINUX_KERNEL_H
#define UNIT_LINUX_KERNEL_H

#include <stdarg.h>
#include <stdio.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof(*(array)))
#define min(a, b) ((a) < (b) ? (a) : (b))

__attribute__((format(printf, 3, 4)))
static inline int scnprintf(char *buf, size_t size, const char *format, ...)
{
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vsnprintf(buf, size, format, arguments);
	va_end(arguments);
	if (!size)
		return 0;
	return (size_t)len < size ? len : (int)size - 1;
}

#endif
