# SPDX-License-Identifier: Apache-2.0
"""The frames that the host and the guest's agent exchange; scripts/guest/agent.c says what each type means."""

import struct

_HEADER = struct.Struct("<cI")


def encode(kind: str, data: bytes = b"") -> bytes:
    """One frame."""
    return _HEADER.pack(kind.encode(), len(data)) + data


class Decoder:
    """Turns a stream of bytes, cut anywhere, into frames."""

    def __init__(self):
        self._bytes = bytearray()

    def feed(self, data: bytes) -> list[tuple[str, bytes]]:
        """The frames that are complete with this data."""
        self._bytes += data
        frames = []
        while len(self._bytes) >= _HEADER.size:
            kind, length = _HEADER.unpack_from(self._bytes)
            end = _HEADER.size + length
            if len(self._bytes) < end:
                break
            frames.append((kind.decode("latin-1"), bytes(self._bytes[_HEADER.size : end])))
            del self._bytes[:end]
        return frames
