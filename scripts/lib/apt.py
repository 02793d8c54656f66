# SPDX-License-Identifier: Apache-2.0
"""Packages of any Debian suite, from the mirrors that this machine uses, through a private apt configuration.

The machine's own lists, cache and package status are neither read nor changed; no root is needed.
"""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lib import cache
from lib.errors import HarnessError

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


@dataclass(frozen=True)
class Mirrors:
    """Where this machine gets Debian from."""

    main: str
    security: str | None


def mirrors_from(targets: str) -> Mirrors:
    """The mirrors in the output of `apt-get indextargets` (see _TARGET_FORMAT), without those of other vendors."""
    found = {}
    for line in targets.splitlines():
        origin, label, uri = line.split("|", 2)
        if origin == "Debian":
            found.setdefault(label, uri)
    if "Debian" not in found:
        raise HarnessError("this machine's apt configuration has no Debian mirror that answers")
    return Mirrors(found["Debian"], found.get("Debian-Security"))


_TARGET_FORMAT = "$(ORIGIN)|$(LABEL)|$(REPO_URI)"


def sources_for(suite: str, mirrors: Mirrors) -> str:
    """The sources.list of a suite: its release, its security updates if it has any, backports above their release."""
    release = suite.removesuffix("-backports")
    lines = [f"deb [signed-by={KEYRING}] {mirrors.main} {release} main"]
    if suite != release:
        lines.append(f"deb [signed-by={KEYRING}] {mirrors.main} {suite} main")
    if release != "sid" and mirrors.security:
        lines.append(f"deb [signed-by={KEYRING}] {mirrors.security} {release}-security main")
    return "\n".join(lines) + "\n"


class Apt:
    """apt with a state of its own under `folder`. The caller holds the lock "fetch"."""

    def __init__(self, folder: Path, sources: str | None, release: str | None = None):
        """`sources` None means the machine's own entries; `release` is the suite to prefer over the others."""
        self._folder = folder
        (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        (folder / "archives" / "partial").mkdir(parents=True, exist_ok=True)
        (folder / "status").write_text("")
        settings = {
            "Dir::State": folder,
            "Dir::State::lists": folder / "lists",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder,
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "APT::Architecture": "amd64",
        }
        if os.geteuid() == 0:
            settings["APT::Sandbox::User"] = "root"
        if sources is not None:
            (folder / "sources.list").write_text(sources)
            settings |= {"Dir::Etc::sourcelist": folder / "sources.list", "Dir::Etc::sourceparts": "/dev/null"}
        if release is not None:
            settings["APT::Default-Release"] = release
        (folder / "apt.conf").write_text("".join(f'{name} "{value}";\n' for name, value in settings.items()))

    def run(self, *command: str, cwd: Path | None = None) -> str:
        """What an apt command prints, run with this state."""
        done = subprocess.run(
            command, cwd=cwd, text=True, capture_output=True,
            env=os.environ | {"APT_CONFIG": str(self._folder / "apt.conf"), "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise HarnessError(f"`{' '.join(command)}` failed:\n{(done.stderr or done.stdout).strip()}")
        return done.stdout

    def update(self) -> None:
        """Fetches the package lists; any that can't be had is an error."""
        self.run("apt-get", "-qq", "--error-on=any", "update")

    def depends(self, package: str, pattern: str) -> list[str]:
        """The packages whose names match `pattern` among the dependencies of the newest version."""
        show = self.run("apt-cache", "show", "--no-all-versions", package)
        depends = re.search(r"^Depends: (.*)$", show, re.MULTILINE)
        names = [re.match(r"[^ (]+", part.strip())[0] for part in depends[1].split(",")] if depends else []
        return [name for name in names if re.fullmatch(pattern, name)]

    def download(self, packages: list[str], folder: Path) -> list[Path]:
        """Puts the packages' .deb files into `folder`; apt verifies them."""
        self.run("apt-get", "-qq", "download", *packages, cwd=folder)
        return sorted(folder.glob("*.deb"))

    def download_missing(self, packages: list[str], status: Path, folder: Path) -> list[Path]:
        """Puts the packages, and what a system with that package status needs to install them, into `folder`."""
        (folder / "partial").mkdir()
        self.run(
            "apt-get", "-qq", "--yes", "--no-install-recommends", "--download-only",
            "-o", f"Dir::State::status={status}", "-o", f"Dir::Cache::archives={folder}", "install", *packages,
        )
        (folder / "partial").rmdir()
        (folder / "lock").unlink(missing_ok=True)
        return sorted(folder.glob("*.deb"))


def machine_mirrors() -> Mirrors:
    """The mirrors of this machine. Its own lists may be missing or stale, so private ones are fetched."""
    apt = Apt(cache.root() / "apt" / "machine", sources=None)
    apt.update()
    return mirrors_from(apt.run("apt-get", "indextargets", "--format", _TARGET_FORMAT, "Created-By: Packages"))


def for_suite(suite: str) -> Apt:
    """An apt that sees that suite, with fresh lists."""
    sources = sources_for(suite, machine_mirrors())
    apt = Apt(cache.root() / "apt" / suite, sources, suite if suite.endswith("-backports") else None)
    apt.update()
    return apt
