# SPDX-License-Identifier: Apache-2.0
"""The host of scripts/capture, and the trees of scripts/parents that are captured on it."""

import shutil
import socket
import subprocess
from pathlib import Path

from lib import apt, cache, chroot
from lib.errors import HarnessError
from lib.host import image
from lib.host import machine as host_machine
from lib.host.hosts import Host
from lib.host.machine import HostMachine

FOLDER = Path(__file__).resolve().parent.parent.parent / "parents"
COPIES = "/srv/copies"  # where the host keeps what its scripts copy
_HOST = Host("parents", "trixie")


def trees() -> list[str]:
    """The names of the trees."""
    return sorted(path.stem for path in (FOLDER / "trees").glob("*.sh"))


def script(tree: str) -> Path:
    """What lets the zombie come, and copies the tree."""
    return FOLDER / "trees" / f"{tree}.sh"


def machine(folder: Path, shared: Path, keyboard: socket.socket) -> HostMachine:
    """The host, freshly installed. Its disk is in `folder`; it sees the folder `shared`."""
    return host_machine.above(image.fetch(_HOST, FOLDER / "packages.txt"), folder, shared, keyboard)


def build(folder: Path) -> None:
    """Compiles the programs in Go, in a chroot of the host's suite."""
    sources = sorted((FOLDER / "programs").glob("*.go"))
    folder.mkdir(parents=True, exist_ok=True)
    if all((folder / path.stem).exists() for path in sources):
        return
    for path in sources:
        shutil.copy(path, folder)
    with cache.locked("go", "capture: waiting for another one that installs Go"):
        root = cache.root() / "chroots" / f"{_HOST.suite}-go"
        if not root.exists():
            with cache.publish(root) as partial:
                partial.rmdir()
                chroot.create(partial, _HOST.suite, apt.for_suite(_HOST.suite), ["golang-go"])
    for path in sources:
        go = ["env", "HOME=/tmp", "CGO_ENABLED=0", "go", "build", "-o", f"/build/{path.stem}", f"/build/{path.name}"]
        if chroot.run(root, folder, go, stdin=subprocess.DEVNULL):
            raise HarnessError(f"cannot compile {path.name}")
