# SPDX-License-Identifier: Apache-2.0
"""Shell scripts."""

import re
import subprocess
from collections.abc import Iterator

from lib.checks.tree import Fault, Tree, is_shell

_FINDING = re.compile(r"([^:]+):(\d+):\d+: (.*)")


def shell(tree: Tree) -> Iterator[Fault]:
    """Shell scripts pass ShellCheck."""
    for name, text in tree.texts.items():
        if is_shell(name, text):
            yield from _check(tree, name, text)


def _check(tree: Tree, name: str, text: str) -> Iterator[Fault]:
    dialect = ["--shell=sh"] if "busybox" in text.split("\n")[0] else []
    command = ["shellcheck", "--format=gcc", "--external-sources", "--source-path=SCRIPTDIR", *dialect, name]
    done = subprocess.run(command, cwd=tree.root, text=True, stdout=subprocess.PIPE)
    for line in done.stdout.splitlines():
        finding = _FINDING.fullmatch(line)
        yield Fault(finding[1], int(finding[2]), finding[3]) if finding else Fault(name, 0, line)
    if done.returncode > 1:
        yield Fault(name, 0, f"ShellCheck ended with {done.returncode}")
