# SPDX-License-Identifier: Apache-2.0
"""Root trees of other Debian suites, in which modules for their kernels are built. Root only."""

import os
import subprocess
import sys
from pathlib import Path

from lib import apt, cache, processes
from lib.errors import HarnessError

# Runs a command in the root tree $1 with /proc, and the folder $2 at /build. Its mounts are its own and end with it.
_ENTER = """
root=$1 folder=$2
shift 2
mount -t proc proc "$root/proc"
mount --bind "$folder" "$root/build"
exec chroot "$root" "$@"
"""


def run(root: Path, folder: Path, command: list[str], **options) -> int:
    """The exit status of a command in `root`, where `folder` is /build."""
    enter = ["unshare", "--mount", "--propagation", "private", "sh", "-e", "-c", _ENTER, "sh", root, folder, *command]
    return processes.run(enter, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}, **options)


def create(root: Path, toolchain: str, source: apt.Apt, packages: list[str]) -> None:
    """Makes `root` a tree of the suite `toolchain` with these packages of `source` and all that they need.

    The machine's own apt fetches them: the tree needs no network.
    """
    base = _base(toolchain)
    print(f"vm: installing {' '.join(packages)} in a chroot of {toolchain}", file=sys.stderr)
    subprocess.run(["cp", "-a", "--reflink=auto", base, root], check=True)
    (root / "build").mkdir()
    fetched = source.download_missing(packages, root / "var" / "lib" / "dpkg" / "status", root / "build")
    log = root / "install.log"
    with open(log, "w") as out:
        install = ["sh", "-c", "dpkg --unpack --force-depends *.deb && dpkg --configure --pending"]
        status = run(root, root / "build", ["env", "--chdir=/build", "DEBIAN_FRONTEND=noninteractive", *install],
                     stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if status:
        told = log.read_text().strip()
        raise HarnessError(f"cannot install {' '.join(packages)} in a chroot of {toolchain}:\n{told}")
    for path in fetched:
        path.unlink()


def _base(suite: str) -> Path:
    """The smallest tree of a suite, made once."""
    if os.geteuid() != 0:
        raise HarnessError(f"modules of this kernel are built in a chroot of {suite}, which only root can make")
    folder = cache.root() / "chroots" / suite
    if not folder.exists():
        print(f"vm: making a chroot of {suite}", file=sys.stderr)
        mirror = apt.machine_mirrors().main
        with cache.publish(folder) as partial:
            bootstrap = ["debootstrap", "--variant=minbase", f"--keyring={apt.KEYRING}", suite, partial, mirror]
            done = subprocess.run(
                ["unshare", "--mount", "--propagation", "private", *bootstrap],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
            if done.returncode:
                raise HarnessError(f"debootstrap of {suite} fails:\n{done.stdout[-2000:].strip()}")
    return folder
