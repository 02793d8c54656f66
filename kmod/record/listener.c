// SPDX-License-Identifier: GPL-2.0-only
/* One listener: netlink. */
#include <linux/mutex.h>

#include "listener.h"

static DEFINE_MUTEX(listener_lock); /* protects listener, also while it is called */
static void (*listener)(const struct record *record);

void listener_set(void (*hear)(const struct record *record))
{
	mutex_lock(&listener_lock);
	listener = hear;
	mutex_unlock(&listener_lock);
}

void listener_tell(const struct record *record)
{
	mutex_lock(&listener_lock);
	if (listener)
		listener(record);
	mutex_unlock(&listener_lock);
}
