# SPDX-License-Identifier: Apache-2.0
"""The disk of a freshly installed host, in the cache. Root only.

It boots by UEFI through Debian's signed shim and GRUB, with Secure Boot and without.
"""

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from lib import agent, apt, cache, processes, qemu
from lib.errors import HarnessError
from lib.host import disk
from lib.host.hosts import FOLDER, Host

_FILES = FOLDER / "root"
_PACKAGES = FOLDER / "packages.txt"
_SERVICES = ("host-agent.service", "systemd-networkd.service")

# GRUB as it is signed looks for its configuration here.
_FIRST_CONFIGURATION = f"""\
search --no-floppy --label {disk.ROOT_LABEL} --set root
set prefix=($root)/boot/grub
configfile $prefix/grub.cfg
"""

# What GRUB does until the first kernel upgrade makes its configuration anew.
_CONFIGURATION = f"""\
linux /boot/vmlinuz-{{release}} root=LABEL={disk.ROOT_LABEL} ro {qemu.KERNEL_ARGUMENTS}
initrd /boot/initrd.img-{{release}}
boot
"""

_GRUB_DEFAULTS = f"""\
GRUB_TIMEOUT=0
GRUB_CMDLINE_LINUX_DEFAULT=
GRUB_CMDLINE_LINUX="{qemu.KERNEL_ARGUMENTS}"
"""

# For a host with more packages: it boots fast, and starts no service that others could hinder.
_BASE_SERVICES_ONLY = """\
cd "$1/etc/systemd/system" && find multi-user.target.wants sockets.target.wants timers.target.wants -type l \
    ! -name cron.service ! -name ssh.service ! -name host-agent.service ! -name "systemd-*" -delete"""


_INSTALL_LOCAL = """\
chroot "$1" apt-get --quiet --yes install --no-install-recommends $(cd "$1" && ls mnt/*.deb | sed s,^,/,) &&
    rm "$1"/mnt/*.deb"""


def fetch(host: Host, more: Path | None = None, local: Sequence[Path] = ()) -> Path:
    """The disk from the cache, made if it is not there yet. Nobody may change it.

    `more` lists packages besides those of every host. Their services do not start at boot. `local` are files of
    packages that are installed after them, in a chroot, which is much faster than in the host.
    """
    with cache.locked(f"host-{host.suite}", f"installing {host.suite}: waiting for another one that does"):
        folder = cache.root() / "hosts" / f"{host.suite}-{_key(host, more, local)}"
        if not folder.exists():
            if os.geteuid() != 0:
                raise HarnessError("only root can install a host")
            print(f"installing a host of {host.suite}", file=sys.stderr)
            with cache.publish(folder) as partial:
                _install(host, more, local, partial)
    return folder / "disk.raw"


def _key(host: Host, more: Path | None, local: Sequence[Path]) -> str:
    files = [path for path in sorted(_FILES.rglob("*")) if path.is_file()]
    contents = [path.read_bytes() for path in [_PACKAGES, agent.SOURCE, *files, *_listed(more), *local]]
    names = [str(path.relative_to(_FILES)) for path in files]
    return cache.key(host.suite, _FIRST_CONFIGURATION, _CONFIGURATION, _GRUB_DEFAULTS, *names, *contents)


def _listed(more: Path | None) -> list[Path]:
    return [more] if more else []


def _install(host: Host, more: Path | None, local: Sequence[Path], folder: Path) -> None:
    tree, boot = folder / "tree", folder / "boot"
    _bootstrap(host, more, local, folder, tree)
    _fill_boot(tree, boot)
    release = next((tree / "lib" / "modules").iterdir()).name
    (tree / "boot" / "grub" / "grub.cfg").write_text(_CONFIGURATION.format(release=release))
    disk.create(folder / "disk.raw", boot, tree)
    shutil.rmtree(tree)
    shutil.rmtree(boot)


def _bootstrap(host: Host, more: Path | None, local: Sequence[Path], folder: Path, tree: Path) -> None:
    """A tree with the packages, the files of scripts/host/root, and this machine's ways to its mirrors."""
    (folder / "apt.conf").write_text(processes.output(["apt-config", "dump", "Acquire"]))
    (folder / "sources.list").write_text(apt.sources_for(host.suite, apt.machine_mirrors()))
    files = folder / "files"
    shutil.copytree(_FILES, files)
    agent.build(_made(files / "usr" / "local" / "sbin" / "host-agent"))
    _made(files / "etc" / "default" / "grub.d" / "host.cfg").write_text(_GRUB_DEFAULTS)
    packages = [name for path in [_PACKAGES, *_listed(more)] for name in re.sub(r"#.*", "", path.read_text()).split()]
    hooks = [
        f'cp -R "{files}/." "$1"', 'mkdir -p "$1/boot/efi" "$1/mnt/tree"',
        'chroot "$1" update-initramfs -u -k all', f'chroot "$1" systemctl enable {" ".join(_SERVICES)}',
        *([_BASE_SERVICES_ONLY] if more else []),
        *([f"cp {' '.join(map(str, local))} \"$1/mnt\"", _INSTALL_LOCAL] if local else []),
    ]
    processes.output([
        "unshare", "--mount", "--propagation", "private",  # its mounts end with it
        "mmdebstrap", "--quiet", "--mode=root", "--format=directory", "--variant=important",
        f"--include={','.join(packages)}", f"--aptopt={folder / 'apt.conf'}",
        *(f"--customize-hook={hook}" for hook in hooks), host.suite, tree, folder / "sources.list",
    ])
    shutil.rmtree(files)


def _fill_boot(tree: Path, boot: Path) -> None:
    programs = {
        "BOOTX64.EFI": "usr/lib/shim/shimx64.efi.signed",
        "mmx64.efi": "usr/lib/shim/mmx64.efi.signed",
        "grubx64.efi": "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed",
    }
    for name, source in programs.items():
        shutil.copy(tree / source, _made(boot / "EFI" / "BOOT" / name))
    _made(boot / "EFI" / "debian" / "grub.cfg").write_text(_FIRST_CONFIGURATION)


def _made(path: Path) -> Path:
    """The path, whose folder exists from now on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
