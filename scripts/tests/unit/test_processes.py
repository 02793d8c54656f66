# SPDX-License-Identifier: Apache-2.0
"""No command goes on without us."""

import os
import select
import subprocess
import unittest
from unittest import mock

from lib import processes


class RunTest(unittest.TestCase):
    def test_status(self):
        self.assertEqual(processes.run(["sh", "-c", "exit 3"]), 3)

    def test_an_interruption_ends_all_that_was_started(self):
        """The command's child holds the pipe open as long as it lives."""
        reader, writer = os.pipe()
        with open(reader), mock.patch.object(subprocess.Popen, "wait", side_effect=[KeyboardInterrupt, None]):
            with self.assertRaises(KeyboardInterrupt), open(writer):
                processes.run(["sh", "-c", "sleep 1000 & wait"], stdout=writer)
            self.assertTrue(select.select([reader], [], [], 10)[0])
