/* SPDX-License-Identifier: GPL-2.0-only */
/* The results that an open file keeps for its reader. */
#ifndef ZREAP_ROWS_H
#define ZREAP_ROWS_H

#include <linux/types.h>
#include <linux/xarray.h>

#include "slice.h"

/* The most rows that a reader outside the initial PID namespace may have. */
#define ROWS_MOST_OUTSIDE 4096

/**
 * struct kept_row - what a reader may learn of one target
 * @nr: its number as the asker wrote it
 * @outcome: its result
 */
struct kept_row {
	pid_t nr;
	struct outcome outcome;
};

/**
 * struct rows - a growing list
 * @chunks: the memory, in pieces
 * @nr: how many rows it has
 * @room: for how many rows there is memory
 * @most: how many rows it may have
 * @promised: how many of the rows of rows_promise() have not come yet
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
 * rows_promise() - get memory for the rows of listed targets
 * @rows: empty
 * @nr: how many
 *
 * Context: process; may sleep.
 * Return: as rows_reserve().
 */
int rows_promise(struct rows *rows, unsigned int nr);

/**
 * rows_reserve() - get memory for more rows than were promised
 * @rows: the list
 * @more: how many
 *
 * Context: process; may sleep.
 * Return: 0, -ENOBUFS if the list may not have so many, or -ENOMEM.
 */
int rows_reserve(struct rows *rows, unsigned int more);

/**
 * rows_expect() - get memory for rows that may come, if there is some
 * @rows: the list
 * @more: how many, beyond those that were promised
 *
 * Context: process; may sleep.
 * Return: for how many more rows there is memory now, beyond those that were promised. It may
 * be more or less than @more, but never more than the list may have.
 */
unsigned int rows_expect(struct rows *rows, unsigned int more);

/**
 * rows_trim() - drop promised rows, and the memory that no row uses, but for the first few
 * @rows: the list
 *
 * Context: process; may sleep.
 */
void rows_trim(struct rows *rows);

/**
 * rows_add() - append a row
 * @rows: has memory for it
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
 * Context: process; the list does not change meanwhile.
 * Return: the row, or NULL behind the last.
 */
const struct kept_row *rows_get(const struct rows *rows, unsigned long index);

#endif
