// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds tasklist_lock, kernel_wait4 and release_task.
 *
 * Nothing found is used before sprint_symbol() has named it. The functions are
 * called through static calls, which patch in a direct call: a pointer call
 * would be fatal on CPUs with indirect branch tracking, since the kernel seals
 * functions that it never calls through pointers.
 */
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/static_call.h>
#include <linux/string.h>

#include "ksyms.h"

/* The last one until 5.17. */
#if !defined(CONFIG_HAVE_STATIC_CALL) && \
	(defined(CONFIG_CFI) || defined(CONFIG_CFI_CLANG) || \
	 defined(CONFIG_HAVE_FUNCTION_DESCRIPTORS) || defined(HAVE_DEREFERENCE_FUNCTION_DESCRIPTOR))
#define POINTER_CALLS_TRAP true
#else
#define POINTER_CALLS_TRAP false
#endif

/* How far below init_task the scan looks for tasklist_lock: both are in .data. */
#define SCAN_BYTES	(16UL << 20)

rwlock_t *ksyms_tasklist_lock;

static char *tasklist_lock_param = "auto";
module_param_named(tasklist_lock, tasklist_lock_param, charp, 0400);
MODULE_PARM_DESC(tasklist_lock,
		 "Where tasklist_lock is: auto, scan, or its address from /proc/kallsyms (default: auto)");

static char *kernel_wait4_param = "auto";
module_param_named(kernel_wait4, kernel_wait4_param, charp, 0400);
MODULE_PARM_DESC(kernel_wait4,
		 "Where kernel_wait4 is: auto, or its address from /proc/kallsyms (default: auto)");

static char *release_task_param = "auto";
module_param_named(release_task, release_task_param, charp, 0400);
MODULE_PARM_DESC(release_task,
		 "Where release_task is: auto, or its address from /proc/kallsyms (default: auto)");

static long no_wait4(pid_t pid, int __user *status, int options, struct rusage *usage)
{
	return -EOPNOTSUPP;
}

static void no_release_task(struct task_struct *p)
{
}

DEFINE_STATIC_CALL(zreap_kernel_wait4, no_wait4);
DEFINE_STATIC_CALL(zreap_release_task, no_release_task);

long ksyms_wait4(pid_t pid, int options, struct rusage *usage)
{
	return static_call(zreap_kernel_wait4)(pid, NULL, options, usage);
}

void ksyms_release_task(struct task_struct *p)
{
	static_call(zreap_release_task)(p);
}

/* Whether the kernel itself, no module, has this name at address - offset. */
static bool is_named(unsigned long address, const char *name, unsigned long offset)
{
	char symbol[KSYM_SYMBOL_LEN], wanted[KSYM_NAME_LEN];

	sprint_symbol(symbol, address);
	scnprintf(wanted, sizeof(wanted), "%s+0x%lx/", name, offset);
	return !strncmp(symbol, wanted, strlen(wanted)) && !strchr(symbol, '[');
}

/* A function's address, be it of its first instruction or of what follows its ENDBR. */
static unsigned long function_start(unsigned long address, const char *name)
{
	if (is_named(address, name, 0))
		return address;
	if (is_named(address, name, 4))
		return address - 4;
	return 0;
}

static unsigned long data_start(unsigned long address, const char *name)
{
	return is_named(address, name, 0) ? address : 0;
}

/*
 * Ask the kprobes code where a symbol is. The probe is disabled, so nothing is
 * patched. For data the registration fails, but only after the look-up: the
 * address stays in the probe, which is a side effect and no promise, so the
 * caller verifies it.
 */
static unsigned long ask_kprobes(const char *name)
{
	struct kprobe probe = { .symbol_name = name, .flags = KPROBE_FLAG_DISABLED };

	if (!register_kprobe(&probe))
		unregister_kprobe(&probe);
	return (unsigned long)probe.addr;
}

static unsigned long scan_for_data(const char *name)
{
	unsigned long top = ALIGN_DOWN((unsigned long)&init_task, 64);
	unsigned long address;

	for (address = top; address > top - SCAN_BYTES; address -= 64) {
		if (is_named(address, name, 0))
			return address;
		cond_resched();
	}
	return 0;
}

static unsigned long find_data(const char *name)
{
	unsigned long address = data_start(ask_kprobes(name), name);

	return address ? address : scan_for_data(name);
}

static unsigned long find_function(const char *name)
{
	return function_start(ask_kprobes(name), name);
}

/* Returns the address, 0 if there is none to be had, 1 if a given one is wrong. */
#define WRONG_ADDRESS 1UL

static unsigned long resolve(const char *name, const char *param,
			     unsigned long (*find)(const char *name),
			     unsigned long (*verify)(unsigned long address, const char *name))
{
	unsigned long address;

	if (!strcmp(param, "auto")) {
		address = find(name);
		if (!address)
			pr_err("cannot load: %s was not found. The kernel needs CONFIG_KALLSYMS_ALL, and CONFIG_KPROBES or the address that /proc/kallsyms shows to root: modprobe zreap %s=0xADDRESS\n",
			       name, name);
		return address;
	}
	if (!kstrtoul(param, 16, &address)) {
		address = verify(address, name);
		if (address)
			return address;
	}
	pr_err("cannot load: %s=%s is not where this kernel has %s; /proc/kallsyms shows the address to root\n",
	       name, param, name);
	return WRONG_ADDRESS;
}

int ksyms_resolve(void)
{
	bool scan = !strcmp(tasklist_lock_param, "scan");
	unsigned long lock, wait4, release;

	if (POINTER_CALLS_TRAP) {
		pr_err("cannot load: this kernel has control-flow integrity or function descriptors without static calls, so its internal functions cannot be called from a module\n");
		return -EOPNOTSUPP;
	}

	lock = resolve("tasklist_lock", scan ? "auto" : tasklist_lock_param,
		       scan ? scan_for_data : find_data, data_start);
	wait4 = resolve("kernel_wait4", kernel_wait4_param, find_function, function_start);
	release = resolve("release_task", release_task_param, find_function, function_start);
	if (lock == WRONG_ADDRESS || wait4 == WRONG_ADDRESS || release == WRONG_ADDRESS)
		return -EINVAL;
	if (!lock || !wait4 || !release)
		return -EOPNOTSUPP;

	ksyms_tasklist_lock = (rwlock_t *)lock;
	static_call_update(zreap_kernel_wait4, (typeof(&kernel_wait4))wait4);
	static_call_update(zreap_release_task, (typeof(&release_task))release);
	return 0;
}
