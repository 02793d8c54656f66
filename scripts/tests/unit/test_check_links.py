# SPDX-License-Identifier: Apache-2.0
"""Which links are dead."""

import unittest

from lib.checks import links
from trees import faults


def link_faults(text: str) -> list[str]:
    other = "# A heading\n## Two words, no more\n"
    texts = {"docs/a.md": text, "docs/b.md": other, "README.md": "# Top\n"}
    return faults(links.links, texts, "kmod/a.c", "docs/p.png")


class LinksTest(unittest.TestCase):
    def test_files_folders_and_headings(self):
        for target in (
            "b.md", "b.md#a-heading", "b.md#two-words-no-more", "../README.md#top", "../kmod", "../kmod/a.c", "p.png",
            "..", "#own", "https://example.org/none", "mailto:a@example.org",
        ):
            with self.subTest(target):
                self.assertEqual(link_faults(f"# Own\n[a]({target})\n"), [])

    def test_a_file_that_is_not_there(self):
        self.assertEqual(link_faults("text\n[a](c.md)\n"), ["docs/a.md:2: dead link c.md: no docs/c.md in git"])
        self.assertEqual(link_faults("![a](c.png)\n"), ["docs/a.md:1: dead link c.png: no docs/c.png in git"])

    def test_a_heading_that_is_not_there(self):
        self.assertEqual(link_faults("[a](b.md#three)\n"), ["docs/a.md:1: dead link b.md#three: no heading #three"])
        self.assertEqual(link_faults("[a](#three)\n"), ["docs/a.md:1: dead link #three: no heading #three"])

    def test_a_folder_alike_is_not_the_file(self):
        self.assertEqual(len(link_faults("[a](../kmo)\n")), 1)


class MentionsTest(unittest.TestCase):
    def mention_faults(self, name: str, text: str) -> list[str]:
        return faults(links.links, {"docs/a.md": "# Head\n", name: text})

    def test_code_names_pages(self):
        self.assertEqual(self.mention_faults("a.c", "/* docs/a.md#head, docs/a.md. */\n"), [])
        self.assertEqual(
            self.mention_faults("a.c", "\n/* docs/c.md, docs/a.md#tail */\n"),
            ["a.c:2: names docs/c.md: no docs/c.md in git", "a.c:2: names docs/a.md#tail: no heading #tail"],
        )

    def test_other_paths_are_not_ours(self):
        self.assertEqual(self.mention_faults("a.c", "/* linux/docs/c.md, mydocs/c.md */\n"), [])

    def test_tests_may_make_pages_up(self):
        self.assertEqual(self.mention_faults("scripts/tests/unit/a.py", "docs/c.md\n"), [])
