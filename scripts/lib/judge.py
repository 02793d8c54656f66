# SPDX-License-Identifier: Apache-2.0
"""Reads a guest's console and says whether the kernel complained.

Only the beginning of a kernel message counts, as the kernel itself words its reports: a driver's line, which begins
with the driver's name, may say "BUG" or "warning" as often as it likes.
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

# /proc/sys/kernel/tainted: bad page, died (oops), warned, soft lockup. A check on the patterns above.
_TAINTS = {5: "a bad page", 7: "an oops", 9: "a warning", 14: "a soft lockup"}


def complaints(console: str) -> list[str]:
    """The console's lines that begin a kernel complaint, in order."""
    return [line.strip() for line in console.splitlines() if _COMPLAINT.search(line)]


def taints(value: int) -> list[str]:
    """What the kernel's taint value says went wrong; loading a module of one's own does not count."""
    return [f"the kernel is tainted by {what}" for bit, what in _TAINTS.items() if value >> bit & 1]
