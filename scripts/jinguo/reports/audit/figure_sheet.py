"""The sheet 指标 of a review workbook: every figure with its numerator, denominator and value as formulas, beside what the program
gave; and the sheet 差异, empty where all agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinguo.common.figures import Figure
from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import LiveColumn
from jinguo.reports.audit.review_sheet import ReviewSheet

#: What a figure without a value shows.
NOTHING = "—"


@dataclass(frozen=True)
class Cells:
    """The cells of a figure that its formula may name: the year, the values of its further dimensions, and the numerator and
    denominator."""

    year: str
    values: Sequence[str]
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Worked:
    """How a figure is worked out, as formulas without =: of a rate or a mean numerator and denominator (and the decimals of the
    quotient), else the value; `unless` is a condition under which nobody knows it."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    places: int = 1
    hundred: bool = True
    unless: str = ""


#: How the figure of a name and dimensions is worked out; None where it is not.
Working = Callable[[Figure, Cells], "Worked | None"]


class FigureSheet:
    """指标 and 差异 of some figures, in their order."""

    def __init__(
        self,
        figures: Sequence[Figure],
        working: Working,
        meanings: Mapping[str, str],
        title: str,
        called: Sequence[str] = (),
    ) -> None:
        """`called` is what the paper calls each figure, where that is not its name."""
        self.figures, self.meanings, self.called = figures, meanings, called
        #: Figures no formula was given for, by name.
        self.plain: dict[str, None] = {}
        count = len(figures)
        self.sheet = sheet = ReviewSheet(
            "指标",
            f"{title}：每个数字的分子、分母和算式",
            count,
            "分子、分母、值都是公式，从别的表数出来；“程序给出”是抄下来的数。",
        )
        if called:
            sheet.add("文中的数字", called, 26)
        sheet.add("指标", [f.name for f in figures], 18)
        dimensions = [list(f.dimensions.items()) for f in figures]
        year = sheet.add(
            "年度",
            [int(d[0][1]) if d and d[0][0].endswith("年度") and d[0][1].isdigit() else "" for d in dimensions],
            8,
        )
        rest = [d[1:] if d and d[0][0].endswith("年度") else d for d in dimensions]
        values: list[LiveColumn] = []
        for n in range(max((len(d) for d in rest), default=0)):
            sheet.add(f"按（{n + 1}）", [d[n][0] if len(d) > n else "" for d in rest], 10)
            values.append(sheet.add(f"取值（{n + 1}）", [d[n][1] if len(d) > n else "" for d in rest], 20))
        numerator = sheet.next_column()
        denominator = numerator.after()
        rows = [
            Cells(year.at(n), [column.at(n) for column in values], numerator.at(n), denominator.at(n))
            for n in range(count)
        ]
        made = [working(figure, cells) for figure, cells in zip(figures, rows, strict=True)]
        for figure, how in zip(figures, made, strict=True):
            if how is None:
                self.plain.setdefault(figure.name)
        sheet.add("分子", [_part(w, w and w.numerator, f.numerator) for f, w in zip(figures, made, strict=True)])
        sheet.add("分母", [_part(w, w and w.denominator, f.denominator) for f, w in zip(figures, made, strict=True)])
        self.value = sheet.add("值", [_value(f, w, cells) for f, w, cells in zip(figures, made, rows, strict=True)], 14)
        self.given = sheet.add("程序给出", [NOTHING if f.value is None else f.value for f in figures], 14)
        sheet.add("单位", [f.unit for f in figures], 8)
        sheet.add("口径", [meanings.get(f.name, "") for f in figures], 60)
        sheet.add("未计入的", [f.note for f in figures], 30)

    def differences(self, title: str) -> ReviewSheet:
        """A row for each figure, empty where it agrees."""
        note = "每一行是一个数字：公式算出来的和程序给出的不同，这里就写出来；全部相符，下面是空的。"
        sheet = ReviewSheet("差异", f"{title}：算出来的和程序给出的有哪里不同", len(self.figures), note)
        cells = []
        for n, figure in enumerate(self.figures):
            mine, given = self.value.of(n), self.given.of(n)
            where = " ".join([*figure.dimensions.values(), figure.name]).replace('"', "”")
            cells.append(Formula(f'=IF({mine}={given},"","{where[:200]}：算得 "&{mine}&"，程序给出 "&{given})', ""))
        sheet.add("差异", cells, 90)
        return sheet


def _part(how: Worked | None, formula: Any, value: Any) -> Any:
    """A numerator or denominator: worked out, or as the program has it."""
    if how is None or not formula:
        return "" if value is None or (how is not None and not formula) else value
    return Formula(f"={formula}", value if value is not None else 0)


def _value(figure: Figure, how: Worked | None, cells: Cells) -> Any:
    shown: Any = NOTHING if figure.value is None else figure.value
    if how is None:
        return shown
    if how.numerator:
        times = "*100" if how.hundred else ""
        exact = f"{cells.numerator}{times}/{cells.denominator}"
        formula = f'IF({cells.denominator}=0,"{NOTHING}",SIGN({cells.numerator})*ROUND(ABS({exact})+0.000000001,{how.places}))'
    else:
        formula = how.value
    if how.unless:
        formula = f'IF({how.unless},"{NOTHING}",{formula})'
    return Formula(f"={formula}", shown)
