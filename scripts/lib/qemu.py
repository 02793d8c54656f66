# SPDX-License-Identifier: Apache-2.0
"""QEMU as a child that dies with us."""

import ctypes
import os
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)

# No console line may be missed, a panic must end the guest, and slow emulation must look neither like a hang nor like a
# TSC that cannot be relied on.
# Each slab cache has counts of its own, for the storms.
# A kernel that boots switches many static keys: it rewrites code that its other CPUs run, with a breakpoint there
# meanwhile. QEMU 7.2 can keep its translation of that breakpoint, which the CPU then hits for ever. So the kernel boots
# on one CPU, and init starts the others.
_KERNEL_ARGUMENTS = (
    "console=ttyS0 printk.time=1 ignore_loglevel panic=-1 watchdog_thresh=30 rcupdate.rcu_cpu_stall_timeout=60 "
    "random.trust_cpu=on tsc=reliable slab_nomerge maxcpus=1"
)


@dataclass(frozen=True)
class Machine:
    """What the guest is made of."""

    kernel: Path
    initramfs: Path
    memory: str
    cpus: int
    variables: dict[str, str]  # init's environment


def _die_with(parent: int):
    """For the child, before exec: be killed when the parent goes, even if it went already; ignore the terminal's ^C."""

    def prepare():
        os.setsid()
        if _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL) or os.getppid() != parent:
            os._exit(1)

    return prepare


def _escaped(path: Path) -> str:
    return str(path).replace(",", ",,")


def start(machine: Machine, accelerator: str, log: Path) -> tuple[subprocess.Popen, socket.socket]:
    """Starts the machine. Its console and QEMU's own words are appended to `log`; the socket is the agent's port."""
    ours, theirs = socket.socketpair()
    variables = " ".join(f'"{name}={value}"' for name, value in machine.variables.items())
    command = [
        "qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
        "-machine", "pc", "-accel", accelerator, "-cpu", "host" if accelerator == "kvm" else "Nehalem",
        # The firmware's table for kernels without ACPI, as those built here, has only the first CPU of each socket.
        "-smp", f"{machine.cpus},sockets={machine.cpus}", "-m", machine.memory,
        "-kernel", machine.kernel, "-initrd", machine.initramfs, "-append", f"{_KERNEL_ARGUMENTS} {variables}",
        "-chardev", f"file,id=console,path={_escaped(log)},append=on", "-serial", "chardev:console",
        "-fsdev", "local,id=root,path=/,security_model=none,readonly=on,multidevs=remap",
        "-device", "virtio-9p-pci,fsdev=root,mount_tag=root",
        "-device", "virtio-serial-pci",
        "-chardev", f"socket,id=agent,fd={theirs.fileno()}", "-device", "virtserialport,nr=1,chardev=agent",
    ]
    with theirs, open(log, "ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            pass_fds=[theirs.fileno()], preexec_fn=_die_with(os.getpid()),
        )
    return process, ours
