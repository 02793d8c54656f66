# SPDX-License-Identifier: Apache-2.0
"""The image that `make image-loader` has made: it builds and signs the module for a kernel of this machine's suite.

The kernel does not run here, so uname names it, and insmod keeps the module instead of loading it.
"""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from lib import cache, image, kernels
from lib.results import TREE
from unpacked import Unpacked

ARCHIVE = TREE / "target" / "image" / "zreap-loader.oci.tar"
KERNEL = "6.1"
UNAME = '#!/bin/sh\n[ "$1" != -r ] || { echo RELEASE; exit; }\nexec /usr/bin/uname "$@"\n'
INSMOD = '#!/bin/sh\ncp "$1" /fakes/loaded.ko\n'


class LoaderTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.image = Unpacked(ARCHIVE, Path(folder.name))
        kernel = kernels.find(KERNEL)
        with cache.locked(f"kernel-{kernel.name}", "waiting for another one that fetches the kernel"):
            cls.kernel = image.fetch(kernel)
        cls.fakes = cls.image.root / "fakes"
        cls.fakes.mkdir()
        for name, text in {"uname": UNAME.replace("RELEASE", cls.kernel.release), "insmod": INSMOD}.items():
            (cls.fakes / name).write_text(text)
            (cls.fakes / name).chmod(0o755)

    def load(self, **environment: str) -> subprocess.CompletedProcess:
        words = [f"{name}={value}" for name, value in environment.items()]
        return self.image.run(
            "env", "PATH=/fakes:/usr/sbin:/usr/bin", *words, "zreap-load", host=self.kernel.folder,
        )

    def test_it_loads_the_module_and_nothing_else(self):
        config = self.image.config["config"]
        self.assertEqual((config["Entrypoint"], config.get("Cmd")), (["zreap-load"], None))

    def test_it_tells_nothing_of_the_machine_that_made_it(self):
        for name in ("etc/resolv.conf", "etc/hostname", "etc/apt"):
            self.assertFalse((self.image.root / name).exists(), name)

    def test_it_has_no_devices(self):
        """Only root could unpack them, and engines make their own."""
        for path in self.image.root.rglob("*"):
            self.assertFalse(path.is_block_device() or path.is_char_device(), path)

    def test_the_same_sources_give_the_same_bytes(self):
        with tempfile.TemporaryDirectory(dir=ARCHIVE.parent) as folder:
            again = Path(folder) / "again.oci.tar"
            program = TREE / "scripts" / "image"
            subprocess.run([program, "zreap-loader", f"--output={again}"], check=True, stdout=subprocess.DEVNULL)
            self.assertEqual(again.read_bytes(), ARCHIVE.read_bytes(), "the bytes differ")

    def test_the_bill_has_the_compiler(self):
        bill = json.loads((self.image.root / "usr/share/doc/zreap/zreap.cdx.json").read_text())
        self.assertLessEqual({"gcc", "make", "kmod", "libc6"}, {entry["name"] for entry in bill["components"]})

    def test_it_builds_for_that_kernel(self):
        done = self.load()
        self.assertIn(f"building zreap {self.version()} for {self.kernel.release}", done.stdout)
        module = self.fakes / "loaded.ko"
        told = subprocess.run(["modinfo", "-F", "vermagic", module], text=True, capture_output=True).stdout
        self.assertEqual(told.split()[0], self.kernel.release, done.stderr)
        # The kernel of this machine has no zreap after an insmod that only keeps it.
        self.assertIn("insmod says nothing, and zreap is not loaded", done.stderr)

    def test_it_signs(self):
        subprocess.run(
            ["openssl", "req", "-new", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test", "-days", "1",
             "-keyout", self.fakes / "key", "-outform", "DER", "-out", self.fakes / "cert"],
            check=True, capture_output=True,
        )
        done = self.load(ZREAP_SIGN_KEY="/fakes/key", ZREAP_SIGN_CERT="/fakes/cert")
        module = self.fakes / "loaded.ko"
        told = subprocess.run(["modinfo", "-F", "signer", module], text=True, capture_output=True).stdout
        self.assertEqual(told, "test\n", done.stderr)

    def test_no_headers(self):
        with tempfile.TemporaryDirectory() as empty:
            for folder in ("lib/modules", "usr/src", "usr/lib"):
                (Path(empty) / folder).mkdir(parents=True)
            done = self.image.run("zreap-load", host=Path(empty))
        self.assertEqual(done.returncode, 1)
        self.assertIn("mount /lib/modules, /usr/src and /usr/lib of the node below /host", done.stderr)

    @staticmethod
    def version() -> str:
        return subprocess.run([TREE / "scripts" / "version"], text=True, capture_output=True).stdout.strip()


if __name__ == "__main__":
    unittest.main()
