# SPDX-License-Identifier: Apache-2.0
"""Which includes of the module point up."""

import unittest
from pathlib import Path

from lib.checks import layers
from trees import faults

TABLE = (Path(__file__).resolve().parents[3] / layers.TABLE).read_text()
FILES = (
    "kmod/main.c", "kmod/doors/door.h", "kmod/doors/genl.h", "kmod/run/reaper.h", "kmod/ways/way.h",
    "kmod/text/row.h", "kmod/compat/filldir.h", "kmod/uapi/zreap_genl.h", "kmod/jiangshi/file.h",
    "kmod/tests/unit/row.h",
)


def included(name: str, *written: str) -> list[str]:
    """The faults of a file that includes these."""
    text = "#include <linux/list.h>\n" + "".join(f"#include \"{one}\"\n" for one in written)
    return faults(layers.includes, {layers.TABLE: TABLE, f"kmod/{name}": text}, *FILES)


class IncludesTest(unittest.TestCase):
    def test_down_and_sideways(self):
        self.assertEqual(included("main.c", "doors/genl.h"), [])
        self.assertEqual(included("doors/genl.c", "genl.h", "../run/reaper.h", "uapi/zreap_genl.h"), [])
        self.assertEqual(included("run/reaper.c", "reaper.h", "ways/way.h", "../compat/filldir.h"), [])

    def test_up(self):
        self.assertEqual(
            included("run/reaper.c", "reaper.h", "../doors/genl.h"),
            ["kmod/run/reaper.c:3: room run includes doors/genl.h of room doors: see scripts/layers.tsv"],
        )
        self.assertEqual(len(included("ways/reap.c", "run/reaper.h")), 1)

    def test_pure_text_knows_no_kernel(self):
        self.assertEqual(included("text/row.c", "row.h"), [])
        self.assertEqual(len(included("text/row.c", "compat/filldir.h", "ways/way.h")), 2)

    def test_zreap_jiangshi_knows_only_the_door(self):
        allowed = ("file.h", "../doors/door.h", "compat/filldir.h")
        self.assertEqual(included("jiangshi/file.c", *allowed), [])
        self.assertEqual(len(included("jiangshi/file.c", "doors/genl.h", "text/row.h")), 2)

    def test_nothing_includes_zreap_jiangshi_or_a_test(self):
        for written in ("../jiangshi/file.h", "../tests/unit/row.h"):
            with self.subTest(written):
                self.assertEqual(len(included("doors/genl.c", written)), 1)
        self.assertEqual(len(included("main.c", "tests/unit/row.h")), 1)

    def test_tests_may_include_all(self):
        self.assertEqual(included("tests/unit/row_test.c", "../../text/row.h", "row.h", "jiangshi/file.h"), [])

    def test_one_folder_is_one_room(self):
        self.assertEqual(included("genl.c", "uapi/zreap_genl.h"), [])

    def test_a_file_that_is_nowhere(self):
        self.assertEqual(
            included("run/reaper.c", "nowhere.h"),
            ["kmod/run/reaper.c:2: includes nowhere.h, which is neither beside it nor below kmod/"],
        )

    def test_other_code_has_no_layers(self):
        self.assertEqual(faults(layers.includes, {layers.TABLE: TABLE, "scripts/a.c": "#include \"b.h\"\n"}), [])
