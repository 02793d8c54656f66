# SPDX-License-Identifier: Apache-2.0
"""The Debian packages that files of this machine come from."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lib import processes
from lib.errors import HarnessError


@dataclass(frozen=True, order=True)
class Package:
    """A package in the version that is installed."""

    name: str
    version: str
    architecture: str


def owner(path: Path) -> Package:
    """The package that `path` comes from. dpkg may know it without /usr, as before /lib became a link."""
    names = [str(path)] + ([str(path).removeprefix("/usr")] if path.is_relative_to("/usr") else [])
    for name in names:
        found = subprocess.run(["dpkg-query", "--search", name], text=True, capture_output=True)
        if found.returncode == 0:
            package = re.match(r"[^:,\s]+(:[a-z0-9]+)?", found.stdout)[0]
            form = "${Package} ${Version} ${Architecture}"
            return Package(*processes.output(["dpkg-query", "--show", f"--showformat={form}", package]).split())
    raise HarnessError(f"{path} comes from no Debian package")


def installed(root: Path) -> list[Package]:
    """All packages of a tree that dpkg has filled."""
    form = "${Package} ${Version} ${Architecture}\\n"
    told = processes.output(["dpkg-query", f"--root={root}", "--show", f"--showformat={form}"])
    return sorted(Package(*line.split()) for line in told.splitlines())
