# SPDX-License-Identifier: Apache-2.0
"""Tables as data: tab-separated, a header that names the columns, lines with # are comments."""

import csv
from typing import TypeVar

Row = TypeVar("Row")


def rows(text: str, row: type[Row]) -> list[Row]:
    """The rows, each as a `row` made with the columns as keywords."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [row(**cells) for cells in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
