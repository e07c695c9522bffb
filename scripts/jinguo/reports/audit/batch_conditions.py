"""What a batch asks: the sheet 条件, a row for each requirement and each quota with the values it compares with, and the formulas that
compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.excel.writing.live_sheet import FIRST, text_of
from jinguo.nominations.batch import Batch
from jinguo.nominations.conditions import (
    quota_comparison,
    wanted_day,
    wanted_options,
    wanted_parts,
    wanted_rank,
    without_unit,
)
from jinguo.nominations.quotas import OF_EACH
from jinguo.registry.tables import Registry
from jinguo.reports.audit.candidate_facts import DAY, LEVEL, MONTH, PRIVATELY, ROWS, SEVERAL, TEXT, CandidateFact, Facts
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import UNREAD, day_number, month_number, spelled
from jinguo.schema.dates import Month, month_of
from jinguo.schema.numbers import read_number
from jinguo.schema.types import Choice, MultiChoice, Text

#: The first column of the values compared with.
_OPTIONS = 7


@dataclass(frozen=True)
class Asked:
    """One condition: its row of the sheet (from 0), what it is asked of, how it compares, and the values it compares with."""

    number: int
    fact: CandidateFact
    comparison: str
    options: Sequence[Any]
    #: The values of its list from low to high, as an array in a formula.
    levels: str = ""

    @property
    def place(self) -> str:
        """The cells of the values."""
        row, last = FIRST + self.number, column_letter(_OPTIONS + max(len(self.options), 1) - 1)
        first = f"'条件'!${column_letter(_OPTIONS)}${row}"
        return first if len(self.options) < 2 else f"{first}:${last}${row}"

    def outcome(self, n: int, keys: str) -> str:
        """The formula (without =) of what comes of the condition for the person of a row; `keys` is the cell of her number."""
        if not self.fact.kept:
            return '"缺材料"'
        return self._of(self.fact.column.of(n), keys)

    def outcome_or_unsure(self, n: int, keys: str) -> str:
        """The same where an age by the month alone must not decide: 缺材料 where the day of birth would."""
        found = self.outcome(n, keys)
        if self.fact.oldest is None:
            return found
        return f'IF({found}={self._of(self.fact.oldest.of(n), keys)},{found},"缺材料")'

    def _of(self, cell: str, keys: str) -> str:
        if self.comparison in ("为空", "不为空"):
            empty = (
                f"{cell}=0"
                if self.fact.kind == ROWS
                else f'OR({cell}="",{cell}="无")'
                if self.fact.kind == LEVEL
                else f'{cell}=""'
            )
            then = ("符合", "不符合") if self.comparison == "为空" else ("不符合", "符合")
            return f'IF({cell}="{UNREAD}","缺材料",IF({empty},"{then[0]}","{then[1]}"))'
        holds = self._holds(cell, keys)
        if self.fact.kind == ROWS:
            return f'IF({holds},"符合","不符合")'
        return f'IF(OR({cell}="",{cell}="{UNREAD}"),"缺材料",IF({holds},"符合","不符合"))'

    def _holds(self, cell: str, keys: str) -> str:
        """That a known value is as is asked."""
        place, count = self.place, len(self.options)
        if self.comparison in ("不少于", "不多于", "早于", "晚于"):
            sign = {"不少于": ">=", "不多于": "<=", "早于": "<", "晚于": ">"}[self.comparison]
            if isinstance(self.fact.type, Choice) and self.comparison in ("不少于", "不多于"):
                return f"MATCH({cell},{self.levels},0){sign}MATCH({place},{self.levels},0)"
            by_month = self.fact.kind == DAY and self.options[0] < 10**6
            return f"{f'INT({cell}/100)' if by_month else cell}{sign}{place}"
        return self._among(cell, keys, place, count)

    def _among(self, cell: str, keys: str, place: str, count: int) -> str:
        rows, inside = self.fact.rows, "属于" if self.comparison in ("等于", "不等于") else self.comparison
        if self.fact.kind == ROWS and rows is not None:
            wanted = f'"*"&{place}&"*"' if inside == "包含" else place
            each = f"COUNTIFS({rows.owner.range},{keys},{rows.counts.range},1,{rows.value.range},{wanted})"
            found = f"SUMPRODUCT(--({each}>0))"
        elif inside == "包含" and not isinstance(self.fact.type, MultiChoice):
            found = f"SUMPRODUCT(--ISNUMBER(FIND({place},{cell})))"
        elif self.fact.kind == SEVERAL:
            found = f'SUMPRODUCT(--ISNUMBER(FIND("、"&{place}&"、","、"&{cell}&"、")))'
        else:
            found = (
                f"SUMPRODUCT(--EXACT({place},{cell}))"
                if self.fact.kind in (TEXT, LEVEL)
                else f"SUMPRODUCT(--({place}={cell}))"
            )
        holds = f"{found}={count}" if inside == "包含" else f"{found}>0"
        return f"NOT({holds})" if self.comparison == "不等于" else holds


class Conditions:
    """The sheet 条件 of a batch: requirements, then quotas, as far as they can be applied."""

    def __init__(
        self, registry: Registry, batch: Batch, facts: Facts, requirements: Sequence[int], quotas: Sequence[int]
    ) -> None:
        self.registry, self.facts, self.batch = registry, facts, batch
        self.of_requirement: dict[int, Asked] = {}
        self.of_quota: dict[int, Asked] = {}
        self._cells: list[list[Any]] = []
        table = registry["requirements"]
        for row in requirements:
            name, comparison, value = (table[f][row] for f in ("field", "comparison", "value"))
            head = [
                "资格条件",
                name,
                comparison,
                value or "",
                table["nature"][row],
                spelled(table["bonus"][row]),
                table.place(row, "field"),
            ]
            self.of_requirement[row] = self._add(head, name, comparison, value or "")
        table = registry["quotas"]
        for row in quotas:
            name, wanted = table["dimension"][row], table["value"][row]
            if name not in OF_EACH:
                head = ["结构要求", name, *quota_comparison(wanted), "", "", table.place(row, "dimension")]
                self.of_quota[row] = self._add(head, name, *quota_comparison(wanted))

    def _add(self, head: list[Any], name: str, comparison: str, value: str) -> Asked:
        fact = self.facts[name]
        options = [] if fact.kind == PRIVATELY else self._options(fact, comparison, value)
        levels = ""
        if isinstance(fact.type, Choice):
            allowed = fact.type.choices(self.registry.settings.vocabularies)
            levels = "{" + ",".join(map(text_of, allowed)) + "}"
        asked = Asked(len(self._cells), fact, comparison, options, levels)
        if fact.kind == PRIVATELY:
            head[3] = "（不公开）"
        self._cells.append([*head, *options])
        return asked

    def _options(self, fact: CandidateFact, comparison: str, value: str) -> list[Any]:
        """The values compared with, as the cells of the fact are spelled."""
        words, kind = self.registry.settings.vocabularies, fact.type
        if comparison in ("为空", "不为空"):
            return []
        if comparison in ("不少于", "不多于"):
            return [_level(kind, value, words)] if isinstance(kind, Choice) else [read_number(without_unit(value))]
        if comparison in ("早于", "晚于"):
            day = wanted_day(value)
            if isinstance(day, Month):
                return [month_number(day)]
            return [month_number(month_of(day)) if fact.kind == MONTH else day_number(day)]
        if comparison == "包含" and not isinstance(kind, MultiChoice):
            return list(wanted_parts(value))
        options = wanted_options(kind, value, words) + ([value.strip()] if isinstance(kind, Text) else [])
        return [spelled(option) for option in dict.fromkeys(options)]

    def sheet(self) -> ReviewSheet:
        """The sheet."""
        width = max((len(row) for row in self._cells), default=_OPTIONS)
        sheet = ReviewSheet(
            "条件",
            f"{self.batch.name}：资格条件和结构要求",
            len(self._cells),
            "“对照值”是按台账的写法拆开的值，公式拿它比。",
        )
        titles = [
            "用在",
            "条件",
            "比较",
            "值",
            "性质",
            "加分",
            "出处",
            *(f"对照值{n}" for n in range(1, width - _OPTIONS + 1)),
        ]
        for number, title in enumerate(titles):
            sheet.add(
                title,
                [row[number] if number < len(row) else "" for row in self._cells],
                30 if title in ("值", "出处") else 12,
            )
        return sheet


def _level(kind: Choice, value: str, words: dict[str, list[str]]) -> str:
    """The level a comparison names, as the column spells it."""
    _, rank = wanted_rank(kind, value, words)
    return kind.choices(words)[rank]
