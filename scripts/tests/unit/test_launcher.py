# SPDX-License-Identifier: Apache-2.0
"""The installed command's launcher: which Java it becomes, and what it says where Java cannot start."""

import subprocess
import tempfile
import unittest
from pathlib import Path

LAUNCHER = Path(__file__).resolve().parents[3] / "host" / "zreap.in"
SHELLS = ("/bin/dash", "/bin/bash")
JAVA = '#!/bin/sh\nprintf "%s\\n" $$ "$@"\n'


class LauncherTest(unittest.TestCase):
    shell = "/bin/dash"

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("proc/self/cgroup", "0::/system.slice/cron.service\n")
        self.write("home/bin/java", JAVA).chmod(0o755)
        text = LAUNCHER.read_text().replace("@PREFIX@", "/opt")
        for folder in ("/sys/fs/cgroup", "/var/cache"):
            text = text.replace(folder, f"{self.root}{folder}")
        for sign in ("-r ", "<"):
            text = text.replace(f"{sign}/proc/self/cgroup", f"{sign}{self.root}/proc/self/cgroup")
        self.launcher = self.write("zreap", text)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def group(self, name: str, limit: str, used: int) -> None:
        self.write(f"sys/fs/cgroup/{name}/pids.max", f"{limit}\n")
        self.write(f"sys/fs/cgroup/{name}/pids.current", f"{used}\n")

    def start(self, *arguments: str, **environment: str) -> tuple[subprocess.Popen, str, str]:
        """No other program can be found, so all that the launcher does it does itself."""
        process = subprocess.Popen(
            [self.shell, self.launcher, *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={"PATH": "/nowhere"} | environment,
        )
        return process, *process.communicate()

    def java(self, *arguments: str, **environment: str) -> list[str]:
        process, out, err = self.start(*arguments, **({"JAVA_HOME": f"{self.root}/home"} | environment))
        self.assertEqual((process.returncode, err), (0, ""))
        lines = out.splitlines()
        self.assertEqual(lines[0], str(process.pid), "Java takes the launcher's place")
        return lines[1:]

    def refused(self, **environment: str) -> str:
        process, out, err = self.start("list", **({"JAVA_HOME": f"{self.root}/home"} | environment))
        self.assertEqual((process.returncode, out), (6, ""))
        self.assertIn("\n    echo 'all min-age=5m' > /proc/zreap\n", err)
        return err.splitlines()[0]

    def test_arguments_stay_as_they_are(self):
        given = self.java("reap", "a  b", "", "*")
        self.assertEqual(given[-6:], ["-jar", "/opt/share/zreap/zreap-cli.jar", "reap", "a  b", "", "*"])
        self.assertIn("-Djna.boot.library.path=/opt/lib/zreap", given)
        self.assertIn("-Djna.platform.library.path=", given, "else JNA starts ldconfig")

    def test_the_archive_is_for_the_java_in_the_path(self):
        archive = self.write("var/cache/zreap/classes.jsa", "")
        option = f"-XX:SharedArchiveFile={archive}"
        self.assertIn(option, self.java("list", JAVA_HOME="", PATH=f"{self.root}/home/bin"))
        self.assertNotIn(option, self.java("list"))
        archive.unlink()
        self.assertNotIn(option, self.java("list", JAVA_HOME="", PATH=f"{self.root}/home/bin"))

    def test_no_java(self):
        self.assertEqual(
            self.refused(JAVA_HOME=""),
            "zreap: no Java: install a headless one, 17 or newer, or set JAVA_HOME",
        )
        self.assertEqual(
            self.refused(JAVA_HOME="/gone"),
            "zreap: JAVA_HOME is /gone, but there is no program /gone/bin/java",
        )

    def test_a_cgroup_or_one_above_it_is_full(self):
        self.group("system.slice/cron.service", "max", 90)
        self.group("system.slice", "100", 80)
        self.java("list")
        self.group("system.slice", "100", 90)
        self.assertEqual(
            self.refused(),
            "zreap: no room for 16 threads, which Java may need: 90 of 100 are in use"
            f" ({self.root}/sys/fs/cgroup/system.slice/pids.max)",
        )

    def test_a_container_is_full(self):
        for cgroup in ("/", "/init.scope"):
            with self.subTest(cgroup):
                self.write("proc/self/cgroup", f"0::{cgroup}\n")
                self.group(".", "64", 60)
                self.assertIn("60 of 64 are in use", self.refused())

    def test_the_pids_controller_of_version_1(self):
        self.write("proc/self/cgroup", "5:pids:/job\n4:memory:/job\n0::/\n")
        self.group("pids/job", "20", 20)
        self.assertIn("20 of 20 are in use", self.refused())

    def test_a_limit_that_this_shell_cannot_read_whole_is_not_read(self):
        """Only these shells, and only the real file, show it: dash takes one byte, and the file gives no second."""
        limit = Path("/proc/sys/kernel/threads-max")
        read = ["-c", f"read -r value <{limit}; echo $value"]
        seen = {shell: subprocess.run([shell, *read], text=True, capture_output=True).stdout for shell in SHELLS}
        self.assertEqual(seen["/bin/dash"], limit.read_text()[0] + "\n")
        for line in LAUNCHER.read_text().splitlines():
            self.assertNotIn("/proc/sys", line.partition("# ")[0])

    def test_what_it_reads_comes_whole_from_the_real_kernel(self):
        limits = Path("/sys/fs/cgroup").rglob("pids.*")
        for file in [Path("/proc/self/cgroup"), *(file for file in limits if file.suffix in (".max", ".current"))]:
            for shell in SHELLS:
                with self.subTest(file=file, shell=shell):
                    read = ["-c", f"while read -r line; do printf '%s\\n' \"$line\"; done <{file}"]
                    lines = subprocess.run([shell, *read], text=True, capture_output=True).stdout
                    self.assertRegex(lines, r"\A(([0-9]+:[^:\n]*:/.*\n)+|max\n|[0-9]+\n)\Z")
                    if file.suffix != ".current":
                        self.assertEqual(lines, file.read_text())

    def test_java_starts_on_the_real_proc(self):
        self.launcher = self.write("real", LAUNCHER.read_text().replace("@PREFIX@", "/opt"))
        self.assertEqual(self.java("list")[-1], "list")


class LauncherInBashTest(LauncherTest):
    """Some systems have Bash as /bin/sh."""

    shell = "/bin/bash"
