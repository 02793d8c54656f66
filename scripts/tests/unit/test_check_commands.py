# SPDX-License-Identifier: Apache-2.0
"""Which commands of pages no test runs."""

import unittest

from lib.checks import commands
from trees import faults

TEST = "kmod/tests/guest/a_test.sh"


def command_faults(page: str, test: str = "", name: str = TEST) -> list[str]:
    return faults(commands.commands, {"docs/a.md": page, name: test})


class ShownTest(unittest.TestCase):
    def test_comments_and_empty_lines_are_no_commands(self):
        self.assertEqual(commands.shown(["make  demo   # the story", "", "# all of it", "a#b"]), ["all of it"])
        self.assertEqual(commands.shown(["make  demo   # the story", "", "a#b"]), ["make demo", "a#b"])

    def test_of_what_a_terminal_shows_only_what_was_typed(self):
        lines = ["# cat /proc/zreap   # all", "PID PPID", "$ true"]
        self.assertEqual(commands.shown(lines), ["cat /proc/zreap", "true"])

    def test_a_command_may_take_lines(self):
        self.assertEqual(commands.shown(["make \\", "    demo"]), ["make demo"])


class CommandsTest(unittest.TestCase):
    def test_a_test_runs_it(self):
        for page in ("    cat /proc/zreap\n", "```sh\ncat /proc/zreap\n```\n"):
            with self.subTest(page):
                self.assertEqual(command_faults(page, "it works; cat  /proc/zreap\n"), [])

    def test_no_test_runs_it(self):
        for test in ("", "cat /proc/zreap_recent\n", "  # cat /proc/zreap\n", "zcat /proc/zreap"):
            with self.subTest(test):
                self.assertEqual(
                    command_faults("text\n\n    cat /proc/zreap\n", test),
                    ["docs/a.md:3: no test runs this, and no comment says why: cat /proc/zreap"],
                )

    def test_only_tests_count(self):
        self.assertEqual(len(command_faults("    make demo\n", "make demo\n", "Makefile")), 1)
        self.assertEqual(command_faults("    make demo\n", "demo\tmake demo\n", "scripts/parts.tsv"), [])

    def test_numbers_and_names_in_capitals_stand_for_anything(self):
        page = "    echo 'adopt 134 to=567' > /proc/zreap\n    kill -CHLD PID\n"
        self.assertEqual(command_faults(page, "echo 'adopt $zombie to=$$' > /proc/zreap\nkill -CHLD $parent\n"), [])
        self.assertEqual(len(command_faults(page, "echo 'adopt $zombie' > /proc/zreap\nkill -CHLD $parent\n")), 1)

    def test_a_block_that_is_marked(self):
        self.assertEqual(command_faults("<!-- not run: it takes hours -->\n\n    make matrix\n"), [])
        self.assertEqual(len(command_faults("<!-- not run: -->\n\n    make matrix\n")), 1)

    def test_a_test_takes_the_block_from_the_page(self):
        page = f"<!-- run by: {TEST} -->\n\n    true\n"
        self.assertEqual(command_faults(page, "page=docs/a.md\n"), [])
        self.assertEqual(
            command_faults(page, "page=docs/b.md\n"),
            [f"docs/a.md:3: is not run by {TEST}: that does not name this page"],
        )

    def test_other_languages_are_no_commands(self):
        self.assertEqual(command_faults("```text\nbatch = line...\n```\n```java\nint i;\n```\n"), [])
        self.assertEqual(
            command_faults("```\n```\n"), ["docs/a.md:1: a fence names its language; text if it has none"],
        )
