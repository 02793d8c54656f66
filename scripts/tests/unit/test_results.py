# SPDX-License-Identifier: Apache-2.0
"""What runs print, as rows; how rows are added and kept."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lib import results
from lib.errors import HarnessError

STORMS = """\
# waiters: a remark
ok 1 - waiters # seed=97 zombies=6144 by zreap=3000 by parents=3144 refused=12 ms=5499
not ok 2 - pidns # seed=97 zombies=6024 by zreap=6024 by parents=0 refused=0 ms=76000
1..2
"""
LATENCY = """\
20000 zombies of one parent
in peace                         5000 ms     900 samples  p50   2.400 ms  p99   5.000 ms  max   11.500 ms
all min-age=0s                    825 ms     123 samples  p50   1.700 ms  p99   8.000 ms  max    9.900 ms
longest hold of tasklist_lock: 350000 ns
"""
JIANGSHI = """\
list a known process                45.70 us without    46.70 us with   +1.00 us (+2.2 %)
"""
SERVE = """\
service: -Xms8m -XX:+UseSerialGC
tasks=30071 zombies=2000 parents=20
first minute, with its start: scans=58 service=30.10s cats=60 cat=2.20s
then: scans=180 service=9.54s cats=180 cat=6.80s times=1.40 rss=61234kB
"""
STRESS = """\
ok 1 - stress-ng ends well # exit status 0
not ok 2 - its zombies are reaped # 0 in 6 sweeps
1..2
"""

MUTATION = """\
ok 1 - wire org.zreap.internal.wire # mutants=150 killed=141 timed_out=2 score=94.0 at_least=85
not ok 2 - adopt org.zreap.adopt # mutants=100 killed=80 timed_out=0 score=80.0 at_least=85
ok 3 - wire: each mutant died or survived
"""


class ParsersTest(unittest.TestCase):
    def setUp(self):
        patch = mock.patch.dict(os.environ, {"ZREAP_KERNEL": "debug-rt"})
        patch.start()
        self.addCleanup(patch.stop)

    def test_storms(self):
        first, second = results.storms(STORMS, "scripts/vm run -- storm --count 6000 --seed 97")
        self.assertEqual(
            first,
            {"kernel": "debug-rt", "limit": "--count 6000", "verdict": "ok", "storm": "waiters", "seed": "97",
             "zombies": "6144", "by_zreap": "3000", "by_parents": "3144", "refused": "12", "seconds": "5"},
        )
        self.assertEqual((second["verdict"], second["storm"]), ("not ok", "pidns"))
        self.assertEqual(results.storms(STORMS, "storm")[0]["limit"], "--seconds 20")

    def test_latency(self):
        first, second = results.latency(LATENCY, "")
        self.assertEqual((first["meanwhile"], second["meanwhile"]), ("in peace", "all min-age=0s"))
        self.assertEqual(
            second,
            {"kernel": "debug-rt", "zombies": "20000", "longest_hold_ms": "0.35", "meanwhile": "all min-age=0s",
             "ms": "825", "samples": "123", "p50_ms": "1.700", "p99_ms": "8.000", "max_ms": "9.900"},
        )

    def test_jiangshi(self):
        self.assertEqual(
            results.jiangshi(JIANGSHI, ""),
            [{"kernel": "debug-rt", "unit": "µs", "what": "list a known process", "without": "45.70", "with": "46.70",
              "more_percent": "+2.2"}],
        )

    def test_serve(self):
        self.assertEqual(
            results.serve(SERVE, ""),
            [{"kernel": "debug-rt", "tasks": "30071", "zombies": "2000", "parents": "20", "scans": "180",
              "service_s": "9.54", "cats": "180", "cat_s": "6.80", "times": "1.40", "rss_kib": "61234"}],
        )

    def test_foreign(self):
        self.assertEqual(
            results.foreign(STRESS, "scripts/vm run -- scripts/guest/stress-zombies"),
            [{"kernel": "debug-rt", "run": "stress-ng", "passed": "1", "failed": "1", "told": "reaped: 0 in 6 sweeps"}],
        )
        busy = "ok 9 - zreap was busy meanwhile # busy, seed=1, zombies=7\n"
        self.assertEqual(results.foreign(busy, "scripts/foreign")[0]["told"], "busy: busy, seed=1, zombies=7")

    def test_mutation(self):
        first, second = results.mutation(MUTATION, "")
        self.assertEqual(
            first,
            {"group": "wire", "package": "org.zreap.internal.wire", "mutants": "150", "killed": "141",
             "timed_out": "2", "score": "94.0"},
        )
        self.assertEqual((second["package"], second["score"]), ("org.zreap.adopt", "80.0"))

    def test_a_run_that_printed_nothing_has_no_rows(self):
        for parser in results.PARSERS.values():
            self.assertEqual(parser("vm: lost the guest\n", ""), [])


class FilesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.kept, self.new = Path(folder.name) / "kept", Path(folder.name) / "new"
        self.kept.mkdir()
        (self.kept / "a.tsv").write_text("# why\ndate\tcommit\tkernel\tnumber\n2026-11-24\tabc\t6.1\t1\n")
        for name, value in {"KEPT": self.kept, "NEW": self.new}.items():
            patch = mock.patch.object(results, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def rows(self) -> list[results.Row]:
        return results.parse((self.kept / "a.tsv").read_text())

    def test_rows_wait_until_they_are_kept(self):
        results.add("a", [{"number": "2"}])
        results.add("a", [{"number": "3", "kernel": "7.3"}])
        self.assertEqual(len(self.rows()), 1)
        self.assertEqual((results.keep("a"), results.keep("a")), (2, 0))
        self.assertEqual([row["number"] for row in self.rows()], ["1", "2", "3"])
        self.assertEqual([row["kernel"] for row in self.rows()], ["6.1", "-", "7.3"])
        self.assertRegex(self.rows()[1]["date"], r"^\d{4}-\d\d-\d\d$")
        self.assertRegex(self.rows()[1]["commit"], r"^([0-9a-f]{7,}\+?|-)$")

    def test_a_cell_is_one_line_without_tabs(self):
        results.add("a", [{"number": "a\tb\nc", "kernel": ""}])
        results.keep("a")
        self.assertEqual((self.rows()[1]["number"], self.rows()[1]["kernel"]), ("a b c", "-"))

    def test_a_column_that_is_not_there(self):
        with self.assertRaisesRegex(HarnessError, "results of a have no column size"):
            results.add("a", [{"size": "1"}])
        self.assertFalse(self.new.exists())

    def test_nothing_to_add(self):
        results.add("a", [])
        self.assertEqual((self.new.exists(), results.keep("a")), (False, 0))


class KindsTest(unittest.TestCase):
    def test_every_parser_and_no_other_column(self):
        for kind in ("parts", *results.PARSERS):
            with self.subTest(kind):
                self.assertIn(kind, results.kinds())
                self.assertEqual(results.columns(kind)[:2], ["date", "commit"])
        for kind, output in (
            ("storms", STORMS), ("latency", LATENCY), ("jiangshi", JIANGSHI), ("foreign", STRESS),
            ("mutation", MUTATION), ("serve", SERVE),
        ):
            with self.subTest(kind):
                for row in results.PARSERS[kind](output, ""):
                    self.assertLessEqual(set(row), set(results.columns(kind)))
