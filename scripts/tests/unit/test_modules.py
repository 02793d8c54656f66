# SPDX-License-Identifier: Apache-2.0
"""The build folder follows the source tree."""

import tempfile
import unittest
from pathlib import Path

from lib import modules


class SyncTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source = Path(folder.name) / "source"
        self.copy = Path(folder.name) / "copy"
        for name in ("Kbuild", "main.c", "compat/compat.h", "tests/unit/test.c"):
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            (self.source / name).write_text(name)

    def sync(self) -> bool:
        return modules._sync(modules._sources(self.source), self.copy)

    def test_sources_without_tests_and_built_files(self):
        products = ("main.o", "zreap.ko", "zreap.mod", "zreap.mod.c", ".main.o.cmd", "Module.symvers", "modules.order")
        for name in products:
            (self.source / name).touch()
        self.assertEqual(sorted(modules._sources(self.source)), ["Kbuild", "compat/compat.h", "main.c"])

    def test_only_what_differs_is_touched(self):
        self.assertTrue(self.sync())
        before = {name: (self.copy / name).stat().st_mtime_ns for name in ("Kbuild", "main.c")}
        (self.source / "main.c").write_text("changed")
        self.assertTrue(self.sync())
        self.assertEqual((self.copy / "Kbuild").stat().st_mtime_ns, before["Kbuild"])
        self.assertEqual((self.copy / "main.c").read_text(), "changed")

    def test_nothing_differs(self):
        self.sync()
        self.assertFalse(self.sync())

    def test_a_source_that_is_gone_is_noticed(self):
        self.sync()
        self.assertFalse(modules._lost_a_source(modules._sources(self.source), self.copy))
        (self.source / "main.c").unlink()
        self.assertTrue(modules._lost_a_source(modules._sources(self.source), self.copy))
