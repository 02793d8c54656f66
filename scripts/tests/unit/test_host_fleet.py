# SPDX-License-Identifier: Apache-2.0
"""What Ansible says at the end of a playbook. `make fleet-test` runs it for real."""

import unittest

from lib.host import fleet

RECAP = """\
PLAY RECAP *********************************************************************
node1                      : ok=14   changed=4    unreachable=0    failed=0    skipped=1    rescued=0    ignored=0
node2                      : ok=14   changed=0    unreachable=0    failed=0    skipped=1    rescued=0    ignored=0
"""


class RecapTest(unittest.TestCase):
    def test_changes_by_host(self):
        self.assertEqual(fleet.changed(RECAP), {"node1": 4, "node2": 0})

    def test_no_recap(self):
        self.assertEqual(fleet.changed("ERROR! the playbook could not be found\n"), {})


if __name__ == "__main__":
    unittest.main()
