# SPDX-License-Identifier: Apache-2.0
"""One command in one guest: its input and output relayed, its end or the guest's loss told."""

import contextlib
import os
import re
import select
import signal
import socket
import sys
import termios
import time
import tty
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lib import frames, judge, qemu

BOOT_SECONDS = 180
END_SECONDS = 60
_CHUNK = 32768
_ATOMIC = select.PIPE_BUF


@dataclass(frozen=True)
class Command:
    """What to run, as in a shell."""

    arguments: list[str]
    directory: str
    variables: dict[str, str]
    terminal: bool = False


@dataclass(frozen=True)
class Limits:
    """How long a guest may take. All limits are multiplied by `patience`."""

    seconds: float | None  # boot and command together
    silence: float | None  # until the command prints something, or something more
    patience: int


@dataclass(frozen=True)
class Outcome:
    """How it went: the command's exit status, or why the guest was lost; and what the kernel complained of."""

    status: int | None
    lost: str | None
    complaints: list[str]


class _Lost(Exception):
    pass


def run(machine: qemu.Machine, accelerator: str, command: Command, limits: Limits, log: Path) -> Outcome:
    """Boots the machine, runs the command, stops the machine. Whatever happens, no QEMU is left."""
    process, port = qemu.start(machine, accelerator, log)
    status, lost, taint = None, None, 0
    try:
        with port:
            status, taint = _Session(port, command, limits).run()
    except _Lost as loss:
        status, lost = None, str(loss)
    finally:
        process.kill()
        process.wait()
    complaints = judge.complaints(log.read_text(errors="replace"))
    return Outcome(status, lost, complaints or judge.taints(taint))


class _Session:
    """The talk with the agent of one guest."""

    def __init__(self, port: socket.socket, command: Command, limits: Limits):
        self._port = port
        self._command = command
        self._seconds = limits.seconds and limits.seconds * limits.patience
        self._silence = limits.silence and limits.silence * limits.patience
        self._boot_seconds = BOOT_SECONDS * limits.patience
        self._end_seconds = END_SECONDS * limits.patience
        self._started = time.monotonic()
        self._heard = self._started
        self._ready = False
        self._decoder = frames.Decoder()
        self._outgoing = bytearray()
        self._input_open = True
        self._end = None

    def run(self) -> tuple[int, int]:
        """The command's exit status and the kernel's taint value."""
        self._port.setblocking(False)
        self._queue_command()
        with _resizes(self._command.terminal) as resized:
            while self._end is None:
                self._step(resized)
        self._stop()
        return self._end

    def _queue_command(self) -> None:
        self._queue("D", self._command.directory.encode())
        for name, value in self._command.variables.items():
            self._queue("V", os.fsencode(f"{name}={value}"))
        for argument in self._command.arguments:
            self._queue("A", os.fsencode(argument))
        if self._command.terminal:
            self._queue("T", _terminal_size())
        self._queue("S")

    def _queue(self, kind: str, data: bytes = b"") -> None:
        self._outgoing += frames.encode(kind, data)

    def _left(self) -> float | None:
        """Seconds until the next limit; None without one. Raises when it is over."""
        limits = list(self._limits())
        if not limits:
            return None
        end, message = min(limits)
        left = end - time.monotonic()
        if left <= 0:
            raise _Lost(message)
        return left

    def _limits(self) -> Iterator[tuple[float, str]]:
        """When the guest is lost, and what is told of it then."""
        if self._seconds:
            yield self._started + self._seconds, f"time-out: the command did not end within {self._seconds:g} s"
        if not self._ready:
            yield self._started + self._boot_seconds, f"the guest did not boot within {self._boot_seconds:g} s"
        elif self._silence:
            yield self._heard + self._silence, f"time-out: no output of the command for {self._silence:g} s"

    def _step(self, resized: int | None) -> None:
        reading = [self._port]
        if self._ready and self._input_open and len(self._outgoing) < _CHUNK:
            reading.append(sys.stdin.fileno())
        if resized is not None:
            reading.append(resized)
        writing = [self._port] if self._outgoing else []
        readable, writable, _ = select.select(reading, writing, [], self._left())
        if resized in readable:
            os.read(resized, _CHUNK)
            self._queue("T", _terminal_size())
        if sys.stdin.fileno() in readable:
            data = os.read(sys.stdin.fileno(), _CHUNK)
            self._input_open = bool(data)
            self._queue("I", data)
        if writable:
            self._flush()
        if self._port in readable:
            received = self._receive()
            if not received:
                raise _Lost("the guest died" if self._ready else "the guest died at boot")
            for kind, data in self._decoder.feed(received):
                self._handle(kind, data)

    def _flush(self) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionError):
            del self._outgoing[: self._port.send(self._outgoing)]

    def _receive(self) -> bytes:
        """What the agent sends; nothing once QEMU has gone."""
        with contextlib.suppress(ConnectionError):
            return self._port.recv(_CHUNK)
        return b""

    def _handle(self, kind: str, data: bytes) -> None:
        if kind in "ROE":
            self._heard = time.monotonic()
        if kind == "R":
            self._ready = True
        elif kind == "O":
            self._pass_on(sys.stdout.fileno(), data)
        elif kind == "E":
            self._pass_on(sys.stderr.fileno(), data)
        elif kind == "X":
            how, number, taint = re.fullmatch(r"(exit|signal) (\d+) taint (\d+)", data.decode()).groups()
            self._end = int(number) + (128 if how == "signal" else 0), int(taint)
        elif kind == "F":
            raise _Lost(f"the guest could not be made ready:\n{data.decode(errors='replace').strip()}")

    def _pass_on(self, fd: int, data: bytes) -> None:
        """Writes in pieces that a pipe with any room takes whole, so that a slow reader can't outlast the limit."""
        for start in range(0, len(data), _ATOMIC):
            if not select.select([], [fd], [], self._left())[1]:
                self._left()
            os.write(fd, data[start : start + _ATOMIC])

    def _stop(self) -> None:
        """Lets the guest go, and sees it go.

        The port stays open until QEMU closes it: QEMU drops what the guest has not read yet when we hang up, and the
        agent may have much input to skip that the command never took.
        """
        self._queue("Q")
        deadline = time.monotonic() + self._end_seconds
        while (left := deadline - time.monotonic()) > 0:
            readable, writable, _ = select.select([self._port], [self._port] if self._outgoing else [], [], left)
            if readable and not self._receive():
                return
            if writable:
                self._flush()
        raise _Lost(f"the guest did not stop within {self._end_seconds} s of the command's end")


def _terminal_size() -> bytes:
    size = os.get_terminal_size(sys.stdin.fileno())
    return f"{size.lines} {size.columns}".encode()


@contextlib.contextmanager
def _resizes(terminal: bool):
    """With a terminal: makes it raw, and yields a descriptor that turns readable when its size changes."""
    if not terminal:
        yield None
        return
    saved = termios.tcgetattr(sys.stdin)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.signal(signal.SIGWINCH, lambda number, frame: os.write(writer, b"."))
    tty.setraw(sys.stdin, termios.TCSADRAIN)
    try:
        yield reader
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, saved)
        signal.signal(signal.SIGWINCH, before)
        os.close(reader)
        os.close(writer)
