# SPDX-License-Identifier: Apache-2.0
"""Mutants of the Java half: the groups of scripts/mutation.tsv, and what a report of PIT says about them."""

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lib import results, table
from lib.results import TREE, Row

GROUPS = TREE / "scripts" / "mutation.tsv"
SURVIVORS = results.KEPT / "mutation-survivors.tsv"

_KILLED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR"}
_SURVIVED = {"SURVIVED", "NO_COVERAGE"}

# Class, method and mutator. Several mutants may share it.
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Group:
    """One row of scripts/mutation.tsv; the fields are its columns."""

    group: str
    module: str
    at_least: str
    packages: str
    tests: str

    def least(self) -> int | None:
        """The least score of each package; None if there is none."""
        return None if self.at_least == "-" else int(self.at_least)

    def target_classes(self) -> str:
        """The classes of these packages, without those of packages below them, as PIT wants them."""
        return _in(self.packages, "")

    def target_tests(self) -> str:
        """The test classes that are run, as PIT wants them."""
        return _in(self.tests, "Test")


def _in(packages: str, suffix: str) -> str:
    # PIT takes + for itself.
    return ",".join(rf"~{re.escape(package)}\.[^.]*{suffix}" for package in packages.split())


@dataclass(frozen=True)
class Mutant:
    """One change that PIT made to the code."""

    cls: str
    method: str
    mutator: str
    status: str
    line: int

    def package(self) -> str:
        return self.cls.rsplit(".", 1)[0]

    def place(self) -> Place:
        return self.cls, self.method, self.mutator

    def is_killed(self) -> bool:
        return self.status in _KILLED


@dataclass(frozen=True)
class Score:
    """How many mutants there are, and how many of them tests have killed, some of them by running out of time."""

    mutants: int
    killed: int
    timed_out: int

    def per_cent(self) -> float:
        return 100 * self.killed / self.mutants if self.mutants else 100


def all_groups() -> list[Group]:
    """The rows of scripts/mutation.tsv."""
    return table.rows(GROUPS.read_text(), Group)


def listed_survivors() -> list[Row]:
    """The survivors whose reason is known: a row for each class, method and mutator."""
    return results.parse(SURVIVORS.read_text())


def parse(report: str) -> list[Mutant]:
    """The mutants of PIT's report in XML. A mutant of a lambda belongs to the method that the lambda is in."""
    return [
        Mutant(
            mutation.findtext("mutatedClass"), _method(mutation.findtext("mutatedMethod")),
            mutation.findtext("mutator").rsplit(".", 1)[-1].removesuffix("Mutator"), mutation.get("status"),
            int(mutation.findtext("lineNumber")),
        )
        for mutation in ElementTree.fromstring(report)
    ]


def _method(name: str) -> str:
    inside = re.fullmatch(r"lambda\$(.+)\$\d+", name)
    return inside[1] if inside else name


def score(mutants: list[Mutant]) -> Score:
    """The score of these mutants."""
    statuses = Counter(mutant.status for mutant in mutants)
    return Score(len(mutants), sum(statuses[status] for status in _KILLED), statuses["TIMED_OUT"])


def unjudged(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Those that neither died nor survived, because something went wrong."""
    return [mutant for mutant in mutants if mutant.status not in _KILLED | _SURVIVED]


def unlisted(mutants: Iterable[Mutant], listed: Iterable[Row]) -> list[str]:
    """The places that have more survivors than are listed."""
    survivors: dict[Place, list[int]] = {}
    for mutant in mutants:
        if mutant.status in _SURVIVED:
            survivors.setdefault(mutant.place(), []).append(mutant.line)
    known = {_place(row): int(row["mutants"]) for row in listed}
    return [
        f"{' '.join(place)}: {len(lines)} survive, {known.get(place, 0)} listed; lines {sorted(lines)}"
        for place, lines in survivors.items() if len(lines) > known.get(place, 0)
    ]


def outlived(mutants: list[Mutant], listed: Iterable[Row]) -> list[str]:
    """The listed places that have fewer survivors than that, in the packages of these mutants."""
    survivors = Counter(mutant.place() for mutant in mutants if mutant.status in _SURVIVED)
    packages = {mutant.package() for mutant in mutants}
    return [
        f"{' '.join(_place(row))}: {survivors[_place(row)]} survive, {row['mutants']} listed"
        for row in listed
        if row["class"].rsplit(".", 1)[0] in packages and survivors[_place(row)] < int(row["mutants"])
    ]


def _place(row: Row) -> Place:
    return row["class"], row["method"], row["mutator"]
