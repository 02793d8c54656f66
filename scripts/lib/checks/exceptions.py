# SPDX-License-Identifier: Apache-2.0
"""Files that a check knows not to be in order yet, scripts/exceptions.tsv. A row that is not needed is a fault."""

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lib import table
from lib.checks.tree import Fault

NAME = "scripts/exceptions.tsv"


@dataclass(frozen=True)
class Excuse:
    """One row of the table."""

    check: str
    files: str


@dataclass(frozen=True)
class Exceptions:
    """The rows of the table."""

    rows: list[Excuse]

    @classmethod
    def read(cls, root: Path) -> "Exceptions":
        """The table in this tree."""
        return cls(table.rows((root / NAME).read_text(), Excuse))

    def without(self, check: str, faults: Iterable[Fault]) -> list[Fault]:
        """The faults that no row excuses, and one for each row of this check that excuses none."""
        rows = [row for row in self.rows if row.check == check]
        used = set()
        left = []
        for fault in faults:
            excuses = {row for row in rows if fnmatch.fnmatchcase(fault.name, row.files)}
            used |= excuses
            if not excuses:
                left.append(fault)
        left += [
            Fault(NAME, 0, f"{row.files} has no fault of {check} any more: take this row out")
            for row in rows if row not in used
        ]
        return left
