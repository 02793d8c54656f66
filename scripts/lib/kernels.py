# SPDX-License-Identifier: Apache-2.0
"""The table of kernels, scripts/kernels.tsv."""

from dataclasses import dataclass
from pathlib import Path

from lib import table
from lib.errors import HarnessError

TABLE = Path(__file__).resolve().parent.parent / "kernels.tsv"


@dataclass(frozen=True)
class Kernel:
    """One row of the table; the fields are its columns."""

    name: str
    suite: str
    package: str
    headers: str
    toolchain: str
    config: str
    slowness: str

    @property
    def fragments(self) -> list[str]:
        """The configuration fragments of a kernel that is built here; none for one of Debian's own."""
        return [] if self.config == "-" else self.config.split("+")

    @property
    def patience(self) -> int:
        """What time limits are multiplied by."""
        return int(self.slowness)


def parse(text: str) -> list[Kernel]:
    """The rows of a table in the format of kernels.tsv."""
    return table.rows(text, Kernel)


def all_kernels() -> list[Kernel]:
    """The rows of scripts/kernels.tsv; the first is the default."""
    return parse(TABLE.read_text())


def find(name: str | None) -> Kernel:
    """The kernel of that name, or the default."""
    kernels = all_kernels()
    if name is None:
        return kernels[0]
    for kernel in kernels:
        if kernel.name == name:
            return kernel
    raise HarnessError(f"no kernel {name!r}; there are {', '.join(kernel.name for kernel in kernels)}")
