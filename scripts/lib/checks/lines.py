# SPDX-License-Identifier: Apache-2.0
"""Lines of files: how they end, and how long they are."""

import re
from collections.abc import Iterator

from lib import markdown
from lib.checks.tree import Fault, Tree, is_python, is_shell, parts

TEXT_COLUMNS = 100
CODE_COLUMNS = 120
_TAB = 8
_CODE = (".c", ".h", ".java", ".py", ".sh")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LINK_ONLY = re.compile(r"\s*([-*] )?(!?\[[^]]*\](\([^)]*\)|: \S+)|<?https?://\S+)[.,;:]?\s*")


def line_ends(tree: Tree) -> Iterator[Fault]:
    """LF, no blanks before it, one at the end of the file. A fuzzer's corpus is exempt: it is input, byte by byte."""
    for name, text in tree.texts.items():
        if "corpus" in parts(name):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"[ \t\r]$", line):
                yield Fault(name, number, "blank or CR at the end")
        if text and (not text.endswith("\n") or text.endswith("\n\n")):
            yield Fault(name, 0, "must end with one LF")


def columns(tree: Tree) -> Iterator[Fault]:
    """Text ends at column 100, code at 120.

    Tables, blocks of code and lines that are one link are exempt in pages. In C a line may be longer by its string, for
    a message that is cut in two cannot be searched for.
    """
    for name, text in tree.texts.items():
        if name.endswith(".md"):
            for line in markdown.parse(text).lines:
                exempt = line.kind in ("table", "code") or _LINK_ONLY.fullmatch(line.text)
                if len(line.text) > TEXT_COLUMNS and not exempt:
                    yield Fault(name, line.number, f"text ends at column {len(line.text)}, not {TEXT_COLUMNS}")
        elif name.endswith(_CODE) or is_shell(name, text) or is_python(name, text):
            for number, line in enumerate(text.split("\n"), 1):
                counted = _STRING.sub('""', line) if name.endswith((".c", ".h")) else line
                if (width := len(counted.expandtabs(_TAB))) > CODE_COLUMNS:
                    yield Fault(name, number, f"code ends at column {width}, not {CODE_COLUMNS}")
