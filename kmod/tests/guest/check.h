/* SPDX-License-Identifier: GPL-2.0-only */
/* Checks of what a test needs to go on at all. It asserts its own subject with cmocka. */
#ifndef CHECK_H
#define CHECK_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* End the process, loudly, unless the condition holds. */
#define check(condition)							\
	do {									\
		if (!(condition)) {						\
			fprintf(stderr, "%s:%d: not so: %s (%s)\n", __FILE__,	\
				__LINE__, #condition, strerror(errno));		\
			exit(99);						\
		}								\
	} while (0)

/* Wait for a condition; if it does not hold within a minute, end the process, loudly. */
#define check_soon(condition)							\
	do {									\
		time_t deadline_ = time(NULL) + 60;				\
										\
		while (!(condition)) {						\
			if (time(NULL) >= deadline_) {				\
				fprintf(stderr, "%s:%d: never so: %s\n", __FILE__, \
					__LINE__, #condition);			\
				exit(99);					\
			}							\
			usleep(1000);						\
		}								\
	} while (0)

#endif
