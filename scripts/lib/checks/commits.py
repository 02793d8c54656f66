# SPDX-License-Identifier: Apache-2.0
"""Subjects of commits."""

import subprocess
from collections.abc import Iterator

from lib.checks.tree import Fault, Tree

SUBJECT_COLUMNS = 72
# Commits up to the one that brought this file keep the subjects that they have.
_SELF = "scripts/lib/checks/commits.py"


def commit_subjects(tree: Tree) -> Iterator[Fault]:
    """The subject of a commit has 72 characters at most."""
    since = _git(tree, "log", "-1", "--diff-filter=A", "--format=%H", "--", _SELF).strip()
    log = _git(tree, "log", "--no-merges", "--format=%h %s", *([f"{since}..HEAD"] if since else ["-1"]))
    for line in log.splitlines():
        commit, _, subject = line.partition(" ")
        if len(subject) > SUBJECT_COLUMNS:
            yield Fault("", 0, f"commit {commit} has a subject of {len(subject)} characters, not {SUBJECT_COLUMNS}")


def _git(tree: Tree, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=tree.root, text=True, stdout=subprocess.PIPE, check=True).stdout
