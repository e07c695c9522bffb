"""Kinds of damage a cell suffers in an office, each with the rules that must find it; planted in the clean demo
registry.

`python scripts/maintenance/measure_checks.py` counts how many are found and writes docs/校验的把握.md.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinguo.checks import check
from jinguo.checks.records import _HAPPENED
from jinguo.common.addresses import column_letter
from jinguo.common.findings import Finding, Severity
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.intake.loading import read_folder
from jinguo.schema import TABLES
from jinguo.schema.cells import is_blank
from jinguo.schema.codes import CreditCode, Email, IdCard, Key, Phone, Reference
from jinguo.schema.dates import Date, YearMonth
from jinguo.schema.model import Field
from jinguo.schema.numbers import Number, Score
from jinguo.schema.types import Choice, MultiChoice
from tests.helpers import ROOT

SHEETS = read_folder(ROOT / "workbooks").sheets
_RAW = {spec.name: next(s for s in SHEETS[spec.workbook] if s.name == spec.sheet) for spec in TABLES.values()}
_SETTINGS = ("office", "parameters", "vocabularies", "holidays", "townships")
CLEAN = check(build_registry(SHEETS))
_KNOWN = {(f.code, f.sheet, f.cell) for f in CLEAN}

#: A cell of the demo: table, column, index of the row in the raw sheet.
Place = tuple[str, str, int]


@dataclass(frozen=True)
class Damage:
    """One kind: what happens, where it can, the value put there (given the old one), and the codes that must find it.

    Without codes it is one that no program can see, and is measured to say so.
    """

    name: str
    fits: Callable[[str, Field], bool]
    spoil: Callable[[random.Random, Any], Any]
    codes: tuple[str, ...] = ()
    error: str = ""


def _of(kind: type, *not_in: str) -> Callable[[str, Field], bool]:
    return lambda table, f: isinstance(f.type, kind) and table not in not_in


def _at(*columns: str) -> Callable[[str, Field], bool]:
    return lambda table, f: f"{table}.{f.name}" in columns


def _required(table: str, f: Field) -> bool:
    """Required, and nothing else hangs on it: without its key a row is missing everywhere else too."""
    return f.required and not isinstance(f.type, Key) and not f.unique


def _digit(chance: random.Random, text: str, first: int, last: int) -> str:
    """The text with one digit between two places replaced by another."""
    places = [i for i in range(first, min(last, len(text))) if text[i].isdigit()]
    i = chance.choice(places)
    return text[:i] + str((int(text[i]) + chance.randint(1, 9)) % 10) + text[i + 1 :]


def _always(value: str) -> Callable[[random.Random, Any], Any]:
    return lambda chance, old: value


_ENDS = {
    "posts.to_month": ("2001.01", "PEO-004"), "public_posts.to_month": ("2001.01", "PEO-004"), "projects.ends": ("2001-01-01", "PRJ-003"),
    "duty_units.to_date": ("2001-01-01", "DUT-002"), "duty_absences.to_date": ("2001-01-01", "DUT-002"), "events.ends": ("2001-01-01 09:00", "TRN-006"),
    "experts.to_date": ("2001-01-01", "ACT-007"), "visits.closed_on": ("2001-01-01", "ACT-001"), "organisations.certificate_until": ("2001-01-01", "ORG-008"),
    "certificates.registered_until": ("2001-01-01", "CER-001"),
}  # fmt: skip

DAMAGES = [
    Damage("必填的格清空", _required, lambda c, v: "", ("CELL-001", "CELL-020")),
    Damage("必填的格只剩空格或横线", _required, lambda c, v: c.choice(["　", " ", "—", "/"]), ("CELL-001", "CELL-020")),
    Damage("不该重复的与别行重复", _at("certificates.number", "organisations.name"), lambda c, v: None, ("CELL-002",)),
    Damage("引用了没有的编号", _of(Reference), lambda c, v: f"{str(v)[:2]}9{c.randint(100, 999)}", ("CELL-003",)),
    Damage("引用的编号多抄一位", _of(Reference, "people"), lambda c, v: f"{v}7", ("CELL-003",)),
    Damage(
        "选项写成范围以外的",
        lambda t, f: isinstance(f.type, Choice) and not isinstance(f.type, MultiChoice),
        lambda c, v: f"{v}的样子",
        ("CELL-004",),
    ),
    Damage(
        "日期不是真有的一天",
        _of(Date),
        lambda c, v: c.choice(["2026-02-30", "2025年13月1日", "2024.6.31"]),
        ("CELL-005",),
    ),
    Damage("日期只写到月", _of(Date), lambda c, v: c.choice(["2019.8", "2019年8月", "2019-08"]), ("CELL-005",)),
    Damage("年月存成了数字", _of(YearMonth), lambda c, v: c.choice([1975.1, 2001.1]), ("CELL-006",)),
    Damage("年月读不出", _of(YearMonth), lambda c, v: c.choice(["七五年", "去年夏天", "1975.13"]), ("CELL-006",)),
    Damage("数字栏里写了字", _of(Number), lambda c, v: c.choice(["五万多", "不详", "约30"]), ("CELL-007",)),
    Damage("数字成了负数", _of(Number), lambda c, v: -c.randint(2, 9), ("CELL-007",)),
    Damage("手机少一位", _at("people.mobile"), lambda c, v: str(v)[:-1], ("CELL-008",)),
    Damage("电话少几位", _of(Phone), lambda c, v: str(v or "62700001")[-6:], ("CELL-008",)),
    Damage("身份证号存成了数字", _of(IdCard), lambda c, v: float(str(v)[:15] + "000"), ("CELL-009",)),
    Damage("身份证号错一位", _of(IdCard), lambda c, v: _digit(c, str(v), 0, 17), ("CELL-010",)),
    Damage("身份证号少一位", _of(IdCard), lambda c, v: str(v)[:-1], ("CELL-010",)),
    Damage("信用代码把 0 写成 O", _of(CreditCode), lambda c, v: str(v).replace("0", "O", 1), ("CELL-011",)),
    Damage("信用代码错一位", _of(CreditCode), lambda c, v: _digit(c, str(v), 9, 17), ("CELL-012",)),
    Damage(
        "邮箱缺了 @",
        _of(Email),
        lambda c, v: str(v or "fulian@example.org").replace("@", c.choice(["", "#", "(at)"])),
        ("CELL-013",),
    ),
    Damage("成绩写成了等第", _of(Score), lambda c, v: c.choice(["良好", "A", "过了"]), ("CELL-014",)),
    Damage(
        "公式错误",
        lambda t, f: not isinstance(f.type, Key) and not f.unique,
        lambda c, v: "#N/A",
        ("CELL-018",),
        error="#N/A",
    ),
    *(
        Damage(f"结束早于开始（{TABLES[place.split('.')[0]].sheet}）", _at(place), _always(value), (code,))
        for place, (value, code) in _ENDS.items()
    ),
    Damage(
        "日期在将来",
        _at(*(f"{t}.{f}" for t, f in _HAPPENED if t not in ("family", "letters"))),
        lambda c, v: "2062-05-18" if "-" in str(v) else "2062.05",
        ("DAT-001",),
    ),
    Damage(
        "姓名与编号不符", _at("attendance.name", "exam_entries.name"), lambda c, v: "张三丰", ("TRN-001", "EXM-004")
    ),
    Damage("个人学时多于活动学时", _at("attendance.hours"), lambda c, v: 99, ("TRN-004",)),
    Damage("成绩高于满分", _at("exam_entries.score"), lambda c, v: 100 + c.randint(1, 99), ("EXM-002",)),
    Damage(
        "出生年月与身份证不符", _at("people.born"), lambda c, v: f"{int(str(v)[:4]) - 1}.{str(v)[5:]}", ("PEO-001",)
    ),
    Damage("性别与身份证不符", _at("people.sex"), lambda c, v: "男" if v == "女" else "女", ("PEO-002",)),
    Damage("科目与级别不符", _at("exam_entries.subject"), lambda c, v: "公共营养学", ("EXM-001",)),
    Damage("枢纽组织填成自己", _at("organisations.hub"), lambda c, v: None, ("ORG-014",)),
    Damage("身份证号末位的 X 写成 ×", _of(IdCard), lambda c, v: f"{str(v)[:17]}×", ("CELL-010",)),
    Damage("身份证号填成护照号", _of(IdCard), lambda c, v: f"E{c.randint(10**7, 10**8 - 1)}", ("CELL-022",)),
    Damage("信用代码填成身份证号", _of(CreditCode), _always("330281198005010024"), ("CELL-011",)),
    Damage("地点里有从 PDF 复制的部首", _at("services.place", "events.place"), lambda c, v: f"{v}⼭", ("CELL-023",)),
    Damage(
        "日期早得不像真的", _of(Date), lambda c, v: c.choice(["1905.7.14", "1900-01-08", "1922年3月8日"]), ("CELL-005",)
    ),
    Damage("出生年月早于 1900 年", _at("people.born"), _always("1885.03"), ("CELL-006",)),
    Damage("活动资金把元当成万元", _at("organisations.funds"), lambda c, v: 30000 + c.randint(0, 9999), ("CELL-024",)),
    Damage("学时多得不平常", _at("events.hours"), lambda c, v: 101 + c.randint(0, 99), ("CELL-024",)),
    Damage("合同金额多写几个 0", _at("projects.amount"), lambda c, v: (v or 5000) * 10000, ("CELL-024",)),
    Damage("公示的工作日太少", _at("batches.notice_days"), lambda c, v: c.randint(1, 4), ("NOM-016",)),
    # What no program can see from the registry alone.
    Damage("手机错一位（看不出）", _at("people.mobile"), lambda c, v: _digit(c, str(v), 3, 11)),
    Damage("人名写错一字（看不出）", _at("family.name"), lambda c, v: str(v)[:-1] + c.choice("萍平苹瓶")),
    Damage("人次多写一个 0（看不出）", _at("services.beneficiaries"), lambda c, v: (v or 1) * 10),
]
VISIBLE = [d for d in DAMAGES if d.codes]


class Planted(NamedTuple):
    """One cell damaged: its sheet, the cells where it may be told, the findings that are new, and whether one is
    right."""

    sheet: str
    cells: set[str]
    new: list[Finding]
    found: bool

    @property
    def others(self) -> list[Finding]:
        """New findings about other cells."""
        return [f for f in self.new if f.sheet != self.sheet or f.cell not in self.cells]

    @property
    def other_errors(self) -> list[Finding]:
        return [f for f in self.others if f.severity is Severity.ERROR]


def places(damage: Damage) -> list[Place]:
    """Every filled cell of the demo where this damage can happen; of columns mostly empty, the empty cells too."""
    found: list[Place] = []
    for spec in TABLES.values():
        if spec.name in _SETTINGS:
            continue
        raw = _RAW[spec.name]
        for f in spec.fields:
            if damage.fits(spec.name, f):
                column = raw.rows[0].index(f.header)
                filled = [row for row in range(1, len(raw.rows)) if not is_blank(raw.rows[row][column])]
                found += [(spec.name, f.name, row) for row in filled or range(1, len(raw.rows))]
    return found


def plant(damage: Damage, chance: random.Random) -> Planted:
    """Damage one random cell of the clean demo and check all of it."""
    name, field, row = chance.choice(places(damage))
    spec, raw = TABLES[name], _RAW[name]
    column = raw.rows[0].index(spec.by_name[field].header)
    old = raw.rows[row][column]
    value = damage.spoil(chance, old)
    if value is None:
        # Another row's value, or the row's own key.
        value = raw.rows[row][0] if field == "hub" else raw.rows[row - 1 if row > 1 else row + 1][column]
    rows = list(raw.rows)
    rows[row] = [*rows[row][:column], "" if damage.error else value, *rows[row][column + 1 :]]
    errors = {(row, column): damage.error} if damage.error else {}
    sheets = dict(SHEETS)
    sheets[spec.workbook] = [
        RawSheet(raw.workbook, raw.name, rows, errors) if s is raw else s for s in SHEETS[spec.workbook]
    ]
    cell = f"{column_letter(column)}{row + 1}"
    new = [f for f in check(build_registry(sheets)) if (f.code, f.sheet, f.cell) not in _KNOWN]
    # A doubled value is told at the later of the two rows.
    at = {cell, f"{column_letter(column)}{row + 2}"} if "CELL-002" in damage.codes else {cell}
    return Planted(
        spec.sheet, at, new, any(f.code in damage.codes and f.sheet == spec.sheet and f.cell in at for f in new)
    )


def every(count: int, seed: int) -> Iterator[tuple[Damage, Planted]]:
    """Each kind so many times, at cells chosen by the seed."""
    for damage in DAMAGES:
        chance = random.Random(f"{seed} {damage.name}")
        for _ in range(count):
            yield damage, plant(damage, chance)
