# SPDX-License-Identifier: Apache-2.0
"""The archive of classes: it is made of what the commands load, and only if each of them works."""

import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[3] / "host" / "share-classes.in"
# Stands for the launcher with Java 25, which numbers the classes of a list. Its archive is the list that it is made of.
ZREAP = """#!/bin/sh
for option in $JDK_JAVA_OPTIONS; do
	case $option in
		-XX:DumpLoadedClassList=*) printf 'java/lang/Object id: 0\\n%s id: 1\\n' "$*" >"${option#*=}" ;;
		-XX:SharedClassListFile=*) list=${option#*=} ;;
		-XX:SharedArchiveFile=*) cp "$list" "${option#*=}" ;;
	esac
done
case $* in *FAILING*) echo 'it failed'; exit 5 ;; esac
"""


class ShareClassesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.archive = self.root / "cache" / "classes.jsa"
        (self.root / "bin").mkdir()

    def run_with(self, failing: str) -> subprocess.CompletedProcess:
        zreap = self.root / "bin" / "zreap"
        zreap.write_text(ZREAP.replace("FAILING", failing))
        zreap.chmod(0o755)
        text = SCRIPT.read_text().replace("@PREFIX@", str(self.root))
        text = text.replace("/var/cache/zreap", str(self.archive.parent))
        return subprocess.run(["sh", "-c", text], text=True, capture_output=True)

    def test_it_has_what_the_commands_load(self):
        done = self.run_with("nothing")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        lines = self.archive.read_text().splitlines()
        self.assertEqual(lines.count("java/lang/Object"), 1, "no numbers, no class twice")
        self.assertIn("list --from=proc", lines)
        self.assertEqual(len([line for line in lines if line.startswith("list --proc=")]), 2)

    def test_there_is_none_if_a_command_fails(self):
        self.archive.parent.mkdir()
        self.archive.write_text("of another Java")
        done = self.run_with("--from=proc")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (1, "", "it failed\n"))
        self.assertFalse(self.archive.exists())
