# SPDX-License-Identifier: Apache-2.0
"""The kernel's version."""

import re
from collections.abc import Iterator

from lib.checks.tree import Fault, Tree

_TEST = re.compile(
    r"LINUX_VERSION_CODE|\bKERNEL_VERSION\(|linux/version\.h|RHEL_RELEASE"
    r"|\$\((?:VERSION|PATCHLEVEL|SUBLEVEL|KERNELVERSION)\)"
)


def kernel_versions(tree: Tree) -> Iterator[Fault]:
    """The module never asks for the kernel's version: distributions backport. kmod/compat probes what is there."""
    for name, text in tree.texts.items():
        if name.startswith("kmod/"):
            for number, line in enumerate(text.split("\n"), 1):
                if _TEST.search(line):
                    yield Fault(name, number, "asks for the kernel's version")
