"""What the tests share: small tables written in the test, registries of them, and the real command in a fresh
folder."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinguo.checks import check
from jinguo.common.findings import Finding
from jinguo.documents.register import DOCUMENTS
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES
from jinguo.word.template import Template
from jinguo.word.template_files import read_template
from tests.warm_start import WarmPython

ROOT = Path(__file__).resolve().parents[1]
TODAY = datetime.date(2026, 10, 15)
_SPECS = {spec.sheet: spec for spec in TABLES.values()}

#: How many examples a property takes, as a factor: half of what CI takes; who looks for faults takes as many as there is time for.
EXAMPLES = float(os.environ.get("JINGUO_EXAMPLES", "0.5"))


def examples(count: int) -> int:
    """So many examples of a property, by the one setting JINGUO_EXAMPLES."""
    return max(1, round(count * EXAMPLES))


#: Values for the required columns a test does not mention, so that its table shows only what it is about.
_DEFAULTS: dict[str, dict[str, Any]] = {
    "社会组织": {"组织名称": "组织{n}", "登记状态": "未登记", "组织类型": "其他", "层级": "大众层", "级别": "村社区", "所属镇街": "阳明街道"},
    "人员": {"姓名": "张三{n}", "性别": "女"},
    "培训活动": {"活动名称": "活动{n}", "类型": "业务培训", "开始时间": "2026-03-08 09:00", "地点": "会议室", "学时": 6, "主办单位": "市妇联"},
    "签到": {"出勤": "出席"},
    "项目": {"项目名称": "项目{n}", "项目类型": "微项目", "购买主体": "市妇联", "开始日期": "2026-01-01", "结束日期": "2026-12-31", "状态": "实施"},
    "推荐批次": {"名称": "批次{n}", "推荐职务": "妇联执委", "级别": "市", "名额": 1, "送达单位": "市委", "截止日期": "2026-11-30"},
    "人选": {"推荐单位": "市妇联"},
    "资格条件": {"性质": "必备"},
    "合格标准": {"满分": 100, "合格线": 60},
    "证书": {"取得日期": "2025-09-20"},
    "任职": {"职务": "理事", "起始": "2022.05"},
    "社会职务": {"级别": "市", "起始": "2021.12"},
    "值班单位": {"起始": "2026-01-01"},
}  # fmt: skip


#: 设置.xlsx › 单位 of an office that has said who it is: without it nothing goes out.
OFFICE_ROWS = (
    "项目 | 内容\n单位名称 | 余姚市妇女联合会\n发文机关标志 | 余姚市妇女联合会文件\n发文机关代字 | 余妇\n联系人 | 王干事\n"
    "电话 | 0574-62700000\n邮箱 | fl@example.org"
)

#: A sheet as a test draws it: a table of |, or its rows.
Drawn = str | Sequence[Any]


def table(text: str) -> list[list[Any]]:
    """The rows of a table drawn with |; a cell of digits stays text, as codes are; an empty cell is ''."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def sheet(name: str, rows: Drawn) -> RawSheet:
    """A raw sheet with the header in row 1: the columns the test draws, then the required ones it leaves out."""
    drawn = table(rows) if isinstance(rows, str) else [list(row) for row in rows]
    spec = _SPECS[name]
    defaults = {k: v for k, v in _DEFAULTS.get(name, {}).items() if k not in drawn[0]}
    filled = [drawn[0] + list(defaults)]
    for n, row in enumerate(drawn[1:], 1):
        row = row + [""] * (len(drawn[0]) - len(row))
        filled.append(row + [v.format(n=n) if isinstance(v, str) else v for v in defaults.values()])
    return RawSheet(spec.workbook, name, filled)


def registry(today: datetime.date = TODAY, /, **sheets: Drawn) -> Registry:
    """A registry of these sheets, by their names; header in row 1, so the first row of data is row 2."""
    books: dict[str, list[RawSheet]] = {}
    for name, rows in sheets.items():
        raw = sheet(name, rows)
        books.setdefault(raw.workbook, []).append(raw)
    return build_registry(books, today)


def places(found: list[Finding], *codes: str) -> list[tuple[str, str, str]]:
    """(code, sheet, cell) of the findings whose code begins with one of `codes`; all of them where none is given."""
    return [(f.code, f.sheet, f.cell) for f in found if not codes or f.code.startswith(codes)]


