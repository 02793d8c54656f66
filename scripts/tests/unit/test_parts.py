# SPDX-License-Identifier: Apache-2.0
"""Which kernel a part runs on."""

import unittest

from lib import count, kernels, parts

STOCK = kernels.Kernel("stock", "s", "p", "h", "t", "-", "1")
KUNIT = kernels.Kernel("other", "s", "p", "-", "t", "base+kunit", "1")


def part(needs: str, command: str = "true") -> parts.Part:
    return parts.Part("part", "tap", needs, command)


class KernelTest(unittest.TestCase):
    def test_a_part_that_needs_a_guest_runs_on_the_chosen_kernel(self):
        self.assertEqual(parts.kernel_for(part("guest"), STOCK), STOCK)

    def test_what_the_chosen_kernel_has_not_is_looked_for(self):
        self.assertEqual(parts.kernel_for(part("kunit"), STOCK), kernels.find("kunit"))
        self.assertEqual(parts.kernel_for(part("kunit"), KUNIT), KUNIT)

    def test_a_part_without_guests_runs_on_none(self):
        self.assertFalse(part("-").runs_on(STOCK))
        self.assertFalse(part("-").runs_on(KUNIT))


class TableTest(unittest.TestCase):
    def test_every_part_can_be_counted_and_run(self):
        for row in parts.all_parts():
            with self.subTest(row.name):
                self.assertIn(row.counter, count.COUNTERS)
                self.assertTrue(row.needs == "-" or any(row.runs_on(kernel) for kernel in kernels.all_kernels()))
