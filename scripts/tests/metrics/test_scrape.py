# SPDX-License-Identifier: Apache-2.0
"""A real Prometheus scrapes the service: every query of dashboard and rules has an answer, and alerts fire.

The service is the built command, on a tree of files in the place of /proc and /sys.
"""

import json
import re
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import urllib.request
from pathlib import Path

import yaml

from lib import prometheus, queries

TREE = Path(__file__).resolve().parents[3]
JAR = TREE / "java-client" / "cli" / "target" / "zreap-cli.jar"
PAGE = TREE / "docs" / "metrics.md"
HEADER = "PID PPID START AGE_MS STATUS STATE SPARED UID THREADS TRACER PARENT COMM\n"
# Field 22 is its start time.
PARENT = "10 (server) S 1" + " 0" * 17 + " 345" + " 0" * 30 + "\n"
POLICY = "version: 1\nscan: {fastest: 200ms, slowest: 200ms}\nmetrics: {http: {listen: '127.0.0.1:0'}}\n"
FIRING = {"ZombiesPileUp", "PidsNearlyExhausted", "ZreapPolicyRefused", "ZreapRefusesRequests"}
CONTAINER = "0123456789abcdef" * 4
SECONDS = 50


class ScrapeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.deadline = time.monotonic() + SECONDS
        self.logs = {}

    def test_every_query_has_an_answer_and_alerts_fire(self):
        self.write_machine(zombies=101, denied=1)
        service = self.start_service()
        port = self.start_prometheus(service)
        self.prometheus_asks(port, "zreap_zombies")
        self.write_machine(zombies=150, denied=5)
        (self.root / "policy.yaml").write_text("version: 2\n")
        self.service.send_signal(1)

        self.await_that("alerts fire", lambda: FIRING <= self.alerts(port))
        for query in queries.of_dashboard() + queries.of_rules("record"):
            with self.subTest(query.place, query=query.text):
                self.prometheus_asks(port, query.text)
        for text in re.findall(r"^  ```text\n(.*?)```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
            with self.subTest(PAGE.name, query=text):
                self.prometheus_asks(port, text)
        for query in queries.of_rules("alert"):
            with self.subTest(query.place):
                self.assertEqual(self.ask(port, query.text)["status"], "success")
        self.assertEqual(self.published(service), self.documented())
        print(f"\n# {self.resident()}")

    def write_machine(self, zombies: int, denied: int) -> None:
        """A machine with so many zombies of one parent, whose PIDs are nearly used up."""
        rows = "".join(f"{pid} 10 {pid} 61000 0 reapable - 0 0 - server child\n" for pid in range(1000, 1000 + zombies))
        files = {
            "proc/zreap": HEADER + rows,
            "proc/10/stat": PARENT,
            "proc/10/cgroup": f"0::/system.slice/docker-{CONTAINER}.scope\n",
            f"var/lib/docker/containers/{CONTAINER}/config.v2.json": '{"Name": "/shop-1"}',
            "proc/loadavg": "0.20 0.18 0.12 1/950 11206\n",
            "proc/sys/kernel/pid_max": "1000\n",
            "sys/kernel/zreap/version": "0.2.0\n",
            "sys/kernel/zreap/stats/reaped": f"{denied}\n",
            "sys/kernel/zreap/stats/denied": f"{denied}\n",
            "sys/kernel/zreap/stats/spared-parent-stopped": f"{denied}\n",
            "sys/kernel/zreap/stats/longest_hold_ns": "12345\n",
        }
        (self.root / "proc" / "self").mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            file = self.root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_name(file.name + ".draft")
            draft.write_text(text)
            draft.rename(file)

    def start(self, command: list, wanted: str) -> tuple[subprocess.Popen, str]:
        """Starts a program, and gives what the pattern finds in what it says."""
        log = self.root / f"{Path(command[0]).name}.log"
        with log.open("w") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=self.root)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.logs[process] = log
        self.await_that(f"{command[0]} says {wanted}", lambda: re.search(wanted, log.read_text()))
        return process, re.search(wanted, log.read_text())[1]

    def start_service(self) -> str:
        """The address of its metrics."""
        (self.root / "policy.yaml").write_text(POLICY)
        self.service, url = self.start(
            ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR, "serve",
             f"--proc={self.root / 'proc'}", f"--host={self.root}", f"--policy={self.root / 'policy.yaml'}",
             f"--record={self.root / 'record.jsonl'}", f"--state={self.root}"],
            r"zreap: metrics: (http://127\.0\.0\.1:\d+/metrics)\n")
        return url

    def start_prometheus(self, service: str) -> int:
        """Its port. Its alerts wait for nothing here."""
        groups = yaml.safe_load(queries.RULES.read_text())
        for group in groups["groups"]:
            for rule in group["rules"]:
                rule.pop("for", None)
        (self.root / "rules.yaml").write_text(json.dumps(groups))
        target = urllib.parse.urlsplit(service).netloc
        (self.root / "prometheus.yml").write_text(json.dumps({
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": ["rules.yaml"],
            "scrape_configs": [{"job_name": "zreap", "static_configs": [{"targets": [target]}]}],
        }))
        _, port = self.start(
            [prometheus.program("prometheus"), f"--config.file={self.root / 'prometheus.yml'}",
             f"--storage.tsdb.path={self.root / 'data'}", "--web.listen-address=127.0.0.1:0"],
            r'"?Listening on"? address=127\.0\.0\.1:(\d+)')
        return int(port)

    def ask(self, port: int, query: str) -> dict:
        return self.get(port, "query?" + urllib.parse.urlencode({"query": query}))

    def prometheus_asks(self, port: int, query: str) -> None:
        """Rates need two scrapes, so an answer may come a second later."""
        self.await_that(f"an answer to {query}", lambda: self.ask(port, query)["data"]["result"])

    def alerts(self, port: int) -> set[str]:
        alerts = self.get(port, "alerts")["data"]["alerts"]
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def get(self, port: int, path: str) -> dict:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/{path}", timeout=SECONDS) as answer:
            return json.load(answer)

    def published(self, service: str) -> set[str]:
        with urllib.request.urlopen(service, timeout=SECONDS) as answer:
            return set(re.findall(r"^(zreap_\w+)", answer.read().decode(), re.MULTILINE))

    @staticmethod
    def documented() -> set[str]:
        return set(re.findall(r"^\| `(zreap_\w+)` \|", PAGE.read_text(), re.MULTILINE))

    def resident(self) -> str:
        status = Path(f"/proc/{self.service.pid}/status").read_text()
        return re.search(r"VmRSS:\s+\d+ kB", status)[0]

    def await_that(self, what: str, is_so) -> None:
        while not is_so():
            for process, log in self.logs.items():
                self.assertIsNone(process.poll(), log.read_text())
            self.assertLess(time.monotonic(), self.deadline, f"no sign in time that {what}")
            time.sleep(0.1)
