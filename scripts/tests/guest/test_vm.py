# SPDX-License-Identifier: Apache-2.0
"""scripts/vm with real guests: what comes back of a command, and what is told of a guest that goes wrong."""

import hashlib
import os
import pty
import random
import re
import select
import shutil
import signal
import subprocess
import unittest
from pathlib import Path

from lib import guest, kernels

SCRIPTS = Path(__file__).resolve().parent.parent.parent
TREE = SCRIPTS.parent
FAULT = SCRIPTS / "tests" / "fault"
PATIENCE = kernels.find(os.environ.get("ZREAP_KERNEL") or None).patience
SECONDS = (guest.BOOT_SECONDS + 60) * PATIENCE


def vm(*arguments: str, scripts: Path = SCRIPTS, **options) -> subprocess.CompletedProcess:
    """scripts/vm, run to its end in the top of the tree."""
    options = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": SECONDS, "cwd": scripts.parent} | options
    done = subprocess.run([scripts / "vm", *arguments], **options)
    done.stderr = re.sub(rb"(?m)^vm: waiting for .*\n", b"", done.stderr)  # other guests may be in the making
    return done


def run(script: str, *arguments: str, **options) -> subprocess.CompletedProcess:
    """A shell script in a guest."""
    return vm("run", *arguments, "--", "sh", "-c", script, **options)


def fault(kind: str, *arguments: str, before: str = "") -> subprocess.CompletedProcess:
    """A fault in a guest's kernel."""
    return run(f"{before}modprobe fault kind={kind}", "--no-module", "--modules", str(FAULT), *arguments)


def other_tree(source: str) -> Path:
    """A tree with the harness and this source as its kmod; always in the same place, by which the cache knows it."""
    tree = TREE / "target" / "other-tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(SCRIPTS, tree / "scripts")
    (tree / "kmod").mkdir()
    (tree / "kmod" / "zreap.c").write_text(source)
    (tree / "kmod" / "Kbuild").write_text("obj-m := zreap.o\n")
    return tree


