# SPDX-License-Identifier: Apache-2.0
"""Commands that start others."""

import os
import signal
import subprocess

from lib.errors import HarnessError


def run(command: list, **options) -> int:
    """The exit status of a command; if we are interrupted, neither it nor what it has started goes on."""
    with subprocess.Popen(command, process_group=0, **options) as process:
        try:
            return process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def output(command: list, **options) -> str:
    """What a command prints. If it fails, what it said last is the error."""
    done = subprocess.run(command, text=True, capture_output=True, stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        raise HarnessError(f"{command[0]} fails:\n{(done.stderr or done.stdout)[-3000:].strip()}")
    return done.stdout
