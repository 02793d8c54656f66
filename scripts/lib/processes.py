# SPDX-License-Identifier: Apache-2.0
"""Commands that start others."""

import os
import signal
import subprocess


def run(command: list, **options) -> int:
    """The exit status of a command; if we are interrupted, neither it nor what it has started goes on."""
    with subprocess.Popen(command, process_group=0, **options) as process:
        try:
            return process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
