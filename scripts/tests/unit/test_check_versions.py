# SPDX-License-Identifier: Apache-2.0
"""Where the module asks for the kernel's version."""

import unittest

from lib.checks import versions
from trees import faults


class VersionsTest(unittest.TestCase):
    def test_all_ways_to_ask(self):
        for line in (
            "#if LINUX_VERSION_CODE < 1", "#if X < KERNEL_VERSION(6, 1, 0)", "#include <linux/version.h>",
            "#ifdef RHEL_RELEASE_CODE", "ifeq ($(PATCHLEVEL),1)",
        ):
            with self.subTest(line):
                self.assertEqual(
                    faults(versions.kernel_versions, {"kmod/a.h": f"\n{line}\n"}),
                    ["kmod/a.h:2: asks for the kernel's version"],
                )

    def test_our_own_version_is_another(self):
        self.assertEqual(faults(versions.kernel_versions, {"kmod/a.c": "#include \"version.h\"\nZREAP_VERSION\n"}), [])

    def test_only_the_module_counts(self):
        self.assertEqual(faults(versions.kernel_versions, {"scripts/a.c": "LINUX_VERSION_CODE\n"}), [])
