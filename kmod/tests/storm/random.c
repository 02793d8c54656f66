// SPDX-License-Identifier: GPL-2.0-only
/* xorshift64*. splitmix64 makes its first state of seed, wave and role. */
#include "random.h"

static uint64_t mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

struct random random_of(uint64_t seed, uint64_t wave, uint64_t role)
{
	uint64_t state = mix(mix(mix(seed) + wave) + role);

	return (struct random){ state ? state : 1 };
}

uint64_t random_next(struct random *random)
{
	random->state ^= random->state >> 12;
	random->state ^= random->state << 25;
	random->state ^= random->state >> 27;
	return random->state * 0x2545f4914f6cdd1d;
}

unsigned int random_below(struct random *random, unsigned int below)
{
	return (random_next(random) >> 32) % below;
}

bool random_once_in(struct random *random, unsigned int times)
{
	return !random_below(random, times);
}

void random_order(struct random *random, unsigned int *order, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		unsigned int j = random_below(random, i + 1);

		order[i] = order[j];
		order[j] = i;
	}
}
