# SPDX-License-Identifier: Apache-2.0
"""The layers of the module: an #include points to the same room or further down, scripts/layers.tsv."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib import table
from lib.checks.tree import Fault, Tree

TABLE = "scripts/layers.tsv"
_TOP = "kmod"
_INCLUDE = re.compile(r"\s*#\s*include\s+\"([^\"]+)\"")


@dataclass(frozen=True)
class Room:
    """One row of the table; the fields are its columns."""

    room: str
    includes: str

    def holds(self, name: str) -> bool:
        """Whether a file below kmod/ lies in it."""
        return self.room in (".", name) or name.startswith(f"{self.room}/")


class Layers:
    """The rooms, from the top down."""

    def __init__(self, rooms: list[Room]):
        self._rooms = rooms

    def room(self, name: str) -> Room:
        """The room of a file below kmod/."""
        return max((room for room in self._rooms if room.holds(name)), key=lambda room: len(room.room))

    def allow(self, name: str, included: str) -> bool:
        """Whether one file below kmod/ may include another."""
        own, other = self.room(name), self.room(included)
        if own.includes == "*":
            return True
        if own.includes == "-":
            return self._rooms.index(own) <= self._rooms.index(other) and other.includes != "*"
        return bool({included, other.room} & set(own.includes.split()))


def includes(tree: Tree) -> Iterator[Fault]:
    """No #include of the module points up a layer."""
    layers = Layers(table.rows(tree.texts[TABLE], Room))
    for path, text in tree.texts_of(".c", ".h"):
        if not path.startswith(f"{_TOP}/"):
            continue
        name = path.removeprefix(f"{_TOP}/")
        for number, line in enumerate(text.split("\n"), 1):
            if include := _INCLUDE.match(line):
                yield from _judge(tree, layers, name, number, include[1])


def _judge(tree: Tree, layers: Layers, name: str, number: int, written: str) -> Iterator[Fault]:
    if layers.room(name).includes == "*":
        return
    included = _find(tree, name, written)
    if included is None:
        yield Fault(f"{_TOP}/{name}", number, f"includes {written}, which is neither beside it nor below {_TOP}/")
    elif not layers.allow(name, included):
        own, other = layers.room(name).room, layers.room(included).room
        yield Fault(f"{_TOP}/{name}", number, f"room {own} includes {included} of room {other}: see {TABLE}")


def _find(tree: Tree, name: str, written: str) -> str | None:
    """The file that is included, below kmod/: beside the one that includes it, or from the top."""
    for folder in (posixpath.dirname(name), ""):
        found = posixpath.normpath(posixpath.join(folder, written))
        if f"{_TOP}/{found}" in tree.names:
            return found
    return None
