# SPDX-License-Identifier: Apache-2.0
"""The guest's initramfs: busybox, the agent, init, and the modules that reach the root tree."""

import lzma
import shutil
import subprocess
from pathlib import Path

from lib import agent, cache
from lib.errors import HarnessError
from lib.image import Image

INIT = Path(__file__).resolve().parent.parent / "guest" / "init"
BUSYBOX = Path("/bin/busybox")
NEEDED = ("virtio_pci", "virtio_console", "9p", "9pnet_virtio", "overlay")


def build(image: Image, modules: Path) -> Path:
    """The initramfs for a kernel whose module folder, with depmod's indexes, is `modules`.

    Made anew when anything in it changes. The caller holds the kernel's lock.
    """
    wanted = _modules(modules, image.release)
    contents = [path.read_bytes() for path in (INIT, agent.SOURCE, BUSYBOX)]
    name = cache.key(image.release, "\n".join(str(path) for path in wanted), *contents)
    folder = cache.root() / "initramfs" / name
    if not folder.exists():
        with cache.publish(folder) as partial:
            _fill(partial / "tree", wanted)
            _pack(partial / "tree", partial / "initramfs.cpio")
            shutil.rmtree(partial / "tree")
    return folder / "initramfs.cpio"


def _modules(modules: Path, release: str) -> list[Path]:
    """The modules that a guest needs before it has a root tree, each after those it depends on."""
    base = modules.parent.parent.parent
    found = {}
    for name in NEEDED:
        show = subprocess.run(
            ["/sbin/modprobe", "-d", base, "-S", release, "--show-depends", name], text=True, capture_output=True,
        )
        if show.returncode:
            raise HarnessError(f"kernel {release} has no module {name}: {show.stderr.strip()}")
        for line in show.stdout.splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "insmod":
                found[Path(rest.split()[0]).resolve()] = None
    return list(found)


def _fill(tree: Path, wanted: list[Path]) -> None:
    (tree / "bin").mkdir(parents=True)
    (tree / "modules").mkdir()
    (tree / "proc").mkdir()
    (tree / "sys").mkdir()
    shutil.copy(INIT, tree / "init")
    shutil.copy(BUSYBOX, tree / "bin" / "busybox")
    agent.build(tree / "bin" / "agent")
    for number, path in enumerate(wanted):
        name = f"{number:02}-{path.name.split('.')[0]}.ko"
        (tree / "modules" / name).write_bytes(_plain(path))


def _plain(module: Path) -> bytes:
    """A module without the compression that insmod may not know."""
    data = module.read_bytes()
    return lzma.decompress(data) if module.suffix == ".xz" else data


def _pack(tree: Path, archive: Path) -> None:
    names = "\n".join(str(path.relative_to(tree)) for path in sorted(tree.rglob("*")))
    with open(archive, "wb") as out:
        subprocess.run(
            ["cpio", "--create", "--format=newc", "--owner=0:0", "--quiet"],
            input=names.encode(), stdout=out, cwd=tree, check=True,
        )
