# SPDX-License-Identifier: Apache-2.0
"""Counting tests in what runners print."""

import unittest

from lib import count
from lib.count import Count


class CountTest(unittest.TestCase):
    def test_tap(self):
        output = "1..2\nok 1 - a\n# ok\nnot ok 2 - b\n1..2\nok 1\nok 2 - c # SKIP why\n"
        self.assertEqual(count.tap(output), Count(2, 1, 1))
        self.assertEqual(count.tap("okay\nnothing ok\n"), Count())

    def test_unittest(self):
        self.assertEqual(count.unittest("Ran 33 tests in 0.183s\n\nOK\n"), Count(33))
        failed = "Ran 9 tests in 1.0s\n\nFAILED (failures=1, errors=2, skipped=3)\n"
        self.assertEqual(count.unittest(failed), Count(3, 3, 3))
        self.assertEqual(count.unittest("Ran 1 test in 1.0s\n\nOK (skipped=1)\n"), Count(0, 0, 1))

    def test_surefire(self):
        output = """\
[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in org.zreap.StatTest
[INFO] Tests run: 40, Failures: 0, Errors: 0, Skipped: 1
[ERROR] Tests run: 7, Failures: 1, Errors: 2, Skipped: 0
"""
        self.assertEqual(count.surefire(output), Count(43, 3, 1))

    def test_junit(self):
        output = """\
[         9 containers successful ]
[        17 tests found           ]
[         1 tests skipped         ]
[        16 tests started         ]
[         2 tests aborted         ]
[        13 tests successful      ]
[         1 tests failed          ]
"""
        self.assertEqual(count.junit(output), Count(13, 1, 3))

    def test_sum(self):
        self.assertEqual(str(Count(1, 2) + Count(3, 0)), "4 passed, 2 failed")
        self.assertEqual(str(Count(1, 2, 3)), "1 passed, 2 failed, 3 skipped")
