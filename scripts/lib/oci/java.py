# SPDX-License-Identifier: Apache-2.0
"""A runtime of Java that has only the modules that zreap needs, made by jlink of the JDK that PATH finds."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from lib import processes
from lib.errors import HarnessError

# zreap calls neither JNA's functions for windows nor Micrometer's for databases, which alone need these.
_UNUSED = {"java.desktop", "java.sql"}
# Java finds this one at run time: elliptic curves, for TLS of the metrics.
_SERVICES = {"jdk.crypto.ec"}
_RELEASE = "17"  # of Java, the oldest that zreap runs on


def modules(jars: Iterable[Path], libraries: Path) -> list[str]:
    """The modules of the JDK that these jars need; `libraries` has what they are compiled against."""
    told = processes.output([
        "jdeps", "--ignore-missing-deps", "--multi-release", _RELEASE, "--list-deps", "--module-path", libraries, *jars,
    ])
    return modules_from(told)


def modules_from(told: str) -> list[str]:
    """The modules in what jdeps prints."""
    needed = set(re.findall(r"^\s*((?:java|jdk)\.[a-z.]+)(?:/\S+)?$", told, re.MULTILINE))
    if "java.base" not in needed:
        raise HarnessError(f"jdeps does not tell modules:\n{told[-1000:]}")
    return sorted(needed - _UNUSED | _SERVICES)


def link(needed: Iterable[str], folder: Path) -> None:
    """Makes the runtime in `folder`, which must not exist yet."""
    processes.output([
        "jlink", "--add-modules", ",".join(needed), "--strip-debug", "--no-header-files", "--no-man-pages",
        "--output", folder,
    ])


def jdk() -> Path:
    """The program jlink itself, whatever links lead to it."""
    program = shutil.which("jlink")
    if not program:
        raise HarnessError("there is no jlink: install a JDK")
    return Path(program).resolve()
