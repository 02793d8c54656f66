# SPDX-License-Identifier: Apache-2.0
"""Which subjects of commits are too long."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from lib.checks import commits
from trees import tree

LONG = "x" * 73
CHECK = "scripts/lib/checks/commits.py"


class SubjectsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.git("init", "-q")

    def git(self, *arguments: str) -> None:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=self.root, check=True)

    def commit(self, subject: str) -> None:
        self.git("commit", "-q", "--allow-empty", "-m", subject)

    def commit_check(self) -> None:
        (self.root / CHECK).parent.mkdir(parents=True)
        (self.root / CHECK).touch()
        self.git("add", ".")
        self.commit(LONG)

    def faults(self) -> list[str]:
        return [str(fault) for fault in commits.commit_subjects(tree({}, root=self.root))]

    def test_72_characters_are_enough(self):
        self.commit_check()
        self.commit("ä" * 72)
        self.assertEqual(self.faults(), [])
        self.commit(LONG)
        self.assertRegex(self.faults()[0], "^commit [0-9a-f]+ has a subject of 73 characters, not 72$")

    def test_older_commits_keep_theirs(self):
        self.commit(LONG)
        self.commit_check()
        self.assertEqual(self.faults(), [])

    def test_where_the_check_is_not_committed_yet_the_last_one_counts(self):
        self.commit(LONG)
        self.commit("short")
        self.assertEqual(self.faults(), [])
        self.commit(LONG)
        self.assertEqual(len(self.faults()), 1)
