"""Points, ranks and quotas of a batch as formulas: the sheets 指标, 得分, 名次, 结构要求."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import FIRST, LiveColumn, rounded, text_of, yes
from jinguo.nominations.batch import BatchResult, Quota, batch_rows
from jinguo.nominations.limits import Limit
from jinguo.nominations.quotas import OF_EACH_ORGANISATION
from jinguo.reports.audit.batch_conditions import Conditions
from jinguo.reports.audit.candidate_facts import LEVEL, Facts
from jinguo.reports.audit.eligibility_sheet import COLOURS, EligibilitySheet
from jinguo.reports.audit.review_sheet import ReviewSheet


class PointSheets:
    """指标 and 得分: each indicator's raw value over its full value, times its weight."""

    def __init__(self, facts: Facts, eligibility: EligibilitySheet) -> None:
        registry, batch, people = facts.registry, facts.batch, facts.candidates
        table = registry["weights"]
        rows = [
            i
            for i in batch_rows(registry, "weights", batch)
            if table["indicator"][i] is not None and table["weight"][i] is not None
        ]
        count = len(people)
        self.scores = ReviewSheet(
            "得分", f"{batch.name}：得分", count, "得分 = 原值 ÷ 满分值 × 权重，超过满分值按满分，四舍五入到两位。"
        )
        self.scores.add("姓名", [Formula(f"={facts.names.of(n)}", c.name) for n, c in enumerate(people)])
        assessed = [registry["candidates"]["assessment"][c.index] for c in people]
        self.assessment = self.scores.add("考察评分（没有的按 0）", [value or Decimal(0) for value in assessed])
        raws = [self._raw(facts, table["indicator"][i], number) for number, i in enumerate(rows)]
        self.weights = ReviewSheet(
            "指标", f"{batch.name}：评分指标", len(rows), "满分值没有填的，以这一批人选里最高的原值为满分值。"
        )
        self.weights.add("指标", [table["indicator"][i] for i in rows])
        weight = self.weights.add("权重", [table["weight"][i] for i in rows])
        full = self.weights.add(
            "满分值",
            [
                table["full"][i] or Formula(f"=MAX({raws[n].range})", people[0].points[n].full if people else 0)
                for n, i in enumerate(rows)
            ],
        )
        self.weights.add("出处", [table.place(i, "indicator") for i in rows], 34)
        points = []
        for number in range(len(rows)):
            cells = []
            for n, c in enumerate(people):
                exact = f"MIN({raws[number].at(n)},{full.of(number)})*{weight.of(number)}/{full.of(number)}"
                cells.append(Formula(f"=IF({full.of(number)}=0,0,{rounded(exact, 2)})", c.points[number].points))
            points.append(self.scores.add(f"{table['indicator'][rows[number]]}（得分）", cells))
        bonus = self.scores.add(
            "优先加分", [Formula(f"={eligibility.bonus.of(n)}", c.bonus) for n, c in enumerate(people)]
        )
        total = [
            Formula(f"=ROUND({'+'.join([*(p.at(n) for p in points), bonus.at(n)])},2)", c.score)
            for n, c in enumerate(people)
        ]
        self.total = self.scores.add("总分", total)

    def _raw(self, facts: Facts, indicator: str, number: int) -> LiveColumn:
        """The raw value of an indicator; 0 where nothing is known."""
        values = [c.points[number].raw for c in facts.candidates]
        if indicator == "考察评分":
            cells = [Formula(f"={self.assessment.at(n)}", value) for n, value in enumerate(values)]
        else:
            fact = facts[indicator]
            level = '{"无","初级","中级","高级"}'
            cells = [
                Formula(
                    f"=MATCH({fact.column.of(n)},{level},0)-1" if fact.kind == LEVEL else f"=N({fact.column.of(n)})",
                    value,
                )
                for n, value in enumerate(values)
            ]
        return self.scores.add(f"{indicator}（原值）", cells)


