# SPDX-License-Identifier: Apache-2.0
"""The tables of scripts/container-test, and its host: one on which zreap's packages and all engines are installed."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lib import table
from lib.host import image
from lib.host import machine as host_machine
from lib.host.hosts import Host
from lib.host.machine import HostMachine

FOLDER = Path(__file__).resolve().parent.parent.parent / "engines"
_HOST = Host("engines", "bookworm")
_NO_ADAPTER = "-"


@dataclass(frozen=True)
class Engine:
    """One row of engines.tsv; the fields are its columns."""

    name: str
    adapter: str
    what: str

    @property
    def is_run(self) -> bool:
        """Whether the host has it."""
        return self.adapter != _NO_ADAPTER


@dataclass(frozen=True)
class Trial:
    """One row of scripts/engines/scenarios.tsv, which is done with each engine; the fields are its columns."""

    name: str
    what: str

    @property
    def script(self) -> Path:
        """It is started with the names of an engine and of its adapter."""
        return FOLDER / "scenarios" / f"{self.name}.sh"


def all_engines() -> list[Engine]:
    """The rows of engines.tsv."""
    return table.rows((FOLDER / "engines.tsv").read_text(), Engine)


def all_trials() -> list[Trial]:
    """The rows of scenarios.tsv; the first is the engine's set-up."""
    return table.rows((FOLDER / "scenarios.tsv").read_text(), Trial)


def machine(packages: Sequence[Path], folder: Path, shared: Path, keyboard: socket.socket) -> HostMachine:
    """The host, freshly installed with zreap's packages. Its disk is in `folder`; it sees the folder `shared`."""
    base = image.fetch(_HOST, FOLDER / "packages.txt", packages)
    return host_machine.above(base, folder, shared, keyboard)
