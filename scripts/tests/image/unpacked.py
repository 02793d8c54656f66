# SPDX-License-Identifier: Apache-2.0
"""An image, unpacked, in which commands run without an engine. Root only."""

import json
import subprocess
import tarfile
from pathlib import Path

# A kernel's headers in the cache lead to each other by the path that they have on this machine.
_ENTER = """
user=$1 host=$2
shift 2
if [ -n "$host" ]; then
    mkdir -p "$0$host"
    mount --bind "$host" "$0$host"
    mount --bind "$host" "$0/host"
fi
mount -t proc proc "$0/proc"
mount --bind /dev "$0/dev"
exec chroot --userspec="$user:$user" --groups= "$0" "$@"
"""


class Unpacked:
    """An archive, unpacked: its configuration, and its files below `root`."""

    def __init__(self, archive: Path, folder: Path):
        layout, self.root = folder / "layout", folder / "root"
        self.root.mkdir()
        with tarfile.open(archive) as file:
            self.times = {member.mtime for member in file}
            file.extractall(layout, filter="data")
        index = json.loads((layout / "index.json").read_text())
        manifest = self._blob(layout, index["manifests"][0])
        self.name = index["manifests"][0]["annotations"]["org.opencontainers.image.ref.name"]
        self.config = json.loads(self._blob(layout, json.loads(manifest.read_text())["config"]).read_text())
        [layer] = json.loads(manifest.read_text())["layers"]
        subprocess.run(["tar", "-xzpf", self._blob(layout, layer), "-C", self.root, "--numeric-owner"], check=True)

    @staticmethod
    def _blob(layout: Path, descriptor: dict) -> Path:
        return layout / "blobs" / descriptor["digest"].replace(":", "/")

    def run(self, *arguments: str, user: int = 0, host: Path | None = None) -> subprocess.CompletedProcess:
        """Runs a command in the image, in a PID namespace of its own, as an engine would; `host` is at /host."""
        unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        return subprocess.run(
            [*unshare, "sh", "-e", "-c", _ENTER, self.root, str(user), str(host or ""), *arguments],
            text=True, capture_output=True, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        )
