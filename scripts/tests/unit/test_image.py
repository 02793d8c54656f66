# SPDX-License-Identifier: Apache-2.0
"""The plain kernel is taken out of a bzImage only if it boots."""

import lzma
import struct
import subprocess
import unittest

from lib import image

PVH_NOTE = struct.pack("<III4sQ", 4, 8, 18, b"Xen\0", 0x1000000)
KERNEL = b"\x7fELF" + bytes(100) + PVH_NOTE
SETUP_SECTORS = 3
PAYLOAD_OFFSET = 64


def bz_image(payload: bytes) -> bytes:
    """A bzImage as the boot protocol lays it out, cut down to what tells where the payload is."""
    setup = bytearray((SETUP_SECTORS + 1) * 512)
    setup[0x1F1] = SETUP_SECTORS
    struct.pack_into("<II", setup, 0x248, PAYLOAD_OFFSET, len(payload))
    return bytes(setup) + bytes(PAYLOAD_OFFSET) + payload + b"what follows"


def with_size(compressed: bytes) -> bytes:
    """The kernel's build appends the unpacked size."""
    return compressed + struct.pack("<I", len(KERNEL))


class BootableTest(unittest.TestCase):
    def test_xz(self):
        self.assertEqual(image.bootable(bz_image(with_size(lzma.compress(KERNEL)))), KERNEL)

    def test_zstd(self):
        packed = subprocess.run(["zstd", "-q", "-c"], input=KERNEL, stdout=subprocess.PIPE, check=True).stdout
        self.assertEqual(image.bootable(bz_image(with_size(packed))), KERNEL)

    def test_a_kernel_without_pvh_entry_stays_packed(self):
        packed = bz_image(with_size(lzma.compress(KERNEL.replace(b"Xen", b"Zen"))))
        self.assertEqual(image.bootable(packed), packed)

    def test_an_unknown_compression_stays_packed(self):
        packed = bz_image(b"LZ5!" + KERNEL)
        self.assertEqual(image.bootable(packed), packed)
