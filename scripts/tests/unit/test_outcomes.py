# SPDX-License-Identifier: Apache-2.0
"""Comparing how a foreign test program went."""

import unittest

from lib.outcomes import Outcome

TAP = "TAP version 13\n1..2\n# [17] begins\nok 1 [17] Result (0)\nok 2 named # SKIP why\n"


class OutcomeTest(unittest.TestCase):
    def test_the_same_but_for_numbers_of_processes(self):
        other = Outcome(0, TAP.replace("17", "1234") + "# more talk\n")
        self.assertEqual(Outcome(0, TAP).differences(other), [])

    def test_exit_statuses_differ(self):
        self.assertEqual(
            Outcome(0, "").differences(Outcome(4, "")),
            ["it ended with exit status 0, the other ended with exit status 4 (skipped)"],
        )
        self.assertEqual(
            Outcome(None, "").differences(Outcome(-9, "")), ["it ran out of time, the other ended by signal 9"],
        )

    def test_a_test_that_fails_is_another(self):
        self.assertEqual(
            Outcome(0, TAP).differences(Outcome(0, TAP.replace("ok 1", "not ok 1"))),
            ["only here: ok 1 [N] Result (N)", "only in the other: not ok 1 [N] Result (N)"],
        )

    def test_a_skipped_test_is_another(self):
        self.assertEqual(len(Outcome(0, TAP).differences(Outcome(0, TAP.replace(" # SKIP why", "")))), 2)

    def test_a_test_that_is_missing_or_comes_twice(self):
        first = "ok 1 [17] Result (0)\n"
        missing, twice = Outcome(0, TAP.replace(first, "")), Outcome(0, TAP + first)
        self.assertEqual(Outcome(0, TAP).differences(missing), ["only here: ok 1 [N] Result (N)"])
        self.assertEqual(Outcome(0, TAP).differences(twice), ["only in the other: ok 1 [N] Result (N)"])

    def test_order_does_not_count(self):
        self.assertEqual(Outcome(0, "ok 1 a\nok 2 b\n").differences(Outcome(0, "ok 2 b\nok 1 a\n")), [])

    def test_what_a_reader_is_told(self):
        self.assertEqual(str(Outcome(0, TAP)), "1 passed, 0 failed, 1 skipped")
        self.assertEqual(str(Outcome(1, "not ok 1 a\n")), "0 passed, 1 failed, ended with exit status 1")
        self.assertEqual(str(Outcome(0, "no TAP\n")), "ended with exit status 0")
        self.assertEqual(str(Outcome(4, "")), "ended with exit status 4 (skipped)")
