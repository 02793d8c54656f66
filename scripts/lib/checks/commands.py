# SPDX-License-Identifier: Apache-2.0
"""Commands that pages show: a test runs each, or the page says that none does and why.

An indented block, or a fence of `sh`, holds commands; any other fence names another language, `text` if it has none. In
a block with prompts (`# ` or `$ `) only those lines are commands. A command is run if a test or a list of commands that
the gate runs holds it, or if the comment right above its block says so:

    <!-- run by: kmod/tests/guest/docs_test.sh -->     that file takes the block out of the page; it names the page
    <!-- not run: it needs the network -->             no test runs it, and why

A number in a command, and a word in capitals such as PID, stands for anything.
"""

import re
from collections.abc import Iterator

from lib import markdown
from lib.checks.tree import Fault, Tree

_TESTS = re.compile(r"\.ci/|scripts/(parts\.tsv$|guest/|tests/)|kmod/tests/|java-client/(it/|.*/src/test/)")
_COMMENT_LINE = re.compile(r"^\s*(#|//|/?\*).*$", re.MULTILINE)
_PROMPT = re.compile(r"[#$] ")
_MARK = re.compile(r"(run by|not run): (\S.*)")
_STANDS_FOR_ANYTHING = re.compile(r"\d+|[A-Z]{2,}(?:\.\.\.)?(?![\w=])")


def commands(tree: Tree) -> Iterator[Fault]:
    """Commands that pages show are run by tests, or are marked as not run."""
    tests = "\n".join(_COMMENT_LINE.sub("", text) for name, text in tree.texts.items() if _TESTS.match(name))
    for name, text in tree.texts_of(".md"):
        for block in markdown.parse(text).blocks:
            yield from _judge(tree, tests, name, block)


def _judge(tree: Tree, tests: str, name: str, block: markdown.Block) -> Iterator[Fault]:
    if block.language == "":
        yield Fault(name, block.number, "a fence names its language; text if it has none")
    if block.language not in (None, "", "sh"):
        return
    mark = _MARK.fullmatch(block.mark)
    if mark and mark[1] == "run by":
        if name.split("/")[-1] not in tree.texts.get(mark[2], ""):
            yield Fault(name, block.number, f"is not run by {mark[2]}: that does not name this page")
    elif not mark:
        for command in shown(block.lines):
            if not _pattern(command).search(tests):
                yield Fault(name, block.number, f"no test runs this, and no comment says why: {command}")


def shown(lines: list[str]) -> list[str]:
    """The commands of a block: without prompts, comments and what they print."""
    joined = "\n".join(lines).replace("\\\n", " ").split("\n")
    if any(_PROMPT.match(line) for line in joined):
        joined = [line[2:] for line in joined if _PROMPT.match(line)]
    bare = (re.sub(r"(^|\s)#\s.*", "", line) for line in joined)
    return [" ".join(line.split()) for line in bare if line.strip()]


def _pattern(command: str) -> re.Pattern:
    """Finds a command as a test may write it."""
    words = []
    for word in command.split():
        fixed = (re.escape(piece) for piece in _STANDS_FOR_ANYTHING.split(word))
        words.append(r"""[^\s;|&]+""".join(fixed))
    return re.compile(r"(?<![\w/.-])" + r"\s+".join(words) + r"(?![\w/.@-])")
