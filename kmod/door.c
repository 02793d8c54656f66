// SPDX-License-Identifier: GPL-2.0-only
/* The door for zreap_jiangshi.ko. */
#include <linux/err.h>
#include <linux/module.h>

#include "access.h"
#include "batch.h"
#include "door.h"
#include "reaper.h"

static int reap_one(const struct opener *opener, struct pid *pid)
{
	const struct order order = { .verb = VERB_REAP };
	struct batch *batch = batch_new(opener);
	int err;

	if (IS_ERR(batch))
		return PTR_ERR(batch);
	err = batch_add_pid(batch, opener, &order, pid);
	if (!err)
		err = reaper_run(batch);
	if (!err)
		err = batch_errno(batch);
	batch_put(batch);
	return err;
}

int zreap_jiangshi_write_v1(const struct file *file, struct pid *pid)
{
	struct opener opener;
	int err = access_open(&opener, file);

	if (err)
		return err;
	err = reap_one(&opener, pid);
	access_close(&opener);
	return err;
}
EXPORT_SYMBOL_GPL(zreap_jiangshi_write_v1);
