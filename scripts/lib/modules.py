# SPDX-License-Identifier: Apache-2.0
"""Kernel modules built from a source tree for one kernel, and the module folder that a guest sees."""

import contextlib
import fcntl
import re
import shutil
import subprocess
from pathlib import Path

from lib import cache
from lib.errors import HarnessError
from lib.image import Image
from lib.kernels import Kernel

TREE = Path(__file__).resolve().parent.parent.parent
KMOD = TREE / "kmod"
KEPT_FOLDERS = 4
_BUILT = re.compile(r"^\.|\.(o|ko|a|mod|mod\.c|cmd|order|symvers)$")


def build(kernel: Kernel, image: Image, sources: list[Path]) -> Path:
    """The folder to mount at /lib/modules/RELEASE in the guest: the kernel's own modules and those of `sources`.

    The caller holds the kernel's lock, and `in_use` from then on as long as a guest uses the folder.
    """
    built = [module for source in sources for module in _make(kernel, image, source)]
    contents = [part for path in built for part in (path.name, path.read_bytes())]
    shelf = cache.root() / "modules" / f"{kernel.name}-{cache.key(str(TREE))}"
    folder = shelf / cache.key(image.release, *contents)
    if not folder.exists():
        with cache.publish(folder) as partial:
            _assemble(image, built, partial)
        _forget_old(shelf, folder)
    folder.touch()
    return folder / "lib" / "modules" / image.release


@contextlib.contextmanager
def in_use(folder: Path):
    """Keeps a folder from `build` from being forgotten while a guest runs on it."""
    with open(folder / "modules.dep") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def _make(kernel: Kernel, image: Image, source: Path) -> list[Path]:
    if not (source / "Kbuild").exists():
        raise HarnessError(f"{source} is no module source tree: it has no Kbuild")
    folder = cache.root() / "build" / f"{kernel.name}-{cache.key(str(source.resolve()))}"
    unfinished = folder.with_name(folder.name + ".unfinished")
    finished = folder / "finished"
    wanted = _sources(source)
    if unfinished.exists() or _lost_a_source(wanted, folder):
        shutil.rmtree(folder, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    changed = _sync(wanted, folder)
    if not changed and finished.exists() and finished.read_text() == image.release:
        unfinished.unlink()
        return _built(folder)
    finished.unlink(missing_ok=True)
    log = folder / "build.log"
    with open(log, "w") as out:
        status = image.make_modules(folder, out)
    if status == 0:
        finished.write_text(image.release)
    unfinished.unlink()
    if status:
        raise HarnessError(f"{source} does not build for kernel {kernel.name}:\n{log.read_text().strip()}")
    return _built(folder)


def _built(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.ko"))


def _sources(source: Path) -> dict[str, Path]:
    """The files to build from: not the tests, and not what a build in the tree itself has left there."""
    return {
        str(path.relative_to(source)): path for path in sorted(source.rglob("*"))
        if path.is_file() and path.relative_to(source).parts[0] != "tests" and not _BUILT.search(path.name)
    }


def _lost_a_source(wanted: dict[str, Path], folder: Path) -> bool:
    manifest = folder / "sources.list"
    return manifest.exists() and any(name not in wanted for name in manifest.read_text().splitlines())


def _sync(wanted: dict[str, Path], folder: Path) -> bool:
    """Makes `folder` hold the sources. It touches only what differs, so that make builds no more; says if any did."""
    changed = False
    for name, path in wanted.items():
        copy = folder / name
        data = path.read_bytes()
        if not copy.exists() or copy.read_bytes() != data:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
            changed = True
    (folder / "sources.list").write_text("".join(f"{name}\n" for name in wanted))
    return changed


def _assemble(image: Image, built: list[Path], folder: Path) -> None:
    modules = folder / "lib" / "modules" / image.release
    (modules / "updates").mkdir(parents=True)
    (modules / "kernel").symlink_to(image.modules / "kernel")
    for path in image.modules.glob("modules.*"):
        shutil.copy(path, modules)
    for path in built:
        shutil.copy(path, modules / "updates")
    if subprocess.run(["/sbin/depmod", "-b", folder, image.release]).returncode:
        raise HarnessError(f"depmod fails for kernel {image.release}")


def _forget_old(shelf: Path, newest: Path) -> None:
    """Removes all but the last few folders of this tree and kernel that no guest uses, and what a killed one left."""
    for folder in shelf.glob(f"*{cache.PARTIAL}"):
        shutil.rmtree(folder)
    folders = sorted((path for path in shelf.iterdir() if path != newest), key=lambda path: path.stat().st_mtime)
    for folder in folders[: -KEPT_FOLDERS]:
        with open(next(folder.glob("lib/modules/*/modules.dep"))) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(folder)
