# SPDX-License-Identifier: Apache-2.0
"""Tables of results in pages."""

from collections.abc import Iterator

from lib import results, tables
from lib.checks.tree import Fault, Tree


def results_tables(tree: Tree) -> Iterator[Fault]:
    """A table of results in a page is what its rows give."""
    def read(kind: str) -> list[results.Row]:
        return results.parse(tree.texts[str(tables.file_of(kind).relative_to(results.TREE))])

    for name, text in tree.texts_of(".md"):
        made = tables.filled(text, read).split("\n")
        differing = (n for n, (old, new) in enumerate(zip(text.split("\n"), made), 1) if old != new)
        if made != text.split("\n"):
            yield Fault(name, next(differing, 0), "not what its rows give: run scripts/results tables")
