"""The wheels of the bundle: those of setup.cfg and all they require on Windows, at the versions of constraints.txt, byte for byte known."""

from __future__ import annotations

import configparser
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[3]
#: sha256 of every wheel that was tested, a line each: sha256, two spaces, its file.
KNOWN = Path(__file__).with_name("wheels.sha256")


class WheelTrouble(Exception):
    """A wheel that cannot be had, is not the one that was tested, or requires what is not pinned."""


def pinned() -> dict[str, str]:
    """The versions of constraints.txt by normalised name."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {normalised(name): version.strip() for name, version in pairs}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def wanted() -> list[str]:
    """What setup.cfg requires to run."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = parser["options"]["install_requires"].splitlines()
    return [normalised(line) for line in lines if line.strip() and not line.strip().startswith("#")]


def fetch(folder: Path, version: str, accept_new: bool) -> list[Path]:
    """The wheels for Windows and this Python (3.12), downloaded into `folder`, complete by what each requires there.

    Raises WheelTrouble for one whose sha256 is not the tested one; with `accept_new` those not known yet are added to the list.
    """
    folder.mkdir(parents=True, exist_ok=True)
    versions, queue, found = pinned(), wanted(), dict[str, Path]()
    while queue:
        name = queue.pop()
        if name in found:
            continue
        if name not in versions:
            raise WheelTrouble(f"{name} is required on Windows, and constraints.txt does not pin it")
        found[name] = _downloaded(folder, name, versions[name], version)
        queue += required(found[name].read_bytes(), version)
    wheels = [found[name] for name in sorted(found)]
    _verify(wheels, accept_new)
    return wheels


def _downloaded(folder: Path, name: str, exact: str, version: str) -> Path:
    there = [path for path in folder.glob("*.whl") if _is(path, name, exact)]
    if not there:
        command = [
            sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--platform", "win_amd64", "--python-version", version,
            "--only-binary=:all:", "-d", str(folder), f"{name}=={exact}",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise WheelTrouble(f"{name}=={exact} cannot be had for Windows: {done.stderr.strip().splitlines()[-1:]}")
        there = [path for path in folder.glob("*.whl") if _is(path, name, exact)]
    return there[0]


def _is(path: Path, name: str, exact: str) -> bool:
    parts = path.name.split("-")
    return normalised(parts[0]) == name and parts[1] == exact


def metadata(wheel: bytes) -> dict[str, list[str]]:
    """The fields of a wheel's METADATA, each with all its values."""
    archive = zipfile.ZipFile(io.BytesIO(wheel))
    name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
    message = Parser().parsestr(archive.read(name).decode("utf-8"))
    found: dict[str, list[str]] = {}
    for key, value in message.items():
        found.setdefault(key, []).append(value)
    return found


def required(wheel: bytes, version: str) -> list[str]:
    """What a wheel requires on Windows with this Python."""
    environment = {
        "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64", "python_version": version,
        "python_full_version": f"{version}.0", "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "",
    }  # fmt: skip
    requirements = map(Requirement, metadata(wheel).get("Requires-Dist", []))
    return [normalised(r.name) for r in requirements if r.marker is None or r.marker.evaluate(environment)]


def _verify(wheels: list[Path], accept_new: bool) -> None:
    lines = KNOWN.read_text("utf-8").splitlines() if KNOWN.exists() else []
    known = {name: digest for digest, name in (line.split("  ") for line in lines)}
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in wheels}
    wrong = [name for name, digest in digests.items() if known.get(name, digest) != digest]
    if wrong:
        raise WheelTrouble(f"not the bytes that were tested: {', '.join(wrong)}")
    new = [name for name in digests if name not in known]
    if new and not accept_new:
        raise WheelTrouble(f"not tested yet: {', '.join(new)}; look at them, then run again with --accept-new")
    if new:
        lines = sorted(f"{digest}  {name}" for name, digest in (known | digests).items())
        KNOWN.write_text("\n".join(sorted(lines, key=lambda line: line[66:])) + "\n", "utf-8")
