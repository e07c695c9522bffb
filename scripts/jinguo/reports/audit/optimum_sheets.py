"""Why no list is better, for somebody who adds up a table: people by what they count for, the prices of the requirements, the bound
that follows, and what would be if somebody else were on the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import FIRST, LiveColumn
from jinguo.nominations.batch import BatchResult
from jinguo.reports.audit.ranking_sheets import RankingSheets
from jinguo.reports.audit.review_sheet import ReviewSheet

#: A proof in more parts than these is no table to be added up: the certificate has it.
MOST_PARTS = 6
#: So many of each group are listed below the last that is on the list.
_BEYOND = 3


@dataclass(frozen=True)
class ProofPart:
    """One of the parts the lists were divided into: the cases it is of (最少 or 最多, how many, of whom) and the leaf of the proof."""

    cases: tuple[tuple[str, int, Sequence[int]], ...]
    leaf: Mapping[str, Any]


def parts_of(proof: Mapping[str, Any], cases: tuple[tuple[str, int, Sequence[int]], ...] = ()) -> Iterator[ProofPart]:
    """The parts of a proof, one after the other."""
    if "至多" not in proof:
        yield ProofPart(cases, proof)
        return
    yield from parts_of(proof["少"], (*cases, ("最多", proof["至多"], proof["人"])))
    yield from parts_of(proof["多"], (*cases, ("最少", proof["至多"] + 1, proof["人"])))


def group_sheet(result: BatchResult, ranking: RankingSheets) -> ReviewSheet:
    """People who count for the same requirements, best first, with the total of the first so many: nobody of a group is chosen
    before a better one, so that a list is how many of each group are on it."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for position in range(len(result.ranked)):
        mark = tuple(n for n, limit in enumerate(result.limits, 1) if position in limit.members)
        groups.setdefault(mark, []).append(position)
    lines = []
    for number, (mark, members) in enumerate(groups.items(), 1):
        chosen = [k for k, p in enumerate(members) if result.ranked[p].selected]
        shown = members[: max(chosen, default=-1) + 1 + _BEYOND]
        lines += [(number, mark, k, p) for k, p in enumerate(shown, 1)]
    note = "计入的要求一样的人为一组，同组里得分高的先入选；“前几名合计”是这一组入选几人最多能有的总分。每组只列到名单里最后一位以后三位。"
    sheet = ReviewSheet("分组", f"{result.batch.name}：按计入的结构要求分组", len(lines), note)
    sheet.add("组", [number for number, *_ in lines], 6)
    sheet.add("计入的要求", ["、".join(f"要求{n}" for n in mark) or "都不计入" for _, mark, *_ in lines], 30)
    sheet.add("组内第几", [k for *_, k, _ in lines], 9)
    sheet.add("姓名", [Formula(f"={ranking.names.of(p)}", result.ranked[p].name) for *_, p in lines])
    score = sheet.add("总分", [Formula(f"={ranking.total.of(p)}", result.ranked[p].score) for *_, p in lines])
    column, running, totals = sheet.next_column(), Decimal(0), []
    for n, (_, _, k, p) in enumerate(lines):
        running = result.ranked[p].score + (running if k > 1 else 0)
        before = f"+{column.at(n - 1)}" if k > 1 else ""
        totals.append(Formula(f"=ROUND({score.at(n)}{before},2)", running))
    sheet.add("前几名合计", totals)
    chosen_cells = [
        Formula(f'=IF({ranking.selected.of(p)}="入选","入选","")', "入选" if result.ranked[p].selected else "")
        for *_, p in lines
    ]
    sheet.add("入选", chosen_cells, 8)
    return sheet


