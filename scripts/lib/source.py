# SPDX-License-Identifier: Apache-2.0
"""A kernel built here: one of Debian's source packages, configured by fragments of scripts/configs."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from lib import apt, cache, chroot, processes
from lib.errors import HarnessError
from lib.kernels import Kernel

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
# Functions stay functions of their own: stack traces tell more, and the probes of zreap_jiangshi find theirs.
FLAGS = "KCFLAGS=-fno-inline-functions"
TOOLS = ["bc", "bison", "flex", "gcc", "libelf-dev", "make"]

# What the build of a module needs of the built tree, as in Debian's packages of headers.
_HEADERS = (
    ".config", "Makefile", "Module.symvers", "arch/x86/Makefile*", "arch/x86/include", "include", "scripts",
    "tools/objtool/objtool",
)


@dataclass(frozen=True)
class Source:
    """A source package in the cache, and what is to be made of it."""

    kernel: Kernel
    package: Path
    config: str

    @property
    def key(self) -> str:
        """A short name for this source, configured like this."""
        return cache.key(self.package.name, self.config, FLAGS)


def fetch(kernel: Kernel) -> Source:
    """The kernel's source from the cache, or from Debian if it is not there yet. The caller holds the kernel's lock."""
    config = "".join((CONFIGS / f"{name}.config").read_text() for name in kernel.fragments)
    return Source(kernel, package(kernel), config)


def package(kernel: Kernel) -> Path:
    """The kernel's source package, fetched if it is not in the cache yet."""
    folder = cache.root() / "kernels" / kernel.package
    with cache.locked("fetch", "vm: waiting for another vm that fetches a kernel"):
        if not folder.exists():
            print(f"vm: fetching {kernel.package} ({kernel.suite})", file=sys.stderr)
            with cache.publish(folder) as partial:
                apt.for_suite(kernel.suite).download([kernel.package], partial)
    return next(folder.glob("*.deb"))


def build(source: Source, folder: Path, own_suite: bool) -> None:
    """Fills `folder` with the kernel, its modules and headers; builds in a chroot unless it is of the `own_suite`."""
    kernel = source.kernel
    toolchain = None
    if not own_suite:
        toolchain = folder / "toolchain"
        with cache.locked("fetch", "vm: waiting for another vm that fetches a kernel"):
            chroot.create(toolchain, kernel.toolchain, apt.for_suite(kernel.suite), TOOLS)
    print(f"vm: building kernel {kernel.name} ({source.package.name}, {kernel.config})", file=sys.stderr)
    tree = folder / "tree"
    unpack(source.package, tree)
    make = _Make(kernel, tree, toolchain)
    _configure(source, tree, make)
    make("bzImage", "modules", FLAGS)
    make("modules_install", "INSTALL_MOD_PATH=installed")
    _keep(tree, folder, toolchain or folder)
    shutil.rmtree(tree)


class _Make:
    """make in the source tree, on this machine or in the chroot, with one log for all calls."""

    def __init__(self, kernel: Kernel, tree: Path, toolchain: Path | None):
        self._kernel = kernel
        self._tree = tree
        self._toolchain = toolchain
        self._log = cache.root() / "logs" / f"build-{kernel.name}.log"
        self._log.parent.mkdir(exist_ok=True)
        self._log.write_bytes(b"")

    def __call__(self, *arguments: str) -> None:
        command = ["make", "-s", f"-j{os.cpu_count()}", "-C", "/build" if self._toolchain else self._tree, *arguments]
        with open(self._log, "a") as out:
            output = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": subprocess.STDOUT}
            if self._toolchain:
                status = chroot.run(self._toolchain, self._tree, command, **output)
            else:
                status = processes.run(command, **output)
        if status:
            end = self._log.read_text(errors="replace")[-2000:].strip()
            raise HarnessError(f"kernel {self._kernel.name} does not build (the whole output: {self._log}):\n{end}")


def unpack(package: Path, tree: Path, part: str = "") -> None:
    """The source tree in a source package, which holds an archive of it; or only a part, a path in the tree."""
    tree.mkdir()
    wanted = f"linux-source-*/{part}" if part else "linux-source-*"
    contents = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    archive = subprocess.Popen(
        ["tar", "--extract", "--to-stdout", "--wildcards", "./usr/src/linux-source-*.tar.*"],
        stdin=contents.stdout, stdout=subprocess.PIPE,
    )
    select = ["--wildcards", "--no-wildcards-match-slash", wanted]
    unpacked = subprocess.run(
        ["tar", "--extract", "--xz", "--strip-components=1", "-C", tree, *select], stdin=archive.stdout,
    )
    contents.stdout.close()
    archive.stdout.close()
    if contents.wait() or archive.wait() or unpacked.returncode:
        raise HarnessError(f"cannot unpack {package.name}")


def _configure(source: Source, tree: Path, make: _Make) -> None:
    """All options that the fragments do not name, and nothing needs, are off."""
    name = f'CONFIG_LOCALVERSION="-{source.kernel.name}-{source.key[:8]}"\n'
    (tree / "wanted.config").write_text(source.config + name)
    make("allnoconfig", "KCONFIG_ALLCONFIG=wanted.config")
    missing = differences(source.config + name, (tree / ".config").read_text())
    if missing:
        raise HarnessError(f"the source of kernel {source.kernel.name} does not grant: {', '.join(missing)}")


def settings(config: str) -> dict[str, str]:
    """The options of a configuration, `n` for one that is said not to be set; the last word counts."""
    found = {}
    setting = r"^(?:(CONFIG_\w+)=(.*)|# (CONFIG_\w+) is not set)$"
    for set_name, value, unset_name in re.findall(setting, config, re.MULTILINE):
        found[set_name or unset_name] = value if set_name else "n"
    return found


def differences(wanted: str, got: str) -> list[str]:
    """The settings of `wanted` that `got` does not have."""
    have = settings(got)
    return [f"{name}={value}" for name, value in settings(wanted).items() if have.get(name, "n") != value]


def _keep(tree: Path, folder: Path, headers_root: Path) -> None:
    """Moves out of the built tree what boots and what modules are built with."""
    shutil.move(tree / "arch" / "x86" / "boot" / "bzImage", folder / "kernel")
    shutil.move(tree / "installed" / "lib", folder / "lib")
    (modules,) = (folder / "lib" / "modules").iterdir()
    (modules / "kernel").mkdir(exist_ok=True)
    headers = headers_root / "usr" / "src" / f"linux-headers-{modules.name}"
    for pattern in _HEADERS:
        for path in tree.glob(pattern):
            kept = headers / path.relative_to(tree)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, kept)
