# SPDX-License-Identifier: Apache-2.0
"""A dialogue at a host's console; a socket is the console."""

import socket
import tempfile
import threading
import unittest
from pathlib import Path

from lib.host import typist
from lib.host.session import Lost
from lib.host.typist import Line

DIALOGUE = [Line("Press any key", "enter"), Line("Enroll MOK", "down enter"), Line("Password:", "secret enter")]


class TypistTest(unittest.TestCase):
    def converse(self, *sayings: bytes) -> list[bytes]:
        """Answers a console that says this, each after an answer to the one before it; returns the answers."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "console"
        server = socket.create_server(str(path), family=socket.AF_UNIX)
        self.addCleanup(server.close)
        heard = []

        def speak():
            console, _ = server.accept()
            with console:
                for saying in sayings:
                    console.sendall(saying)
                    heard.append(console.recv(100))

        speaker = threading.Thread(target=speak)
        speaker.start()
        self.addCleanup(speaker.join)
        typist.answer(bytes(path), DIALOGUE)
        speaker.join()
        return heard

    def test_each_line_is_answered(self):
        heard = self.converse(b"Press \x1b[1;37many key\r\n", b"Enroll MOK", b"\x1b[2JPassword:")
        self.assertEqual(heard, [b"\r", b"\x1b[B\r", b"secret\r"])

    def test_a_console_that_goes(self):
        with self.assertRaisesRegex(Lost, "the host died before it said 'Enroll MOK'"):
            self.converse(b"Press any key")

    def test_the_dialogue_with_mok_manager(self):
        lines = typist.dialogue(typist.ENROLL)
        self.assertIn(b"host-test\r", [line.bytes for line in lines])
