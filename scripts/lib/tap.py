# SPDX-License-Identifier: Apache-2.0
"""The Test Anything Protocol, as our programs print it."""

from collections.abc import Iterable


class Tap:
    """Prints tests as they are found to have passed or failed."""

    def __init__(self):
        self._number = 0
        self.failed = False

    def test(self, passed: bool, name: str, told: str = "", remarks: Iterable[str] = ()) -> None:
        self._number += 1
        self.failed = self.failed or not passed
        told = f" # {told}" if told else ""
        print(f"{'ok' if passed else 'not ok'} {self._number} - {name}{told}", flush=True)
        self.remark(remarks)

    def remark(self, lines: Iterable[str]) -> None:
        for line in lines:
            print(f"# {line}", flush=True)

    def plan(self) -> None:
        print(f"1..{self._number}", flush=True)
