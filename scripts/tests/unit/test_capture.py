# SPDX-License-Identifier: Apache-2.0
"""The trees that scripts/capture knows, and what copy-tree prints of a procfs."""

import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lib.host import machine, parents
from lib.results import TREE

RESOURCES = TREE / "java-client" / "core" / "src" / "test" / "resources" / "org" / "zreap" / "diagnosis"
STAT = "{pid} ({name}) {state} {parent} 1 1 0 -1 4194304 " + "0 " * 42 + "0\n"


class CaptureTest(unittest.TestCase):
    def test_each_copy_has_its_script(self):
        copies = {path.stem for path in (RESOURCES / "trees").glob("*.txt")}
        self.assertLessEqual(copies, set(parents.trees()))

    def test_the_table_has_each_script(self):
        lines = (RESOURCES / "captured.tsv").read_text().splitlines()
        judged = {line.removeprefix("# ").split("\t")[0] for line in lines if "\t" in line} - {"tree"}
        self.assertEqual(judged, set(parents.trees()))

    def test_each_script_copies_its_tree_and_shares_the_helpers(self):
        for tree in parents.trees():
            text = parents.script(tree).read_text()
            self.assertIn('. "$(dirname "$0")/../lib.sh"\n', text, tree)
            self.assertRegex(text, r'(?m)^\t?copy ', tree)


class MachineTest(unittest.TestCase):
    def test_qemu_can_start_it(self):
        with tempfile.TemporaryDirectory() as name, machine.keyboard() as keyboard, \
                mock.patch("lib.host.image.fetch"), mock.patch("lib.host.disk.above"), mock.patch("shutil.copy"):
            host = parents.machine(Path(name), TREE, keyboard)
            self.assertEqual(host.descriptors, (keyboard.fileno(),))
            self.assertIn("-chardev", host.arguments(Path(name) / "console.log"))


class CopyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.proc = Path(folder.name)
        self.process(1, "init", "S", 0)
        self.process(10, "par)ent", "S", 1)
        self.process(20, "other", "S", 1)
        self.process(21, "child", "Z", 10)
        self.process(22, "brother", "S", 10)

    def process(self, pid, name, state, parent):
        folder = self.proc / str(pid)
        folder.mkdir()
        (folder / "stat").write_text(STAT.format(pid=pid, name=name, state=state, parent=parent))
        (folder / "status").write_text(f"Name:\t{name}\nUmask:\t0022\nPPid:\t{parent}\n")
        (folder / "cmdline").write_bytes(f"{name}\0a\\b\xff".encode("latin-1"))
        (folder / "exe").symlink_to(f"/nowhere/{name}")

    def copy(self):
        command = [parents.FOLDER / "copy-tree", "21", "--proc", self.proc]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def test_it_says_which_is_the_zombie(self):
        self.assertEqual(self.copy().splitlines()[1], "zombie 21")

    def test_it_has_the_family_and_nobody_else(self):
        copied = self.copy()
        for pid in (1, 10, 21, 22):
            self.assertIn(f"file proc/{pid}/stat\n\t{pid} (", copied)
        self.assertNotIn("proc/20/", copied)

    def test_it_keeps_the_lines_that_are_read(self):
        self.assertIn("file proc/10/status\n\tName:\tpar)ent\n\tPPid:\t1\n", self.copy())

    def test_it_escapes_bytes_and_says_that_no_line_feed_ends_a_file(self):
        self.assertIn("file proc/10/cmdline\n\tpar)ent\\x00a\\\\b\\xff\\\n", self.copy())

    def test_it_escapes_a_blank_at_the_end_of_a_line(self):
        (self.proc / "10" / "limits").write_text("Max processes  1 2 processes \nMax files 3\n")
        self.assertIn("file proc/10/limits\n\tMax processes  1 2 processes\\x20\nlink", self.copy())

    def test_it_has_links(self):
        self.assertIn("link proc/10/exe /nowhere/par)ent\n", self.copy())


if __name__ == "__main__":
    unittest.main()
