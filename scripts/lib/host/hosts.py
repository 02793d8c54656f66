# SPDX-License-Identifier: Apache-2.0
"""The table of hosts, scripts/host/hosts.tsv."""

from dataclasses import dataclass
from pathlib import Path

from lib import table

FOLDER = Path(__file__).resolve().parent.parent.parent / "host"


@dataclass(frozen=True)
class Host:
    """One row of the table; the fields are its columns."""

    name: str
    suite: str


def all_hosts() -> list[Host]:
    """The rows of scripts/host/hosts.tsv."""
    return table.rows((FOLDER / "hosts.tsv").read_text(), Host)
