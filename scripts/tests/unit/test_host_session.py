# SPDX-License-Identifier: Apache-2.0
"""The talk with a host's agent; a socket is the host."""

import io
import socket
import unittest
from unittest import mock

from lib import frames, qemu
from lib.host.session import Ended, Lost, Session

ECHO = [("R", b""), ("O", b"out\n"), ("E", b"err\n"), ("X", b"exit 3 taint 4097")]


class SessionTest(unittest.TestCase):
    def session(self, *messages: tuple[str, bytes], hangs_up: bool = False) -> Session:
        """A session with a host that says this, whatever it hears."""
        ours, self.host = socket.socketpair()
        self.addCleanup(self.host.close)
        self.host.sendall(b"".join(frames.encode(kind, data) for kind, data in messages))
        if hangs_up:
            self.host.shutdown(socket.SHUT_WR)
        with mock.patch.object(qemu, "start", return_value=(mock.Mock(), ours)):
            session = Session(mock.Mock(), "tcg", mock.Mock())
        self.addCleanup(session.__exit__)
        return session

    def run_in(self, session: Session, seconds: float = 5) -> Ended:
        self.out = io.BytesIO()
        return session.run(["true", "it"], seconds, self.out)

    def test_a_command(self):
        self.assertEqual(self.run_in(self.session(*ECHO)), Ended(3, "out\nerr\n", 4097))
        self.assertEqual(self.out.getvalue(), b"out\nerr\n")
        heard = frames.Decoder().feed(self.host.recv(1 << 16))
        self.assertEqual([data for kind, data in heard if kind == "A"], [b"true", b"it"])
        self.assertEqual([kind for kind, _ in heard if kind in "SQ"], ["S", "Q"])

    def test_commands_one_after_the_other(self):
        session = self.session(*ECHO, ("R", b""), ("X", b"signal 9 taint 0"))
        self.assertEqual(self.run_in(session).status, 3)
        self.assertEqual(self.run_in(session), Ended(128 + 9, "", 0))

    def test_a_command_that_does_not_end(self):
        with self.assertRaisesRegex(Lost, "`true it` did not end within 0.1 s"):
            self.run_in(self.session(("R", b"")), 0.1)

    def test_a_host_that_dies(self):
        with self.assertRaisesRegex(Lost, "the host died at boot"):
            self.run_in(self.session(hangs_up=True))
        with self.assertRaisesRegex(Lost, "the host died$"):
            self.run_in(self.session(("R", b""), hangs_up=True))

    def test_an_end_is_seen(self):
        self.session(*ECHO, hangs_up=True).end("poweroff", io.BytesIO())
