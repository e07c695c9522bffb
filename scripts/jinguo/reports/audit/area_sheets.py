"""The rows behind the figures of the year, an area a sheet: the labels of each row, the cells its measures rest on, and what it adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinguo.common.figures import Figure, Statistic
from jinguo.excel.writing.cell_values import Formula
from jinguo.registry.tables import Registry
from jinguo.reports.audit.counted_rows import CountedRows, equal_to
from jinguo.reports.audit.figure_sheet import NOTHING, Cells, Worked
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import spelled
from jinguo.reports.audit.training_sheets import TODAY
from jinguo.schema.codes import Email, IdCard, Phone
from jinguo.summary.counting import NOT_GIVEN, Counted
from jinguo.summary.measures import DISTINCT, MIDDLE, QUOTIENT, SUM, Measure

_PRIVATE = (IdCard, Phone, Email)


@dataclass(frozen=True)
class _RowCells:
    """The cells of one row, for the measures that spell themselves."""

    sheets: AreaSheets
    rows: CountedRows
    headers: dict[str, str]
    row: int

    def __getitem__(self, field: str) -> str:
        return self.rows[self.headers[field]].at(self.row)

    def every(self, field: str) -> str:
        return self.rows[self.headers[field]].range

    def below(self, field: str) -> str:
        column = self.rows[self.headers[field]]
        return column.span(self.row + 1, column.rows + 999)

    def elsewhere(self, table: str, field: str) -> str:
        return self.sheets.other(table, field)

    @property
    def today(self) -> str:
        return TODAY


class AreaSheets:
    """The sheets of the areas, and how a figure of one is worked out."""

    def __init__(self, registry: Registry, areas: Sequence[Counted]) -> None:
        self.registry = registry
        self._others: dict[str, CountedRows] = {}
        self._of: dict[str, tuple[Counted, CountedRows, Statistic]] = {}
        self.used: dict[str, list[int]] = {}
        self._made = [self._sheet(counted) for counted in areas]

    @property
    def sheets(self) -> list[ReviewSheet]:
        return [rows.sheet for rows in (*self._made, *self._others.values())]

    @property
    def meanings(self) -> dict[str, str]:
        """The 口径 of every statistic."""
        return {name: statistic.meaning for name, (_, _, statistic) in self._of.items()}

    def other(self, table: str, field: str) -> str:
        """The cells of a field of a table that is no area, on a sheet of its own."""
        found = self.registry[table]
        if table not in self._others:
            rows = CountedRows(ReviewSheet(found.spec.sheet, found.spec.sheet, len(found)))
            rows.add("出处", [found.place(i, found.spec.fields[0].name) for i in range(len(found))], 34)
            self.used[table] = list(range(len(found)))
            self._others[table] = rows
        rows, header = self._others[table], found.spec.by_name[field].header
        if header not in rows.columns:
            rows.add(header, [spelled(value) for value in found[field]])
        return rows[header].range

    def _sheet(self, counted: Counted) -> CountedRows:
        area, table = counted.area, self.registry[counted.area.table]
        labelled = [(i, labels) for i in range(len(table)) if (labels := area.labels(i)) is not None]
        by = area.day or ("date" if "date" in area.fields else "")
        if by:
            labelled.sort(key=lambda pair: (spelled(table[by][pair[0]]) or 0, pair[0]))
        lines = [i for i, _ in labelled]
        self.used[area.table] = sorted({*self.used.get(area.table, ()), *lines})
        note = f"来自“{table.spec.sheet}”表；每行是一条记录，末几列是它给各个指标加多少。"
        rows = CountedRows(ReviewSheet(f"行·{area.name}", f"{area.name}：用到的行", len(lines), note))
        rows.add("出处", [table.place(i, table.spec.fields[0].name) for i in lines], 34)
        headers = self._fields(counted, rows, lines)
        for dimension in dict.fromkeys(d for grouping in area.groupings for d in grouping):
            values: list[Any] = [labels.get(dimension) or NOT_GIVEN for _, labels in labelled]
            if dimension == "年度":
                day = rows.columns.get(headers.get(area.day, ""))
                values = [Formula(f"=INT({day.at(n)}/10000)", int(v)) if day else int(v) for n, v in enumerate(values)]
            rows.add(f"分组·{dimension}", values, 14)
        for statistic, measure in area.measures.items():
            self._of[statistic.name] = counted, rows, statistic
            self._measure(counted, rows, lines, statistic, measure, headers)
        return rows

    def _fields(self, counted: Counted, rows: CountedRows, lines: Sequence[int]) -> dict[str, str]:
        """The columns of the fields that labels and measures rest on; their headers by field."""
        table, area = self.registry[counted.area.table], counted.area
        measured = [
            f for m in area.measures.values() for f in (m.field, *(f for a in m.amounts for f in a.fields)) if f
        ]
        headers = {}
        for field in dict.fromkeys(filter(None, (area.day, *area.fields, *measured))):
            spec = table.spec.by_name[field]
            if not isinstance(spec.type, _PRIVATE):
                headers[field] = spec.header
                rows.add(spec.header, [spelled(table[field][i]) for i in lines], 14)
        return headers

    def _measure(
        self, counted: Counted, rows: CountedRows, lines: Sequence[int], statistic: Statistic, measure: Measure, headers: dict[str, str]
    ) -> None:  # fmt: skip
        cells = [_RowCells(self, rows, headers, n) for n in range(len(lines))]
        if measure.kind == DISTINCT:
            for grouping in counted.area.groupings:
                self._firsts(rows, lines, statistic, measure, grouping, headers)
            return
        for amount, part in zip(
            measure.amounts, ("（分子）", "（分母）") if measure.kind == QUOTIENT else ("",), strict=True
        ):
            made = [Formula("=" + amount.spelled(cell), amount.of(i)) for cell, i in zip(cells, lines, strict=True)]
            rows.add(f"{statistic.name}{part}", made)

    def _firsts(
        self, rows: CountedRows, lines: Sequence[int], statistic: Statistic, measure: Measure, grouping: Sequence[str], headers: dict[str, str]
    ) -> None:  # fmt: skip
        """The rows with which a value comes for the first time in its group."""
        value = rows[headers[measure.field]]
        groups = [rows[f"分组·{dimension}"] for dimension in grouping]
        shown = [rows.sheet.values_of(f"分组·{dimension}") for dimension in grouping]
        keys, expressions = [], []
        for n, i in enumerate(lines):
            own = measure.value(i)
            parts = [str(column[n].value if isinstance(column[n], Formula) else column[n]) for column in shown]
            keys.append("|".join([str(spelled(own)), *parts]) if own is not None else "")
            joined = '&"|"&'.join([value.at(n), *(g.at(n) for g in groups)])
            expressions.append(f'IF({value.at(n)}="","",{joined})')
        rows.first_of(_first_header(statistic.name, grouping), keys, expressions)

    def working(self, figure: Figure, cells: Cells, until: str = "") -> Worked | None:
        """How a figure of an area is worked out; of the rows `until` a day only, where one is given."""
        if figure.name not in self._of:
            return None
        counted, rows, statistic = self._of[figure.name]
        measure = counted.area.measures[statistic]
        names = [name for name in figure.dimensions if name != "年度"]
        where = [(f"分组·{name}", equal_to(value)) for name, value in zip(names, cells.values, strict=False)]
        if "年度" in figure.dimensions:
            where.insert(0, ("分组·年度", cells.year))
        if until:
            day = self.registry[counted.area.table].spec.by_name[counted.area.day].header
            where.append((day, f'"<="&{until}'))
        total = lambda header: f"ROUND({rows.total(header, *where)},6)"  # noqa: E731
        if measure.kind == SUM:
            return Worked(total(figure.name))
        if measure.kind == DISTINCT:
            return Worked(total(_first_header(figure.name, tuple(figure.dimensions))))
        if measure.kind == MIDDLE:
            return Worked(_middle(rows, where, figure.name))
        return Worked(
            numerator=total(f"{figure.name}（分子）"),
            denominator=total(f"{figure.name}（分母）"),
            hundred=statistic.unit == "%",
        )


def _first_header(name: str, grouping: Sequence[str]) -> str:
    return f"首次·{name}·{'、'.join(grouping)}"


def _middle(rows: CountedRows, where: Sequence[tuple[str, str]], header: str) -> str:
    """The median as the middle of the largest: what does not count is 0, all that counts at least 1."""
    count = rows.count(*where)
    asked = "*".join(f"({rows[h].range}={wanted.removeprefix(chr(34) + '=' + chr(34) + '&')})" for h, wanted in where)
    nth = lambda place: f"SUMPRODUCT(LARGE({asked}*({rows[header].range}+1),{place}))"  # noqa: E731
    return f'IF({count}=0,"{NOTHING}",({nth(f"INT(({count}+1)/2)")}+{nth(f"INT({count}/2)+1")})/2-1)'
