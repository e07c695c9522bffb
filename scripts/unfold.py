"""What the zip brings and an office changes: the demo registry and the templates, put where they belong as far as nothing of hers is there.

An update is unpacked over her folder and must not bring a file of hers, so these lie in 初始/. A workbook is only put into a folder that
has none; a template that is still as some version brought it becomes the new one; one she edited stays, with the new one beside it where
that has changed. Standard library only.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path

#: What each template was like when it was put there, by name; and of which version all of it is.
RECORD = "原样.json"


def home_of(root):
    """The folder with workbooks/, templates/ and output/: that of the program, or where nothing can be written there one among the
    user's documents."""
    for folder in (root, Path.home() / "Documents" / "巾帼台账", Path.home() / "巾帼台账"):
        try:
            (folder / "output").mkdir(parents=True, exist_ok=True)
            probe = folder / "output" / f".jinguo-{os.getpid()}.tmp"
            probe.write_bytes(b"")
            probe.unlink()
            return folder
        except OSError:
            continue
    return root


def unfold(root, home):
    """Put what is missing into the home; what there is to say about it, a line each. Nothing is done twice for one version."""
    brought = root / "初始"
    record_file = home / "templates" / RECORD
    record = _read(record_file)
    templates = sorted((brought / "templates").glob("*")) if (brought / "templates").is_dir() else []
    mark = _digest(b"".join(path.read_bytes() for path in templates))
    if not brought.is_dir() or (record.get("版本") == mark and _has_workbooks(home)):
        return []
    said = []
    if not _has_workbooks(home):
        for path in sorted((brought / "workbooks").glob("*.xlsx")):
            _copy(path, home / "workbooks" / path.name)
        said.append("workbooks 文件夹里放了一套演示台账，可以先试；换成自己的台账，见 使用说明.docx。")
    if record.get("版本") != mark:
        said += _templates(templates, home / "templates", record.get("模板", {}))
        shipped = {path.name: _digest(path.read_bytes()) for path in templates}
        record_file.parent.mkdir(parents=True, exist_ok=True)
        temporary = record_file.with_name(RECORD + ".tmp")
        temporary.write_text(
            json.dumps({"版本": mark, "模板": shipped}, ensure_ascii=False, indent=1), encoding="utf-8"
        )
        temporary.replace(record_file)
    return said


def _templates(templates, folder, before):
    """Put the templates there; what is said of those she edited and this version changed."""
    kept = []
    for path in templates:
        there, new = folder / path.name, _digest(path.read_bytes())
        if not there.exists() or _digest(there.read_bytes()) == before.get(path.name):
            _copy(path, there)
        elif _digest(there.read_bytes()) != new and before.get(path.name) != new:
            _copy(path, there.with_name(f"{there.stem}（新版）{there.suffix}"))
            kept.append(path.name)
    if not kept:
        return []
    return [f"您改过的模板 {'、'.join(kept)} 没有动；新版放在旁边，名称里有“新版”，请比较以后自己决定用哪一个。"]


def _has_workbooks(home):
    folder = home / "workbooks"
    return folder.is_dir() and any(path.is_file() for path in folder.iterdir())


def _copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(target.name + ".tmp")
    shutil.copyfile(source, temporary)
    temporary.replace(target)


def _digest(data):
    return hashlib.sha256(data).hexdigest()


def _read(path):
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
