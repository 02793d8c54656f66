// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds tasklist_lock and kernel_wait4.
 *
 * Nothing found is used before sprint_symbol() has named it. The function is
 * called through a static call, which patches in a direct call: a pointer call
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

#if !defined(CONFIG_HAVE_STATIC_CALL) && (defined(CONFIG_CFI) || defined(CONFIG_CFI_CLANG))
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

static long no_wait4(pid_t pid, int __user *status, int options, struct rusage *usage)
{
	return -EOPNOTSUPP;
}

DEFINE_STATIC_CALL(zreap_kernel_wait4, no_wait4);

long ksyms_wait4(pid_t pid, int options, struct rusage *usage)
{
	return static_call(zreap_kernel_wait4)(pid, NULL, options, usage);
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

static unsigned long scan_for_tasklist_lock(void)
{
	unsigned long top = ALIGN_DOWN((unsigned long)&init_task, 64);
	unsigned long address;

	for (address = top; address > top - SCAN_BYTES; address -= 64) {
		if (is_named(address, "tasklist_lock", 0))
			return address;
		cond_resched();
	}
	return 0;
}

static unsigned long find_tasklist_lock(void)
{
	unsigned long address = data_start(ask_kprobes("tasklist_lock"), "tasklist_lock");

	return address ? address : scan_for_tasklist_lock();
}

static unsigned long find_kernel_wait4(void)
{
	return function_start(ask_kprobes("kernel_wait4"), "kernel_wait4");
}

/* Returns the address, 0 if there is none to be had, 1 if a given one is wrong. */
#define WRONG_ADDRESS 1UL

static unsigned long resolve(const char *name, const char *param, unsigned long (*find)(void),
			     unsigned long (*verify)(unsigned long address, const char *name))
{
	unsigned long address;

	if (!strcmp(param, "auto")) {
		address = find();
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
	unsigned long lock, wait4;

	if (POINTER_CALLS_TRAP) {
		pr_err("cannot load: this kernel has control-flow integrity without static calls, so its internal functions cannot be called from a module\n");
		return -EOPNOTSUPP;
	}

	lock = resolve("tasklist_lock", scan ? "auto" : tasklist_lock_param,
		       scan ? scan_for_tasklist_lock : find_tasklist_lock, data_start);
	wait4 = resolve("kernel_wait4", kernel_wait4_param, find_kernel_wait4, function_start);
	if (lock == WRONG_ADDRESS || wait4 == WRONG_ADDRESS)
		return -EINVAL;
	if (!lock || !wait4)
		return -EOPNOTSUPP;

	ksyms_tasklist_lock = (rwlock_t *)lock;
	static_call_update(zreap_kernel_wait4, (typeof(&no_wait4))wait4);
	return 0;
}
