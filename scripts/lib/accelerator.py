# SPDX-License-Identifier: Apache-2.0
"""KVM where it has been seen to boot a guest, else emulation."""

import dataclasses
import os
import tempfile
from pathlib import Path

from lib import cache, qemu

EMULATION = "tcg,thread=multi"
_KVM = Path("/dev/kvm")
_PROBE_SECONDS = 30
_PROBE_MEMORY = "2G"


def choose(machine: qemu.Guest, patience: int) -> str:
    """QEMU's -accel. /dev/kvm may exist, open and yet hang every guest, so one boot of `machine` decides, with
    memory enough and `patience` times as long as a fast kernel may take.

    The answer is remembered for this boot of this computer.
    """
    if not os.access(_KVM, os.R_OK | os.W_OK):
        return EMULATION
    boot_id = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    answer = cache.root() / "kvm" / boot_id
    with cache.locked("kvm", "vm: waiting for another vm that tries KVM"):
        if not answer.exists():
            works = _boots(dataclasses.replace(machine, memory=_PROBE_MEMORY), _PROBE_SECONDS * patience)
            with cache.publish(answer) as partial:
                (partial / "works").write_text(str(int(works)))
    return "kvm" if (answer / "works").read_text() == "1" else EMULATION


def _boots(machine: qemu.Guest, seconds: int) -> bool:
    """Whether the guest's agent speaks under KVM within this time."""
    with tempfile.TemporaryDirectory() as folder:
        process, port = qemu.start(machine, "kvm", Path(folder) / "console", "-snapshot")
        try:
            with port:
                port.settimeout(seconds)
                return port.recv(1) == b"R"
        except OSError:
            return False
        finally:
            process.kill()
            process.wait()
