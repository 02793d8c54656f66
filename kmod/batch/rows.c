// SPDX-License-Identifier: GPL-2.0-only
/* Chunks of rows, found by index. */
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "rows.h"

#define CHUNK_ROWS (PAGE_SIZE / sizeof(struct kept_row))

void rows_init(struct rows *rows, unsigned int most)
{
	xa_init_flags(&rows->chunks, XA_FLAGS_ACCOUNT);
	rows->nr = 0;
	rows->room = 0;
	rows->promised = 0;
	rows->most = most;
}

static void free_chunks(struct rows *rows, unsigned long first)
{
	struct kept_row *chunk;
	unsigned long i;

	xa_for_each_start(&rows->chunks, i, chunk, first) {
		xa_erase(&rows->chunks, i);
		kfree(chunk);
		cond_resched();
	}
}

void rows_clear(struct rows *rows)
{
	/* Most writes are small, and need only the first chunk. */
	free_chunks(rows, 1);
	rows->nr = 0;
	rows->promised = 0;
	rows->room = min(rows->room, (unsigned int)CHUNK_ROWS);
}

void rows_exit(struct rows *rows)
{
	free_chunks(rows, 0);
	/* A store that failed may have left a node without a chunk. */
	xa_destroy(&rows->chunks);
}

static int add_chunk(struct rows *rows)
{
	struct kept_row *chunk = kmalloc_array(CHUNK_ROWS, sizeof(*chunk),
					       GFP_KERNEL_ACCOUNT | __GFP_NOWARN);

	if (!chunk)
		return -ENOMEM;
	if (xa_is_err(xa_store(&rows->chunks, rows->room / CHUNK_ROWS, chunk,
			       GFP_KERNEL_ACCOUNT | __GFP_NOWARN))) {
		kfree(chunk);
		return -ENOMEM;
	}
	rows->room += CHUNK_ROWS;
	return 0;
}

int rows_reserve(struct rows *rows, unsigned int more)
{
	unsigned int nr = rows->nr + rows->promised;
	int err = more > rows->most - nr ? -ENOBUFS : 0;

	while (!err && rows->room - nr < more)
		err = add_chunk(rows);
	return err;
}

int rows_promise(struct rows *rows, unsigned int nr)
{
	int err = rows_reserve(rows, nr);

	if (!err)
		rows->promised = nr;
	return err;
}

void rows_redeem(struct rows *rows, unsigned int nr)
{
	rows->promised -= nr;
}

static struct kept_row *row_at(const struct rows *rows, unsigned long index)
{
	struct kept_row *chunk = xa_load((struct xarray *)&rows->chunks, index / CHUNK_ROWS);

	return &chunk[index % CHUNK_ROWS];
}

void rows_add(struct rows *rows, const struct item *item)
{
	*row_at(rows, rows->nr++) = (struct kept_row){
		.nr = item->nr,
		.outcome = item->outcome,
	};
}

const struct kept_row *rows_get(const struct rows *rows, unsigned long index)
{
	return index < rows->nr ? row_at(rows, index) : NULL;
}
