"""Who has a workbook open: the owner file (~$…) that Excel and WPS leave beside it, and LibreOffice's .~lock.…#."""

from __future__ import annotations

from pathlib import Path

from jinguo.common.errors import JinguoError

#: Where Excel and Word write the length of the name in UTF-16, behind the name in the computer's own code page.
_LENGTHS = (54, 55)
_LONGEST = 52
#: What LibreOffice writes: its user, the computer's, the host, the day, the profile.
_FIELDS = 4


def owner_files(path: Path) -> list[Path]:
    """The owner files there may be of a workbook."""
    return [path.with_name(name) for name in (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")]


def opened_by(path: Path) -> str:
    """Who has the workbook open by its owner file; empty where nobody says so."""
    for owner in owner_files(path):
        try:
            data = owner.read_bytes()[:1024]
        except OSError:
            continue
        name = _locked_by(data) if owner.name.startswith(".~lock.") else _owner_name(data)
        if name:
            return name
    return ""


def cannot_open(path: Path) -> JinguoError:
    """A workbook that another program holds for itself alone, with who has it open where that is known."""
    name = opened_by(path)
    by = f"，{name} 正开着它" if name else ""
    return JinguoError(f"文件打不开，可能正被别的程序独占{by}", path.name, "关闭打开它的程序后再运行。")


def _owner_name(data: bytes) -> str:
    for place in _LENGTHS:
        if len(data) > place + 1 and 0 < data[place] <= _LONGEST and data[place + 1] == 0:
            text = data[place + 2 : place + 2 + 2 * data[place]].decode("utf-16-le", "replace").strip(" \0")
            if text.isprintable():
                return text
    return ""


def _locked_by(data: bytes) -> str:
    """The first field that says anything: ,user,host,day,profile."""
    fields = [field.strip() for field in data.decode("utf-8", "replace").replace("\\,", "，").split(",")]
    if len(fields) < _FIELDS:
        return ""
    return next((field for field in fields[:2] if field and field.isprintable() and len(field) <= _LONGEST), "")
