# SPDX-License-Identifier: Apache-2.0
"""The tables of hosts and scenarios."""

import unittest

from lib.errors import HarnessError
from lib.host import hosts, scenarios
from lib.host.hosts import Host

HOSTS = [Host("old", "bookworm")]
HEADER = "name\torigin\tsecure_boot\tsteps\n"


class ScenariosTest(unittest.TestCase):
    def test_a_scenario_begins_with_a_host(self):
        (scenario,) = scenarios.parse(f"{HEADER}first\told\tno\tbooted reboot booted=now\n", HOSTS)
        self.assertEqual((scenario.host, scenario.after), (HOSTS[0], None))
        self.assertEqual([str(step) for step in scenario.steps], ["booted", "reboot", "booted=now"])
        self.assertEqual([step.argument for step in scenario.steps], ["", "", "now"])

    def test_a_scenario_goes_on_from_another(self):
        first, second = scenarios.parse(f"{HEADER}first\told\tno\tbooted\nsecond\tfirst\tyes\tbooted\n", HOSTS)
        self.assertEqual((second.host, second.after, second.secure_boot), (HOSTS[0], first, True))

    def test_what_it_goes_on_from_stands_above_it(self):
        with self.assertRaisesRegex(HarnessError, "first: second is neither a host nor a scenario above it"):
            scenarios.parse(f"{HEADER}first\tsecond\tno\tbooted\nsecond\told\tno\tbooted\n", HOSTS)

    def test_an_unknown_step(self):
        with self.assertRaisesRegex(HarnessError, "first: there is no step dance"):
            scenarios.parse(f"{HEADER}first\told\tno\tdance\n", HOSTS)

    def test_the_tables_of_this_tree(self):
        known = scenarios.all_scenarios()
        self.assertEqual(len({scenario.name for scenario in known}), len(known))
        self.assertEqual({scenario.host for scenario in known}, set(hosts.all_hosts()))
