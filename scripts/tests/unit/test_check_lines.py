# SPDX-License-Identifier: Apache-2.0
"""Which lines scripts/check takes for too long or badly ended."""

import unittest

from lib.checks import lines
from trees import faults


class LineEndsTest(unittest.TestCase):
    def test_good_ends(self):
        self.assertEqual(faults(lines.line_ends, {"a.c": "one\n\ntwo\n", "empty": ""}), [])

    def test_blanks_and_carriage_returns(self):
        self.assertEqual(
            faults(lines.line_ends, {"a.c": "one \ntwo\t\nthree\r\n"}),
            [f"a.c:{number}: blank or CR at the end" for number in (1, 2, 3)],
        )

    def test_one_lf_at_the_end_of_the_file(self):
        for text in ("one", "one\n\n"):
            with self.subTest(text):
                self.assertEqual(faults(lines.line_ends, {"a.c": text}), ["a.c: must end with one LF"])

    def test_a_corpus_may_hold_anything(self):
        self.assertEqual(faults(lines.line_ends, {"kmod/tests/unit/corpus/pid": "1 "}), [])


class ColumnsTest(unittest.TestCase):
    def test_text_ends_at_100(self):
        text = "x" * 100
        self.assertEqual(faults(lines.columns, {"a.md": f"{text}\n"}), [])
        self.assertEqual(faults(lines.columns, {"a.md": f"{text}x\n"}), ["a.md:1: text ends at column 101, not 100"])

    def test_tables_code_and_links_may_be_longer(self):
        long = "word " * 30
        url = f"https://example.org/{'x' * 100}"
        for text in (
            f"| {long}|", f"    {long}", f"```text\n{long}\n```", f"- [a page]({url})", url, f"<{url}>.", f"[a]: {url}",
            f"![a picture]({url})",
        ):
            with self.subTest(text):
                self.assertEqual(faults(lines.columns, {"a.md": f"{text}\n"}), [])

    def test_a_link_within_text_is_text(self):
        self.assertEqual(len(faults(lines.columns, {"a.md": f"See [a page](https://example.org/{'x' * 100})\n"})), 1)

    def test_code_ends_at_120(self):
        for name in ("a.c", "a.h", "A.java", "a.py", "a.sh"):
            with self.subTest(name):
                self.assertEqual(faults(lines.columns, {name: "x" * 120 + "\n"}), [])
                self.assertEqual(
                    faults(lines.columns, {name: "x" * 121 + "\n"}), [f"{name}:1: code ends at column 121, not 120"],
                )

    def test_programs_without_a_suffix_are_code(self):
        for first in ("#!/bin/sh", "#!/usr/bin/python3", "#!/bin/bash -e"):
            with self.subTest(first):
                self.assertEqual(len(faults(lines.columns, {"a": f"{first}\n{'x' * 121}\n"})), 1)

    def test_a_tab_is_eight_columns(self):
        self.assertEqual(faults(lines.columns, {"a.c": "\t" + "x" * 112 + "\n"}), [])
        self.assertEqual(len(faults(lines.columns, {"a.c": "\t" + "x" * 113 + "\n"})), 1)

    def test_a_message_in_c_stays_in_one_piece(self):
        message = "\\\"word\\\" " * 30
        self.assertEqual(faults(lines.columns, {"a.c": f'\tpr_err("{message}");\n'}), [])
        self.assertEqual(len(faults(lines.columns, {"A.java": f'    print("{message}");\n'})), 1)
        self.assertEqual(len(faults(lines.columns, {"a.c": f'pr_err("short"); {"x" * 121}\n'})), 1)

    def test_other_files_may_have_any_lines(self):
        self.assertEqual(faults(lines.columns, {"a.tsv": "x" * 200 + "\n", "pom.xml": "x" * 200 + "\n"}), [])
