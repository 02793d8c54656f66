# SPDX-License-Identifier: Apache-2.0
"""The version stands in one place."""

import re
import subprocess
import unittest
from pathlib import Path

TREE = Path(__file__).resolve().parents[3]


class VersionTest(unittest.TestCase):
    def setUp(self):
        self.version = subprocess.run([TREE / "scripts" / "version"], text=True, stdout=subprocess.PIPE).stdout.strip()

    def test_it_is_a_version(self):
        self.assertRegex(self.version, r"^\d+\.\d+\.\d+$")

    def test_maven_reads_the_same_file(self):
        self.assertEqual((TREE / ".mvn" / "maven.config").resolve(), TREE / "kmod" / "version")

    def test_no_pom_and_no_package_repeats_it(self):
        for name in ("pom.xml", "java-client/*/pom.xml", "debian/*", "rpm/*", "kmod/dkms.conf", "kmod/Kbuild"):
            for path in TREE.glob(name):
                if path.is_file():
                    with self.subTest(path):
                        own = rf"(?<![\d.]){re.escape(self.version)}(?![\d.])"
                        self.assertNotRegex(path.read_text(), own)

    def test_the_changelog_has_it(self):
        self.assertIn(f"\n## [{self.version}]", (TREE / "CHANGELOG.md").read_text())
