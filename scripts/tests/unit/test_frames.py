# SPDX-License-Identifier: Apache-2.0
"""Frames survive being cut anywhere."""

import unittest

from lib import frames

FRAMES = [("O", b"some output\0\xff"), ("E", b""), ("X", b"exit 0 taint 0")]


class FramesTest(unittest.TestCase):
    def test_whole(self):
        stream = b"".join(frames.encode(kind, data) for kind, data in FRAMES)
        self.assertEqual(frames.Decoder().feed(stream), FRAMES)

    def test_cut_at_every_byte(self):
        stream = b"".join(frames.encode(kind, data) for kind, data in FRAMES)
        for cut in range(len(stream) + 1):
            decoder = frames.Decoder()
            self.assertEqual(decoder.feed(stream[:cut]) + decoder.feed(stream[cut:]), FRAMES)

    def test_byte_by_byte(self):
        decoder = frames.Decoder()
        stream = frames.encode("O", b"abc")
        found = [frame for byte in stream for frame in decoder.feed(bytes([byte]))]
        self.assertEqual(found, [("O", b"abc")])
