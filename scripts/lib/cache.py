# SPDX-License-Identifier: Apache-2.0
"""The cache folder: where it is, how it is locked, and how whole folders appear in it at once or not at all."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sys
from pathlib import Path

PARTIAL = ".partial"


def root() -> Path:
    """The cache folder, made if need be: ZREAP_CACHE, else zreap under XDG_CACHE_HOME, else ~/.cache/zreap."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(os.environ.get("ZREAP_CACHE") or Path(base) / "zreap").absolute()
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def locked(name: str, waiting: str):
    """Holds the cache's lock `name`; says `waiting` if somebody else has it. The kernel drops it if we die."""
    folder = root() / "locks"
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(waiting, file=sys.stderr)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def publish(destination: Path):
    """Yields a fresh folder that becomes `destination` when the block ends well, and is removed otherwise.

    A killed process leaves only `destination`.partial, which nobody believes and the next call removes.
    The caller holds the lock that covers `destination`.
    """
    partial = destination.with_name(destination.name + PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        partial.rename(destination)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def key(*parts: bytes | str) -> str:
    """A short name for exactly these contents."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:16]
