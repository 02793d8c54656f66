# SPDX-License-Identifier: Apache-2.0
"""The table of kernels, scripts/kernels.tsv."""

import csv
from dataclasses import dataclass
from pathlib import Path

from lib.errors import HarnessError

TABLE = Path(__file__).resolve().parent.parent / "kernels.tsv"


@dataclass(frozen=True)
class Kernel:
    """One row of the table; the fields are its columns."""

    name: str
    suite: str
    image: str
    headers: str
    toolchain: str


def parse(text: str) -> list[Kernel]:
    """The rows of a table in the format of kernels.tsv."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [Kernel(**row) for row in csv.DictReader(lines, delimiter="\t")]


def all_kernels() -> list[Kernel]:
    """The rows of scripts/kernels.tsv; the first is the default."""
    return parse(TABLE.read_text())


def find(name: str | None) -> Kernel:
    """The kernel of that name, or the default."""
    table = all_kernels()
    if name is None:
        return table[0]
    for kernel in table:
        if kernel.name == name:
            return kernel
    raise HarnessError(f"no kernel {name!r}; there are {', '.join(kernel.name for kernel in table)}")
