# SPDX-License-Identifier: Apache-2.0
"""Pages in Markdown, as far as this project uses it: which line is what, blocks of code, headings and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*(\S*)")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_INDENTED = re.compile(r"(?: {4}|\t)(?=\s*\S)")
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_TARGET = re.compile(r"\]\(\s*<?([^)>\s]+)[^)]*\)|^ {0,3}\[[^]]+\]:\s*(\S+)|\b(?:href|src)=\"([^\"]+)\"", re.MULTILINE)
_NAMED = re.compile(r"<a (?:name|id)=\"([^\"]+)\"")


@dataclass(frozen=True)
class Line:
    """A line of a page; its kind is text, heading, table, comment or code."""

    number: int
    text: str
    kind: str


@dataclass
class Block:
    """A block of code: indented (the language is then None) or fenced. The mark is the comment right above it."""

    number: int
    language: str | None
    mark: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A page in parts."""

    lines: list[Line]
    blocks: list[Block]

    def anchors(self) -> set[str]:
        """What a link may name behind #, as GitHub makes it of headings."""
        found: set[str] = set()
        for line in self.lines:
            if line.kind == "heading":
                anchor = base = _anchor(_HEADING.match(line.text)[1])
                number = 0
                while anchor in found:
                    number += 1
                    anchor = f"{base}-{number}"
                found.add(anchor)
            elif line.kind != "code":
                found.update(_NAMED.findall(line.text))
        return found

    def targets(self) -> Iterator[tuple[int, str]]:
        """Where links and images point to, with the number of the line. Code has none."""
        text = "\n".join("" if line.kind in ("code", "comment") else line.text for line in self.lines)
        text = _SPAN.sub(lambda span: re.sub(r"[^\n]", " ", span[0]), text)
        for match in _TARGET.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, match[1] or match[2] or match[3]


def _anchor(heading: str) -> str:
    """GitHub's rule: the text without marks, small, without punctuation, - for each blank."""
    text = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "")
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def parse(text: str) -> Page:
    """A page in parts."""
    parser = _Parser()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        parser.feed(number, line)
    return Page(parser.lines, parser.blocks)


class _Parser:
    """Goes through a page line by line."""

    def __init__(self):
        self.lines: list[Line] = []
        self.blocks: list[Block] = []
        self._fence = ""
        self._comment: list[str] | None = None
        self._mark = ""
        self._indented: Block | None = None
        self._blanks = 1
        self._in_list = False

    def feed(self, number: int, text: str) -> None:
        kind = self._kind(number, text)
        self.lines.append(Line(number, text, kind))
        self._blanks = 0 if text.strip() else self._blanks + 1

    def _kind(self, number: int, text: str) -> str:
        if self._fence:
            return self._in_fence(text)
        if self._comment is not None:
            return self._in_comment(text)
        if not text.strip():
            return "text"
        if self._continues_indented(number, text):
            return "code"
        self._indented = None
        return self._begin(number, text)

    def _in_fence(self, text: str) -> str:
        if re.fullmatch(rf" {{0,3}}{self._fence[0]}{{{len(self._fence)},}}\s*", text):
            self._fence = ""
        else:
            self.blocks[-1].lines.append(text)
        return "code"

    def _in_comment(self, text: str) -> str:
        self._comment.append(text)
        if "-->" in text:
            self._mark = " ".join("\n".join(self._comment).removeprefix("<!--").split("-->")[0].split())
            self._comment = None
        return "comment"

    def _continues_indented(self, number: int, text: str) -> bool:
        if not _INDENTED.match(text) or self._in_list or not (self._indented or self._blanks or self._mark):
            return False
        if not self._indented:
            self._indented = Block(number, None, self._mark)
            self.blocks.append(self._indented)
            self._mark = ""
        else:
            self._indented.lines += [""] * self._blanks
        self._indented.lines.append(text.expandtabs(4)[4:])
        return True

    def _begin(self, number: int, text: str) -> str:
        if text.startswith("<!--"):
            self._comment = []
            return self._in_comment(text)
        mark, self._mark = self._mark, ""
        if fence := _FENCE.match(text):
            self._fence = fence[1]
            self.blocks.append(Block(number, fence[2], mark))
            return "code"
        if _LIST.match(text):
            self._in_list = True
        elif self._blanks and not text.startswith(" "):
            self._in_list = False
        if _HEADING.match(text):
            self._in_list = False
            return "heading"
        return "table" if text.lstrip().startswith("|") else "text"
