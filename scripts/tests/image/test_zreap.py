# SPDX-License-Identifier: Apache-2.0
"""The image that `make image` has made: its size, its labels, its bill of materials, and that its command runs."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from lib.oci import command
from lib.results import TREE
from unpacked import Unpacked

SCRIPTS = TREE / "scripts"
ARCHIVE = TREE / "target" / "image" / "zreap.oci.tar"
LIMIT = 120e6  # bytes, unpacked


class ImageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.image = Unpacked(ARCHIVE, Path(folder.name))
        cls.root = cls.image.root
        cls.version = subprocess.run([SCRIPTS / "version"], text=True, capture_output=True).stdout.strip()

    def test_it_is_small(self):
        size = sum(path.lstat().st_size for path in self.root.rglob("*") if not path.is_symlink() and path.is_file())
        self.assertLess(size, LIMIT)

    def test_the_service_is_what_it_runs_without_root(self):
        config = self.image.config["config"]
        self.assertEqual(config["Entrypoint"], ["zreap"])
        self.assertEqual(config["Cmd"], ["serve", "--record=-"])
        self.assertEqual(config["User"], f"{command.USER}:{command.USER}")

    def test_labels(self):
        labels = self.image.config["config"]["Labels"]
        self.assertEqual(self.image.name, f"zreap:{self.version}")
        self.assertEqual(labels["org.opencontainers.image.version"], self.version)
        self.assertEqual(labels["org.opencontainers.image.created"], self.image.config["created"])
        self.assertRegex(labels["org.opencontainers.image.revision"], r"\A[0-9a-f]{40}\+?\Z")
        for name in ("title", "description", "vendor"):
            self.assertTrue(labels[f"org.opencontainers.image.{name}"])

    def test_all_times_are_that_of_the_sources(self):
        epoch = int(subprocess.run([SCRIPTS / "source-date"], text=True, capture_output=True).stdout)
        times = {path.lstat().st_mtime for path in self.root.rglob("*")}
        self.assertEqual((self.image.times, times), ({epoch}, {epoch}))

    def test_the_bill_has_every_jar_and_every_package(self):
        bill = json.loads((self.root / "usr/share/doc/zreap/zreap.cdx.json").read_text())
        self.assertEqual(bill["bomFormat"], "CycloneDX")
        self.assertEqual(bill["metadata"]["component"]["type"], "container")
        self.assertEqual(bill["metadata"]["component"]["version"], self.version)
        listed = {(entry["name"], entry["version"]) for entry in bill["components"]}
        jars = {path.stem.rpartition("-")[::2] for path in (self.root / "usr/share/zreap/lib").glob("*.jar")}
        self.assertEqual(jars - listed, set())
        names = {name for name, _ in listed}
        for package in ("libc6", "busybox-static", "zlib1g", "libstdc++6"):
            self.assertIn(package, names)
        for path in (self.root / "usr/share/doc").glob("*/copyright"):
            self.assertIn(path.parent.name, names)
        self.assertEqual(len({entry["bom-ref"] for entry in bill["components"]}), len(bill["components"]))

    def test_only_the_service_s_folders_are_the_user_s(self):
        owned = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.lstat().st_uid}
        self.assertEqual(owned, {"var/lib/zreap", "var/log/zreap"})
        for name in owned:
            told = (self.root / name).stat()
            self.assertEqual((told.st_uid, told.st_gid, told.st_mode & 0o777), (command.USER, 0, 0o775), name)

    def test_no_program_gives_its_caller_more_power(self):
        for path in self.root.rglob("*"):
            if path.is_file() and not path.is_symlink():
                self.assertEqual(path.stat().st_mode & 0o6002, 0, path)
                self.assertNotIn("security.capability", os.listxattr(path))

    def test_the_command_runs_as_its_user(self):
        done = self.image.run("zreap", "--version", user=command.USER)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(self.version, done.stdout)

    def test_it_lists_zombies_without_the_module(self):
        """The JVM becomes the parent of what the shell leaves behind."""
        done = self.image.run("sh", "-c", ": & exec zreap list --from=proc --json", user=command.USER)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        [zombie] = json.loads(done.stdout)
        self.assertEqual(zombie["parentName"], "java")

    def test_the_service_takes_its_policy(self):
        done = self.image.run("zreap", "serve", "--check", user=command.USER)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("mode report", done.stdout)

    def test_metrics_with_tls_find_their_curves(self):
        done = self.image.run("java", "--list-modules")
        self.assertIn("jdk.crypto.ec@", done.stdout)

    def test_the_same_sources_give_the_same_bytes(self):
        with tempfile.TemporaryDirectory(dir=ARCHIVE.parent) as folder:
            again = Path(folder) / "again.oci.tar"
            subprocess.run([SCRIPTS / "image", "zreap", f"--output={again}"], check=True, stdout=subprocess.DEVNULL)
            self.assertEqual(again.read_bytes(), ARCHIVE.read_bytes(), "the bytes differ")


if __name__ == "__main__":
    unittest.main()
