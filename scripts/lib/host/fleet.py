# SPDX-License-Identifier: Apache-2.0
"""Several hosts at once that Ansible reaches by ssh on this machine's loopback."""

import contextlib
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lib import accelerator, processes
from lib.host import machine
from lib.host.machine import HostMachine
from lib.host.session import Session
from lib.results import TREE

PLAYBOOKS = TREE / "deploy" / "ansible"
_SECONDS = 20 * 60  # for a playbook
_RECAP = re.compile(r"^(\w+)\s+: ok=\d+\s+changed=(\d+)\s", re.MULTILINE)


@dataclass(frozen=True)
class Played:
    """How a playbook ended; `changed` is how many tasks changed something, by host."""

    status: int
    output: str
    changed: dict[str, int]


class Fleet:
    """Hosts named node1, node2 and so on, in a folder of their own."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._hosts: dict[str, HostMachine] = {}
        processes.output(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "key"])

    @contextlib.contextmanager
    def boot(self, count: int, base: Path, out: BinaryIO) -> Iterator[dict[str, Session]]:
        """So many hosts whose disks begin as `base`. At the end of the block they are gone."""
        with contextlib.ExitStack() as stack:
            for number in range(1, count + 1):
                self._add(f"node{number}", base, stack)
            sessions = {
                name: stack.enter_context(Session(
                    host, accelerator.choose(host, machine.BOOT_PATIENCE), self._folder / f"{name}.console.log"))
                for name, host in self._hosts.items()
            }
            for session in sessions.values():
                session.await_boot(out)
            yield sessions

    def _add(self, name: str, base: Path, stack: contextlib.ExitStack) -> None:
        own = self._folder / name
        own.mkdir()
        keyboard = stack.enter_context(machine.keyboard())
        self._hosts[name] = machine.above(base, own, TREE, keyboard, memory="2G", ssh_port=_free_port())

    def play(self, playbook: str, out: BinaryIO, *options: str) -> Played:
        """Runs a playbook of deploy/ansible on all hosts."""
        inventory = self._folder / "inventory"
        inventory.write_text("[zreap]\n" + "".join(
            f"{name} ansible_host=127.0.0.1 ansible_port={host.ssh_port}\n" for name, host in self._hosts.items()))
        arguments = f"-o StrictHostKeyChecking=accept-new -o UserKnownHostsFile={self._folder}/known_hosts"
        command = [
            "ansible-playbook", f"--inventory={inventory}", "--user=root", f"--private-key={self._folder}/key",
            f"--ssh-common-args={arguments}", f"--extra-vars=zreap_packages={TREE}/target/deb", *options, playbook,
        ]
        done = subprocess.run(
            command, cwd=PLAYBOOKS, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=_SECONDS,
            env=os.environ | {"HOME": str(self._folder), "NO_COLOR": "1", "ANSIBLE_NOCOLOR": "1", "LC_ALL": "C.UTF-8"},
        )
        out.write(f"=== {' '.join(map(str, command))}\n{done.stdout}".encode())
        out.flush()
        return Played(done.returncode, done.stdout, changed(done.stdout))


def changed(output: str) -> dict[str, int]:
    """How many tasks changed something, by host, as Ansible says at the end."""
    return {name: int(number) for name, number in _RECAP.findall(output)}


def _free_port() -> int:
    """A port of the loopback that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
