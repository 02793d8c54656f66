# SPDX-License-Identifier: Apache-2.0
"""Names on a command line that must be known."""

import argparse
from collections.abc import Iterable


def refuse_unknown(parser: argparse.ArgumentParser, kind: str, wanted: Iterable[str], known: Iterable[str]) -> None:
    """Ends the program with the parser's error if an unknown name is wanted. `choices` forbids naming none."""
    unknown = set(wanted) - set(known)
    if unknown:
        parser.error(f"no {kind} {', '.join(sorted(unknown))}")
