# SPDX-License-Identifier: Apache-2.0
"""The tree that is checked, and what is wrong in it."""

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. Line 0 means the file as a whole, an empty name the tree as a whole."""

    name: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.name}:{self.line}" if self.line else self.name
        return f"{place}: {self.text}" if place else self.text


@dataclass(frozen=True)
class Tree:
    """The files that git knows, by their names from the top of the tree; the texts are those of text files."""

    root: Path
    names: frozenset[str]
    texts: dict[str, str]

    def texts_of(self, *suffixes: str) -> Iterator[tuple[str, str]]:
        """The text files whose names end so."""
        return ((name, text) for name, text in self.texts.items() if name.endswith(suffixes))

    def has(self, name: str) -> bool:
        """Whether git knows a file or a folder of this name."""
        return name in self.names or any(known.startswith(f"{name}/") for known in self.names)


Check = Callable[[Tree], Iterator[Fault]]


def from_git(root: Path) -> Tree:
    """The tree as it is on disk; git says which files belong to it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, stdout=subprocess.PIPE, check=True).stdout
    names = [name for name in listed.decode().split("\0") if name and (root / name).is_file()]
    data = {name: (root / name).read_bytes() for name in names}
    texts = {name: bytes_.decode(errors="replace") for name, bytes_ in data.items() if b"\0" not in bytes_}
    return Tree(root, frozenset(names), texts)


def is_shell(name: str, text: str) -> bool:
    """Whether this is a shell script, by its name or by its first line."""
    return name.endswith(".sh") or re.match(r"#!.*\b(?:ba|da)?sh\b", text) is not None


def is_python(name: str, text: str) -> bool:
    """Whether this is a Python program or module."""
    return name.endswith(".py") or re.match(r"#!.*\bpython3?\b", text) is not None


def parts(name: str) -> tuple[str, ...]:
    """The folders of a file and the file, as names."""
    return PurePosixPath(name).parts
