// SPDX-License-Identifier: GPL-2.0-only
/* One listener: netlink. */
#include <linux/rwsem.h>

#include "listener.h"

static DECLARE_RWSEM(listener_lock); /* protects listener, also while it is called */
static void (*listener)(const struct record *record);

void listener_set(void (*hear)(const struct record *record))
{
	down_write(&listener_lock);
	listener = hear;
	up_write(&listener_lock);
}

void listener_tell(const struct record *record)
{
	down_read(&listener_lock);
	if (listener)
		listener(record);
	up_read(&listener_lock);
}
