# SPDX-License-Identifier: Apache-2.0
"""Somebody at a host's console who answers what programs say there, as a dialogue in a table."""

import re
import select
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from lib import table
from lib.host.hosts import FOLDER
from lib.host.session import Lost

ENROLL = FOLDER / "mok-manager.tsv"
_SECONDS = 180
_KEYS = {"down": b"\x1b[B", "enter": b"\r"}
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Line:
    """What is waited for, and the keys that answer it: down, enter, or text."""

    says: str
    keys: str

    @property
    def bytes(self) -> bytes:
        return b"".join(_KEYS.get(key, key.encode()) for key in self.keys.split())


def dialogue(path: Path) -> list[Line]:
    """The rows of such a table."""
    return table.rows(path.read_text(), Line)


def answer(console: bytes, lines: list[Line]) -> None:
    """Answers each line once it is said."""
    with socket.socket(socket.AF_UNIX) as port:
        port.connect(console)
        heard = b""
        for line in lines:
            heard = _hear(port, heard, line.says)
            port.sendall(line.bytes)


def _hear(port: socket.socket, heard: bytes, wanted: str) -> bytes:
    """Waits for these words; returns what came after them."""
    deadline = time.monotonic() + _SECONDS
    while True:
        before, found, after = _ESCAPES.sub(b"", heard).partition(wanted.encode())
        if found:
            return after
        if not select.select([port], [], [], max(deadline - time.monotonic(), 0))[0]:
            raise Lost(f"the console did not say {wanted!r} within {_SECONDS} s")
        data = port.recv(1 << 16)
        if not data:
            raise Lost(f"the host died before it said {wanted!r}")
        heard += data
