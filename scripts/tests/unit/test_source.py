# SPDX-License-Identifier: Apache-2.0
"""A kernel that is built here has the configuration that its fragments ask for."""

import unittest

from lib import kernels, source


class SettingsTest(unittest.TestCase):
    def test_what_is_said_and_what_is_not(self):
        self.assertEqual(
            source.settings('# a comment\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C="c d"\n\n'),
            {"CONFIG_A": "y", "CONFIG_B": "n", "CONFIG_C": '"c d"'},
        )

    def test_the_last_word_counts(self):
        self.assertEqual(source.settings("CONFIG_A=y\n# CONFIG_A is not set\nCONFIG_A=7\n"), {"CONFIG_A": "7"})


class DifferencesTest(unittest.TestCase):
    def test_none(self):
        self.assertEqual(source.differences("CONFIG_A=y\n# CONFIG_B is not set\n", "CONFIG_C=y\nCONFIG_A=y\n"), [])

    def test_lost_changed_and_unwanted(self):
        self.assertEqual(
            source.differences("CONFIG_A=y\nCONFIG_B=y\n# CONFIG_C is not set\n", "CONFIG_B=m\nCONFIG_C=y\n"),
            ["CONFIG_A=y", "CONFIG_B=y", "CONFIG_C=n"],
        )


class FragmentsTest(unittest.TestCase):
    def test_those_of_the_table_are_there_and_no_others(self):
        named = {name for kernel in kernels.all_kernels() for name in kernel.fragments}
        self.assertEqual(named, {path.stem for path in source.CONFIGS.glob("*.config")})
