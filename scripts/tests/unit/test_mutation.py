# SPDX-License-Identifier: Apache-2.0
"""What is made of PIT's reports, and the groups that they are about."""

import unittest

from lib import mutation, results

_MUTATION = """\
<mutation detected='true' status='{status}' numberOfTestsRun='1'>
<mutatedClass>org.zreap.internal.wire.{cls}</mutatedClass><mutatedMethod>{method}</mutatedMethod>
<lineNumber>{line}</lineNumber><mutator>org.pitest.mutationtest.engine.gregor.mutators.MathMutator</mutator>
</mutation>
"""


def report(*mutations: dict) -> list[mutation.Mutant]:
    made = {"status": "KILLED", "cls": "Row", "method": "of", "line": 7}
    return mutation.parse(f"<mutations>{''.join(_MUTATION.format_map(made | one) for one in mutations)}</mutations>")


def listed(mutants: int) -> list[results.Row]:
    return [{"class": "org.zreap.internal.wire.Row", "method": "of", "mutator": "Math", "mutants": str(mutants)}]


class ReportTest(unittest.TestCase):
    def test_mutants(self):
        (mutant,) = report({"method": "lambda$parts$12", "status": "SURVIVED"})
        self.assertEqual(mutant, mutation.Mutant("org.zreap.internal.wire.Row", "parts", "Math", "SURVIVED", 7))
        self.assertEqual(mutant.package(), "org.zreap.internal.wire")

    def test_score(self):
        mutants = report({}, {"status": "TIMED_OUT"}, {"status": "SURVIVED"}, {"status": "NO_COVERAGE"})
        score = mutation.score(mutants)
        self.assertEqual(score, mutation.Score(mutants=4, killed=2, timed_out=1))
        self.assertEqual(score.per_cent(), 50)

    def test_what_went_wrong_is_no_survivor(self):
        mutants = report({"status": "RUN_ERROR"}, {})
        self.assertEqual(mutation.unjudged(mutants), mutants[:1])
        self.assertEqual(mutation.score(mutants).killed, 1)


class SurvivorsTest(unittest.TestCase):
    survivors = report({"status": "SURVIVED"}, {"status": "NO_COVERAGE", "line": 9}, {})

    def test_each_survivor_is_listed(self):
        self.assertEqual(mutation.unlisted(self.survivors, listed(2)), [])
        self.assertEqual(
            mutation.unlisted(self.survivors, listed(1)),
            ["org.zreap.internal.wire.Row of Math: 2 survive, 1 listed; lines [7, 9]"],
        )
        self.assertEqual(len(mutation.unlisted(self.survivors, [])), 1)

    def test_what_is_listed_may_be_killed_by_now(self):
        self.assertEqual(mutation.outlived(self.survivors, listed(2)), [])
        self.assertEqual(
            mutation.outlived(self.survivors, listed(3)),
            ["org.zreap.internal.wire.Row of Math: 2 survive, 3 listed"],
        )


class TablesTest(unittest.TestCase):
    def test_each_package_of_the_tree_is_in_one_group(self):
        packages = [package for group in mutation.all_groups() for package in group.packages.split()]
        sources = mutation.TREE.glob("java-client/*/src/main/java/org/**/*.java")
        in_tree = {".".join(source.relative_to(mutation.TREE).parts[5:-1]) for source in sources}
        self.assertCountEqual(packages, in_tree - {"org.zreap.manual"})

    def test_classes_are_those_of_the_packages_alone(self):
        group = mutation.Group("wire", "zreap-client", "85", "org.zreap org.zreap.event", "org.zreap")
        self.assertEqual(group.target_classes(), r"~org\.zreap\.[^.]*,~org\.zreap\.event\.[^.]*")
        self.assertEqual(group.target_tests(), r"~org\.zreap\.[^.]*Test")
        self.assertEqual(group.least(), 85)

    def test_listed_survivors_have_a_reason_and_stand_once(self):
        rows = mutation.listed_survivors()
        places = [(row["class"], row["method"], row["mutator"]) for row in rows]
        self.assertEqual(len(places), len(set(places)))
        for row in rows:
            self.assertTrue(row["reason"] and int(row["mutants"]) > 0, row)


if __name__ == "__main__":
    unittest.main()
