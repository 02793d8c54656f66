# SPDX-License-Identifier: Apache-2.0
"""Disks of hosts: one with a boot partition and a root tree, and disks that hold only what differs from another."""

import subprocess
from pathlib import Path

from lib.errors import HarnessError

ROOT_LABEL = "host-root"
_ESP_LABEL = "HOST-ESP"
_SIZE_MIB = 12 << 10
_ESP_MIB = 64
_END_MIB = 1  # for the second copy of the partition table
_TABLE = f"""\
label: gpt
start=1MiB, size={_ESP_MIB}MiB, type=uefi
start={1 + _ESP_MIB}MiB, size={_SIZE_MIB - 1 - _ESP_MIB - _END_MIB}MiB, type=linux
"""


def create(disk: Path, boot: Path, tree: Path) -> None:
    """Makes a raw disk: the files in `boot` on its EFI system partition, `tree` as its root file system."""
    with open(disk, "wb") as file:
        file.truncate(_SIZE_MIB << 20)
    _run(["sfdisk", "--quiet", disk], input=_TABLE)
    esp = ["-i", f"{disk}@@1M"]
    _run(["mformat", *esp, "-F", "-T", str(_ESP_MIB << 11), "-v", _ESP_LABEL, "::"])
    _run(["mcopy", *esp, "-s", *boot.iterdir(), "::"])
    _run([
        "mke2fs", "-q", "-t", "ext4", "-L", ROOT_LABEL, "-d", tree, "-E", f"offset={(1 + _ESP_MIB) << 20}",
        disk, f"{_SIZE_MIB - 1 - _ESP_MIB - _END_MIB}M",
    ])


def above(base: Path, disk: Path) -> Path:
    """Makes a disk that is as `base`, and holds what is written to it from now on. `base` must stay as it is."""
    form = "raw" if base.suffix == ".raw" else "qcow2"
    _run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", form, "-b", base.absolute(), disk])
    return disk


def _run(command: list, **options) -> None:
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode:
        raise HarnessError(f"{command[0]} cannot make a host's disk:\n{done.stdout.strip()}")
