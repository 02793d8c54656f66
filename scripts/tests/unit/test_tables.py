# SPDX-License-Identifier: Apache-2.0
"""Tables in pages, from rows of results."""

import unittest

from lib import results, tables
from lib.checks import figures
from trees import faults

PLACE = "text\n<!-- results: faults-missed -->\n{}<!-- end of results -->\ntext\n"
FAULT = {"fault": "a | b", "place": "f()", "kernel": "6.1", "tried": "t", "shows": "late", "caught": "no"}
TABLE = """\
| fault | place | kernel | tried | why it is missed |
|---|---|---|---|---|
| a \\| b | f() | 6.1 | t | late |
"""


def storm(storm: str, **cells: str) -> results.Row:
    return {
        "date": "2026-11-27", "commit": "abc", "kernel": "6.1", "seed": "9", "limit": "--count 6", "storm": storm,
        "verdict": "ok", "zombies": "6000", "by_zreap": "4000", "by_parents": "-", "refused": "-", "seconds": "5",
    } | cells


class FilledTest(unittest.TestCase):
    def test_a_table_stands_between_its_comments(self):
        self.assertEqual(tables.filled(PLACE.format("old\n"), lambda kind: [FAULT]), PLACE.format(TABLE))
        self.assertEqual(tables.filled(PLACE.format(TABLE), lambda kind: [FAULT]), PLACE.format(TABLE))

    def test_an_unknown_table(self):
        page = "<!-- results: none -->\n<!-- end of results -->\n"
        self.assertIn("There is no table none.", tables.filled(page, lambda kind: []))

    def test_the_rows_that_are_kept_give_tables(self):
        for name, (kind, table) in tables.TABLES.items():
            with self.subTest(name):
                header, *body = table(tables.kept(kind))
                self.assertTrue(body)
                self.assertEqual({len(header)}, {len(row) for row in body})


class StormsTest(unittest.TestCase):
    def runs(self, *rows: results.Row) -> list[list[str]]:
        return tables.storms(list(rows))[1:]

    def test_storms_of_one_run_are_one_row(self):
        self.assertEqual(
            self.runs(storm("waiters"), storm("parents", seconds="7")),
            [["6.1", "2026-11-27", "abc", "9", "--count 6", "waiters, parents", "12,000", "8,000", "12", "none"]],
        )

    def test_what_is_unknown_of_one_is_unknown_of_the_run(self):
        (row,) = self.runs(storm("waiters", by_zreap="-"), storm("parents"))
        self.assertEqual(row[6:9], ["12,000", "-", "10"])

    def test_totals_may_be_known_alone(self):
        (row,) = self.runs(storm("waiters", by_zreap="-"), storm("all", zombies="6000", by_zreap="5", seconds="-"))
        self.assertEqual(row[5:9], ["waiters", "6,000", "5", "5"])
        (row,) = self.runs(storm("all but memory", by_zreap="-", seconds="-"))
        self.assertEqual(row[5:9], ["all but memory", "6,000", "-", "-"])

    def test_a_failure_is_told(self):
        (row,) = self.runs(storm("waiters", verdict="not ok"))
        self.assertEqual(row[-1], "waiters")

    def test_only_the_last_day_of_a_kernel(self):
        rows = self.runs(storm("waiters", date="2026-11-26"), storm("parents"), storm("groups", kernel="7.3"))
        self.assertEqual([row[5] for row in rows], ["parents", "groups"])

    def test_kernels_stand_as_in_their_table(self):
        rows = self.runs(storm("waiters", kernel="none"), storm("waiters", kernel="7.3"), storm("waiters"))
        self.assertEqual([row[0] for row in rows], ["6.1", "7.3", "none"])


class LatencyTest(unittest.TestCase):
    def test_rounds_give_their_median(self):
        run = {
            "date": "2026-11-27", "kernel": "6.1", "meanwhile": "all", "ms": "9", "p50_ms": "1", "max_ms": "-",
            "longest_hold_ms": "0.35",
        }
        rows = [run | {"p99_ms": ms} for ms in ("10.5", "2.5", "9.5", "1.5")]
        before, peace = run | {"p99_ms": "1", "date": "2026-11-26"}, run | {"p99_ms": "-", "meanwhile": "peace"}
        header, *body = tables.latency([before, *rows, peace])
        shown = [header.index(name) for name in ("meanwhile", "rounds", "p99", "max")]
        self.assertEqual(
            [[row[i] for i in shown] for row in body], [["all", "4", "2.5 ms", "-"], ["peace", "1", "-", "-"]],
        )


class PartsTest(unittest.TestCase):
    def test_the_last_run_of_each_part(self):
        run = {"date": "2026-11-27", "commit": "abc", "kernel": "6.1", "part": "demo", "passed": "1", "failed": "0"}
        header, row = tables.parts_by_kernel([
            run | {"passed": "0", "failed": "1"}, run, run | {"part": "static", "kernel": "-"},
            run | {"part": "guest-kmod", "passed": "9", "failed": "2", "date": "2026-11-28", "commit": "def"},
        ])
        cells = dict(zip(header, row))
        self.assertEqual((cells["demo"], cells["guest-kmod"], cells["guest-java"]), ("1", "9, 2 failed", "-"))
        self.assertEqual((cells["last run"], cells["commit"]), ("2026-11-28", "def"))


class HostsTest(unittest.TestCase):
    def test_the_last_run_of_each_scenario(self):
        run = {"host": "debian12", "date": "d", "commit": "c", "passed": "3", "seconds": "9", "told": "t"}
        header, *rows = tables.hosts([
            run | {"scenario": "bare", "failed": "1"}, run | {"scenario": "purge", "failed": "0"},
            run | {"scenario": "bare", "failed": "0"},
        ])
        self.assertEqual([(row[0], row[header.index("failed")]) for row in rows], [("bare", "0"), ("purge", "0")])


class CheckTest(unittest.TestCase):
    def page_faults(self, table: str) -> list[str]:
        names = list(FAULT)
        rows = "\t".join(names) + "\n" + "\t".join(FAULT[name] for name in names) + "\n"
        return faults(
            figures.results_tables, {"docs/a.md": PLACE.format(table), "docs/results/planted-faults.tsv": rows},
        )

    def test_a_table_as_it_is_made(self):
        self.assertEqual(self.page_faults(TABLE), [])

    def test_a_table_that_was_changed(self):
        self.assertEqual(
            self.page_faults(TABLE.replace("late", "early")),
            ["docs/a.md:5: not what its rows give: run scripts/results tables"],
        )
        self.assertEqual(len(self.page_faults(TABLE + "| more |\n")), 1)
        self.assertEqual(len(self.page_faults("")), 1)
