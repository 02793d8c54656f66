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

void rows_trim(struct rows *rows)
{
	/* Most writes are small, and need only the first chunk. */
	unsigned int chunks = max(1U, (unsigned int)DIV_ROUND_UP(rows->nr, CHUNK_ROWS));

	rows->promised = 0;
	free_chunks(rows, chunks);
	rows->room = min(rows->room, chunks * (unsigned int)CHUNK_ROWS);
}

void rows_clear(struct rows *rows)
{
	rows->nr = 0;
	rows_trim(rows);
}

void rows_exit(struct rows *rows)
{
	free_chunks(rows, 0);
	/* A store that failed may have left a node without a chunk. */
	xa_destroy(&rows->chunks);
}

static int add_chunk(struct rows *rows, gfp_t effort)
{
	gfp_t gfp = GFP_KERNEL_ACCOUNT | __GFP_NOWARN | effort;
	struct kept_row *chunk = kmalloc_array(CHUNK_ROWS, sizeof(*chunk), gfp);

	if (!chunk)
		return -ENOMEM;
	if (xa_is_err(xa_store(&rows->chunks, rows->room / CHUNK_ROWS, chunk, gfp))) {
		kfree(chunk);
		return -ENOMEM;
	}
	rows->room += CHUNK_ROWS;
	return 0;
}

static unsigned int rows_used(const struct rows *rows)
{
	return rows->nr + rows->promised;
}

static int grow(struct rows *rows, unsigned int more, gfp_t effort)
{
	int err = 0;

	while (!err && rows->room - rows_used(rows) < more)
		err = add_chunk(rows, effort);
	return err;
}

int rows_reserve(struct rows *rows, unsigned int more)
{
	return more > rows->most - rows_used(rows) ? -ENOBUFS : grow(rows, more, 0);
}

unsigned int rows_expect(struct rows *rows, unsigned int more)
{
	unsigned int left = rows->most - rows_used(rows);

	grow(rows, min(more, left), __GFP_NORETRY);
	return min(left, rows->room - rows_used(rows));
}

int rows_promise(struct rows *rows, unsigned int nr)
{
	int err = rows_reserve(rows, nr);

	if (!err)
		rows->promised = nr;
	return err;
}

static struct kept_row *row_at(const struct rows *rows, unsigned long index)
{
	struct kept_row *chunk = xa_load((struct xarray *)&rows->chunks, index / CHUNK_ROWS);

	return &chunk[index % CHUNK_ROWS];
}

void rows_add(struct rows *rows, const struct item *item)
{
	if (!item->chosen)
		rows->promised--;
	*row_at(rows, rows->nr++) = (struct kept_row){
		.nr = item->nr,
		.outcome = item->outcome,
	};
}

const struct kept_row *rows_get(const struct rows *rows, unsigned long index)
{
	return index < rows->nr ? row_at(rows, index) : NULL;
}
