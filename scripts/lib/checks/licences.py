# SPDX-License-Identifier: Apache-2.0
"""The licence of every file."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from lib.checks.tree import Fault, Tree

_SUFFIXES = {".c", ".h", ".java", ".py", ".sh", ".xml", ".yaml"}
_NAMES = {"Makefile", "Kbuild"}
_TAG = "SPDX-License-Identifier:"


def licence_lines(tree: Tree) -> Iterator[Fault]:
    """Each source file names its licence in its first lines."""
    for name, text in tree.texts.items():
        path = PurePosixPath(name)
        source = path.suffix in _SUFFIXES or path.name in _NAMES or text.startswith("#!")
        if source and not any(_TAG in line for line in text.split("\n")[:3]):
            yield Fault(name, 0, f"no {_TAG[:-1]} in its first lines")
