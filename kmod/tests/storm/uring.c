// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "uring.h"

#include <linux/io_uring.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/check.h"

/* IORING_OP_WAITID, newer than some headers. */
#define OP_WAITID 50

static struct {
	int fd;
	pid_t owner;
	_Atomic uint32_t *tail;
	_Atomic uint32_t *done_head;
	uint32_t mask, done_mask;
	uint32_t *array;
	struct io_uring_sqe *entries;
	struct io_uring_cqe *done;
} ring = { .fd = -1 };

static void *map(size_t bytes, off_t what)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring.fd, what);

	check(memory != MAP_FAILED);
	return memory;
}

static int open_ring(void)
{
	struct io_uring_params params = {};
	char *queue, *done;

	ring.fd = syscall(SYS_io_uring_setup, 1, &params);
	if (ring.fd < 0)
		return -1;
	queue = map(params.sq_off.array + params.sq_entries * sizeof(uint32_t), IORING_OFF_SQ_RING);
	done = map(params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe), IORING_OFF_CQ_RING);
	ring.entries = map(params.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
	ring.tail = (void *)(queue + params.sq_off.tail);
	ring.mask = *(uint32_t *)(queue + params.sq_off.ring_mask);
	ring.array = (void *)(queue + params.sq_off.array);
	ring.done_head = (void *)(done + params.cq_off.head);
	ring.done_mask = *(uint32_t *)(done + params.cq_off.ring_mask);
	ring.done = (void *)(done + params.cq_off.cqes);
	ring.owner = getpid();
	return 0;
}

int uring_waitid(siginfo_t *info)
{
	uint32_t slot, head;
	int result;

	if (ring.owner != getpid() && open_ring())
		return -1;
	slot = *ring.tail & ring.mask;
	ring.entries[slot] = (struct io_uring_sqe){
		.opcode = OP_WAITID,
		.len = P_ALL,
		.file_index = WEXITED,
		.addr2 = (uintptr_t)info,
	};
	ring.array[slot] = slot;
	++*ring.tail;
	while (syscall(SYS_io_uring_enter, ring.fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		check(errno == EINTR);
	head = *ring.done_head;
	result = ring.done[head & ring.done_mask].res;
	*ring.done_head = head + 1;
	errno = -result;
	return result < 0 ? -1 : 0;
}

/* Without children it ends with ECHILD; where it is not known, with EINVAL. */
bool uring_has_waitid(void)
{
	siginfo_t info;

	return uring_waitid(&info) && errno == ECHILD;
}
