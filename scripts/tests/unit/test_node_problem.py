# SPDX-License-Identifier: Apache-2.0
"""The check for node-problem-detector, by the detector's protocol: an exit code, and one short line."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "deploy" / "kubernetes" / "node-problem-detector"
CHECK = FOLDER / "check-zombies.sh"
LISTED = "zreap_listing_successful 1.0\n"
OK, PROBLEM, UNKNOWN = 0, 1, 2


def zombies(number: str, parent: str) -> str:
    return f'zreap_zombies{{container="none",parent="{parent}",unit="app.service"}} {number}\n'


class CheckTest(unittest.TestCase):
    shell = ["/bin/dash"]

    def check(self, text: str | bytes | None, limit: str = "100") -> tuple[int, str]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "zreap.prom"
            if text is not None:
                file.write_bytes(text if isinstance(text, bytes) else text.encode())
            done = subprocess.run([*self.shell, CHECK, file, limit], capture_output=True, env={"PATH": "/nowhere"})
        self.assertEqual(done.stderr, b"")
        line = done.stdout.decode("ascii")
        self.assertRegex(line, r"\A[ -~]{1,80}\n\Z")
        return done.returncode, line.rstrip("\n")

    def test_few(self):
        self.assertEqual(self.check(LISTED), (OK, "0 zombies"))
        self.assertEqual(self.check("# HELP zreap_zombies x\n" + zombies("60.0", "a") + zombies("40", "b") + LISTED),
                         (OK, "100 zombies"))

    def test_many(self):
        self.assertEqual(self.check(zombies("60.0", "a") + zombies("41.0", "b c") + LISTED),
                         (PROBLEM, "101 zombies, 60 of them under a"))
        self.assertEqual(self.check(zombies("1.2E7", "java") + LISTED),
                         (PROBLEM, "10000000 zombies, 10000000 of them under java"))

    def test_a_name_that_is_long_or_odd_does_no_harm(self):
        self.assertEqual(self.check(zombies("101", "x" * 200) + LISTED)[0], PROBLEM)
        for name in ("caf\u00e9", 'a\\"} 7', "$(touch it)", "a\\nb", ""):
            with self.subTest(name):
                status, line = self.check(zombies("101", name) + LISTED)
                self.assertEqual(status, PROBLEM)
                self.assertTrue(line.startswith("101 zombies"), line)
        self.assertEqual(self.check(zombies("101", "x").encode().replace(b'"x"', b'"\xff"') + LISTED.encode()),
                         (PROBLEM, "101 zombies"))

    def test_what_is_not_known_is_no_problem(self):
        for text in (None, "", "node_load1 3\n", "zreap_listing_successful 0.0\n", zombies("NaN", "a") + LISTED,
                     zombies("7", "a") + "zreap_listing_successful 0\n", zombies("", "a") + LISTED):
            with self.subTest(text):
                self.assertEqual(self.check(text)[0], UNKNOWN)
        self.assertEqual(self.check(LISTED, "many")[0], UNKNOWN)
        self.assertEqual(subprocess.run([*self.shell, CHECK], capture_output=True).returncode, UNKNOWN)


class CheckInBashTest(CheckTest):
    shell = ["/bin/bash", "--posix"]


class CheckInBusyboxTest(CheckTest):
    shell = ["/bin/busybox", "sh"]


class ConfigTest(unittest.TestCase):
    def test_the_rule_is_for_the_condition_and_the_check(self):
        config = json.loads((FOLDER / "zreap.json").read_text())
        [condition], [rule] = config["conditions"], config["rules"]
        self.assertEqual(rule["condition"], condition["type"])
        self.assertEqual(Path(rule["path"]).name, CHECK.name)
        self.assertEqual(config["pluginConfig"]["max_output_length"], 80)
        self.assertEqual(len(rule["args"]), 2)
        self.assertIn("mountPath: " + str(Path(rule["args"][0]).parent), (FOLDER / "daemonset.yaml").read_text())


if __name__ == "__main__":
    unittest.main()
