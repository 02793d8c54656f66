// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds tasklist_lock, kernel_wait4 and release_task.
 *
 * zreap uses no address before sprint_symbol() has named it. It calls the functions
 * through static calls, which patch in a direct call. A call through a pointer would be
 * fatal on CPUs with indirect branch tracking, since the kernel seals functions that it
 * never calls through pointers.
 */
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/static_call.h>
#include <linux/string.h>

#include "ksyms.h"
#include "text/symbol.h"

/* In such code the lowest bit of an address says how to call it, and kallsyms lacks that bit. */
#if defined(CONFIG_THUMB2_KERNEL) || defined(CONFIG_CPU_MICROMIPS)
#error "zreap cannot call functions of a kernel built as Thumb-2 or microMIPS code: kallsyms does not tell how to enter them"
#endif

/* Kernels until 5.17 use the last name. */
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

/*
 * How many bytes behind the start of a function kprobes may place a probe on its entry:
 * 4 on x86, behind ENDBR; 8 to 16 on ppc64le, on the local entry or on the call of ftrace.
 *
 * zreap always calls the start, which is what a C pointer to the function holds. On
 * ppc64le the start is the global entry. It sets up r2 for callers from outside, such as
 * a module.
 */
#define MOST_BEHIND_ENTRY 16UL

#define TRY_KALLSYMS	"/proc/kallsyms shows the right one to root"
#define ASK_FOR_ADDRESS	"Give the address that /proc/kallsyms shows to root: modprobe zreap %s=0xADDRESS"

static enum symbol_verdict judge(unsigned long address, const char *name, unsigned long most,
				 char text[KSYM_SYMBOL_LEN], unsigned long *offset)
{
	sprint_symbol(text, address);
	return symbol_judge(text, name, most, offset);
}

static bool is_start(unsigned long address, const char *name)
{
	char text[KSYM_SYMBOL_LEN];
	unsigned long offset;

	return judge(address, name, 0, text, &offset) == SYMBOL_FITS;
}

/*
 * Ask the kprobes code where a symbol is. The probe is disabled, so the kernel patches
 * nothing. For data the registration fails, but only after the look-up, and the address
 * stays in the probe. That is a side effect and no promise, so the caller verifies it.
 */
static int ask_kprobes(const char *name, unsigned long *address)
{
	struct kprobe probe = { .symbol_name = name, .flags = KPROBE_FLAG_DISABLED };
	int err = register_kprobe(&probe);

	if (!err)
		unregister_kprobe(&probe);
	*address = (unsigned long)probe.addr;
	return err;
}

static unsigned long scan_for_data(const char *name)
{
	unsigned long top = ALIGN_DOWN((unsigned long)&init_task, 64);
	unsigned long address;

	for (address = top; address > top - SCAN_BYTES; address -= 64) {
		if (is_start(address, name))
			return address;
		cond_resched();
	}
	pr_err("cannot load: no %s in the %lu MiB of data below init_task. " ASK_FOR_ADDRESS "\n",
	       name, SCAN_BYTES >> 20, name);
	return 0;
}

static unsigned long find_data(const char *name)
{
	unsigned long address;

	ask_kprobes(name, &address);
	return is_start(address, name) ? address : scan_for_data(name);
}

