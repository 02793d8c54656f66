/* SPDX-License-Identifier: GPL-2.0-only */
/* The results that an open file keeps for its reader. */
#ifndef ZREAP_ROWS_H
#define ZREAP_ROWS_H

#include <linux/types.h>
#include <linux/xarray.h>

#include "slice.h"

/* So many rows are kept for a reader outside the initial PID namespace. */
#define ROWS_MOST_OUTSIDE 4096

/**
 * struct kept_row - what a reader can be told of one target
 * @nr: its number as the asker wrote it
 * @outcome: what came of it
 */
struct kept_row {
	pid_t nr;
	struct outcome outcome;
};

/**
 * struct rows - a growing list
 * @chunks: of the memory
 * @nr: how many rows
 * @room: for how many there is memory
 * @most: how many there may be
 * @promised: so many are still to come that rows_promise() has seen to
 */
struct rows {
	struct xarray chunks;
	unsigned int nr;
	unsigned int room;
	unsigned int most;
	unsigned int promised;
};

/**
 * rows_init() - begin an empty list
 * @rows: the list
 * @most: how many rows it may get
 *
 * Context: any.
 */
void rows_init(struct rows *rows, unsigned int most);

/**
 * rows_clear() - drop all rows, and their memory but for the first few
 * @rows: the list
 *
 * Context: process; may sleep.
 */
void rows_clear(struct rows *rows);

/**
 * rows_exit() - drop all rows, and all memory
 * @rows: the list; it is not used again
 *
 * Context: process; may sleep.
 */
void rows_exit(struct rows *rows);

/**
 * rows_promise() - see to it that there is memory for rows that will surely come
 * @rows: empty
 * @nr: how many
 *
 * Context: process; may sleep.
 * Return: as rows_reserve().
 */
int rows_promise(struct rows *rows, unsigned int nr);

/**
 * rows_redeem() - some of the rows that were promised come now
 * @rows: the list
 * @nr: how many
 *
 * Context: process.
 */
void rows_redeem(struct rows *rows, unsigned int nr);

/**
 * rows_reserve() - see to it that there is memory for more rows than were promised
 * @rows: the list
 * @more: how many
 *
 * Context: process; may sleep.
 * Return: 0, -ENOBUFS if there may not be as many, or -ENOMEM.
 */
int rows_reserve(struct rows *rows, unsigned int more);

/**
 * rows_add() - append a row
 * @rows: has the memory
 * @item: settled
 *
 * Context: process.
 */
void rows_add(struct rows *rows, const struct item *item);

/**
 * rows_get() - read a row
 * @rows: the list
 * @index: from 0
 *
 * Context: process; nobody changes the list meanwhile.
 * Return: the row, or NULL behind the last.
 */
const struct kept_row *rows_get(const struct rows *rows, unsigned long index);

#endif
