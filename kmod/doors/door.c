// SPDX-License-Identifier: GPL-2.0-only
/* The door for zreap_jiangshi.ko. */
#include <linux/err.h>
#include <linux/module.h>

#include "batch/access.h"
#include "batch/batch.h"
#include "door.h"
#include "run/runner.h"

static int reap_one(const struct opener *opener, struct pid *pid)
{
	const struct order order = { .verb = VERB_REAP };
	struct batch batch;
	int err = batch_begin(&batch, opener, 1, false);

	if (err)
		return err;
	batch_add_pid(&batch, opener, &order, pid);
	err = runner_flush(&batch, NULL);
	if (!err)
		err = batch_errno(&batch);
	runner_end(&batch);
	return err;
}

static int door_reap(const struct file *file, struct pid *pid)
{
	struct opener opener;
	int err = access_open(&opener, file);

	if (err)
		return err;
	err = reap_one(&opener, pid);
	access_close(&opener);
	return err;
}

static const struct door door = {
	.owner = THIS_MODULE,
	.allows_pidns = access_allows_pidns,
	.reap = door_reap,
};

const struct door *zreap_jiangshi_door_v2(void)
{
	return &door;
}
EXPORT_SYMBOL_GPL(zreap_jiangshi_door_v2);
