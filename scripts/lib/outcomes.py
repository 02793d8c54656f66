# SPDX-License-Identifier: Apache-2.0
"""How a foreign test program went, and whether it went the same way another time."""

import re
from collections import Counter
from dataclasses import dataclass

from lib import count

SKIPPED = 4


@dataclass(frozen=True)
class Outcome:
    """`status` is its exit status, -N after signal N, None if its time ran out; `output` is what it printed."""

    status: int | None
    output: str

    @property
    def tests(self) -> Counter[str]:
        """Its lines of TAP, however often each came. Numbers in names are those of processes: they are left out."""
        lines = re.findall(r"^((?:not )?ok\b(?: \d+)?)(.*)$", self.output, re.MULTILINE)
        return Counter(number + re.sub(r"\d+", "N", name) for number, name in lines)

    def differences(self, other: "Outcome") -> list[str]:
        """What differs in the other; nothing if that is the same outcome."""
        found = []
        if self.status != other.status:
            found.append(f"it {_end(self.status)}, the other {_end(other.status)}")
        found += [f"only here: {line}" for line in (self.tests - other.tests).elements()]
        found += [f"only in the other: {line}" for line in (other.tests - self.tests).elements()]
        return found

    def __str__(self) -> str:
        tests = count.tap(self.output)
        told = [str(tests)] if tests != count.Count() else []
        return ", ".join(told + ([_end(self.status)] if self.status or not told else []))


def _end(status: int | None) -> str:
    if status is None:
        return "ran out of time"
    if status < 0:
        return f"ended by signal {-status}"
    return f"ended with exit status {status}{' (skipped)' if status == SKIPPED else ''}"
