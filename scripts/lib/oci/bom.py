# SPDX-License-Identifier: Apache-2.0
"""The bill of materials of an image, in the form of CycloneDX."""

import json
import platform
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from lib.oci.packages import Package

PLACE = "usr/share/doc/zreap/zreap.cdx.json"


def write(path: Path, image: str, version: str, packages: Iterable[Package], java: Path | None = None) -> None:
    """Writes the bill: the image, its Debian packages, and the jars that the bill `java`, made by Maven, has."""
    bill = json.loads(java.read_text()) if java else {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    metadata = bill.setdefault("metadata", {})
    own = [metadata["component"]] if "component" in metadata else []
    metadata["component"] = {"type": "container", "bom-ref": f"{image}@{version}", "name": image, "version": version}
    bill["components"] = own + bill.get("components", []) + [_component(package) for package in packages]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill, indent=2) + "\n")


def _component(package: Package) -> dict[str, str]:
    distribution = f"debian-{platform.freedesktop_os_release()['VERSION_ID']}"
    url = f"pkg:deb/debian/{package.name}@{quote(package.version)}?arch={package.architecture}&distro={distribution}"
    return {"type": "library", "bom-ref": url, "name": package.name, "version": package.version, "purl": url}
