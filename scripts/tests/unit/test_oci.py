# SPDX-License-Identifier: Apache-2.0
"""Images: which modules of Java they have, and their bills of materials. `make image-test` looks at whole images."""

import json
import tempfile
import unittest
from pathlib import Path

from lib.errors import HarnessError
from lib.oci import bom, java
from lib.oci.packages import Package

LIBC = Package("libc6", "2.36-9+deb12u14", "amd64")
MAVEN = {
    "bomFormat": "CycloneDX", "specVersion": "1.6",
    "metadata": {"component": {"type": "library", "bom-ref": "pkg:maven/parent", "name": "parent", "version": "1"}},
    "components": [{"type": "library", "bom-ref": "pkg:maven/jna", "name": "jna", "version": "5"}],
}


class ModulesTest(unittest.TestCase):
    def test_what_is_needed(self):
        lines = ("Warning: split package: a b", "java.base", "java.desktop", "jdk.httpserver", "org.zreap/org.zreap.x",
                 "jdk.unsupported", "java.base/sun.misc")
        told = "".join(f"   {line}\n" for line in lines)
        self.assertEqual(
            java.modules_from(told), ["java.base", "jdk.crypto.ec", "jdk.httpserver", "jdk.unsupported"])

    def test_a_jdeps_that_fails_quietly(self):
        with self.assertRaisesRegex(HarnessError, "does not tell modules:\nno such file"):
            java.modules_from("no such file")


class BillTest(unittest.TestCase):
    def written(self, java_bill: dict | None) -> dict:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "bom.json", Path(folder) / bom.PLACE
            if java_bill:
                source.write_text(json.dumps(java_bill))
            bom.write(target, "zreap", "0.2.0", [LIBC], source if java_bill else None)
            return json.loads(target.read_text())

    def test_jars_and_packages(self):
        bill = self.written(MAVEN)
        self.assertEqual(
            bill["metadata"]["component"],
            {"type": "container", "bom-ref": "zreap@0.2.0", "name": "zreap", "version": "0.2.0"},
        )
        self.assertEqual([entry["name"] for entry in bill["components"]], ["parent", "jna", "libc6"])

    def test_a_package_s_url(self):
        bill = self.written(None)
        self.assertEqual((bill["bomFormat"], len(bill["components"])), ("CycloneDX", 1))
        self.assertRegex(
            bill["components"][0]["purl"], r"\Apkg:deb/debian/libc6@2\.36-9%2Bdeb12u14\?arch=amd64&distro=debian-\d+\Z")


if __name__ == "__main__":
    unittest.main()
