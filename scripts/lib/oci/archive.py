# SPDX-License-Identifier: Apache-2.0
"""A tree of files as an image in an OCI archive, by buildah. The same tree gives the same bytes."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lib import processes


@dataclass(frozen=True)
class Config:
    """What a container of the image does if nothing else is said."""

    entrypoint: list[str]
    command: list[str] = field(default_factory=list)
    user: str = "0:0"


def pack(tree: Path, config: Config, labels: Mapping[str, str], reference: str, epoch: int, archive: Path) -> None:
    """Writes `archive`. All files in it have the time `epoch`; their owners are those that they have in `tree`."""
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".buildah-") as name:
        work = Path(name)
        layer, layout = work / "layer.tar", work / "layout"
        _tar(tree, epoch, layer)
        # With a storage of its own it neither sees nor changes what this machine has. vfs needs nothing of the kernel.
        storage = ["--root", work / "storage", "--runroot", work / "run", "--storage-driver", "vfs"]

        def buildah(command: str, *arguments) -> str:
            return processes.output(["buildah", *storage, command, *arguments]).strip()

        container = buildah("from", "scratch")
        buildah("add", container, layer, "/")
        buildah(
            "config", "--user", config.user, "--entrypoint", json.dumps(config.entrypoint),
            "--cmd", json.dumps(config.command), *_each("--label", labels), container,
        )
        buildah(
            "commit", "--identity-label=false", "--disable-compression=false", "--timestamp", str(epoch), "--rm",
            container, f"oci:{layout}:{reference}",
        )
        _tar(layout, epoch, archive)


def _each(option: str, values: Mapping[str, str]) -> list[str]:
    return [word for name, value in values.items() for word in (option, f"{name}={value}")]


def _tar(folder: Path, epoch: int, archive: Path) -> None:
    subprocess.run(
        ["tar", "--create", "--sort=name", "--numeric-owner", f"--mtime=@{epoch}", "--format=posix",
         "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
         f"--file={archive}", f"--directory={folder}", "."],
        check=True,
    )
