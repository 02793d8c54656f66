# SPDX-License-Identifier: Apache-2.0
"""The table of kernels."""

import unittest

from lib import kernels
from lib.errors import HarnessError


class KernelsTest(unittest.TestCase):
    def test_rows_are_found_by_column_name(self):
        header = "headers\tname\tslowness\tsuite\tpackage\tconfig\ttoolchain\n"
        table = kernels.parse(f"# a comment\n{header}h\tn\t4\ts\tp\ta+b\tt\n")
        self.assertEqual(table, [kernels.Kernel("n", "s", "p", "h", "t", "a+b", "4")])
        self.assertEqual((table[0].fragments, table[0].patience), (["a", "b"], 4))

    def test_debians_own_kernels_have_no_fragments(self):
        self.assertEqual(kernels.find(None).fragments, [])

    def test_the_default_is_the_first(self):
        self.assertEqual(kernels.find(None), kernels.all_kernels()[0])
        self.assertEqual(kernels.find(None).name, "6.1")

    def test_names_are_unique(self):
        names = [kernel.name for kernel in kernels.all_kernels()]
        self.assertEqual(len(names), len(set(names)))

    def test_an_unknown_name_is_told_with_the_known_ones(self):
        with self.assertRaisesRegex(HarnessError, "no kernel '2.4'; there are 6.1"):
            kernels.find("2.4")
