# SPDX-License-Identifier: Apache-2.0
"""A scenario on a host, from the first boot to the last: each step's tests, and what the kernel says meanwhile."""

import re
import shutil
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lib import accelerator, cache, judge
from lib.host import image, machine, typist
from lib.host.machine import PLAIN, SECURE, HostMachine
from lib.host.scenarios import ENROLL, REBOOT, Scenario, Step
from lib.host.session import Ended, Lost, Session
from lib.results import TREE
from lib.tap import Tap

FOLDER = TREE / "target" / "host-test"
PACKAGES = TREE / "target" / "deb"
_STEP_SECONDS = 30 * 60
_TEST = re.compile(r"^(not )?ok \d+ - (.*)$", re.MULTILINE)
_TOLD = re.compile(r"^# (.*)$", re.MULTILINE)
_SHOWN = 40  # lines of a step that fails


@dataclass
class Told:
    """What a scenario has shown; `figures` is what its steps told in comments of TAP."""

    passed: int = 0
    failed: int = 0
    lost: bool = False
    seconds: float = 0
    figures: tuple[str, ...] = ()


def verdicts_of(ended: Ended) -> list[tuple[bool, str]]:
    """The tests of a step, whether each passed; what went wrong besides is a test more that failed."""
    tests = [(not negated, name) for negated, name in _TEST.findall(ended.output)]
    faults = judge.taints(ended.taint)
    if ended.status and all(passed for passed, _ in tests):
        faults.append(f"exit status {ended.status}")
    elif not tests:
        faults.append("it ran no test")
    return tests + [(False, fault) for fault in faults]


def figures_of(ended: Ended) -> list[str]:
    """What a step told in comments of TAP."""
    return _TOLD.findall(ended.output)


class Run:
    """One scenario in its folder below FOLDER: the disk, the console, the steps' output."""

    def __init__(self, scenario: Scenario, tap: Tap):
        self._scenario = scenario
        self._tap = tap
        self._folder = FOLDER / scenario.name
        self._told = Told()
        self._before = Run(scenario.after, tap) if scenario.after else None

    @property
    def disk(self) -> Path:
        """The host's disk. Once the scenario has passed, it must stay as it is."""
        return self._folder / "disk.qcow2"

    @property
    def _console_log(self) -> Path:
        return self._folder / "console.log"

    def is_done(self) -> bool:
        """Whether the scenario has passed with these packages, so that others can go on from its disk."""
        passed = self._folder / "passed"
        there = passed.exists() and (not self._before or self._before.is_done())
        return there and passed.read_text() == self._key()

    def go(self) -> Told:
        """Runs all steps, the first that fails included. Those after it would only show what it left."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        if self._before and not self._before.is_done():
            self._test(False, f"goes on from {self._scenario.after.name}, which did not pass")
            return self._told
        started = time.monotonic()
        with machine.keyboard() as keyboard, open(self._folder / "steps.log", "wb") as out:
            host = self._machine(keyboard)
            try:
                self._boots(host, accelerator.choose(host, machine.BOOT_PATIENCE), out)
            except Lost as loss:
                self._told.lost = True
                self._test(False, f"lost the host: {loss}", self._console().splitlines()[-5:])
        complaints = judge.complaints(self._console())
        self._test(not complaints, "the kernel did not complain", complaints[:10])
        self._told.seconds = time.monotonic() - started
        if not self._told.failed:
            (self._folder / "passed").write_text(self._key())
        return self._told

    def _machine(self, keyboard: socket.socket) -> HostMachine:
        firmware = SECURE if self._scenario.secure_boot else PLAIN
        return machine.above(self._base(), self._folder, TREE, keyboard, firmware)

    def _boots(self, host: HostMachine, acceleration: str, out: BinaryIO) -> None:
        steps = list(self._scenario.steps)
        while steps and not self._told.failed:
            with Session(host, acceleration, self._console_log) as session:
                if steps[0].name == ENROLL:
                    steps.pop(0)
                    typist.answer(host.keyboard.getsockname(), typist.dialogue(typist.ENROLL))
                    session.await_end("MokManager's reboot")
                    continue
                session.await_boot(out)
                while steps and not self._told.failed and (step := steps.pop(0)).name != REBOOT:
                    self._step(session, step, out)
                session.end("reboot" if steps else "poweroff", out)

    def _step(self, session: Session, step: Step, out: BinaryIO) -> None:
        out.write(f"=== {step}\n".encode())
        command = ["bash", f"/mnt/tree/{step.script.relative_to(TREE)}", *([step.argument] if step.argument else [])]
        started = time.monotonic()
        ended = session.run(command, _STEP_SECONDS, out)
        verdicts = verdicts_of(ended)
        for passed, name in verdicts:
            self._test(passed, f"{step}: {name}")
        if not all(passed for passed, _ in verdicts):
            self._tap.remark(ended.output.splitlines()[-_SHOWN:])
        figures = figures_of(ended)
        self._tap.remark([f"{self._scenario.name} {step}: {time.monotonic() - started:.0f} s", *figures])
        self._told.figures += tuple(figures)

    def _test(self, passed: bool, name: str, remarks: list[str] = ()) -> None:
        self._told.passed += passed
        self._told.failed += not passed
        self._tap.test(passed, f"{self._scenario.name} {name}", remarks=remarks)

    def _console(self) -> str:
        return self._console_log.read_text(errors="replace") if self._console_log.exists() else ""

    def _base(self) -> Path:
        """The disk above which this run's own lies."""
        return self._before.disk if self._before else image.fetch(self._scenario.host)

    def _key(self) -> str:
        """Names what was done to which disk with which packages."""
        base = self._base()
        packages = [path.read_bytes() for path in sorted(PACKAGES.glob("*.deb"))]
        steps = " ".join(map(str, self._scenario.steps))
        secure_boot = str(self._scenario.secure_boot)
        return cache.key(str(base), str(base.stat().st_mtime_ns), secure_boot, steps, *packages)
