# SPDX-License-Identifier: Apache-2.0
"""QEMU as a child that dies with us, and the test guest that has this machine's own tree."""

import ctypes
import os
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)

# No console line may be missed, a panic must end the guest, and slow emulation must look neither like a hang nor like a
# TSC that cannot be relied on.
# Each slab cache has counts of its own, for the storms.
# A kernel that boots switches many static keys: it rewrites code that its other CPUs run, with a breakpoint there
# meanwhile. QEMU 7.2 can keep its translation of that breakpoint, which the CPU then hits for ever. So the kernel boots
# on one CPU, and init starts the others.
KERNEL_ARGUMENTS = (
    "console=ttyS0 printk.time=1 ignore_loglevel panic=-1 watchdog_thresh=30 rcupdate.rcu_cpu_stall_timeout=60 "
    "random.trust_cpu=on tsc=reliable slab_nomerge maxcpus=1"
)


class Guest(Protocol):
    """What QEMU needs to know of a guest: its memory, its CPUs, and the arguments that no other kind of guest has.

    The arguments may name file descriptors, `descriptors`, which QEMU inherits.
    """

    memory: str
    cpus: int
    descriptors: tuple[int, ...]

    def arguments(self, console: Path) -> list[str]:
        """Among them the character device `console`, whose output is appended to that file."""


@dataclass(frozen=True)
class Machine:
    """A guest that boots a kernel on this machine's own tree."""

    kernel: Path
    initramfs: Path
    memory: str
    cpus: int
    variables: dict[str, str]  # init's environment
    descriptors: tuple[int, ...] = ()

    def arguments(self, console: Path) -> list[str]:
        variables = " ".join(f'"{name}={value}"' for name, value in self.variables.items())
        return [
            "-machine", "pc", "-kernel", str(self.kernel), "-initrd", str(self.initramfs),
            "-append", f"{KERNEL_ARGUMENTS} {variables}",
            "-chardev", f"file,id=console,path={escaped(console)},append=on",
            *shared_folder("root", Path("/"), "multidevs=remap"),
        ]


def shared_folder(tag: str, folder: Path, *options: str) -> list[str]:
    """Arguments by which a guest can mount a folder over 9P, read-only, under this tag."""
    backend = ["local", f"id={tag}", f"path={escaped(folder)}", "security_model=none", "readonly=on", *options]
    return ["-fsdev", ",".join(backend), "-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}"]


def escaped(path: Path) -> str:
    """A path as the value of an option."""
    return str(path).replace(",", ",,")


def _die_with(parent: int):
    """For the child, before exec: be killed when the parent goes, even if it went already; ignore the terminal's ^C."""

    def prepare():
        os.setsid()
        if _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL) or os.getppid() != parent:
            os._exit(1)

    return prepare


def start(machine: Guest, accelerator: str, log: Path, *options: str) -> tuple[subprocess.Popen, socket.socket]:
    """Starts the machine. Its console and QEMU's own words are appended to `log`; the socket is the agent's port.

    With the option -snapshot nothing is written to its disks.
    """
    ours, theirs = socket.socketpair()
    command = [
        "qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
        "-accel", accelerator, "-cpu", "host" if accelerator == "kvm" else "Nehalem",
        # The firmware's table for kernels without ACPI, as those built here, has only the first CPU of each socket.
        "-smp", f"{machine.cpus},sockets={machine.cpus}", "-m", machine.memory,
        "-serial", "chardev:console", "-device", "virtio-serial-pci",
        "-chardev", f"socket,id=agent,fd={theirs.fileno()}", "-device", "virtserialport,nr=1,chardev=agent",
        *machine.arguments(log), *options,
    ]
    with theirs, open(log, "ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            pass_fds=[theirs.fileno(), *machine.descriptors], preexec_fn=_die_with(os.getpid()),
        )
    return process, ours
