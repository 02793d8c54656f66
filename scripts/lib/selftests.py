# SPDX-License-Identifier: Apache-2.0
"""Suites of the kernel's own selftests, unmodified, from Debian's source of it and built on this machine."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from lib import cache, kernels, processes, source
from lib.errors import HarnessError
from lib.kernels import Kernel

SUITES = ("pidfd", "ptrace", "pid_namespace", "clone3", "exec", "proc")
_PLACE = "tools/testing/selftests"


@dataclass(frozen=True)
class Selftests:
    """The built suites, each a folder in `folder` from which its programs run."""

    folder: Path

    def programs(self, suite: str) -> list[str]:
        """The programs of a suite that its Makefile would run, each as SUITE/NAME."""
        emit = ["make", "-s", "-C", self.folder / suite, "emit_tests", f"COLLECTION={suite}"]
        done = subprocess.run(emit, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise HarnessError(f"the selftests of {suite} do not tell their programs")
        programs = done.stdout.replace(":", "/").split()
        if not programs:
            raise HarnessError(f"the selftests of {suite} have no programs")
        return programs


def fetch() -> Selftests:
    """The suites from the cache, built if they are not there yet."""
    package = source.package(_kernel())
    folder = cache.root() / "selftests" / cache.key(package.name, *SUITES)
    with cache.locked("selftests", "foreign: waiting for another one that builds the selftests"):
        if not folder.exists():
            print(f"foreign: building the selftests of {package.name}", file=sys.stderr)
            with cache.publish(folder) as partial:
                _build(package, partial / "tree")
    return Selftests(folder / "tree" / _PLACE)


def _kernel() -> Kernel:
    """The first of the table whose source Debian packages for us."""
    return next(kernel for kernel in kernels.all_kernels() if kernel.package.startswith("linux-source-"))


def _build(package: Path, tree: Path) -> None:
    """With the kernel's headers that this machine has for its user space.

    OUTPUT is named since their Makefiles take the root folder if they were called by another make.
    """
    source.unpack(package, tree, _PLACE)
    log = cache.root() / "logs" / "build-selftests.log"
    log.parent.mkdir(exist_ok=True)
    with open(log, "wb") as out:
        for suite in SUITES:
            folder = tree / _PLACE / suite
            command = ["make", "-s", "-C", folder, f"OUTPUT={folder}"]
            if processes.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT):
                raise HarnessError(f"the selftests of {suite} do not build (the whole output: {log})")
