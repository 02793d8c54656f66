# SPDX-License-Identifier: Apache-2.0
"""The list of files that are not in order yet."""

import unittest
from pathlib import Path

from lib.checks.exceptions import Excuse, Exceptions
from lib.checks.tree import Fault

LONG = Fault("docs/a.md", 3, "too long")


def left(check: str, *rows: tuple[str, str]) -> list[str]:
    return [str(fault) for fault in Exceptions([Excuse(*row) for row in rows]).without(check, [LONG])]


class ExceptionsTest(unittest.TestCase):
    def test_without_a_row_a_fault_stands(self):
        self.assertEqual(left("columns"), ["docs/a.md:3: too long"])

    def test_a_row_excuses_its_files_and_its_check(self):
        self.assertEqual(left("columns", ("columns", "docs/a.md")), [])
        self.assertEqual(left("columns", ("columns", "docs/*"), ("links", "docs/b.md")), [])
        self.assertEqual(left("columns", ("links", "docs/a.md")), ["docs/a.md:3: too long"])

    def test_a_row_that_is_not_needed_any_more_is_a_fault(self):
        self.assertEqual(
            left("columns", ("columns", "docs/a.md"), ("columns", "docs/b.md")),
            ["scripts/exceptions.tsv: docs/b.md has no fault of columns any more: take this row out"],
        )

    def test_the_table_can_be_read(self):
        Exceptions.read(Path(__file__).resolve().parents[3])
