# SPDX-License-Identifier: Apache-2.0
"""Trees that a test makes up."""

from pathlib import Path

from lib.checks.tree import Check, Tree


def tree(texts: dict[str, str], *others: str, root: Path = Path("/nowhere")) -> Tree:
    """A tree of these text files, and of others whose names alone count."""
    return Tree(root, frozenset([*texts, *others]), texts)


def faults(check: Check, texts: dict[str, str], *others: str) -> list[str]:
    """What a check finds in such a tree."""
    return [str(fault) for fault in check(tree(texts, *others))]
