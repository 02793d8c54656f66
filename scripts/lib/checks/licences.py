# SPDX-License-Identifier: Apache-2.0
"""The licence of every file: .reuse/dep5 has them all, and source files say it themselves too."""

import fnmatch
import re
import subprocess
from collections.abc import Iterator
from pathlib import PurePosixPath

from lib.checks.tree import Fault, Tree

DEP5 = ".reuse/dep5"
_SUFFIXES = {".c", ".h", ".java", ".py", ".sh", ".xml", ".yaml"}
_NAMES = {"Makefile", "Kbuild"}
# In two pieces, so that reuse does not take it for the licence of this file.
TAG = "SPDX-License-" + "Identifier"
_LINE = re.compile(TAG + r": (\S+)")


def licences(tree: Tree) -> Iterator[Fault]:
    """Every file has a licence whose text is in LICENSES, and copyright: what `reuse lint` asks for."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(["reuse", "lint"], cwd=tree.root, text=True, **output)
    if done.returncode:
        yield from (Fault("", 0, line) for line in done.stdout.splitlines() if line)


def licence_lines(tree: Tree) -> Iterator[Fault]:
    """Each source file names its licence in its first lines, and DEP5 agrees."""
    patterns = _patterns(tree.texts.get(DEP5, ""))
    for name, text in tree.texts.items():
        path = PurePosixPath(name)
        if not (path.suffix in _SUFFIXES or path.name in _NAMES or text.startswith("#!")):
            continue
        line = _LINE.search("\n".join(text.split("\n")[:3]))
        wanted = next((licence for pattern, licence in patterns if fnmatch.fnmatchcase(name, pattern)), None)
        if not line:
            yield Fault(name, 0, f"no {TAG} in its first lines")
        elif line[1] != wanted:
            yield Fault(name, 0, f"its licence is {line[1]} here, {wanted} in {DEP5}")


def _patterns(dep5: str) -> list[tuple[str, str]]:
    """Patterns of names and their licences. The last paragraph that fits counts, so it comes first here."""
    found = []
    for paragraph in re.split(r"\n\n+", dep5):
        fields = dict(re.findall(r"^(Files|License):\s*(.+)$", paragraph, re.MULTILINE))
        if len(fields) == 2:
            found += [(pattern, fields["License"]) for pattern in fields["Files"].split()]
    return found[::-1]