def findings(code: str = "", /, today: datetime.date = TODAY, **sheets: Drawn) -> list[tuple[str, str]]:
    """(sheet, cell) of every finding with this code in a registry of these sheets."""
    return [(f.sheet, f.cell) for f in check(registry(today, **sheets)) if f.code == code]


def office(folder: Path, demo: bool = True) -> Path:
    """A fresh office: the templates, and the demo's workbooks or an empty folder for them."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    if demo:
        shutil.copytree(ROOT / "workbooks", folder / "workbooks")
    else:
        (folder / "workbooks").mkdir(parents=True)
    return folder


def jinguo(
    folder: Path, *arguments: str, fresh: bool = False, dies_at: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the real command in an office's folder, as start.py does; in a `fresh` Python where that is what is tested; to die at a
    moment as tests/hard/dying.py has it."""
    environment = dict(os.environ, JINGUO_HOME=str(folder), PYTHONUTF8="1", COLUMNS="200")
    if not fresh and hasattr(os, "fork"):
        return warm_python().run(folder, arguments, environment, 120, dies_at)
    command = [sys.executable, "-m", "jinguo", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


@lru_cache(maxsize=1)
def warm_python() -> WarmPython:
    return WarmPython()


def template_of(
    kind: str, of: Registry, today: datetime.date | None = None, folder: Path = ROOT / "templates"
) -> Template:
    """The template of a kind as `of` has it filled; whether the office has said who it is does not matter."""
    name = DOCUMENTS[kind].template
    return Template(read_template(folder, name), name, of.settings, today or of.today)


def change_cell(path: Path, sheet_name: str, cell: str, value: Any) -> None:
    """Change one cell of a workbook as a clerk would; None empties it."""
    path.write_bytes(_with_cell(path.read_bytes(), sheet_name, cell, value))


@lru_cache(maxsize=16, typed=True)
def _with_cell(data: bytes, sheet_name: str, cell: str, value: Any) -> bytes:
    """The workbook with one cell changed; many tests begin with the same change of the demo."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    book[sheet_name][cell].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def find_cell(path: Path, sheet_name: str, column: str, key: str, key_column: str | None = None) -> str:
    """The address of `column` in the first row whose key column (the first one, unless named) holds `key`."""
    from openpyxl.utils import get_column_letter

    rows = workbook_rows(path, sheet_name)
    heads = {str(title): get_column_letter(n) for n, title in enumerate(rows[0], 1)}
    position = 0 if key_column is None else list(heads).index(key_column)
    number = next(n for n, row in enumerate(rows[1:], 2) if str(row[position]) == key)
    return f"{heads[column]}{number}"


def check_json(folder: Path, *arguments: str) -> tuple[int, list[dict[str, str]]]:
    """The exit code of `jinguo check --json` in an office's folder, and its findings."""
    target = folder / "findings.json"
    done = jinguo(folder, *arguments, "check", "--json", str(target))
    assert target.exists(), done.stderr + done.stdout
    return done.returncode, json.loads(target.read_text(encoding="utf-8"))


def docx_text(path: Path) -> list[str]:
    """The text of every paragraph of a document, table cells included, in order."""
    import docx

    body = docx.Document(str(path)).element.body
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = []
    for paragraph in body.iter(f"{space}p"):
        lines.append(
            "".join(
                "\n" if node.tag == f"{space}br" else node.text or ""
                for node in paragraph.iter(f"{space}t", f"{space}br")
            )
        )
    return lines


def workbook_rows(path: Path, sheet_name: str) -> list[list[Any]]:
    """Every row of a sheet as openpyxl reads it."""
    return [list(row) for row in _rows(path.read_bytes(), sheet_name)]


@lru_cache(maxsize=8)
def _rows(data: bytes, sheet_name: str) -> list[tuple[Any, ...]]:
    import openpyxl

    return list(openpyxl.load_workbook(io.BytesIO(data))[sheet_name].iter_rows(values_only=True))


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, to show that nothing has changed."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def has_chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


@contextlib.contextmanager
def ends_within(seconds: int) -> Iterator[None]:
    """Stop what would take for ever: no measure of speed, but many times what it takes on a slow machine."""

    def stop(*_: Any) -> None:
        raise TimeoutError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
