# SPDX-License-Identifier: Apache-2.0
"""The private apt configuration."""

import unittest

from lib import apt
from lib.errors import HarnessError

TARGETS = """\
Elsewhere|Debian|http://other.example/debian/
Debian|Debian|http://mirror.example/debian/
Debian|Debian|http://second.example/debian/
Debian|Debian-Security|http://mirror.example/debian-security/
|$(LABEL)|http://silent.example/
"""
SIGNED = f"deb [signed-by={apt.KEYRING}]"


class AptTest(unittest.TestCase):
    def test_mirrors_are_the_first_of_debian_itself(self):
        self.assertEqual(
            apt.mirrors_from(TARGETS),
            apt.Mirrors("http://mirror.example/debian/", "http://mirror.example/debian-security/"),
        )

    def test_a_mirror_without_security_will_do(self):
        self.assertIsNone(apt.mirrors_from("Debian|Debian|http://mirror.example/debian/").security)

    def test_no_debian_mirror_is_an_error(self):
        with self.assertRaises(HarnessError):
            apt.mirrors_from("Elsewhere|Elsewhere|http://other.example/")

    def test_a_release_comes_with_its_security_updates(self):
        self.assertEqual(
            apt.sources_for("bookworm", apt.mirrors_from(TARGETS)),
            f"{SIGNED} http://mirror.example/debian/ bookworm main\n"
            f"{SIGNED} http://mirror.example/debian-security/ bookworm-security main\n",
        )

    def test_backports_stand_on_their_release(self):
        self.assertEqual(
            apt.sources_for("trixie-backports", apt.Mirrors("http://mirror.example/debian/", None)),
            f"{SIGNED} http://mirror.example/debian/ trixie main\n"
            f"{SIGNED} http://mirror.example/debian/ trixie-backports main\n",
        )

    def test_sid_has_no_security_suite(self):
        self.assertEqual(
            apt.sources_for("sid", apt.mirrors_from(TARGETS)), f"{SIGNED} http://mirror.example/debian/ sid main\n",
        )
