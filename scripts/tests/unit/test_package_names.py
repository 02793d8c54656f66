# SPDX-License-Identifier: Apache-2.0
"""The files that the documents tell users to install: the two packages, and no package of debugging symbols."""

import fnmatch
import re
import unittest
from pathlib import Path

TREE = Path(__file__).resolve().parents[3]
BUILT = ("zreap_1.2_amd64.deb", "zreap-dkms_1.2_all.deb")
OTHERS = ("zreap-dbgsym_1.2_amd64.deb", "zreap-extra_1.2_all.deb")


class PackageNamesTest(unittest.TestCase):
    def test_the_documents_name_the_two_packages(self):
        for page in ("README.md", "docs/install.md"):
            with self.subTest(page):
                patterns = re.findall(r"\./target/deb/(\S+\.deb)", (TREE / page).read_text())
                named = {file for file in BUILT + OTHERS for pattern in patterns if fnmatch.fnmatch(file, pattern)}
                self.assertEqual(named, set(BUILT))

    def test_there_is_no_package_of_debugging_symbols(self):
        self.assertIn("dh_strip --no-automatic-dbgsym", (TREE / "debian" / "rules").read_text())