static unsigned long find_function(const char *name)
{
	unsigned long address, offset;
	char text[KSYM_SYMBOL_LEN];
	int err;

	err = ask_kprobes(name, &address);
	if (!address) {
		if (IS_ENABLED(CONFIG_KPROBES))
			pr_err("cannot load: kprobes finds no function %s in this kernel (error %d). " ASK_FOR_ADDRESS
			       ". If it shows none, zreap cannot run on this kernel\n", name, err, name);
		else
			pr_err("cannot load: this kernel is built without CONFIG_KPROBES, so zreap cannot find %s. "
			       ASK_FOR_ADDRESS "\n", name, name);
		return 0;
	}

	switch (judge(address, name, MOST_BEHIND_ENTRY, text, &offset)) {
	case SYMBOL_FITS:
		return address - offset;
	case SYMBOL_UNNAMED:
		pr_err("cannot load: kprobes finds %s, but the kernel has no name for that address. zreap calls nothing that it cannot verify\n",
		       name);
		break;
	case SYMBOL_OTHER:
		pr_err("cannot load: kprobes finds %s, but the kernel's name for that address is %s. zreap calls nothing that it cannot verify\n",
		       name, text);
		break;
	case SYMBOL_OF_MODULE:
		pr_err("cannot load: kprobes finds %s in a module: %s. Unload that module, or give the kernel's own address, which /proc/kallsyms shows to root: modprobe zreap %s=0xADDRESS\n",
		       name, text, name);
		break;
	case SYMBOL_INSIDE:
		pr_err("cannot load: kprobes finds %s only %lu bytes behind its start, and zreap knows no reason for more than %lu. "
		       ASK_FOR_ADDRESS "\n", name, offset, MOST_BEHIND_ENTRY, name);
		break;
	}
	return 0;
}

/*
 * Whether the operator gave the start of a symbol. The log must not show the address:
 * together with the name it would tell where the kernel lies in memory.
 */
static bool is_right(unsigned long address, const char *name)
{
	char text[KSYM_SYMBOL_LEN];
	unsigned long offset;

	switch (judge(address, name, 0, text, &offset)) {
	case SYMBOL_FITS:
		return true;
	case SYMBOL_UNNAMED:
		pr_err("cannot load: the address given for %s is wrong: the kernel has no name for that address. " TRY_KALLSYMS "\n",
		       name);
		break;
	case SYMBOL_OTHER:
		pr_err("cannot load: the address given for %s is wrong: it belongs to %s. " TRY_KALLSYMS "\n",
		       name, text);
		break;
	case SYMBOL_OF_MODULE:
		pr_err("cannot load: the address given for %s is wrong: it is in a module, %s. " TRY_KALLSYMS "\n",
		       name, text);
		break;
	case SYMBOL_INSIDE:
		pr_err("cannot load: the address given for %s is wrong: it is %lu bytes behind the start. " TRY_KALLSYMS "\n",
		       name, offset);
		break;
	}
	return false;
}

/* Returns the address, 0 if it finds none, 1 if a given one is wrong. */
#define WRONG_ADDRESS 1UL

static unsigned long resolve(const char *name, const char *param,
			     unsigned long (*find)(const char *name))
{
	unsigned long address;

	if (!strcmp(param, "auto"))
		return find(name);
	if (kstrtoul(param, 16, &address)) {
		pr_err("cannot load: the value given for %s is not an address. " TRY_KALLSYMS "\n", name);
		return WRONG_ADDRESS;
	}
	return is_right(address, name) ? address : WRONG_ADDRESS;
}

int ksyms_resolve(void)
{
	bool scan = !strcmp(tasklist_lock_param, "scan");
	unsigned long lock, wait4, release;

	if (POINTER_CALLS_TRAP) {
		pr_err("cannot load: this kernel has control-flow integrity or function descriptors without static calls, so its internal functions cannot be called from a module\n");
		return -EOPNOTSUPP;
	}

	if (!IS_ENABLED(CONFIG_KALLSYMS_ALL)) {
		pr_err("cannot load: this kernel is built without CONFIG_KALLSYMS_ALL, so zreap can neither find tasklist_lock nor verify its address\n");
		return -EOPNOTSUPP;
	}

	lock = resolve("tasklist_lock", scan ? "auto" : tasklist_lock_param,
		       scan ? scan_for_data : find_data);
	wait4 = resolve("kernel_wait4", kernel_wait4_param, find_function);
	release = resolve("release_task", release_task_param, find_function);
	if (lock == WRONG_ADDRESS || wait4 == WRONG_ADDRESS || release == WRONG_ADDRESS)
		return -EINVAL;
	if (!lock || !wait4 || !release)
		return -EOPNOTSUPP;

	ksyms_tasklist_lock = (rwlock_t *)lock;
	static_call_update(zreap_kernel_wait4, (typeof(&kernel_wait4))wait4);
	static_call_update(zreap_release_task, (typeof(&release_task))release);
	return 0;
}
