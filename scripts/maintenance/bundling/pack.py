"""What lies in the zip, and the zip itself: the same bytes for the same parts."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jinguo import __version__
from maintenance.bundling.compiled import TAG, pyc, pyc_or_none
from maintenance.bundling.wheels import ROOT, metadata
from maintenance.make_launchers import IN_BUNDLE, LAUNCHERS, launcher

FOLDER = f"巾帼台账-{__version__}"
#: What of a wheel nobody runs.
_LEFT_OUT = re.compile(
    r"(^|/)(tests?|__pycache__|include|benchmarks)/|\.(pyi|pxd|pyx|h|hpp|c|cpp|lib|a|typed|pdb)$|\.data/(scripts|headers)/"
    r"|\.dist-info/(RECORD|INSTALLER|WHEEL|top_level\.txt|entry_points\.txt|REQUESTED)$"
)
#: Large parts that no command uses: pictures of a kind nobody takes (Pillow says so of one), what colours program texts.
_UNUSED = re.compile(
    r"^PIL/_avif\.|^pygments/(lexers/(?!__init__|_mapping|python\b|special\b)|styles/(?!__init__|_mapping|default\b))"
)
#: Of the largest packages (BSD) the compiled modules are enough.
_WITHOUT_SOURCE = ("numpy/", "pandas/")
_LICENCE = re.compile(r"\.dist-info/(licenses/)?.*(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)
#: Windows takes paths of 260; a folder on a desktop has a hundred.
LONGEST_PATH = 120
_TIME = (2026, 1, 1, 0, 0, 0)


class PackTrouble(Exception):
    """A bundle that would not do."""


def contents(runtime: Mapping[str, bytes], wheels: Sequence[Path]) -> dict[str, bytes]:
    """Every file of the bundle by its path below the folder of the zip."""
    files = {f"runtime/{name}": data for name, data in runtime.items()}
    for wheel in wheels:
        files |= dict(_installed(wheel))
    files |= dict(_program())
    files |= {f"{name}.bat": launcher(command, IN_BUNDLE) for name, command in LAUNCHERS.items()}
    files |= dict(_beginnings())
    files["许可/目录.txt"] = _licences(wheels)
    too_long = [path for path in files if len(path) > LONGEST_PATH]
    if too_long:
        raise PackTrouble(f"longer than {LONGEST_PATH}: {too_long[:5]}")
    return files | {"文件校验.sha256": _digests(files)}


def _installed(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """The modules of a wheel with their compiled ones, and its licences."""
    archive = zipfile.ZipFile(io.BytesIO(wheel.read_bytes()))
    for name in archive.namelist():
        if name.endswith("/") or _LEFT_OUT.search(name):
            continue
        data = archive.read(name)
        if _LICENCE.search(name):
            yield f"许可/{wheel.name.split('-')[0]}/{name.rpartition('/')[2]}", data
            continue
        inner = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", name)
        if _UNUSED.match(inner):
            continue
        if inner.startswith(_WITHOUT_SOURCE) and name.endswith(".py"):
            yield f"runtime/Lib/site-packages/{inner}c", pyc(data, f"site-packages/{inner}")
            continue
        yield f"runtime/Lib/site-packages/{inner}", data
        # A wheel may bring a module for Python 2.
        if name.endswith(".py") and (compiled := pyc_or_none(data, f"site-packages/{inner}")):
            yield f"runtime/Lib/site-packages/{_compiled_path(inner)}", compiled


def _compiled_path(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}{'/' if folder else ''}__pycache__/{name.removesuffix('.py')}.{TAG}.pyc"


def _program() -> Iterator[tuple[str, bytes]]:
    """jinguo with what it reads beside its modules, and start.py."""
    package = ROOT / "scripts" / "jinguo"
    for path in sorted(package.rglob("*")):
        if path.is_dir() or "__pycache__" in path.parts or path.suffix in (".po", ".pyc"):
            continue
        inner = f"scripts/{path.relative_to(ROOT / 'scripts').as_posix()}"
        data = path.read_bytes()
        yield inner, data
        if path.suffix == ".py":
            yield _compiled_path(inner), pyc(data, inner)
    for name in ("start.py", "dropped_files.py", "unfold.py"):
        yield f"scripts/{name}", (ROOT / "scripts" / name).read_bytes()


def _beginnings() -> Iterator[tuple[str, bytes]]:
    """The demo registry and the templates as they come, from which start.py unfolds what is not there yet: an update is unpacked over
    an office's folder, and must bring no file of hers."""
    for folder in ("workbooks", "templates"):
        for path in sorted((ROOT / folder).iterdir()):
            if path.is_file() and not path.name.startswith(("~$", ".")):
                yield f"初始/{folder}/{path.name}", path.read_bytes()
    for path in sorted((ROOT / "docs" / "发放").glob("*.docx")):
        yield path.name, path.read_bytes()
    yield "许可/巾帼台账/LICENSE", (ROOT / "LICENSE").read_bytes()


def _licences(wheels: Sequence[Path]) -> bytes:
    """Every part with its version, licence and address."""
    lines = ["名称　版本　许可　网址", f"巾帼台账　{__version__}　MIT　"]
    for wheel in wheels:
        fields = metadata(wheel.read_bytes())
        named = (fields.get("License-Expression") or [""])[0]
        classified = [c.rpartition(" :: ")[2] for c in fields.get("Classifier", []) if c.startswith("License ::")]
        short = [text for text in fields.get("License", []) if len(text) < 60]
        address = next((a.partition(", ")[2] for a in fields.get("Project-URL", [])), "") or (fields.get("Home-page") or [""])[0]  # fmt: skip
        licence = named or "、".join(classified) or "、".join(short) or "见文件夹里的许可文件"
        lines.append(f"{fields['Name'][0]}　{fields['Version'][0]}　{licence}　{address}")
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _digests(files: Mapping[str, bytes]) -> bytes:
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}" for path, data in sorted(files.items())]
    return ("\n".join(lines) + "\n").encode("utf-8")


def packed(files: Mapping[str, bytes]) -> bytes:
    """The zip: one folder, names in UTF-8, the empty folders an office fills."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for folder in ("workbooks", "templates", "output"):
            archive.writestr(_info(f"{FOLDER}/{folder}/"), b"")
        for path in sorted(files):
            archive.writestr(_info(f"{FOLDER}/{path}"), files[path])
    return stream.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_STORED if name.endswith("/") else zipfile.ZIP_DEFLATED
    # What made it is not said: it would differ between Windows and Linux.
    info.create_system = 0
    info.external_attr = 0x10 if name.endswith("/") else 0x20
    return info
