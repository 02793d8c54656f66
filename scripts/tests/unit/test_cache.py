# SPDX-License-Identifier: Apache-2.0
"""What is in the cache is whole."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lib import cache


class CacheTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_where_it_is(self):
        with mock.patch.dict(os.environ, {"ZREAP_CACHE": str(self.folder / "own"), "XDG_CACHE_HOME": "/elsewhere"}):
            self.assertEqual(cache.root(), self.folder / "own")
        with mock.patch.dict(os.environ, {"ZREAP_CACHE": "", "XDG_CACHE_HOME": str(self.folder)}):
            self.assertEqual(cache.root(), self.folder / "zreap")

    def test_published_at_the_end(self):
        destination = self.folder / "thing"
        with cache.publish(destination) as partial:
            (partial / "file").write_text("whole")
            self.assertFalse(destination.exists())
        self.assertEqual((destination / "file").read_text(), "whole")
        self.assertEqual(list(self.folder.iterdir()), [destination])

    def test_nothing_stays_of_a_failure(self):
        with self.assertRaises(KeyboardInterrupt), cache.publish(self.folder / "thing") as partial:
            (partial / "file").write_text("half")
            raise KeyboardInterrupt
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_the_rest_of_a_killed_run_is_not_used(self):
        (self.folder / "thing.partial").mkdir()
        (self.folder / "thing.partial" / "old").touch()
        with cache.publish(self.folder / "thing") as partial:
            (partial / "new").touch()
        self.assertEqual([path.name for path in (self.folder / "thing").iterdir()], ["new"])

    def test_keys_tell_contents_apart(self):
        self.assertEqual(cache.key("a", b"b"), cache.key("a", "b"))
        self.assertNotEqual(cache.key("ab", "c"), cache.key("a", "bc"))
