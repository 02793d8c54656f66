# SPDX-License-Identifier: Apache-2.0
"""The AppArmor profiles of deploy/apparmor, and what default profiles of containers deny, in a guest."""

import subprocess
import unittest
from pathlib import Path

from lib import guest, kernels

SCRIPTS = Path(__file__).resolve().parent.parent.parent
PROFILES = SCRIPTS.parent / "deploy" / "apparmor"
STEPS = Path(__file__).resolve().parent / "apparmor" / "steps"

# Kernels that are built here for the other tests have no AppArmor.
KERNEL = "6.1"


class AppArmorTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        command = [SCRIPTS / "vm", "run", "--kernel", KERNEL, "--", STEPS, PROFILES]
        seconds = (guest.BOOT_SECONDS + 60) * kernels.find(KERNEL).patience
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds)
        lines = done.stdout.splitlines()
        cls.results = {name: tuple(result) for name, *result in map(str.split, lines[:-1])}
        cls.label = lines[-1] if lines else ""
        cls.told = done.stdout + done.stderr

    def check(self, **expected):
        for name, result in expected.items():
            with self.subTest(name):
                self.assertEqual(self.results.get(name.replace("_", "-")), tuple(result.split()), self.told)

    def test_default_profiles(self):
        """They deny the file in /proc, in complain mode too, and let the file in /proc/PID through."""
        self.check(
            proc_under_default="refused zombie",
            proc_under_complaining="refused zombie",
            jiangshi_under_default="written gone",
        )

    def test_rules(self):
        """The shipped rules let /proc/zreap through, and nothing else in /proc."""
        self.check(
            proc_with_rules="written gone", other_with_rules="refused zombie", sysrq_with_rules="refused zombie",
        )

    def test_container(self):
        """The profile of zreap's own container lets both files through, and nothing else."""
        self.check(
            proc_in_container="written gone",
            jiangshi_in_container="written gone",
            sysrq_in_container="refused zombie",
            tune_in_container="refused zombie",
        )

    def test_label(self):
        """As the library expects it in /proc/self/attr/current."""
        self.assertEqual(self.label, "like-default (enforce)", self.told)


if __name__ == "__main__":
    unittest.main()