class CommandTest(unittest.TestCase):
    def test_surroundings(self):
        """Root, here, with zreap loaded; the tree is shown but not changed; streams apart; status back."""
        inside = (
            'id -u; pwd; test -f scripts/vm && echo tree; ls -d /proc/zreap; '
            'echo kept >scripts/kept && echo writable; echo kept >/tmp/zreap-kept && cat /tmp/zreap-kept; '
            'cat /sys/fs/cgroup/cgroup.subtree_control; cat /sys/class/net/lo/operstate; test -w /dev/shm && echo shm; '
            'echo to-stderr >&2; exit 3'
        )
        done = run(inside)
        self.assertEqual(
            done.stdout.decode().splitlines(),
            ["0", str(TREE), "tree", "/proc/zreap", "writable", "kept", "pids", "unknown", "shm"],
        )
        self.assertEqual(done.stderr, b"to-stderr\n")
        self.assertEqual(done.returncode, 3)
        self.assertFalse((SCRIPTS / "kept").exists())
        self.assertFalse(Path("/tmp/zreap-kept").exists())

    def test_cpus(self):
        """Two by default, on kernels without ACPI too."""
        options = ((), ("--cpus", "1"), ("--cpus", "3"))
        self.assertEqual([run("nproc", *option).stdout for option in options], [b"2\n", b"1\n", b"3\n"])

    def test_without_module(self):
        """--no-module loads nothing, modprobe finds zreap; a failure is the command's own."""
        command = "test ! -e /proc/zreap && modprobe zreap && test -e /proc/zreap && echo found; exit 1"
        done = run(command, "--no-module")
        self.assertEqual((done.stdout, done.stderr, done.returncode), (b"found\n", b"", 1))

    def test_binary_streams(self):
        """Megabytes of any bytes pass in and out unchanged, and nothing else is on standard output."""
        data = random.Random(1).randbytes(5 << 20)
        done = vm("run", "--", "cat", stdin=None, input=data)
        self.assertEqual(hashlib.sha256(done.stdout).hexdigest(), hashlib.sha256(data).hexdigest())
        self.assertEqual((done.stderr, done.returncode), (b"", 0))

    def test_input_that_nobody_reads(self):
        """A command that leaves most of its input alone ends all the same."""
        done = vm("run", "--", "head", "-c", "3", stdin=None, input=b"abc" + bytes(5 << 20))
        self.assertEqual((done.stdout, done.returncode), (b"abc", 0))

    def test_killed_by_a_signal(self):
        self.assertEqual(run("kill -KILL $$").returncode, 128 + signal.SIGKILL)

    def test_no_such_command(self):
        done = vm("run", "--", "no-such-command")
        self.assertEqual(done.returncode, 127)
        self.assertIn(b"no-such-command", done.stderr)

    def test_a_background_process_does_not_hold_the_guest(self):
        """What it prints after the command's end is not waited for."""
        done = run("while :; do echo more; done & echo first; exit 4")
        self.assertIn(b"first\n", done.stdout)
        self.assertEqual(done.returncode, 4)

    def test_two_at_once(self):
        echo = [SCRIPTS / "vm", "run", "--", "echo"]
        running = [
            subprocess.Popen([*echo, word], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
            for word in ("one", "two")
        ]
        outputs = [process.communicate(timeout=SECONDS)[0] for process in running]
        self.assertEqual(outputs, [b"one\n", b"two\n"])

    def test_shell(self):
        """On a terminal the guest's shell has one too."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([SCRIPTS / "vm", "shell"], stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL)
        self.addCleanup(process.kill)
        os.close(theirs)
        os.write(ours, b"test -t 0 && test -t 1 && exit 5\n")
        output = b""
        while select.select([ours], [], [], SECONDS)[0]:
            try:
                output += os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
        self.assertEqual(process.wait(SECONDS), 5, output)

    def test_bad_arguments(self):
        kernel, memory = ["--kernel", "2.4", "--", "true"], ["--mem", "lots", "--", "true"]
        for arguments in (["run", *kernel], ["run", *memory], ["walk"], ["run"]):
            with self.subTest(arguments):
                done = vm(*arguments)
                self.assertNotEqual(done.returncode, 0)
                self.assertEqual(done.stdout, b"")


class ComplaintTest(unittest.TestCase):
    def assert_complaint(self, done: subprocess.CompletedProcess, sentence: str):
        self.assertEqual(done.returncode, 124, done.stderr)
        self.assertIn(sentence, done.stderr.decode())
        self.assertRegex(done.stderr.decode(), r"vm: console: /.*\.log\n$")

    def test_warning(self):
        self.assert_complaint(fault("warn"), "WARNING: ")

    def test_oops(self):
        self.assert_complaint(fault("oops"), "BUG: kernel NULL pointer dereference")

    def test_bug(self):
        self.assert_complaint(fault("bug"), "kernel BUG at ")

    def test_hung_task(self):
        done = run(
            "sysctl -q kernel.hung_task_timeout_secs=1; modprobe fault kind=stuck & "
            "until dmesg | grep -q 'blocked for more'; do sleep 1; done",
            "--no-module", "--modules", str(FAULT), "--timeout", "60s",
        )
        self.assert_complaint(done, "INFO: task modprobe")

    def test_innocent_words(self):
        """A driver may print the words of a complaint."""
        done = fault("talk")
        self.assertEqual((done.returncode, done.stderr), (0, b""))


class LossTest(unittest.TestCase):
    def assert_lost(self, done: subprocess.CompletedProcess, *sentences: str):
        self.assertEqual(done.returncode, 125, done.stderr)
        for sentence in sentences:
            self.assertIn(sentence, done.stderr.decode())
        self.assertRegex(done.stderr.decode(), r"vm: console: /.*\.log\n$")

    def test_panic(self):
        self.assert_lost(run("echo c >/proc/sysrq-trigger"), "the guest died", "Kernel panic")

    def test_hang(self):
        """All CPUs spin with interrupts off: only a time limit ends it."""
        done = fault("hang", "--silence", "15s", before="echo booted; ")
        self.assertEqual(done.stdout, b"booted\n")
        self.assert_lost(done, f"time-out: no output of the command for {15 * PATIENCE} s")

    def test_endless_talk(self):
        """What prints all the time is ended by the other limit."""
        done = run("while echo more; do sleep 1; done", "--silence", "40s", "--timeout", "60s")
        self.assertIn(b"more\n", done.stdout)
        self.assert_lost(done, f"time-out: the command did not end within {60 * PATIENCE} s")

    def test_too_little_memory(self):
        self.assert_lost(run("true", "--mem", "32M"), "the guest")

    def test_module_that_refuses(self):
        """Another tree, whose zreap does not load: the kernel's sentence is shown, the command is not run."""
        tree = other_tree((FAULT / "fault.c").read_text().replace('kind = ""', 'kind = "refuse"'))
        done = run("echo ran", scripts=tree / "scripts")
        self.assert_lost(done, "zreap: this kernel lacks everything")
        self.assertEqual(done.stdout, b"")

    def test_module_that_does_not_build(self):
        done = run("echo ran", scripts=other_tree("#error not today\n") / "scripts")
        self.assertEqual((done.returncode, done.stdout), (125, b""))
        self.assertIn(b"not today", done.stderr)


class EndTest(unittest.TestCase):
    """However scripts/vm ends, no QEMU is left."""

    def test_signals(self):
        for number, status in (
            (signal.SIGINT, 128 + signal.SIGINT),
            (signal.SIGTERM, 128 + signal.SIGTERM),
            (signal.SIGKILL, -signal.SIGKILL),
        ):
            with self.subTest(number.name):
                # What a shell starts in the background ignores SIGINT, and so do its children.
                process = subprocess.Popen(
                    ["env", "--default-signal=INT",
                     SCRIPTS / "vm", "run", "--", "sh", "-c", "echo started; exec sleep 1000"],
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                )
                self.assertEqual(process.stdout.readline(), b"started\n")
                (qemu,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                ended = os.pidfd_open(int(qemu))
                process.send_signal(number)
                self.assertEqual(process.wait(SECONDS), status)
                self.assertTrue(select.select([ended], [], [], SECONDS)[0], "QEMU lives on")
                os.close(ended)
                process.stdout.close()
