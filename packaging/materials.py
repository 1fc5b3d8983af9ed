"""What the frozen application is made of: the licence of each part, and the bill of materials.

The specification calls this while freezing, in the environment that is frozen.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Iterable
from importlib.metadata import distribution, packages_distributions
from pathlib import Path, PurePath

BILL_NAME = "sleepscorer.cdx.json"

# Distributions that come without the text of their licence: its name in the folder beside this.
UNACCOMPANIED_LICENCES = {
    "PySide6_Essentials": ("LGPL-3", "GPL-3"),
    "shiboken6": ("LGPL-3", "GPL-3"),
}
_LICENCE_TEXTS = Path(__file__).with_name("licences")
_DPKG_QUERY = "/usr/bin/dpkg-query"

LICENCE_NAME = re.compile(r"licen[cs]e|copying|copyright|notice", re.IGNORECASE)
NAMESPACE = uuid.UUID("5f0d4c1e-6a2b-5d0b-9c51-3d9b9a0f6e11")  # of bills of ours

Entry = tuple[str, str, str]
"""What PyInstaller takes: path in the bundle, where it comes from, and its kind."""


def distributions(module_names: Iterable[str], files: Iterable[Entry]) -> list[str]:
    """Names of the distributions that modules and files of a bundle come from, sorted."""
    top_names = {name.split(".")[0] for name in module_names}
    top_names |= {PurePath(name).parts[0] for name, _, _ in files}
    known = packages_distributions()
    names = {name for top in top_names for name in known.get(top, ())}
    return sorted(names | {"pyinstaller"}, key=str.casefold)  # its bootloader is the executable


def licences(names: Iterable[str], files: Iterable[Entry]) -> list[Entry]:
    """Entries for the licences of everything in a bundle; end where the text of one is missing."""
    found = {"Python": [(python_licence(), "LICENSE.txt")]}
    for name in names:
        found[name] = distribution_licences(name)
    for package in system_packages(source for _, source, _ in files):
        found[package] = [(Path("/usr/share/doc", package, "copyright"), "copyright")]
    for name, texts in found.items():
        if not texts or not all(source.is_file() for source, _ in texts):
            raise SystemExit(f"{name} can't be shipped: the text of its licence is not found.")
    return [
        (f"licenses/{name}/{path}", str(source), "DATA")
        for name, texts in found.items()
        for source, path in texts
    ]


def python_licence() -> Path:
    """Where the text of Python's licence lies: beside its library, on Windows a folder above."""
    beside = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    return beside if beside.is_file() else Path(sys.base_prefix, "LICENSE.txt")


def distribution_licences(name: str) -> list[tuple[Path, str]]:
    """Licence files of an installed distribution, with their paths in its folder of the bundle."""
    if name in UNACCOMPANIED_LICENCES:
        return [(_LICENCE_TEXTS / text, text) for text in UNACCOMPANIED_LICENCES[name]]
    texts = []
    for file in distribution(name).files or ():
        in_metadata = file.parts[0].endswith(".dist-info")
        is_licence = LICENCE_NAME.search(file.name) and not file.suffix.startswith(".py")
        if is_licence or (in_metadata and "licenses" in file.parts):
            path = PurePath(*file.parts[1:]) if in_metadata else file
            texts.append((Path(str(file.locate())), path.as_posix()))
    return texts


def system_packages(sources: Iterable[str]) -> list[str]:
    """Debian packages that libraries come from, sorted; none elsewhere."""
    own_roots = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()} - {Path("/usr")}
    patterns = [
        f"*/{path.name}"
        for path in map(Path, sources)
        if ".so" in path.name and own_roots.isdisjoint(path.resolve().parents)
    ]
    if not patterns or not Path(_DPKG_QUERY).is_file():
        return []
    query = subprocess.run(  # noqa: S603  a fixed command
        [_DPKG_QUERY, "--search", *patterns], capture_output=True, text=True, check=False
    )
    return sorted({line.split(":")[0] for line in query.stdout.splitlines()})


def bill(names: Iterable[str], system: Iterable[str], version: str) -> str:
    """Software bill of materials, CycloneDX 1.6 as JSON; the same for the same parts.

    Parameters
    ----------
    names
        Distributions of Python; the metadata that pip installed say the rest.
    system
        Debian packages of the libraries that came from the system.
    version
        Of SleepScorer.
    """
    components = [
        _component("Python", ".".join(map(str, sys.version_info[:3])), "generic", "PSF-2.0"),
        *(_of_distribution(name) for name in names if name != "sleepscorer"),
        *(_of_system(name) for name in system),
    ]
    content = json.dumps(components, sort_keys=True)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, content)}",
        "version": 1,
        "metadata": {"component": _component("SleepScorer", version, "generic", "BSD-3-Clause")},
        "components": components,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _of_distribution(name: str) -> dict[str, object]:
    metadata = distribution(name).metadata
    named = metadata.get("License-Expression") or ""
    return _component(metadata["Name"], metadata["Version"], "pypi", named, _said_licence(metadata))


def _said_licence(metadata: object) -> str:
    """What older metadata say of a licence, in words."""
    classifiers = [
        one.rpartition(" :: ")[2]
        for one in metadata.get_all("Classifier", [])  # type: ignore[attr-defined]
        if one.startswith("License ::")
    ]
    text = metadata.get("License") or ""  # type: ignore[attr-defined]
    return "; ".join(classifiers) or text.strip().partition("\n")[0][:80]


def _of_system(name: str) -> dict[str, object]:
    query = subprocess.run(  # noqa: S603  a fixed command
        [_DPKG_QUERY, "--show", "--showformat=${Version}\n", name],
        capture_output=True,
        text=True,
        check=True,
    )
    return _component(name, query.stdout.splitlines()[0], "deb/debian")


def _component(
    name: str, version: str, kind: str, expression: str = "", words: str = ""
) -> dict[str, object]:
    key = name.casefold().replace("_", "-") if kind == "pypi" else name
    purl = f"pkg:{kind}/{key}@{version.replace('+', '%2B')}"
    component: dict[str, object] = {
        "type": "application" if name == "SleepScorer" else "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
    }
    if expression:
        component["licenses"] = [{"expression": expression}]
    elif words:
        component["licenses"] = [{"license": {"name": words}}]
    return component
