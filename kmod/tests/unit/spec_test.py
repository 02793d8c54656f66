#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""zreap.yaml and zreap_genl.h say the same: every attribute and command, with its number. Prints TAP."""

import re
import sys
from pathlib import Path

import yaml

KMOD = Path(__file__).resolve().parents[2]


def specified(spec: dict) -> dict[str, int]:
    """The constants that YNL derives from the specification: numbered from 1, in order."""
    constants = {}
    for attributes in spec["attribute-sets"]:
        for number, attribute in enumerate(attributes["attributes"], start=1):
            constants[attributes["name-prefix"] + attribute["name"]] = number
    for number, operation in enumerate(spec["operations"]["list"], start=1):
        constants["zreap-cmd-" + operation["name"]] = number
    return {name.upper().replace("-", "_"): number for name, number in constants.items()}


def defined(header: str) -> dict[str, int]:
    """The constants of the header's enums."""
    constants = {}
    for enum in re.findall(r"enum \{(.*?)__\w+_MAX,", header, re.DOTALL):
        for number, name in enumerate(re.findall(r"ZREAP_\w+", enum), start=1):
            constants[name] = number
    return constants


spec = yaml.safe_load((KMOD / "zreap.yaml").read_text())
header = (KMOD / "uapi" / "zreap_genl.h").read_text()
differences = set(specified(spec).items()) ^ set(defined(header).items())
names = {spec["name"], spec["mcast-groups"]["list"][0]["name"]}
same_names = names == set(re.findall(r'"(\w+)"', header))
print("1..2")
print("ok" if not differences else "not ok", "1 - numbers of attributes and commands")
print("ok" if same_names else "not ok", "2 - names of family and group")
for name, number in sorted(differences):
    print(f"# {name} = {number} stands in one of them only")
sys.exit(bool(differences) or not same_names)
