# SPDX-License-Identifier: Apache-2.0
"""The tables of scripts/container-test, and the scripts that they name."""

import re
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lib import tables
from lib.host import engines, machine
from lib.results import TREE

ADAPTERS = engines.FOLDER / "adapters"


class EnginesTest(unittest.TestCase):
    def test_each_engine_has_its_adapter(self):
        named = {f"{engine.adapter}.sh" for engine in engines.all_engines() if engine.is_run}
        self.assertEqual(named, {path.name for path in ADAPTERS.iterdir()})

    def test_each_adapter_has_all_that_scenarios_use(self):
        contract = (engines.FOLDER / "lib.sh").read_text().split("# shellcheck source")[0]
        functions = set(re.findall(r"\bengine_\w+", contract))
        self.assertGreaterEqual(len(functions), 11)
        for path in ADAPTERS.iterdir():
            defined = set(re.findall(r"^(engine_\w+)\(\)", path.read_text(), re.MULTILINE))
            self.assertEqual(functions, defined, path.name)

    def test_each_scenario_has_its_script(self):
        named = {f"{trial.name}.sh" for trial in engines.all_trials()}
        self.assertEqual(named, {path.name for path in (engines.FOLDER / "scenarios").iterdir()})

    def test_qemu_can_start_the_host(self):
        with tempfile.TemporaryDirectory() as name, machine.keyboard() as keyboard, \
                mock.patch("lib.host.image.fetch"), mock.patch("lib.host.disk.above"), mock.patch("shutil.copy"):
            host = engines.machine([], Path(name), TREE, keyboard)
            self.assertIn("-chardev", host.arguments(Path(name) / "console.log"))


class TableTest(unittest.TestCase):
    def test_the_last_run_counts_and_what_was_not_run_says_so(self):
        run = {"engine": "docker", "date": "2026-11-29", "commit": "abc1234", "told": "-"}
        rows = [
            run | {"scenario": "set-up", "passed": "4", "failed": "0", "seconds": "9", "told": "docker 20"},
            run | {"scenario": "paused", "passed": "5", "failed": "2", "seconds": "8"},
            run | {"scenario": "orphans", "passed": "5", "failed": "2", "seconds": "8"},
            run | {"scenario": "orphans", "passed": "7", "failed": "0", "seconds": "-"},
        ]
        header, *body = tables.engines(rows)
        docker, nerdctl = (dict(zip(header, row)) for row in body if row[0] in (
            "Docker, cgroups by systemd", "containerd, by nerdctl"))
        self.assertEqual(
            [docker[name] for name in ("set-up", "paused", "orphans", "held-up", "version")],
            ["4 passed, 9 s", "5, 2 failed, 8 s", "7 passed", "not run", "docker 20"],
        )
        self.assertEqual(set(nerdctl.values()), {"containerd, by nerdctl", "not run", "-"})
