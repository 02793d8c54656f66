# SPDX-License-Identifier: Apache-2.0
"""The rules for Prometheus and the dashboard for Grafana."""

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

from lib import prometheus, queries

TREE = Path(__file__).resolve().parents[3]
TESTS = queries.RULES.with_name("zreap.rules.test.yaml")


class AlertsTest(unittest.TestCase):
    def promtool(self, *arguments) -> None:
        command = [prometheus.program("promtool"), *arguments]
        done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_promtool_takes_the_rules(self):
        self.promtool("check", "rules", "--lint=all", "--lint-fatal", queries.RULES)

    def test_the_rules_do_what_their_tests_expect(self):
        self.promtool("test", "rules", TESTS)

    def test_each_rule_has_a_test(self):
        tests = yaml.safe_load(TESTS.read_text())["tests"]
        cases = [case for test in tests for case in test.get("alert_rule_test", ())]
        fires = {case["alertname"] for case in cases if "exp_alerts" in case}
        records = {case["expr"] for test in tests for case in test.get("promql_expr_test", ())}
        self.assertEqual(fires, {rule["alert"] for rule in queries.rules("alert")})
        self.assertEqual(records, {rule["record"] for rule in queries.rules("record")})

    def test_each_alert_says_what_to_do(self):
        for rule in queries.rules("alert"):
            with self.subTest(rule["alert"]):
                self.assertEqual(set(rule["annotations"]), {"summary", "description", "action"})
                for name in ("description", "action"):
                    self.assertTrue(rule["annotations"][name].endswith("."))

    def test_promtool_takes_the_queries_of_the_dashboard(self):
        rules = [{"record": f"panel:{number}", "expr": query.text}
                 for number, query in enumerate(queries.of_dashboard())]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rules.yaml"
            file.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}))
            self.promtool("check", "rules", "--lint=none", file)

    def test_the_page_has_every_metric_and_alert(self):
        page = (TREE / "docs" / "metrics.md").read_text()
        shown = set(re.findall(r"^\| `(zreap_[a-z_]+)`", page, re.MULTILINE))
        for query in queries.of_dashboard() + queries.of_rules("alert") + queries.of_rules("record"):
            with self.subTest(query.place):
                self.assertLessEqual(query.metrics(), shown)
        for rule in queries.rules("alert"):
            self.assertRegex(page, rf"(?m)^\| {rule['alert']} \|")
