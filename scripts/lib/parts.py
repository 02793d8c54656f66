# SPDX-License-Identifier: Apache-2.0
"""The parts of `make test`, scripts/parts.tsv: which kernel each runs on, and how it goes."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from lib import count, kernels, results, table
from lib.kernels import Kernel

TREE = Path(__file__).resolve().parent.parent.parent
TABLE = TREE / "scripts" / "parts.tsv"
LOGS = TREE / "target" / "test-logs"


@dataclass(frozen=True)
class Part:
    """One row of the table; the fields are its columns."""

    name: str
    counter: str
    needs: str
    command: str

    def runs_on(self, kernel: Kernel) -> bool:
        """Whether this is a part with guests, and `kernel` has what they need."""
        return self.needs == "guest" or self.needs in kernel.fragments


@dataclass(frozen=True)
class Outcome:
    """How a part went: its tests counted, and what it printed. A failure that no test shows is one failed test more."""

    count: count.Count
    reason: str
    output: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.count}{self.reason} in {self.seconds:.0f} s"


def all_parts() -> list[Part]:
    """The rows of scripts/parts.tsv."""
    return table.rows(TABLE.read_text(), Part)


def kernel_for(part: Part, chosen: Kernel) -> Kernel:
    """The chosen kernel, or the first that has what the part needs if that one has not."""
    return next((kernel for kernel in [chosen, *kernels.all_kernels()] if part.runs_on(kernel)), chosen)


def run(part: Part, kernel: Kernel) -> Outcome:
    """Runs one part, on that kernel if it has guests; its output is kept in LOGS too, and a row of results."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{part.name if part.needs == '-' else f'{part.name}-{kernel.name}'}.log"
    started = time.monotonic()
    with open(log, "wb") as out:
        status = subprocess.run(
            part.command, shell=True, cwd=TREE, env=os.environ | {"ZREAP_KERNEL": kernel.name},
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        ).returncode
    seconds = time.monotonic() - started
    output = log.read_text(errors="replace")
    result = count.COUNTERS[part.counter](output)
    reason = ""
    if status and not result.failed:
        reason = f" (exit status {status})"
    elif not result.passed and not result.failed:
        reason = " (it ran no test)"
    outcome = Outcome(result + count.Count(failed=1) if reason else result, reason, output, seconds)
    results.add("parts", [_row(part, kernel, outcome)])
    return outcome


def _row(part: Part, kernel: Kernel, outcome: Outcome) -> results.Row:
    return {
        "kernel": results.UNKNOWN if part.needs == "-" else kernel.name,
        "part": part.name,
        "passed": str(outcome.count.passed),
        "failed": str(outcome.count.failed),
        "skipped": str(outcome.count.skipped),
        "seconds": f"{outcome.seconds:.0f}",
    }
