# SPDX-License-Identifier: Apache-2.0
"""The table of scenarios, scripts/host/scenarios.tsv."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lib import table
from lib.errors import HarnessError
from lib.host.hosts import FOLDER, Host, all_hosts

REBOOT = "reboot"
ENROLL = "enroll"  # a boot in which somebody at the console answers MokManager, which then reboots


@dataclass(frozen=True)
class Step:
    """A script with its argument, if any; or REBOOT or ENROLL."""

    name: str
    argument: str

    @property
    def script(self) -> Path:
        return FOLDER / "steps" / f"{self.name}.sh"

    def __str__(self) -> str:
        return f"{self.name}={self.argument}" if self.argument else self.name


@dataclass(frozen=True)
class Scenario:
    """What is done to a host. It begins as its host was installed, or as another scenario left it."""

    name: str
    host: Host
    after: "Scenario | None"
    secure_boot: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class _Row:
    name: str
    origin: str
    secure_boot: str
    steps: str


def parse(text: str, hosts: Iterable[Host]) -> list[Scenario]:
    """The scenarios of a table in the format of scenarios.tsv, each after the one that it goes on from."""
    known: dict[str, Scenario] = {}
    hosts_by_name = {host.name: host for host in hosts}
    for row in table.rows(text, _Row):
        after = known.get(row.origin)
        if not after and row.origin not in hosts_by_name:
            raise HarnessError(f"scenario {row.name}: {row.origin} is neither a host nor a scenario above it")
        steps = [Step(name, argument) for name, _, argument in (word.partition("=") for word in row.steps.split())]
        for step in steps:
            if step.name not in (REBOOT, ENROLL) and not step.script.exists():
                raise HarnessError(f"scenario {row.name}: there is no step {step.name}")
        host = after.host if after else hosts_by_name[row.origin]
        known[row.name] = Scenario(row.name, host, after, row.secure_boot == "yes", tuple(steps))
    return list(known.values())


def all_scenarios() -> list[Scenario]:
    """The rows of scripts/host/scenarios.tsv."""
    return parse((FOLDER / "scenarios.tsv").read_text(), all_hosts())
