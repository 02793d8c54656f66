# SPDX-License-Identifier: Apache-2.0
"""Pages in parts."""

import unittest

from lib import markdown


def kinds(text: str) -> list[str]:
    return [line.kind for line in markdown.parse(text).lines]


class LinesTest(unittest.TestCase):
    def test_kinds(self):
        text = "# Head\n\ntext\n\n| a |\n\n    code\n\n<!-- a\ncomment -->\n```sh\ncode\n```\ntext\n"
        self.assertEqual(
            kinds(text),
            ["heading", "text", "text", "text", "table", "text", "code", "text", "comment", "comment", "code", "code",
             "code", "text"],
        )

    def test_code_is_indented_after_an_empty_line_only(self):
        self.assertEqual(kinds("text\n    goes on\n"), ["text", "text"])

    def test_what_is_indented_in_a_list_belongs_to_it(self):
        self.assertEqual(kinds("- item\n\n    goes on\n\nafter\n\n    code\n")[2::4], ["text", "code"])

    def test_a_heading_in_code_is_code(self):
        self.assertEqual(kinds("```sh\n# a comment\n```\n"), ["code"] * 3)


class BlocksTest(unittest.TestCase):
    def test_an_indented_block_may_have_empty_lines(self):
        (block,) = markdown.parse("text\n\n    one\n\n      two\n\nafter\n").blocks
        self.assertEqual((block.number, block.language, block.lines), (3, None, ["one", "", "  two"]))

    def test_a_fence_names_its_language(self):
        first, second = markdown.parse("```java\na\n```\n\n~~~~\n```\n~~~~\n").blocks
        self.assertEqual((first.language, first.lines), ("java", ["a"]))
        self.assertEqual((second.language, second.lines), ("", ["```"]))

    def test_the_comment_right_above_is_the_mark(self):
        code = "    code\n"
        for text in (f"<!-- a\nword -->\n\n{code}", f"<!-- a word -->\n{code}", "<!-- a word -->\n```sh\ncode\n```\n"):
            with self.subTest(text):
                (block,) = markdown.parse(text).blocks
                self.assertEqual(block.mark, "a word")

    def test_a_comment_marks_only_what_follows(self):
        first, second = markdown.parse("<!-- a -->\n\n    one\n\ntext\n\n    two\n").blocks
        self.assertEqual((first.mark, second.mark), ("a", ""))
        (block,) = markdown.parse("<!-- a -->\n\ntext\n\n    two\n").blocks
        self.assertEqual(block.mark, "")


class LinksTest(unittest.TestCase):
    def test_anchors_are_those_of_github(self):
        page = markdown.parse(
            "# What a `PID@START` is, and why\n## Twice\n## Twice\n## [A link](a.md)!\n## snake_case\n"
            "<a name=\"own\"></a>\n```sh\n# no heading\n```\n"
        )
        self.assertEqual(
            page.anchors(), {"what-a-pidstart-is-and-why", "twice", "twice-1", "a-link", "snake_case", "own"},
        )

    def test_targets(self):
        page = markdown.parse(
            "a [link](a.md), [one\nof two lines](b.md#c \"title\")\n![picture](<d.svg>)\n[![e](e.png)](f.md)\n"
            "[g]: g.md\n<img src=\"h.png\">\n"
        )
        self.assertEqual(
            list(page.targets()),
            [(1, "a.md"), (2, "b.md#c"), (3, "d.svg"), (4, "e.png"), (4, "f.md"), (5, "g.md"), (6, "h.png")],
        )

    def test_code_has_no_links(self):
        page = markdown.parse("`[a](b.md)` and ``[a](`b.md)``\n\n    [a](b.md)\n\n```text\n[a](b.md)\n```\n")
        self.assertEqual(list(page.targets()), [])
