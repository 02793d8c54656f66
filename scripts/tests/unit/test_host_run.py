# SPDX-License-Identifier: Apache-2.0
"""What a step of a scenario has shown."""

import unittest

from lib.host import run
from lib.host.session import Ended


class VerdictsTest(unittest.TestCase):
    def test_tests_are_those_of_the_step(self):
        output = "some words\nok 1 - it boots\nnot ok 2 - it is loaded\n# a figure\n1..2\n"
        self.assertEqual(run.verdicts_of(Ended(1, output, 0)), [(True, "it boots"), (False, "it is loaded")])

    def test_a_failure_that_no_test_shows(self):
        self.assertEqual(run.verdicts_of(Ended(137, "ok 1 - a\n", 0)), [(True, "a"), (False, "exit status 137")])

    def test_a_step_without_tests(self):
        self.assertEqual(run.verdicts_of(Ended(0, "nothing\n", 0)), [(False, "it ran no test")])

    def test_a_kernel_that_warned(self):
        oops = 1 << 7
        self.assertEqual(
            run.verdicts_of(Ended(0, "ok 1 - a\n", oops)), [(True, "a"), (False, "the kernel is tainted by an oops")],
        )