class OptimumSheet:
    """The sheet 最优: a price for each requirement, the adjusted scores in 名次, and the bound of every part."""

    def __init__(self, result: BatchResult, ranking: RankingSheets, proof: Mapping[str, Any]) -> None:
        self.result, self.ranking = result, ranking
        parts = list(parts_of(proof))
        self.whole = len(parts) <= MOST_PARTS
        self.parts = parts if self.whole else []
        self.lines: list[list[Any]] = []
        self.best = sum((c.score for c in result.selected), Decimal(0))
        self._total()
        for number, part in enumerate(self.parts, 1):
            self._part(number, part)
        self._conclusion()

    def _line(self, what: str, value: Any, words: str = "") -> str:
        """A row of the sheet; the cell of its value as other sheets name it."""
        self.lines.append([what, value, words])
        return f"'最优'!$B${FIRST + len(self.lines) - 1}"

    def _total(self) -> None:
        ranking = self.ranking
        self.total_cell = self._line(
            "名单总分",
            Formula(f'=ROUND(SUMIFS({ranking.total.range},{ranking.selected.range},"入选"),2)', self.best),
            "名单上各人总分之和",
        )
        self.bounds: list[tuple[str, Decimal]] = []

    def _part(self, number: int, part: ProofPart) -> None:
        """Prices, the adjusted scores, the line that divides those above from those below, and the bound."""
        result, ranking, leaf = self.result, self.ranking, part.leaf
        name = f"情形{number}" if len(self.parts) > 1 else ""
        if leaf["上界"] is None:
            self._line(f"{name}上界", "凑不齐人数", "这种情形下没有名单")
            return
        changes, constants, prices = [], [], []
        for quota, kind, price in leaf["价"]:
            cell = self._line(
                f"{name}“{result.limits[quota - 1].label}”{kind}的价", Decimal(price), "多一个计入的人折多少分"
            )
            changes.append((ranking.counted[quota - 1], kind, cell))
            constants.append((kind, ranking.bound(kind, quota - 1), cell))
            prices.append(
                (
                    kind,
                    Decimal(price),
                    result.limits[quota - 1].members,
                    getattr(result.limits[quota - 1], "least" if kind == "最少" else "most"),
                )
            )
        for (kind, bound, people), price in zip(part.cases, leaf["情形价"], strict=True):
            members = frozenset(n - 1 for n in people)
            said = "、".join(result.ranked[p].name for p in sorted(members)[:5]) + (
                f"等 {len(members)} 人" if len(members) > 5 else ""
            )
            cell = self._line(
                f"{name}：{kind} {bound} 人入选的价", Decimal(price), f"这一种情形：{said}里{kind} {bound} 人入选"
            )
            column = self._members(f"{name}-{len(changes)}", members)
            changes.append((column, kind, cell))
            constants.append((kind, str(bound), cell))
            prices.append((kind, Decimal(price), members, bound))
        self._bound(name, leaf, changes, constants, prices)

    def _members(self, title: str, members: frozenset[int]) -> LiveColumn:
        """Who is meant by a case: those who count for just the same requirements as its people."""
        ranking, result = self.ranking, self.result
        first = min(members)
        same = {n: first in limit.members for n, limit in enumerate(result.limits)}
        cells = []
        for row in range(ranking.names.rows):
            flags = ",".join(f"{ranking.counted[n].at(row)}={int(inside)}" for n, inside in same.items()) or "TRUE"
            cells.append(Formula(f"=IF(AND({ranking.free.at(row)}=1,{flags}),1,0)", int(row in members)))
        return ranking.sheet.add(f"{title}的人", cells, 10)

    def _bound(
        self, name: str, leaf: Mapping[str, Any], changes: Sequence[tuple[LiveColumn, str, str]], constants: Sequence[tuple[str, str, str]],
        prices: Sequence[tuple[str, Decimal, frozenset[int], int]],
    ) -> None:  # fmt: skip
        result, ranking = self.result, self.ranking
        adjusted = [c.score for c in result.ranked]
        for kind, price, members, _ in prices:
            for p in members:
                adjusted[p] += price if kind == "最少" else -price
        terms = [("+" if kind == "最少" else "-", column, cell) for column, kind, cell in changes]
        sheet, pinned = ranking.sheet, [c.pin == "入选" for c in result.ranked]
        cells = []
        for row in range(ranking.names.rows):
            spelled = ranking.total.at(row) + "".join(f"{sign}{column.at(row)}*{cell}" for sign, column, cell in terms)
            cells.append(
                Formula(f'=IF({ranking.free.at(row)}=1,{spelled},"")', adjusted[row] if row < len(adjusted) else "")
            )
        column = sheet.add(f"{name}折算分", cells)
        open_values = sorted((v for v, pin in zip(adjusted, pinned, strict=True) if not pin), reverse=True)
        open_cells = [
            Formula(
                f'=IF(AND({ranking.free.at(row)}=1,{ranking.pin.at(row)}<>"入选"),{column.at(row)},"")',
                adjusted[row] if row < len(adjusted) and not pinned[row] else "",
            )
            for row in range(ranking.names.rows)
        ]
        open_column = sheet.add(f"{name}折算分（没有人工确定的）", open_cells)
        places = result.batch.size - sum(pinned)
        seats = f'({ranking.size}-COUNTIFS({ranking.free.range},1,{ranking.pin.range},"入选"))'
        line = open_values[places - 1] if places else Decimal(0)
        line_cell = self._line(
            f"{name}分界线",
            Formula(f"=IF({seats}<1,0,LARGE({open_column.range},MAX({seats},1)))", line),
            "折算分从高到低，名单人数排到的那一位的折算分",
        )
        above = [
            Formula(
                f'=IF({ranking.free.at(row)}<>1,0,IF({ranking.pin.at(row)}="入选",{column.at(row)},MAX(0,{column.at(row)}-{line_cell})))',
                0 if row >= len(adjusted) else adjusted[row] if pinned[row] else max(Decimal(0), adjusted[row] - line),
            )
            for row in range(ranking.names.rows)
        ]
        over = sheet.add(f"{name}高出分界线", above)
        spelled = "".join(f"{'-' if kind == '最少' else '+'}{cell}*{bound}" for kind, bound, cell in constants)
        value = Decimal(leaf["上界"])
        cell = self._line(
            f"{name}上界", Formula(f"=ROUND({line_cell}*{seats}+SUM({over.range}){spelled},8)", value),
            "分界线 × 名额 + 各人高出分界线的分（人工确定的算全部折算分）− 最少的要求的人数 × 价 + 最多的要求的人数 × 价：任何名单的总分都不超过它",
        )  # fmt: skip
        self.bounds.append((cell, value))

    def _conclusion(self) -> None:
        """Whether the list is one that may be, and none has a higher total."""
        ranking = self.ranking
        listed = f'COUNTIFS({ranking.selected.range},"入选")'
        left_out = f'COUNTIFS({ranking.free.range},1,{ranking.pin.range},"入选",{ranking.selected.range},"")'
        not_free = f'COUNTIFS({ranking.selected.range},"入选",{ranking.free.range},0)'
        broken = f'COUNTIF({ranking.met.range},"不符合")+{left_out}+{not_free}'
        allowed = self._line(
            "名单合不合要求",
            Formula(f'=IF(AND({listed}={ranking.size},{broken}=0),"合要求","不合要求")', "合要求"),
            "人数是名单人数，各项结构要求都符合，名单上的都合格，人工确定入选的都在",
        )
        if not self.whole:
            self._line("结论", "见证书", "证明要分很多种情形，表里放不下：用 复核.py 核对 证书.json")
            return
        largest = max((value for _, value in self.bounds), default=Decimal(0))
        cells = ",".join(cell for cell, _ in self.bounds) or "0"
        no_better, unsure = "没有总分更高的名单", "不能确认没有总分更高的名单"
        formula = (
            f'=IF({allowed}<>"合要求","名单不合要求",IF(MAX({cells})<{self.total_cell}+0.01,"{no_better}","{unsure}"))'
        )
        holds = largest < self.best + Decimal("0.01")
        self._line("结论", Formula(formula, no_better if holds else unsure), "各种情形的上界都不到名单总分再加 0.01 分")

    def sheet(self) -> ReviewSheet:
        note = "给每项结构要求定一个价，价怎样来的不要紧：不管定多少，上界都成立；能让上界压到名单总分，就证明了没有更好的名单。"
        sheet = ReviewSheet("最优", f"{self.result.batch.name}：为什么没有总分更高的名单", len(self.lines), note)
        for number, (title, width) in enumerate((("项目", 60), ("数", 24), ("怎样算", 80))):
            sheet.add(title, [line[number] for line in self.lines], width)
        return sheet


