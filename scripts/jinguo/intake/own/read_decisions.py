"""The rows of 对照.xlsx as the decisions they hold, and every word in them that cannot be understood: nothing is read by
half a decision, and nothing a person wrote is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jinguo.common.addresses import column_letter
from jinguo.excel.raw import RawSheet
from jinguo.intake.own.decision_rows import ACTIONS, HEADERS, field_of
from jinguo.intake.own.lexicon import IGNORED as NOT_READ
from jinguo.intake.own.lexicon import OWN as OWN_COLUMN
from jinguo.intake.own.lexicon import fields_by_label, splits_known
from jinguo.intake.own.mapping import (
    FILE,
    IGNORED,
    LAYOUTS,
    OPEN,
    ROWS,
    TAKEN,
    ColumnMap,
    Identity,
    Mapping,
    Source,
    ValueMap,
)
from jinguo.intake.own.title_lines import Fact
from jinguo.intake.own.units import UNITS
from jinguo.schema import TABLES
from jinguo.schema.cells import clean
from jinguo.schema.types import Choice

_BY_SHEET = {spec.sheet: name for name, spec in TABLES.items()}


@dataclass
class _Reader:
    """The four sheets, and what in them is wrong: (sheet, cell, what)."""

    sheets: dict[str, RawSheet]
    #: The letters of each sheet's columns, wherever she has moved them.
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """(Excel row, cells by header) of a sheet, wherever its columns stand; a sheet that is not there is told."""
        sheet = self.sheets.get(name)
        cells = [[clean(v) for v in row] for row in sheet.rows] if sheet else []
        known, most = {*HEADERS[name]}, len(HEADERS[name]) // 2
        start = next((n for n, row in enumerate(cells) if len({*row} & known) > most), None)
        if start is None:
            what = "没有这张表" if sheet is None else "没有表头，或表头改过了"
            self.wrong.append((name, "", f"{FILE} 里“{name}”{what}，从备份里找回来"))
            return
        self.letters |= {(name, title): column_letter(c) for c, title in enumerate(cells[start])}
        for number, row in enumerate(cells[start + 1 :], start + 2):
            found = {title: value for title, value in zip(cells[start], row, strict=False) if title}
            if any(found.get(title) for title in HEADERS[name][:2]):
                yield number, {title: found.get(title, "") for title in HEADERS[name]}

    def say(self, name: str, title: str, row: int, what: str) -> None:
        self.wrong.append((name, f"{self.letters.get((name, title), '')}{row}", what))

    def action(self, name: str, row: int, cells: dict[str, str]) -> str:
        text = cells["处理"]
        if text not in ACTIONS:
            self.say(name, "处理", row, f"“处理”写的是“{text}”，只能是采用、自有、不读、待定")
        return ACTIONS.get(text, OPEN)

    def once(self, name: str, title: str, row: int, key: object, seen: dict[object, int]) -> None:
        if key in seen:
            self.say(name, title, row, f"与第 {seen[key]} 行说的是同一个，只留一行")
        seen.setdefault(key, row)


def mapping_of(sheets: Sequence[RawSheet]) -> tuple[Mapping, list[tuple[str, str, str]]]:
    """The decisions in the workbook, and what in it cannot be read: (sheet, cell, what)."""
    reader = _Reader({sheet.name: sheet for sheet in sheets})
    mapping = Mapping(_sources(reader), _columns(reader), _values(reader), _identities(reader))
    if any(name == "栏目" and not cell for name, cell, _ in reader.wrong):
        # A sheet of which no column is known is not read at all.
        for source in mapping.sources:
            source.action = source.action if source.action == IGNORED else OPEN
    return mapping, reader.wrong


def _sources(reader: _Reader) -> list[Source]:
    found: list[Source] = []
    seen: dict[object, int] = {}
    for row, cells in reader.rows("来源"):
        tables = [(_BY_SHEET.get(t), t) for t in re.split("[、，,]", cells["对应表"]) if t and t != NOT_READ]
        for table, text in tables:
            if table is None:
                reader.say("来源", "对应表", row, f"没有“{text}”这张表")
        names = tuple(t for t, _ in tables if t)
        facts: list[Fact] = []
        for title in ("固定值", "取自标题"):
            said = _facts(cells[title], names)
            for fact in said:
                if not fact.field:
                    reader.say("来源", title, row, f"“{fact.value}”不知道是哪一栏")
            facts += said
        action = reader.action("来源", row, cells) if cells["对应表"] != NOT_READ else IGNORED
        if action == TAKEN and not names:
            reader.say("来源", "对应表", row, "采用的工作表没有写对应哪张表")
            action = OPEN
        header = _header_rows(cells["表头行"])
        if cells["表头行"] and header is None:
            reader.say("来源", "表头行", row, f"表头行写的是“{cells['表头行']}”，要写数字，如 3 或 3-4")
        reader.once("来源", "工作表", row, (cells["文件"], cells["工作表"]), seen)
        layout = cells["版式"] if cells["版式"] in LAYOUTS else ROWS
        known = [f for f in facts if f.field]
        found.append(Source(cells["文件"], cells["工作表"], names, layout, header, known, cells["依据"], action))
    return found


def _columns(reader: _Reader) -> list[ColumnMap]:
    found: list[ColumnMap] = []
    seen: dict[object, int] = {}
    taken: dict[object, int] = {}
    for row, cells in reader.rows("栏目"):
        labels = [] if cells["对应"] in ("", OWN_COLUMN, NOT_READ) else cells["对应"].split("＋")
        fields = [fields_by_label().get(label.strip(), "") for label in labels]
        action = reader.action("栏目", row, cells) if cells["对应"] != NOT_READ else IGNORED
        before = len(reader.wrong)
        for label, name in zip(labels, fields, strict=True):
            if not name:
                reader.say("栏目", "对应", row, f"没有“{label}”这一栏")
        if cells["拆分"] not in splits_known():
            reader.say("栏目", "拆分", row, f"没有“{cells['拆分']}”这种拆分，从列表里选")
        elif len(fields) > 1 and not cells["拆分"] and action == TAKEN:
            reader.say("栏目", "拆分", row, f"一格里有{len(fields)}项，要写怎样拆分，从列表里选")
        if cells["单位"] not in UNITS:
            reader.say(
                "栏目", "单位", row, f"没有“{cells['单位']}”这种换算，只能是{'、'.join(filter(None, UNITS))}，或空着"
            )
        reader.once("栏目", "栏目", row, (cells["文件"], cells["工作表"], cells["栏目"]), seen)
        if action == TAKEN and len(fields) == 1 and not cells["拆分"] and fields[0] not in _SEVERAL:
            key = (cells["文件"], cells["工作表"], fields[0])
            if key in taken:
                reader.say("栏目", "对应", row, f"“{labels[0]}”已经有第 {taken[key]} 行的栏目了，一栏只能有一个")
            taken.setdefault(key, row)
        wrong = len(reader.wrong) > before
        found.append(
            ColumnMap(
                cells["文件"], cells["工作表"], cells["栏目"], tuple(filter(None, fields)), cells["拆分"], cells["单位"],
                cells["样例"], cells["依据"], cells["把握"], OPEN if wrong and action == TAKEN else action,
            )
        )  # fmt: skip
    return found


#: What several columns of a sheet may say together: half days, the days of instalments.
_SEVERAL = ("attendance.presence", "payments.date")


def _values(reader: _Reader) -> list[ValueMap]:
    found = []
    seen: dict[object, int] = {}
    for row, cells in reader.rows("取值"):
        name = fields_by_label().get(cells["栏目"], "")
        action = reader.action("取值", row, cells)
        if not name:
            reader.say("取值", "栏目", row, f"没有“{cells['栏目']}”这一栏")
            continue
        table, short = name.split(".")
        kind, meaning = TABLES[table].by_name[short].type, cells["对应"]
        is_fixed = isinstance(kind, Choice) and bool(kind.fixed)
        if action == TAKEN and meaning and is_fixed and kind.parser({})(meaning).value is None:
            words = "、".join(kind.choices({}))
            reader.say("取值", "对应", row, f"“{meaning}”不在可选范围里，只能是{words}，或空着")
            action = OPEN
        reader.once("取值", "写法", row, (name, cells["写法"]), seen)
        found.append(ValueMap(name, cells["写法"], _count(cells["个数"]), cells["对应"], action))
    return found


def _identities(reader: _Reader) -> list[Identity]:
    found = []
    seen: dict[object, int] = {}
    for row, cells in reader.rows("认人认组织"):
        action = reader.action("认人认组织", row, cells)
        if action == TAKEN and not cells["对应"]:
            reader.say("认人认组织", "对应", row, f"“{cells['写法']}”采用了，没有写是谁")
            action = OPEN
        reader.once("认人认组织", "写法", row, (cells["类别"], cells["写法"]), seen)
        found.append(
            Identity(
                cells["类别"], cells["写法"], cells["出处"], _count(cells["个数"]), cells["候选"], cells["依据"], cells["对应"],
                action,
            )
        )  # fmt: skip
    return found


def _count(text: str) -> int:
    return int(float(text)) if re.fullmatch(r"\d+(?:\.0)?", text) else 0


def _header_rows(text: str) -> tuple[int, int] | None:
    numbers = [int(n) for n in re.findall(r"\d+", text.removesuffix(".0"))]
    return (numbers[0], numbers[-1]) if numbers else None


def _facts(text: str, tables: Sequence[str]) -> list[Fact]:
    """The facts of a cell; one whose field is not known has none."""
    facts = []
    beside = [*tables, *(t for t in ("events", "batches") if t not in tables)]
    for piece in re.split("[；;\n]", text):
        label, equals, value = piece.partition("=") if "=" in piece else piece.partition("＝")
        if not equals or not label.strip():
            continue
        cell = re.search(r"（([A-Z]{1,3}\d+)）$", value.strip())
        plain = value.strip()[: cell.start()] if cell else value.strip()
        name = field_of(label.strip(), beside)
        facts.append(Fact(name, plain if name else label.strip(), cell[1] if cell else ""))
    return facts
