# SPDX-License-Identifier: Apache-2.0
"""Links between pages, and where code names a page."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lib import markdown
from lib.checks.tree import Fault, Tree, parts

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w/.-])docs/[\w./-]+\.(?:md|tsv|svg)(?:#[\w-]+)?")


def links(tree: Tree) -> Iterator[Fault]:
    """Links and images of pages lead to files and headings that exist; so does every docs/PAGE in other files."""
    pages = {name: markdown.parse(text) for name, text in tree.texts_of(".md")}
    for name, page in pages.items():
        for number, target in page.targets():
            if not _SCHEME.match(target) and (lack := _lack(tree, pages, name, target)):
                yield Fault(name, number, f"dead link {target}: {lack}")
    for name, text in tree.texts.items():
        if name not in pages and "tests" not in parts(name):
            for match in _MENTION.finditer(text):
                if lack := _lack(tree, pages, "", match[0]):
                    yield Fault(name, text.count("\n", 0, match.start()) + 1, f"names {match[0]}: {lack}")


def _lack(tree: Tree, pages: dict[str, markdown.Page], source: str, target: str) -> str:
    """What is missing where a link leads, or nothing."""
    path, _, anchor = unquote(target).partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
    if name != "." and not tree.has(name):
        return f"no {name} in git"
    if anchor and name in pages and anchor not in pages[name].anchors():
        return f"no heading #{anchor}"
    return ""