def alternative_sheet(
    result: BatchResult, ranking: RankingSheets, total_cell: str, alternatives: Sequence[Mapping[str, Any]]
) -> ReviewSheet:
    """For everybody who is not on the list the best list with her: who comes in, who goes, what it comes to."""
    lines, chosen = [], {p for p, c in enumerate(result.ranked) if c.selected}
    for item in alternatives:
        position = item["名次"] - 1
        members = {n - 1 for n in item["名单"]} if item["名单"] else None
        lines.append(
            (
                position,
                members,
                sorted(members - chosen) if members else [],
                sorted(chosen - members) if members else [],
            )
        )
    sheet = ReviewSheet(
        "若入选",
        f"{result.batch.name}：没有入选的人如果入选",
        len(lines),
        "有这一位的名单里总分最高的一份；没有比它更高的，由 复核.py 按证书证明。",
    )
    sheet.add("姓名", [Formula(f"={ranking.names.of(p)}", result.ranked[p].name) for p, *_ in lines])
    sheet.add("名次", [Formula(f"={ranking.rank.of(p)}", result.ranked[p].rank) for p, *_ in lines], 8)
    named = lambda positions: "、".join(result.ranked[p].name for p in positions)  # noqa: E731
    sheet.add("换上", [named(come) if members else "满足不了结构要求" for _, members, come, _ in lines], 40)
    sheet.add("换下", [named(gone) for *_, gone in lines], 40)
    best = sum((c.score for c in result.selected), Decimal(0))
    cells: list[Any] = []
    for _, members, come, gone in lines:
        change = "".join(f"+{ranking.total.of(p)}" for p in come) + "".join(f"-{ranking.total.of(p)}" for p in gone)
        value = (
            best
            + sum((result.ranked[p].score for p in come), Decimal(0))
            - sum((result.ranked[p].score for p in gone), Decimal(0))
        )
        cells.append(Formula(f"=ROUND({total_cell}{change},2)", value) if members else "—")
    total = sheet.add("名单总分", cells)
    fewer: list[Any] = [
        Formula(f"=ROUND({total_cell}-{total.at(n)},2)", best - Decimal(str(cell.value)))
        if isinstance(cell, Formula)
        else "—"
        for n, cell in enumerate(cells)
    ]
    sheet.add("比名单少", fewer)
    return sheet
