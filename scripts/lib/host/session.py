# SPDX-License-Identifier: Apache-2.0
"""A host that runs, from one boot to its end: scripts are run in it, and what they print comes back."""

import re
import select
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lib import frames, qemu

BOOT_SECONDS = 300
_END_SECONDS = 180
_CHUNK = 32768


class Lost(Exception):
    """The host has gone, or does not answer."""


@dataclass(frozen=True)
class Ended:
    """How a script ended: its exit status (128 + N after signal N), what it printed, and the kernel's taint value."""

    status: int
    output: str
    taint: int


class Session:
    """A host between power-on and power-off. Whatever happens in the block, no QEMU is left."""

    def __init__(self, machine: qemu.Guest, accelerator: str, console: Path):
        self._process, self._port = qemu.start(machine, accelerator, console)
        self._port.setblocking(False)
        self._decoder = frames.Decoder()
        self._received: list[tuple[str, bytes]] = []
        self._booted = False

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *exception) -> None:
        self._process.kill()
        self._process.wait()
        self._port.close()

    def run(self, arguments: list[str], seconds: float, out: BinaryIO) -> Ended:
        """Runs a command as root; what it prints goes to `out` too, at once."""
        self._await_agent()
        start = [("D", b"/root"), ("V", b"HOME=/root"), ("V", b"PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin")]
        start += [("V", b"LC_ALL=C.UTF-8"), *(("A", argument.encode()) for argument in arguments), ("S", b"")]
        self._send(start, time.monotonic() + seconds)
        deadline = time.monotonic() + seconds
        output = bytearray()
        while True:
            kind, data = self._receive(deadline, f"`{' '.join(arguments)}` did not end within {seconds:g} s")
            if kind in "OE":
                output += data
                out.write(data)
                out.flush()
            elif kind == "X":
                how, number, taint = re.fullmatch(r"(exit|signal) (\d+) taint (\d+)", data.decode()).groups()
                self._send([("Q", b"")], deadline)
                status = int(number) + (128 if how == "signal" else 0)
                return Ended(status, output.decode(errors="replace"), int(taint))

    def await_boot(self, out: BinaryIO) -> None:
        """Waits until systemd has finished its start, even if a unit failed."""
        self.run(["systemctl", "is-system-running", "--wait"], BOOT_SECONDS, out)

    def end(self, how: str, out: BinaryIO) -> None:
        """Lets the host stop by `systemctl HOW`, and sees it stop."""
        self.run(["systemctl", "--no-block", how], _END_SECONDS, out)
        self.await_end(f"`systemctl {how}`")

    def await_end(self, of: str) -> None:
        """Sees the host stop by itself."""
        deadline = time.monotonic() + _END_SECONDS
        while self._bytes(deadline, f"the host did not stop within {_END_SECONDS} s of {of}"):
            pass

    def _await_agent(self) -> None:
        """The agent says that it is ready after boot, and after each command."""
        seconds = _END_SECONDS if self._booted else BOOT_SECONDS
        kind, _ = self._receive(time.monotonic() + seconds, f"no agent answered within {seconds} s")
        if kind != "R":
            raise Lost(f"the agent said {kind} before it was ready")
        self._booted = True

    def _receive(self, deadline: float, otherwise: str) -> tuple[str, bytes]:
        while not self._received:
            data = self._bytes(deadline, otherwise)
            if not data:
                raise Lost("the host died" if self._booted else "the host died at boot")
            self._received += self._decoder.feed(data)
        return self._received.pop(0)

    def _bytes(self, deadline: float, otherwise: str) -> bytes:
        """What comes next; nothing once QEMU has gone."""
        if not select.select([self._port], [], [], max(deadline - time.monotonic(), 0))[0]:
            raise Lost(otherwise)
        try:
            return self._port.recv(_CHUNK)
        except ConnectionError:
            return b""

    def _send(self, messages: list[tuple[str, bytes]], deadline: float) -> None:
        outgoing = bytearray(b"".join(frames.encode(kind, data) for kind, data in messages))
        while outgoing:
            if not select.select([], [self._port], [], max(deadline - time.monotonic(), 0))[1]:
                raise Lost("the agent takes no command")
            try:
                del outgoing[: self._port.send(outgoing)]
            except ConnectionError as error:
                raise Lost("the host died") from error
