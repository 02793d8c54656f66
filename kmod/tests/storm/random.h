/* SPDX-License-Identifier: GPL-2.0-only */
/* Seeded random numbers: the same seed, wave and role make the same choices. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

struct random random_of(uint64_t seed, uint64_t wave, uint64_t role);
uint64_t random_next(struct random *random);

/* A number from 0 to below. */
unsigned int random_below(struct random *random, unsigned int below);

/* True once in so many times. */
bool random_once_in(struct random *random, unsigned int times);

/* The numbers from 0 to nr, in any order. */
void random_order(struct random *random, unsigned int *order, unsigned int nr);

#endif