class RankingSheets:
    """名次 and 结构要求: who could be chosen in which order, for which quotas each counts, and how many of the list do."""

    def __init__(
        self, facts: Facts, eligibility: EligibilitySheet, points: PointSheets, conditions: Conditions,
        result: BatchResult, strokes: Sequence[int],
    ) -> None:  # fmt: skip
        quotas = result.applied
        people, count = facts.candidates, len(facts.candidates)
        self.sheet = sheet = ReviewSheet(
            "名次",
            f"{facts.batch.name}：名次和名单",
            count,
            "同分的先比考察评分，再按笔画序。要求各列：计入的写 1。",
            COLOURS,
        )
        rank = sheet.next_column()
        columns = dict(zip(("姓名", "人员编号", "可排", "总分", "考察", "笔画", "确定"), "BCDEFGH", strict=True))
        cell = lambda name, n: f"${columns[name]}{FIRST + n}"  # noqa: E731
        area = lambda name: LiveColumn("名次", columns[name], count).range  # noqa: E731
        ranks = []
        for n, c in enumerate(people):
            ahead = f'COUNTIFS({area("可排")},1,{area("总分")},">"&{cell("总分", n)})'
            even = f"{area('可排')},1,{area('总分')},{cell('总分', n)}"
            ahead += f'+COUNTIFS({even},{area("考察")},">"&{cell("考察", n)})'
            ahead += f'+COUNTIFS({even},{area("考察")},{cell("考察", n)},{area("笔画")},"<"&{cell("笔画", n)})'
            ranks.append(Formula(f'=IF({cell("可排", n)}=1,1+{ahead},"—")', c.rank or "—"))
        self.rank = sheet.add("名次", ranks, 8)
        assert rank == self.rank, "the rank stands first"
        self.names = sheet.add("姓名", [Formula(f"={facts.names.of(n)}", c.name) for n, c in enumerate(people)])
        sheet.add("人员编号", [Formula(f"={facts.keys.of(n)}", c.person) for n, c in enumerate(people)])
        free = [c.eligible and c.pin != "不选" for c in people]
        self.free = sheet.add(
            "可排",
            [yes(f'AND({eligibility.eligible.of(n)}="合格",{cell("确定", n)}<>"不选")', free[n]) for n in range(count)],
            8,
        )
        self.total = sheet.add("总分", [Formula(f"={points.total.of(n)}", c.score) for n, c in enumerate(people)])
        sheet.add(
            "考察评分",
            [
                Formula(f"={points.assessment.of(n)}", facts.registry["candidates"]["assessment"][c.index] or 0)
                for n, c in enumerate(people)
            ],
        )
        sheet.add("笔画序", list(strokes), 8)
        self.pin = sheet.add("人工确定", [c.pin or "" for c in people])
        self.selected = sheet.add("入选", ["入选" if c.selected else "" for c in people], 8)
        self.counted = [
            sheet.add(f"要求{number}", self._counted(quota, facts, conditions), 8)
            for number, quota in enumerate(quotas, 1)
        ]
        #: The cell of how many the list has.
        self.size = facts.source.parameters["名单人数"]
        self.quotas = self._quotas(facts, quotas, result)

    def bound(self, kind: str, number: int) -> str:
        """The cell of a quota's least or most (最少, 最多) in people."""
        return self.bounds[kind].of(number)

    def add_example(self, members: frozenset[int], limits: Sequence[Limit]) -> None:
        """Where no list can be drawn up: the one that is short of the requirements by as few people as can be, and by how many."""
        on_it = [1 if row in members else 0 for row in range(self.names.rows)]
        example = self.sheet.add("差得最少的名单", on_it, 10)
        reached, short = [], []
        counts = self.quotas.next_column()
        for n, limit in enumerate(limits):
            count, least, most = len(limit.members & members), self.bounds["最少"].at(n), self.bounds["最多"].at(n)
            reached.append(Formula(f"=SUMIFS({self.counted[n].range},{example.range},1)", count))
            lack = f'IF({least}="",0,MAX(0,N({least})-{counts.at(n)}))+IF({most}="",0,MAX(0,{counts.at(n)}-N({most})))'
            value = max((limit.least or 0) - count, 0) + max(count - limit.most if limit.most is not None else 0, 0)
            short.append(Formula(f"={lack}", value))
        self.quotas.add("差得最少的名单中（人）", reached, 14)
        self.quotas.add("差几人", short, 10)

    def _counted(self, quota: Quota, facts: Facts, conditions: Conditions) -> list[Any]:
        """Whether each candidate counts for a quota; of one that holds for each organisation or unit alike only those of it are asked."""
        asked, found = conditions.of_quota.get(quota.row), list[Any]()
        of_each = quota.label.startswith(OF_EACH_ORGANISATION)
        group = text_of(quota.group)
        for n, c in enumerate(facts.candidates):
            counts = quota.counts(c)
            if asked is not None:
                found.append(yes(f'{asked.outcome(n, facts.keys.of(n))}="符合"', counts))
            elif not counts:
                found.append("")
            elif of_each:
                mine = facts.source.belongings
                asks = f"COUNTIFS({mine.owner.range},{facts.keys.of(n)},{mine.value.range},{group})>0"
                found.append(yes(asks, counts))
            else:
                found.append(yes(f"EXACT({facts.proposer.of(n)},{group})", counts))
        return found

    def _quotas(self, facts: Facts, quotas: Sequence[Quota], result: BatchResult) -> ReviewSheet:
        table = facts.registry["quotas"]
        sheet = ReviewSheet(
            "结构要求",
            f"{facts.batch.name}：结构要求",
            len(quotas),
            "百分比按名单人数折算：最少的进位，最多的舍去。",
            COLOURS,
        )
        sheet.add("编号", [f"要求{n}" for n in range(1, len(quotas) + 1)], 8)
        sheet.add("结构要求", [quota.label for quota in quotas], 44)
        size, self.bounds = facts.source.parameters["名单人数"], {}
        for kind, name, shape in (
            ("最少", "least", "ROUNDUP({}*{}/100-0.000000001,0)"),
            ("最多", "most", "INT({}*{}/100+0.000000001)"),
        ):
            written = [table[name][quota.row] for quota in quotas]
            number = sheet.add(f"{kind}（填的）", [w.number if w else "" for w in written], 10)
            unit = sheet.add(f"{kind}的单位", ["" if not w else "%" if w.is_percent else "人" for w in written], 10)
            values = [getattr(quota, name) for quota in quotas]
            self.bounds[kind] = sheet.add(
                f"{kind}（人）",
                [
                    Formula(
                        f'=IF({number.at(n)}="","",IF({unit.at(n)}="%",{shape.format(size, number.at(n))},{number.at(n)}))',
                        "" if value is None else value,
                    )
                    for n, value in enumerate(values)
                ],
                10,
            )
        reached = [
            Formula(f'=SUMIFS({self.counted[n].range},{self.selected.range},"入选")', outcome.achieved)
            for n, outcome in enumerate(result.quotas)
        ]
        self.reached = sheet.add("名单中（人）", reached)
        met = []
        for n, outcome in enumerate(result.quotas):
            least, most, count = self.bounds["最少"].at(n), self.bounds["最多"].at(n), self.reached.at(n)
            met.append(
                Formula(
                    f'=IF(AND(OR({least}="",{count}>=N({least})),OR({most}="",{count}<=N({most}))),"符合","不符合")',
                    "符合" if outcome.met else "不符合",
                )
            )
        self.met = sheet.add("结果", met)
        sheet.add("出处", [table.place(quota.row, "dimension") for quota in quotas], 34)
        return sheet
