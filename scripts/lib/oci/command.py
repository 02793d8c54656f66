# SPDX-License-Identifier: Apache-2.0
"""The tree of the image with the command and the service: Java, the libraries that it needs, a shell, and zreap."""

import os
import re
import shutil
from pathlib import Path

from lib import processes
from lib.errors import HarnessError
from lib.oci import bom, java, packages
from lib.results import TREE

USER = 65532
_BUILT = TREE / "java-client" / "cli" / "target"
_JAVA = "usr/lib/jvm/runtime"
_SHELL = Path("/usr/bin/busybox")
# What an operator in a container uses.
_APPLETS = (
    "awk cat chmod cp cut date df dmesg echo env false find grep head hostname id kill ln ls mkdir mktemp more mv "
    "printf ps pwd rm rmdir sed seq sh sleep sort stat stty tail test top touch tr true uname uniq vi wc wget"
).split()
_LINKS = {
    "bin": "usr/bin", "sbin": "usr/sbin", "lib": "usr/lib", "lib64": "usr/lib64",
    "usr/bin/java": f"../../{_JAVA}/bin/java",
}
_FOLDERS = ("dev", "etc/zreap", "proc", "run", "sys", "usr/bin", "usr/sbin", "usr/lib", "usr/lib64", "var/log")
_FILES = {
    "etc/passwd": f"root:x:0:0:root:/root:/bin/sh\nzreap:x:{USER}:{USER}:zreap:/var/lib/zreap:/bin/sh\n",
    "etc/group": f"root:x:0:\nzreap:x:{USER}:\n",
    "etc/nsswitch.conf": "hosts: files dns\n",
}


def fill(root: Path, version: str, java_bill: Path) -> None:
    """Fills the empty folder `root`. `java_bill` is Maven's bill of materials.

    There is no archive of Java's classes: two of Java 17 with the same classes have different bytes.
    """
    for folder in _FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "tmp").mkdir()
    (root / "tmp").chmod(0o1777)
    for name, target in _LINKS.items():
        (root / name).symlink_to(target)
    for name, text in _FILES.items():
        (root / name).write_text(text)
    # Their group is root's, for a root without CAP_DAC_OVERRIDE: volumes of podman and docker begin as these folders.
    for folder in ("var/lib/zreap", "var/log/zreap"):
        (root / folder).mkdir(parents=True)
        (root / folder).chmod(0o775)
        os.chown(root / folder, USER, 0)
    processes.output([TREE / "scripts" / "stage", root, "/usr", "command", "policy"])
    jars = [_BUILT / "zreap-cli.jar", *sorted((_BUILT / "lib").glob("*.jar"))]
    java.link(java.modules(jars, _BUILT / "lib"), root / _JAVA)
    used = {packages.owner(java.jdk())}
    for path in [_SHELL, *_libraries(root)]:
        used.add(_copy(path, root))
    for applet in _APPLETS:
        (root / "usr" / "bin" / applet).symlink_to("busybox")
    for package in used:
        _add_copyright(package, root)
    bom.write(root / bom.PLACE, "zreap", version, sorted(used), java_bill)


def _libraries(root: Path) -> list[Path]:
    """The libraries of this machine that programs and libraries below `root` are linked with."""
    linked = [path for path in root.rglob("*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    told = processes.output(["ldd", *linked])
    # Java loads its own libraries itself.
    missing = set(re.findall(r"^\s*(\S+) => not found", told, re.MULTILINE)) - {path.name for path in linked}
    if missing:
        raise HarnessError(f"this machine lacks {', '.join(sorted(missing))}")
    named = {Path(name) for name in re.findall(r"(?:=> |^\s*)(/\S+) \(0x", told, re.MULTILINE)}
    return sorted(path for path in named if not path.is_relative_to(root))


def _copy(path: Path, root: Path) -> packages.Package:
    """Puts a file of this machine in the same place, /usr being one with /; tells its package."""
    folder = path.parent.resolve()
    target = root / folder.relative_to("/") / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)
    target.chmod(0o755)
    return packages.owner((folder / path.name).resolve())


def _add_copyright(package: packages.Package, root: Path) -> None:
    target = root / "usr" / "share" / "doc" / package.name
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path("/usr/share/doc") / package.name / "copyright", target / "copyright")
