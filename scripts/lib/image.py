# SPDX-License-Identifier: Apache-2.0
"""A kernel's packages, fetched and unpacked in the cache."""

import lzma
import re
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lib import apt, cache
from lib.errors import HarnessError
from lib.kernels import Kernel


@dataclass(frozen=True)
class Image:
    """An unpacked kernel. `boot` is what QEMU gets; `modules` is its /lib/modules/RELEASE."""

    folder: Path

    @property
    def release(self) -> str:
        """What `uname -r` says in this kernel."""
        return self.modules.name

    @property
    def modules(self) -> Path:
        return next(self.folder.glob("lib/modules/*"))

    @property
    def boot(self) -> Path:
        return self.folder / "kernel"

    @property
    def headers(self) -> Path:
        """The folder to run `make M=... modules` in; there only if the machine's own suite can use it."""
        return self.folder / "usr" / "src" / f"linux-headers-{self.release}"


def fetch(kernel: Kernel) -> Image:
    """The kernel from the cache, or from Debian if it is not there yet. The caller holds the preparing lock."""
    folder = cache.root() / "kernels" / kernel.name
    if not folder.exists():
        print(f"vm: fetching kernel {kernel.name} ({kernel.image}, {kernel.suite})", file=sys.stderr)
        source = apt.for_suite(kernel.suite)
        images = source.depends(kernel.image, r"linux-image-\d.*")
        headers = source.depends(kernel.headers, r"linux-headers-\d.*")
        tools = [name for package in headers for name in source.depends(package, r"linux-(headers|kbuild)-\d.*")]
        with cache.publish(folder) as partial:
            _unpack(source, images + headers + tools, partial)
            _relocate(partial, folder)
            (partial / "kernel").write_bytes(bootable(next(partial.glob("boot/vmlinuz-*")).read_bytes()))
    return Image(folder)


def _unpack(source: apt.Apt, packages: list[str], folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache.root()) as downloads:
        for package in source.download(packages, Path(downloads)):
            if subprocess.run(["dpkg-deb", "--extract", package, folder]).returncode:
                raise HarnessError(f"cannot unpack {package.name}")
    if not (folder / "lib").exists():
        (folder / "lib").symlink_to("usr/lib")


def _relocate(partial: Path, final: Path) -> None:
    """Makes the headers, which name each other by absolute path, work where they will lie."""
    for makefile in partial.glob("usr/src/linux-headers-*/Makefile"):
        if not makefile.is_symlink():
            makefile.write_text(makefile.read_text().replace("/usr/src/", f"{final}/usr/src/"))


_ELF = b"\x7fELF"
_XZ = b"\xfd7zXZ\x00"
_ZSTD = b"\x28\xb5\x2f\xfd"


def bootable(image: bytes) -> bytes:
    """The plain kernel inside a bzImage, which boots without unpacking itself in slow emulation.

    An image whose compression is not known, or whose kernel has no PVH entry, is returned as it is: it boots too.
    """
    setup_sectors = image[0x1F1] or 4
    offset, length = struct.unpack_from("<II", image, 0x248)
    start = (setup_sectors + 1) * 512 + offset
    payload = image[start : start + length]
    if payload.startswith(_XZ):
        kernel = lzma.LZMADecompressor().decompress(payload)
    elif payload.startswith(_ZSTD):
        kernel = subprocess.run(["zstd", "-dcq"], input=payload[:-4], stdout=subprocess.PIPE, check=True).stdout
    else:
        return image
    return kernel if kernel.startswith(_ELF) and _has_pvh_entry(kernel) else image


def _has_pvh_entry(kernel: bytes) -> bool:
    """Whether the ELF notes of a kernel hold Xen's PHYS32_ENTRY (type 18), by which QEMU starts it."""
    return re.search(rb"\x04\0\0\0[\x04\x08]\0\0\0\x12\0\0\0Xen\0", kernel) is not None
