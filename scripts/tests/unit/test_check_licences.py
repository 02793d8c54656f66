# SPDX-License-Identifier: Apache-2.0
"""The licence of every file."""

import shutil
import tempfile
import unittest
from pathlib import Path

from lib.checks import licences
from trees import faults, tree

TAG = f"{licences.TAG}:"
DEP5 = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 2026 A
License: Apache-2.0

Files: kmod/* b/*
Copyright: 2026 A
License: GPL-2.0-only
"""
TOP = Path(__file__).resolve().parents[3]


def line_faults(name: str, text: str) -> list[str]:
    return faults(licences.licence_lines, {licences.DEP5: DEP5, name: text})


class LinesTest(unittest.TestCase):
    def test_a_source_file_names_its_licence_at_its_top(self):
        for name, text in (
            ("kmod/a.c", f"// {TAG} GPL-2.0-only\n"),
            ("pom.xml", f"<?xml version=\"1.0\"?>\n<!-- {TAG} Apache-2.0 -->\n"),
            ("Makefile", f"# {TAG} Apache-2.0\n"),
            ("b/run", f"#!/bin/sh\n# {TAG} GPL-2.0-only\n"),
        ):
            with self.subTest(name):
                self.assertEqual(line_faults(name, text), [])

    def test_without_one_it_is_at_fault(self):
        for name, text in (("a.c", "\n"), ("Kbuild", "\n"), ("run", "#!/bin/sh\n"), ("a.h", f"\n\n\n/* {TAG} X */\n")):
            with self.subTest(name):
                self.assertEqual(line_faults(name, text), [f"{name}: no {licences.TAG} in its first lines"])

    def test_the_list_of_all_licences_must_agree(self):
        self.assertEqual(
            line_faults("kmod/a.c", f"// {TAG} Apache-2.0\n"),
            ["kmod/a.c: its licence is Apache-2.0 here, GPL-2.0-only in .reuse/dep5"],
        )

    def test_other_files_need_no_line(self):
        self.assertEqual(line_faults("a.md", "\n"), [])


class FilesTest(unittest.TestCase):
    def faults(self, dep5: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            shutil.copytree(TOP / "LICENSES", root / "LICENSES")
            (root / ".reuse").mkdir()
            (root / licences.DEP5).write_text(dep5)
            for name in ("a.md", "kmod/a.c"):
                (root / name).parent.mkdir(exist_ok=True)
                (root / name).write_text("text\n")
            return [str(fault) for fault in licences.licences(tree({}, root=root))]

    def test_all_have_one(self):
        self.assertEqual(self.faults(DEP5), [])

    def test_a_file_without_one_is_named(self):
        self.assertRegex("\n".join(self.faults(DEP5.replace("Files: *", "Files: c/*"))), r"\* (.*/)?a\.md\n")

    def test_a_licence_without_its_text_is_named(self):
        self.assertIn("* Missing licenses: MIT", self.faults(DEP5.replace("Apache-2.0", "MIT")))
