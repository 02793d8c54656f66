/* SPDX-License-Identifier: GPL-2.0-only */
/* A program to exec: this one, with an option by which it rests for a while and exits. */
#ifndef REST_H
#define REST_H

#define REST_OPTION "--rest"

/* Call it once, before any process becomes the program. */
void rest_init(void);

/* Become it, for so many milliseconds, then to exit with a code. */
void rest_exec(unsigned int ms, unsigned int code) __attribute__((noreturn));

/* Its main(), behind the option. */
int rest_main(char **arguments);

#endif
