# SPDX-License-Identifier: Apache-2.0
"""A kernel in the cache: Debian's own, fetched and unpacked, or one that is built here."""

import lzma
import platform
import re
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from lib import apt, cache, chroot, processes, source
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
        """Where the headers lie on this machine; there only if its own suite can use them."""
        return self.folder / "usr" / "src" / f"linux-headers-{self.release}"

    def make_modules(self, folder: Path, out: TextIO) -> int:
        """Runs make for the module sources in `folder`; returns its exit status."""
        if self.headers.exists():
            return processes.run(
                ["make", "-C", self.headers, f"M={folder}", "modules"], stdout=out, stderr=subprocess.STDOUT,
            )
        command = ["make", "-C", f"/usr/src/linux-headers-{self.release}", "M=/build", "modules"]
        return chroot.run(self._toolchain, folder, command, stdout=out, stderr=subprocess.STDOUT)

    @property
    def _toolchain(self) -> Path:
        return self.folder / "toolchain"


def fetch(kernel: Kernel) -> Image:
    """The kernel from the cache, made if it is not there yet. The caller holds the kernel's lock."""
    return Image(_built(kernel) if kernel.fragments else _packaged(kernel))


def _built(kernel: Kernel) -> Path:
    wanted = source.fetch(kernel)
    folder = cache.root() / "kernels" / f"{kernel.name}-{wanted.key}"
    if not folder.exists():
        with cache.publish(folder) as partial:
            source.build(wanted, partial, own_suite=kernel.toolchain == _machine_suite())
    return folder


def _packaged(kernel: Kernel) -> Path:
    folder = cache.root() / "kernels" / kernel.name
    if not folder.exists():
        with cache.locked("fetch", "vm: waiting for another vm that fetches a kernel"):
            print(f"vm: fetching kernel {kernel.name} ({kernel.package}, {kernel.suite})", file=sys.stderr)
            with cache.publish(folder) as partial:
                _fetch(kernel, partial, folder)
    return folder


def _fetch(kernel: Kernel, partial: Path, final: Path) -> None:
    debian = apt.for_suite(kernel.suite)
    images = debian.depends(kernel.package, r"linux-image-\d.*")
    # From 7.3 on the image package only brings others together.
    images += [name for image in images for name in debian.depends(image, r"linux-(base|binary|modules)-\d.*")]
    headers = debian.depends(kernel.headers, r"linux-headers-\d.*")
    if kernel.toolchain == _machine_suite():
        tools = [name for package in headers for name in debian.depends(package, r"linux-(headers|kbuild)-\d.*")]
        _unpack(debian, images + headers + tools, partial)
        _relocate(partial, final)
    else:
        _unpack(debian, images, partial)
        chroot.create(partial / "toolchain", kernel.toolchain, debian, headers + ["binutils", "make"])
    (partial / "kernel").write_bytes(bootable(_packed(partial).read_bytes()))


def _machine_suite() -> str:
    return platform.freedesktop_os_release().get("VERSION_CODENAME", "")


def _unpack(debian: apt.Apt, packages: list[str], folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache.root()) as downloads:
        for package in debian.download(packages, Path(downloads)):
            if subprocess.run(["dpkg-deb", "--extract", package, folder]).returncode:
                raise HarnessError(f"cannot unpack {package.name}")
    if not (folder / "lib").exists():
        (folder / "lib").symlink_to("usr/lib")


def _packed(folder: Path) -> Path:
    """The bzImage: in /boot up to 7.2, beside the modules from 7.3 on."""
    return next(path for pattern in ("boot/vmlinuz-*", "lib/modules/*/vmlinuz") for path in folder.glob(pattern))


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
