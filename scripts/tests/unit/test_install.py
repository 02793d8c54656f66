# SPDX-License-Identifier: Apache-2.0
"""What `make install` puts below a folder, and that `make uninstall` removes it."""

import os
import shutil
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

TREE = Path(__file__).resolve().parents[3]
NATIVE = {"x86_64": "linux-x86-64"}.get(os.uname().machine, f"linux-{os.uname().machine}")


class InstallTest(unittest.TestCase):
    """With a tree of its own, in which stand-ins are built."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = Path(folder.name) / "tree"
        self.root = Path(folder.name) / "root"
        for name in ("kmod", "host"):
            shutil.copytree(TREE / name, self.tree / name, ignore=shutil.ignore_patterns("build"))
        (self.tree / "scripts").mkdir()
        for name in ("install", "uninstall", "stage", "version"):
            shutil.copy(TREE / "scripts" / name, self.tree / "scripts")
        built = self.tree / "java-client" / "cli" / "target"
        manual = self.tree / "java-client" / "manual" / "target" / "manual"
        (built / "lib").mkdir(parents=True)
        (manual / "man").mkdir(parents=True)
        (built / "zreap-cli.jar").write_text("command")
        with zipfile.ZipFile(built / "lib" / "jna-1.jar", "w") as jar:
            jar.writestr(f"com/sun/jna/{NATIVE}/libjnidispatch.so", "native")
        (manual / "man" / "zreap.adoc").write_text("= zreap(1)\n\n== Name\n\nzreap - removes zombies\n")
        for name in ("zreap.bash", "_zreap", "zreap.fish"):
            (manual / name).write_text(name)

    def script(self, name: str) -> subprocess.CompletedProcess:
        environment = os.environ | {"DESTDIR": str(self.root), "PREFIX": "/opt/zreap"}
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.run([self.tree / "scripts" / name], env=environment, text=True, **output)

    def installed(self) -> set[str]:
        return {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}

    def test_files_are_where_they_belong(self):
        done = self.script("install")
        self.assertEqual(done.returncode, 0, done.stdout)
        version = subprocess.run([TREE / "scripts/version"], text=True, stdout=subprocess.PIPE).stdout.strip()
        sources = self.root / "usr" / "src" / f"zreap-{version}"
        for name in ("opt/zreap/bin/zreap", "opt/zreap/lib/zreap/libjnidispatch.so", "etc/modprobe.d/zreap.conf",
                     "opt/zreap/lib/systemd/system/zreap.service", "etc/zreap/policy.yaml", "etc/logrotate.d/zreap",
                     "opt/zreap/lib/systemd/system/zreap-sweep.timer", "opt/zreap/lib/modules-load.d/zreap.conf",
                     "opt/zreap/lib/sysusers.d/zreap.conf",
                     "opt/zreap/share/zreap/lib/jna-1.jar", "opt/zreap/share/fish/vendor_completions.d/zreap.fish"):
            self.assertIn(name, self.installed())
        launcher = self.root / "opt/zreap/bin/zreap"
        self.assertTrue(os.access(launcher, os.X_OK))
        self.assertNotIn("@PREFIX@", launcher.read_text())
        self.assertIn(f'PACKAGE_VERSION="{version}"', (sources / "dkms.conf").read_text())

    def test_the_modules_sources_come_without_tests(self):
        self.script("install")
        found = {name.split("/", 3)[3] for name in self.installed() if name.startswith("usr/src/")}
        known = subprocess.run(["git", "ls-files", "kmod"], cwd=TREE, text=True, stdout=subprocess.PIPE).stdout.split()
        wanted = {name.removeprefix("kmod/") for name in known if not name.startswith(("kmod/tests/", "kmod/."))}
        self.assertEqual(found, wanted)

    def test_uninstall_leaves_nothing(self):
        self.script("install")
        done = self.script("uninstall")
        self.assertEqual((done.returncode, self.installed()), (0, set()), done.stdout)
        self.assertEqual(self.script("uninstall").returncode, 1)

    def test_changed_settings_survive(self):
        self.script("install")
        changed = {"etc/modprobe.d/zreap.conf": "options zreap recent=20000\n", "etc/zreap/policy.yaml": "version: 1\n"}
        for name, text in changed.items():
            (self.root / name).write_text(text)
        for script in ("install", "uninstall"):
            output = self.script(script).stdout
            for name, text in changed.items():
                self.assertIn(f"{name} stays", output)
                self.assertEqual((self.root / name).read_text(), text)
        self.assertEqual(self.installed(), set(changed))

    def test_what_is_not_built_is_not_installed(self):
        (self.tree / "java-client/cli/target/zreap-cli.jar").unlink()
        done = self.script("install")
        self.assertEqual((done.returncode, done.stdout), (1, "stage: the command is not built: run scripts/jars\n"))
        self.assertFalse(self.root.exists())
