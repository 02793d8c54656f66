# SPDX-License-Identifier: Apache-2.0
"""The judge against consoles that guests have really printed, and against reports worded as the kernel words them."""

import unittest
from pathlib import Path

from lib import judge

CONSOLES = Path(__file__).resolve().parent.parent / "consoles"

CAPTURED = {
    "bug": "kernel BUG at fault.c:38!",
    "hung-task": "INFO: task modprobe:128 blocked for more than 5 seconds.",
    "oops": "BUG: kernel NULL pointer dereference, address: 0000000000000000",
    "panic": "Kernel panic - not syncing: sysrq triggered crash",
    "rcu-stall": "rcu: INFO: rcu_preempt self-detected stall on CPU",
    "soft-lockup": "watchdog: BUG: soft lockup - CPU#0 stuck for 13s! [modprobe:128]",
    "warn": "WARNING: CPU: 1 PID: 125 at fault.c:34 fault_init+0x6a/0x1000 [fault]",
}

REPORTS = (
    "BUG: unable to handle page fault for address: ffffffffc0000000",
    "BUG: KASAN: slab-use-after-free in release_task+0x1b/0x9c0",
    "BUG: KCSAN: data-race in do_exit / wait_task_zombie",
    "BUG: sleeping function called from invalid context at kernel/locking/mutex.c:585",
    "BUG: scheduling while atomic: kzreapd/99/0x00000002",
    "BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 31s!",
    "BUG: Bad page state in process cat  pfn:04c2d",
    "BUG kmalloc-64 (Tainted: G    B      OE    ): Object already free",
    "NMI watchdog: Watchdog detected hard LOCKUP on cpu 1",
    "general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] PREEMPT SMP NOPTI",
    "Oops: general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] SMP NOPTI",
    "WARNING: possible circular locking dependency detected",
    "WARNING: possible recursive locking detected",
    "WARNING: possible irq lock inversion dependency detected",
    "WARNING: inconsistent lock state",
    "WARNING: suspicious RCU usage",
    "WARNING: bad unlock balance detected!",
    "WARNING: kernel/exit.c:184 at release_task+0x1b/0x9c0, CPU#1: kzreapd/99",
    "INFO: trying to register non-static key.",
    "INFO: suspicious RCU usage.",
    "UBSAN: array-index-out-of-bounds in kernel/exit.c:184:9",
    "kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
    "list_del corruption. prev->next should be ffff888004, but was ffff888008. (prev=ffff888010)",
    "refcount_t: underflow; use-after-free.",
    "ODEBUG: free active (active state 0) object: ffff888004 object type: timer_list hint: 0x0",
    "traps: Missing ENDBR: kernel_wait4+0x0/0x140",
    "CFI failure at reaper_loop+0x1b/0x80 [zreap] (target: kernel_wait4+0x0/0x140; expected type: 0x12345678)",
    "rcu: INFO: rcu_sched detected stalls on CPUs/tasks:",
    "rcu: rcu_preempt kthread starved for 5000 jiffies! g101 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x0 ->cpu=0",
    "Call Trace:",
    " Call Trace:",
)

RACE = """\
[    7.100001] ==================================================================
[    7.100002] BUG: KCSAN: data-race in mas_walk / mtree_range_walk
[    7.100003]
[    7.100004] write to 0xffff888004a1c2a8 of 8 bytes by task 77 on cpu 1:
[    7.100005]  {writer}
[    7.100006]  ret_from_fork+0x1f/0x30
[    7.100007]
[    7.100008] read to 0xffff888004a1c2a8 of 8 bytes by task 78 on cpu 0:
[    7.100009]  mtree_range_walk+0x1a/0x2c0
[    7.100010]
[    7.100011] Reported by Kernel Concurrency Sanitizer on:
[    7.100012] CPU: 0 PID: 78 Comm: cat Tainted: G           O       6.1.176 #1
[    7.100013] ==================================================================
"""

INNOCENT = (
    "zreap: 3 reaped, 1 BUG: none",
    "zreap: WARNING: is but a word here",
    "zreap: unable to handle more than 65536 bytes",
    "kzreapd: possible deadlock detected in the caller's story",
    "hrtimer: interrupt took 5183210 ns",
    "clocksource: timekeeping watchdog on CPU0: Marking clocksource 'tsc' as unstable because the skew is too large:",
    "perf: interrupt took too long (2513 > 2500), lowering kernel.perf_event_max_sample_rate to 79500",
    "Debug: bugs are welcome",
    "x86/fpu: Supporting XSAVE feature 0x001: 'x87 floating point registers'",
    "Bugs: Spectre V2 : Mitigation: Retpolines",
)


class JudgeTest(unittest.TestCase):
    def test_captured_complaints_are_found(self):
        captured = {path.stem: judge.complaints(path.read_text()) for path in CONSOLES.glob("complaint/*.txt")}
        self.assertEqual(set(captured), set(CAPTURED))
        for name, first in CAPTURED.items():
            with self.subTest(name):
                self.assertIn(first, captured[name][0])

    def test_clean_consoles_are_clean(self):
        for path in CONSOLES.glob("clean/*.txt"):
            with self.subTest(path.stem):
                self.assertEqual(judge.complaints(path.read_text()), [])

    def test_every_kind_of_report_is_found(self):
        for report in REPORTS:
            for stamp in ("[    4.123456] ", "[12345.123456] ", "[    4.123456][  T123] ", "[    4.123456][    C1] "):
                with self.subTest(stamp + report):
                    self.assertEqual(judge.complaints(f"ok\n{stamp}{report}\n"), [f"{stamp}{report}"])

    def test_innocent_words_are_not(self):
        for message in INNOCENT:
            with self.subTest(message):
                self.assertEqual(judge.complaints(f"[    4.123456] {message}\n"), [])

    def test_what_is_no_kernel_message_does_not_count(self):
        self.assertEqual(judge.complaints("BUG: said a program\nSeaBIOS WARNING: hot\n"), [])

    def test_races_count_where_we_take_part(self):
        self.assertEqual(judge.complaints(RACE.format(writer="mas_walk+0x1a/0x2c0")), [])
        for ours in ("reaper_loop+0x1b/0x80 [zreap]", "jiangshi_write+0x1b/0x80 [zreap_jiangshi]"):
            with self.subTest(ours):
                self.assertEqual(len(judge.complaints(RACE.format(writer=ours))), 1)

    def test_a_race_whose_report_is_cut_counts(self):
        report = RACE.format(writer="mas_walk+0x1a/0x2c0")
        self.assertEqual(len(judge.complaints(report[:report.rindex("[")])), 1)

    def test_other_complaints_in_the_report_of_a_race_count(self):
        warned = RACE.format(writer="mas_walk+0x1a/0x2c0\n[    7.100005] WARNING: suspicious RCU usage")
        self.assertEqual(judge.complaints(warned), ["[    7.100005] WARNING: suspicious RCU usage"])

    def test_a_message_after_unfinished_output_counts(self):
        self.assertEqual(len(judge.complaints("$ ls[    4.123456] BUG: Bad page state\r\n")), 1)

    def test_taints(self):
        out_of_tree_and_unsigned = 1 << 12 | 1 << 13
        self.assertEqual(judge.taints(out_of_tree_and_unsigned), [])
        self.assertEqual(
            judge.taints(1 << 9 | 1 << 7), ["the kernel is tainted by an oops", "the kernel is tainted by a warning"],
        )
