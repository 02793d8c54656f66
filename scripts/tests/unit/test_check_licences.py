# SPDX-License-Identifier: Apache-2.0
"""The licence of every file."""

import unittest

from lib.checks import licences
from trees import faults

# In two pieces, so that no tool takes it for the licence of this file.
TAG = "SPDX-License-" + "Identifier:"


class LinesTest(unittest.TestCase):
    def test_a_source_file_names_its_licence_at_its_top(self):
        for name, text in (
            ("a.c", f"// {TAG} GPL-2.0-only\n"),
            ("pom.xml", f"<?xml version=\"1.0\"?>\n<!-- {TAG} Apache-2.0 -->\n"),
            ("Makefile", f"# {TAG} Apache-2.0\n"),
        ):
            with self.subTest(name):
                self.assertEqual(faults(licences.licence_lines, {name: text}), [])

    def test_without_one_it_is_at_fault(self):
        for name, text in (("a.c", "\n"), ("Kbuild", "\n"), ("run", "#!/bin/sh\n"), ("a.h", f"\n\n\n/* {TAG} */\n")):
            with self.subTest(name):
                self.assertEqual(
                    faults(licences.licence_lines, {name: text}), [f"{name}: no {TAG[:-1]} in its first lines"],
                )

    def test_other_files_need_no_line(self):
        self.assertEqual(faults(licences.licence_lines, {"a.md": "\n", "a.tsv": "\n"}), [])
