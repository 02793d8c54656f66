# SPDX-License-Identifier: Apache-2.0
"""The tree of the image that builds and loads the module: Debian's compiler, and the module's sources."""

import platform
import shutil
import tempfile
from pathlib import Path

from lib import apt, processes
from lib.oci import bom, packages
from lib.results import TREE

# The programs of the kernel's headers are linked with the last two.
_PACKAGES = ("gcc", "make", "kmod", "libelf1|libelf1t64", "libssl3|libssl3t64")
# Headers lead to each other by these paths, and by ../../lib from the place that they have on the node.
_LINKS = {"lib/modules": "/host/lib/modules", "usr/src": "/host/usr/src"}
_HOST = ("lib/modules", "usr/src", "usr/lib")
_LEFT_OUT = (
    "var/cache/*", "var/lib/apt/*", "var/log/*", "etc/apt", "usr/share/locale", "usr/share/man", "usr/share/info",
    "usr/share/doc/*/*", "etc/resolv.conf", "etc/hostname", "dev/*",
)


def fill(root: Path, version: str, epoch: int) -> None:
    """Fills the empty folder `root` from the release of Debian that this machine has: its compiler is its kernel's."""
    suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "apt.conf").write_text(processes.output(["apt-config", "dump", "Acquire"]))
        (folder / "sources.list").write_text(apt.sources_for(suite, apt.machine_mirrors()))
        wanted = ",".join(_available(names) for names in _PACKAGES)
        processes.output([
            "unshare", "--mount", "--propagation", "private",  # its mounts end with it
            "env", f"SOURCE_DATE_EPOCH={epoch}",
            "mmdebstrap", "--quiet", "--mode=root", "--format=directory", "--variant=essential", f"--include={wanted}",
            f"--aptopt={folder / 'apt.conf'}", "--dpkgopt=path-exclude=/usr/share/man/*",
            "--dpkgopt=path-exclude=/usr/share/locale/*", suite, root, folder / "sources.list",
        ])
    bill = packages.installed(root)
    _leave_out(root)
    _add_sources(root)
    bom.write(root / bom.PLACE, "zreap-loader", version, bill)


def _available(names: str) -> str:
    """Debian 13 renamed some libraries: the first of these names that this machine's apt knows."""
    known = processes.output(["apt-cache", "pkgnames"]).split()
    return next((name for name in names.split("|") if name in known), names.split("|")[0])


def _leave_out(root: Path) -> None:
    for pattern in _LEFT_OUT:
        for path in root.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != "copyright":
                path.unlink()


def _add_sources(root: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        processes.output([TREE / "scripts" / "stage", name, "/usr", "sources"])
        [sources] = (Path(name) / "usr" / "src").iterdir()
        shutil.copytree(sources, root / "usr" / "share" / "zreap" / "module")
    program = root / "usr" / "bin" / "zreap-load"
    program.write_text((TREE / "host" / "zreap-load.in").read_text().replace("@PREFIX@", "/usr"))
    program.chmod(0o755)
    for folder in _HOST:
        (root / "host" / folder).mkdir(parents=True)
    for link, target in _LINKS.items():
        place = root / link
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        place.symlink_to(target)
