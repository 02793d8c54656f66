# SPDX-License-Identifier: Apache-2.0
"""Reads a guest's console and says whether the kernel complained.

Only the beginning of a kernel message counts, as the kernel itself words its reports: a driver's line, which begins
with the driver's name, may say "BUG" or "warning" as often as it likes.

A report of a data race by KCSAN counts if a function of ours stands in one of its two stacks. The kernel races with
itself too, with no module loaded, mostly by intention.
"""

import re

# "[    1.234567] ", perhaps followed by "[  T123] " or "[ C0] " (CONFIG_PRINTK_CALLER).
_STAMP = r"\[\s*\d+\.\d{6}\](?:\[\s*[TC]\d+\])? "

_COMPLAINTS = (
    r"(?:watchdog: |NMI watchdog: )?BUG[: ]",
    r"kernel BUG at ",
    r"WARNING: ",
    r"Oops\b",
    r"general protection fault",
    r"Unable to handle kernel ",
    r"unable to handle ",
    r"(?:divide error|invalid opcode|stack segment|double fault|bounds|int3|alignment check|control protection):",
    r"traps: Missing ENDBR",
    r"CFI failure",
    r"\s*Call Trace:",
    r"Kernel panic - not syncing",
    r"Kernel stack is corrupted",
    r"(?:NMI watchdog: )?Watchdog detected hard LOCKUP",
    r"INFO: task .* blocked for more than ",
    r"INFO: suspicious ",
    r"INFO: possible ",
    r"INFO: trying to register non-static key",
    r"INFO: (?:NMI handler|lockdep) ",
    r"possible .* detected",
    r"(?:rcu: )?INFO: rcu\w* .*(?:stall|detected)",
    r"rcu: rcu\w* kthread starved",
    r"UBSAN: ",
    r"kmemleak: \d+ new suspected memory leaks",
    r"list_(?:add|del) (?:corruption|double)",
    r"refcount_t: ",
    r"ODEBUG: ",
    r"page dumped because",
)
_COMPLAINT = re.compile(rf"{_STAMP}({'|'.join(_COMPLAINTS)})")

_RACE = re.compile(rf"{_STAMP}BUG: KCSAN: ")
_RACE_END = re.compile(rf"{_STAMP}={{66}}$")
_OURS = re.compile(r" \[zreap(?:_\w+)?\]")

# /proc/sys/kernel/tainted: bad page, died (oops), warned, soft lockup. A check on the patterns above.
_TAINTS = {5: "a bad page", 7: "an oops", 9: "a warning", 14: "a soft lockup"}


def complaints(console: str) -> list[str]:
    """The console's lines that begin a kernel complaint, in order."""
    lines = [line.strip() for line in console.splitlines()]
    return [
        line for number, line in enumerate(lines)
        if _COMPLAINT.search(line) and not (_RACE.search(line) and _is_the_kernels_own(lines[number:]))
    ]


def _is_the_kernels_own(report: list[str]) -> bool:
    """Whether a report of a data race names no function of ours. It ends with a rule; a cut report may be ours."""
    for line in report:
        if _OURS.search(line):
            return False
        if _RACE_END.search(line):
            return True
    return False


def taints(value: int) -> list[str]:
    """What the kernel's taint value says went wrong; loading a module of one's own does not count."""
    return [f"the kernel is tainted by {what}" for bit, what in _TAINTS.items() if value >> bit & 1]
