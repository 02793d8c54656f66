# SPDX-License-Identifier: Apache-2.0
"""The guests' agent, scripts/guest/agent.c."""

import subprocess
from pathlib import Path

from lib.errors import HarnessError

SOURCE = Path(__file__).resolve().parent.parent / "guest" / "agent.c"


def build(program: Path) -> None:
    """Compiles the agent, without need of any library."""
    compiled = subprocess.run(
        ["gcc", "-std=gnu11", "-O2", "-static", "-Wall", "-Wextra", "-Werror", "-o", program, SOURCE],
    )
    if compiled.returncode:
        raise HarnessError("cannot compile scripts/guest/agent.c")
