# SPDX-License-Identifier: Apache-2.0
"""The program of the loader's image, host/zreap-load.in: what it builds, signs and loads, and when it refuses."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

LOADER = Path(__file__).resolve().parents[3] / "host" / "zreap-load.in"
RELEASE = "6.1.0-99-amd64"
# Each fake writes its name and its arguments to the log; make leaves a module, insmod and modprobe load it.
FAKES = {
    "uname": f"echo {RELEASE}",
    "gcc": 'echo "${GCC:-12}"',
    "make": '[ -z "${MAKE_FAILS:-}" ] || { echo "main.c:1: error: it does not compile"; exit 2; }; touch "$2/zreap.ko"',
    "modinfo": '[ -n "${OF_NODE:-}" ] || exit 1; echo "$OF_NODE"',
    "modprobe": 'mkdir -p "$ROOT/sys/module/zreap"; echo "$OF_NODE" > "$ROOT/sys/module/zreap/version"',
    "insmod": '[ -z "${INSMOD_SAYS:-}" ] || { echo "insmod: ERROR: could not insert module: $INSMOD_SAYS"; exit 1; }\n'
              'test -e "$1" && mkdir -p "$ROOT/sys/module/zreap" && echo 0.2.0 > "$ROOT/sys/module/zreap/version"',
    "sign-file": 'test -e "$4"',
}


class LoadTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.kdir = self.root / "lib" / "modules" / RELEASE / "build"
        self.log = self.root / "log"
        self.log.touch()
        (self.root / "tmp").mkdir()
        self.write("prefix/share/zreap/module/version", "-Drevision=0.2.0\n")
        for name, script in FAKES.items():
            folder = self.kdir / "scripts" if name == "sign-file" else self.root / "bin"
            told = f'#!/bin/sh\n[ {name} = uname ] || echo "{name} $*" >> "$ROOT/log"\n{script}\n'
            self.write(folder / name, told).chmod(0o755)
        self.write(self.kdir / "Makefile", "")
        self.write(self.kdir / "include/generated/utsrelease.h", f'#define UTS_RELEASE "{RELEASE}"\n')
        self.write(
            self.kdir / "include/config/auto.conf",
            'CONFIG_CC_VERSION_TEXT="gcc-12 (Debian) 12.2.0"\nCONFIG_GCC_VERSION=120200\n'
            'CONFIG_MODULE_SIG_HASH="sha256"\n',
        )
        text = LOADER.read_text().replace("@PREFIX@", f"{self.root}/prefix")
        for place in ("/lib/modules/$release", "/sys/module/", "/sys/kernel/"):
            text = text.replace(f"={place}", f"={self.root}{place}").replace(f" {place}", f" {self.root}{place}")
        self.program = self.write("zreap-load", text)

    def write(self, name, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def load(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """The real tools come after the fakes."""
        done = subprocess.run(
            ["/bin/dash", self.program, *arguments], text=True, capture_output=True,
            env={
                "PATH": f"{self.root}/bin:{os.defpath}", "ROOT": str(self.root), "TMPDIR": f"{self.root}/tmp",
            } | environment,
        )
        self.assertEqual(list((self.root / "tmp").iterdir()), [], "nothing of the build is left")
        return done

    def called(self) -> list[str]:
        return [line.split()[0] for line in self.log.read_text().splitlines()]

    def refused(self, *words: str, **environment: str) -> None:
        done = self.load(**environment)
        self.assertEqual(done.returncode, 1, done.stdout)
        for line in words:
            self.assertIn(line, done.stderr)
        for line in done.stderr.splitlines():
            self.assertRegex(line, "^(zreap-load: |main.c:)")

    def refused_before_the_build(self, *words: str, **environment: str) -> None:
        self.refused(*words, **environment)
        self.assertEqual({"make", "insmod", "modprobe"} & set(self.called()), set())

    def test_it_builds_and_loads(self):
        done = self.load("recent=20000", "allow_pidns=1")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.endswith("zreap-load: zreap 0.2.0 is loaded\n"), done.stdout)
        self.assertEqual(self.called(), ["modinfo", "gcc", "make", "insmod"])
        calls = self.log.read_text()
        self.assertRegex(calls, rf"make -C \S+/module KDIR={self.kdir} KCFLAGS=-g0 modules\n")
        self.assertRegex(calls, r"insmod \S+/zreap.ko recent=20000 allow_pidns=1\n")

    def test_loaded_already_is_success(self):
        self.write("sys/module/zreap/version", "0.2.0\n")
        done = self.load()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "zreap-load: zreap 0.2.0 is loaded\n", ""))
        self.assertEqual(self.called(), [])

    def test_another_version_is_loaded(self):
        self.write("sys/module/zreap/version", "0.1.0\n")
        self.refused_before_the_build("zreap 0.1.0 is loaded, and this image has 0.2.0", "rmmod zreap")

    def test_the_node_s_own_module_comes_first(self):
        done = self.load("recent=5", OF_NODE="0.2.0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.called(), ["modinfo", "modprobe"])
        self.assertIn("modprobe zreap recent=5\n", self.log.read_text())

    def test_a_module_of_the_node_in_another_version_is_left_alone(self):
        self.assertEqual(self.load(OF_NODE="0.1.0").returncode, 0)
        self.assertEqual(self.called(), ["modinfo", "gcc", "make", "insmod"])

    def test_no_headers(self):
        (self.kdir / "Makefile").unlink()
        self.refused_before_the_build(
            f"the headers of kernel {RELEASE} are not in {self.kdir}", "apt-get install linux-headers",
        )

    def test_headers_that_lead_nowhere(self):
        self.kdir.rename(self.root / "elsewhere")
        self.kdir.symlink_to("/usr/src/linux-headers-of-nothing")
        self.refused_before_the_build(f"{self.kdir} leads to /usr/src/linux-headers-of-nothing")

    def test_headers_that_are_not_prepared(self):
        (self.kdir / "include/config/auto.conf").unlink()
        self.refused_before_the_build("is not prepared for modules")

    def test_headers_of_another_kernel(self):
        self.write(self.kdir / "include/generated/utsrelease.h", '#define UTS_RELEASE "6.1.0-1-amd64"\n')
        self.refused_before_the_build(f"are of kernel 6.1.0-1-amd64, but {RELEASE} is running")

    def test_headers_in_a_folder_of_one_s_own(self):
        self.kdir.rename(self.root / "devel")
        self.assertEqual(self.load(ZREAP_KDIR=f"{self.root}/devel").returncode, 0)
        self.assertIn(f"KDIR={self.root}/devel", self.log.read_text())

    def test_another_compiler(self):
        self.refused_before_the_build("was built by gcc 12, and this image has gcc 14", GCC="14")

    def test_a_kernel_built_by_clang(self):
        self.write(
            self.kdir / "include/config/auto.conf",
            'CONFIG_CC_VERSION_TEXT="clang version 17.0.6"\nCONFIG_GCC_VERSION=0\nCONFIG_CLANG_VERSION=170006\n',
        )
        self.refused_before_the_build("was not built by gcc: clang version 17.0.6")

    def test_lockdown_without_keys(self):
        self.write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n")
        self.refused_before_the_build(
            "only signed modules: lockdown (none [integrity] confidentiality)", "ZREAP_SIGN_KEY",
        )

    def test_enforced_signatures_without_keys(self):
        self.write("sys/module/module/parameters/sig_enforce", "Y\n")
        self.refused_before_the_build("only signed modules: module.sig_enforce")

    def test_no_lockdown_asks_for_no_keys(self):
        self.write("sys/kernel/security/lockdown", "[none] integrity confidentiality\n")
        self.write("sys/module/module/parameters/sig_enforce", "N\n")
        self.assertEqual(self.load().returncode, 0)

    def test_it_signs(self):
        self.write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n")
        key, certificate = self.write("key", "k"), self.write("cert", "c")
        done = self.load(ZREAP_SIGN_KEY=str(key), ZREAP_SIGN_CERT=str(certificate))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.called(), ["modinfo", "gcc", "make", "sign-file", "insmod"])
        self.assertRegex(self.log.read_text(), rf"sign-file sha256 {key} {certificate} \S+/zreap.ko\n")

    def test_half_a_pair_of_keys(self):
        key = self.write("key", "k")
        self.refused_before_the_build("the other one of ZREAP_SIGN_KEY and ZREAP_SIGN_CERT", ZREAP_SIGN_KEY=str(key))

    def test_a_key_that_cannot_be_read(self):
        self.refused_before_the_build("cannot read /gone", ZREAP_SIGN_KEY="/gone", ZREAP_SIGN_CERT="/gone")

    def test_no_tool_to_sign_with(self):
        key = str(self.write("key", "k"))
        (self.kdir / "scripts" / "sign-file").unlink()
        self.refused_before_the_build("no program", ZREAP_SIGN_KEY=key, ZREAP_SIGN_CERT=key)

    def test_a_build_that_fails(self):
        self.refused("it does not compile", "cannot be built", MAKE_FAILS="yes")
        self.assertNotIn("insmod", self.called())

    def test_why_the_kernel_does_not_load_it(self):
        for told, reason in {
            "Key was rejected by service": "does not trust the module's signature",
            "Required key not available": "does not trust the module's signature",
            "Operation not permitted": "lacks CAP_SYS_MODULE, or lockdown is on",
            "Invalid module format": "the kernel log of the node says more",
        }.items():
            with self.subTest(told):
                self.refused(told, reason, INSMOD_SAYS=told)


if __name__ == "__main__":
    unittest.main()
