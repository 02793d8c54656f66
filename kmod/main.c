// SPDX-License-Identifier: GPL-2.0-only
/* zreap: removes zombies whose parent lives on and does not wait for them. */
#include <linux/init.h>
#include <linux/module.h>

#include "doors/genl.h"
#include "doors/proc_recent.h"
#include "doors/proc_zreap.h"
#include "doors/sysfs.h"
#include "kernel/ksyms.h"
#include "kernel/sight.h"
#include "record/log.h"
#include "record/recent.h"
#include "run/reaper.h"

static int __init zreap_init(void)
{
	int err;

	err = ksyms_resolve();
	if (err)
		return err;
	err = recent_init();
	if (err)
		return err;
	err = log_start();
	if (err)
		goto exit_recent;
	err = reaper_start();
	if (err)
		goto stop_log;
	err = sysfs_publish();
	if (err)
		goto stop_reaper;
	err = proc_recent_publish();
	if (err)
		goto retract_sysfs;
	err = proc_zreap_publish();
	if (err)
		goto retract_recent;
	genl_publish();
	return 0;

retract_recent:
	proc_recent_retract();
retract_sysfs:
	sysfs_retract();
stop_reaper:
	reaper_stop();
stop_log:
	log_stop();
exit_recent:
	recent_exit();
	return err;
}

static void __exit zreap_exit(void)
{
	genl_retract();
	proc_zreap_retract();
	proc_recent_retract();
	sysfs_retract();
	reaper_stop();
	log_stop();
	recent_exit();
	sight_exit();
}

module_init(zreap_init);
module_exit(zreap_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Reaps zombies whose parent lives on and does not wait: echo PID > /proc/zreap");
MODULE_AUTHOR("The zreap developers");
MODULE_VERSION(ZREAP_VERSION);
