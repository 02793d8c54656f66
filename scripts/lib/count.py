# SPDX-License-Identifier: Apache-2.0
"""How many tests passed and failed, from what test runners print."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def tap(output: str) -> Count:
    """The Test Anything Protocol, also several runs one after the other."""
    lines = re.findall(r"^(not )?ok\b(.*)$", output, re.MULTILINE)
    skipped = sum(1 for _, rest in lines if re.search(r"#\s*skip", rest, re.IGNORECASE))
    failed = sum(1 for negated, _ in lines if negated)
    return Count(len(lines) - failed - skipped, failed, skipped)


def unittest(output: str) -> Count:
    """Python's unittest."""
    ran = sum(int(number) for number in re.findall(r"^Ran (\d+) tests? in ", output, re.MULTILINE))
    ends = re.findall(r"^(?:FAILED|OK) \((.*)\)$", output, re.MULTILINE)
    numbers = {word: int(number) for word, number in re.findall(r"(\w[\w ]*)=(\d+)", ", ".join(ends))}
    failed = sum(numbers.get(word, 0) for word in ("failures", "errors", "unexpected successes"))
    skipped = numbers.get("skipped", 0)
    return Count(max(ran - failed - skipped, 0), failed, skipped)


def surefire(output: str) -> Count:
    """Maven Surefire: one closing line for each Maven module."""
    total = Count()
    closing = r"Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)\s*$"
    for numbers in re.findall(closing, output, re.MULTILINE):
        ran, failures, errors, skipped = map(int, numbers)
        total += Count(ran - failures - errors - skipped, failures + errors, skipped)
    return total


def junit(output: str) -> Count:
    """The summary of JUnit's console launcher."""
    numbers = {word: int(number) for number, word in re.findall(r"^\[\s*(\d+) tests (\w+)\s*\]$", output, re.MULTILINE)}
    skipped = numbers.get("skipped", 0) + numbers.get("aborted", 0)
    return Count(numbers.get("successful", 0), numbers.get("failed", 0), skipped)


COUNTERS = {"tap": tap, "unittest": unittest, "surefire": surefire, "junit": junit}
