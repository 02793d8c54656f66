// SPDX-License-Identifier: GPL-2.0-only
/* For the tests of the harness: makes the guest's kernel do what a broken module would make it do. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/smp.h>

static char *kind = "";
module_param(kind, charp, 0444);
MODULE_PARM_DESC(kind, "talk, refuse, warn, oops, bug, hang, stuck (in D state) or spin (a soft lockup)");

static int *volatile nowhere;

static void hang_cpu(void *unused)
{
	local_irq_disable();
	for (;;)
		cpu_relax();
}

static int __init fault_init(void)
{
	static DECLARE_COMPLETION(never);

	if (!strcmp(kind, "talk")) {
		pr_info("BUG: no. WARNING: neither. Call Trace: of nothing, and no Oops: at all\n");
	} else if (!strcmp(kind, "refuse")) {
		pr_err("this kernel lacks everything\n");
		return -EINVAL;
	} else if (!strcmp(kind, "warn")) {
		WARN_ON(1);
	} else if (!strcmp(kind, "oops")) {
		*nowhere = 1;
	} else if (!strcmp(kind, "bug")) {
		BUG();
	} else if (!strcmp(kind, "hang")) {
		on_each_cpu(hang_cpu, NULL, 1);
	} else if (!strcmp(kind, "stuck")) {
		wait_for_completion(&never);
	} else {
		pr_err("no kind \"%s\"\n", kind);
		return -EINVAL;
	}
	return 0;
}
module_init(fault_init);

static void __exit fault_exit(void)
{
}
module_exit(fault_exit);

MODULE_DESCRIPTION("Faults on purpose, for the tests of the harness");
MODULE_LICENSE("GPL");
