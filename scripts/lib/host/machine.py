# SPDX-License-Identifier: Apache-2.0
"""A host as QEMU starts it: a PC with UEFI, a disk and a network."""

import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from lib import qemu
from lib.host import disk

BOOT_PATIENCE = 4  # how much longer than a bare kernel a whole host may take to boot
_FIRMWARE = Path("/usr/share/OVMF")


@dataclass(frozen=True)
class Firmware:
    """UEFI: its code, its variables as they are on a new computer, and what QEMU needs to know for it."""

    code: Path
    variables: Path
    options: tuple[str, ...]


PLAIN = Firmware(_FIRMWARE / "OVMF_CODE_4M.fd", _FIRMWARE / "OVMF_VARS_4M.fd", ("-machine", "q35,smm=off"))
# Only code in system management mode may write the variables, and they have the usual keys.
SECURE = Firmware(
    _FIRMWARE / "OVMF_CODE_4M.secboot.fd", _FIRMWARE / "OVMF_VARS_4M.ms.fd",
    ("-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on"),
)


def keyboard() -> socket.socket:
    """A socket for a machine's console. It listens before any QEMU runs, so nobody connects too early.

    Its address is abstract. One in a folder would go with the first QEMU, and a machine that boots again has several.
    """
    return socket.create_server("", family=socket.AF_UNIX)


@dataclass(frozen=True)
class HostMachine:
    """A guest that boots from its own disk; `variables` is the firmware's memory, which the guest changes too."""

    firmware: Firmware
    variables: Path
    disk: Path
    tree: Path  # a folder that it can mount, tagged `tree`
    keyboard: socket.socket  # listens for who types on its console
    memory: str = "3G"
    cpus: int = 2
    ssh_port: int | None = None  # on this machine's loopback, if its sshd can be reached from here

    @property
    def descriptors(self) -> tuple[int, ...]:
        return (self.keyboard.fileno(),)

    def arguments(self, console: Path) -> list[str]:
        log = f"logfile={qemu.escaped(console)},logappend=on"
        forward = f",hostfwd=tcp:127.0.0.1:{self.ssh_port}-:22" if self.ssh_port else ""
        return [
            *self.firmware.options,
            "-drive", f"if=pflash,format=raw,readonly=on,file={self.firmware.code}",
            "-drive", f"if=pflash,format=raw,file={qemu.escaped(self.variables)}",
            "-drive", f"if=virtio,format=qcow2,cache=unsafe,discard=unmap,file={qemu.escaped(self.disk)}",
            "-netdev", f"user,id=net{forward}", "-device", "virtio-net-pci,netdev=net,romfile=",
            "-device", "virtio-rng-pci",
            "-chardev", f"socket,id=console,fd={self.keyboard.fileno()},server=on,wait=off,{log}",
            *qemu.shared_folder("tree", self.tree),
        ]


def above(base: Path, folder: Path, shared: Path, keyboard: socket.socket, firmware: Firmware = PLAIN,
          **more) -> HostMachine:
    """A machine whose disk begins as `base`, and whose firmware is new; both are kept in `folder`.

    It sees the folder `shared`. `more` are other fields of the machine.
    """
    (folder / "disk.qcow2").unlink(missing_ok=True)
    own = disk.above(base, folder / "disk.qcow2")
    shutil.copy(firmware.variables, folder / "variables.fd")
    return HostMachine(firmware, folder / "variables.fd", own, shared, keyboard, **more)
