// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probes. Two functions of procfs walk a table. At their entry the probes put the
 * copy in the place of the table of /proc/PID. procfs does the rest: it makes the inode,
 * checks that its process lives, and hides it.
 *
 * The handlers run with preemption off, in any task that uses /proc/PID. They take no
 * lock, and read only their arguments, registers and this file's data.
 */
#include <linux/cache.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/sched.h>

#include "args.h"
#include "probe.h"

/*
 * The task that loads the module. While it is set, only its own calls count, so it can
 * change the two below unseen by others. NULL: all calls count, and nothing changes any
 * more; the kernel then makes all three read-only.
 */
static struct task_struct *loader __ro_after_init;

static const struct table *shown __ro_after_init;

static struct {
	const struct pid_entry *first;
	const struct pid_entry *end;
} seen __ro_after_init;

static notrace bool is_concerned(void)
{
	/* Pairs with probe_open(): a task that sees no loader sees the complete table. */
	const struct task_struct *only = smp_load_acquire(&loader);

	return !only || only == current;
}

NOKPROBE_SYMBOL(is_concerned);

/* proc_pident_lookup(dir, dentry, first entry, end of the entries) */
static notrace int on_lookup(struct kprobe *probe, struct pt_regs *regs)
{
	const struct pid_entry *first = (const struct pid_entry *)args_third(regs);
	const struct pid_entry *end = (const struct pid_entry *)args_fourth(regs);

	if (!is_concerned())
		return 0;
	if (!shown) {
		seen.first = first;
		seen.end = end;
	} else if (first == shown->original && end == shown->original_end) {
		args_third(regs) = (unsigned long)shown->entries;
		args_fourth(regs) = (unsigned long)&shown->entries[shown->original_nr + 1];
	}
	return 0;
}

NOKPROBE_SYMBOL(on_lookup);

/* proc_pident_readdir(file, context, first entry, number of entries) */
static notrace int on_readdir(struct kprobe *probe, struct pt_regs *regs)
{
	const struct pid_entry *first = (const struct pid_entry *)args_third(regs);
	unsigned int nr = args_fourth(regs);

	if (is_concerned() && shown && first == shown->original && nr == shown->original_nr) {
		args_third(regs) = (unsigned long)shown->entries;
		args_fourth(regs) = nr + 1;
	}
	return 0;
}

NOKPROBE_SYMBOL(on_readdir);

static struct kprobe lookup_probe = {
	.symbol_name = "proc_pident_lookup",
	.pre_handler = on_lookup,
};

static struct kprobe readdir_probe = {
	.symbol_name = "proc_pident_readdir",
	.pre_handler = on_readdir,
};

static struct kprobe *probes[] = { &lookup_probe, &readdir_probe };

static int place(struct kprobe *probe)
{
	int err = register_kprobe(probe);

	if (err)
		pr_err("cannot load: no probe on %s (error %d). The kernel needs CONFIG_KPROBES, and the function as one of its own\n",
		       probe->symbol_name, err);
	return err;
}

int probe_place(void)
{
	int err;

	loader = current;
	err = place(&lookup_probe);
	if (err)
		return err;
	err = place(&readdir_probe);
	if (err)
		unregister_kprobe(&lookup_probe);
	return err;
}

void probe_remove(void)
{
	unregister_kprobes(probes, ARRAY_SIZE(probes));
}

void probe_seen(const struct pid_entry **first, const struct pid_entry **end)
{
	*first = seen.first;
	*end = seen.end;
}

void probe_show(const struct table *table)
{
	shown = table;
}

void probe_open(void)
{
	/* Pairs with is_concerned(). */
	smp_store_release(&loader, NULL);
}
