# SPDX-License-Identifier: Apache-2.0
"""What deploy/ has for Ansible and AppArmor, as far as their own tools tell without a host."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

DEPLOY = Path(__file__).resolve().parent.parent.parent.parent / "deploy"
ANSIBLE = DEPLOY / "ansible"
PLAYBOOKS = ("zreap.yml", "report.yml", "stop.yml")


class AnsibleTest(unittest.TestCase):
    def run_tool(self, *command: str) -> None:
        with tempfile.TemporaryDirectory() as home:
            done = subprocess.run(
                command, cwd=ANSIBLE, capture_output=True, text=True, env={**os.environ, "HOME": home, "NO_COLOR": "1"},
            )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_syntax(self):
        for playbook in PLAYBOOKS:
            with self.subTest(playbook):
                self.run_tool("ansible-playbook", "-i", "inventory.example.yml", "--syntax-check", playbook)

    def test_lint(self):
        self.run_tool("ansible-lint", "--offline", "-q", "--nocolor", *PLAYBOOKS, "roles/zreap")


class AppArmorTest(unittest.TestCase):
    """scripts/tests/guest/test_apparmor.py loads the profiles; here the parser only compiles them."""

    def parse(self, text: str) -> None:
        done = subprocess.run(
            ["apparmor_parser", "--skip-kernel-load", "--skip-cache"], input=text, capture_output=True, text=True,
        )
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_profile_of_container(self):
        self.parse((DEPLOY / "apparmor" / "zreap-container").read_text())

    def test_rules_in_a_profile(self):
        rules = (DEPLOY / "apparmor" / "zreap-proc").read_text()
        self.parse("include <tunables/global>\nprofile copy flags=(attach_disconnected) {\n  file,\n" + rules + "}\n")


if __name__ == "__main__":
    unittest.main()
