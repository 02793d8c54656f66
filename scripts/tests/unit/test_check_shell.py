# SPDX-License-Identifier: Apache-2.0
"""Which files scripts/check gives to ShellCheck, and what it says of them."""

import tempfile
import unittest
from pathlib import Path

from lib.checks import shell
from trees import tree


def faults(name: str, text: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(text)
        return [str(fault) for fault in shell.shell(tree({name: text}, root=Path(folder)))]


class ShellTest(unittest.TestCase):
    def test_a_good_script(self):
        self.assertEqual(faults("good.sh", "#!/bin/sh\necho \"$1\"\n"), [])

    def test_a_finding_names_its_line(self):
        for name in ("bad.sh", "bad"):
            with self.subTest(name):
                (fault,) = faults(name, "#!/bin/sh\necho $1\n")
                self.assertRegex(fault, f"^{name}:2: note: Double quote")

    def test_other_files_are_no_scripts(self):
        self.assertEqual(faults("bad.txt", "echo $1\n"), [])
        self.assertEqual(faults("bad", "#!/usr/bin/python3\necho $1\n"), [])
