# SPDX-License-Identifier: Apache-2.0
"""Debian's prometheus and promtool, unpacked into the cache: the installed package would start a service."""

import subprocess
import sys
import tempfile
from pathlib import Path

from lib import apt, cache
from lib.errors import HarnessError

SUITE = "bookworm"


def program(name: str) -> Path:
    """One of the two programs."""
    folder = cache.root() / "prometheus" / SUITE
    with cache.locked("fetch", "prometheus: waiting for another run that fetches packages"):
        if not folder.exists():
            print(f"prometheus: fetching it ({SUITE})", file=sys.stderr)
            with cache.publish(folder) as partial:
                _unpack(partial)
    return folder / "usr" / "bin" / name


def _unpack(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache.root()) as downloads:
        for package in apt.for_suite(SUITE).download(["prometheus"], Path(downloads)):
            if subprocess.run(["dpkg-deb", "--extract", package, folder]).returncode:
                raise HarnessError(f"cannot unpack {package.name}")
