"""The sheet 资格 of a batch: every candidate against every condition, the general ones and the batch's own, as formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from jinguo.excel.colours import BAD, DOUBTFUL, GOOD
from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import FIRST, LiveColumn, text_of, yes
from jinguo.nominations.batch import Candidate, Verdict
from jinguo.nominations.conditions import PASSED
from jinguo.nominations.eligibility import held_rows, is_ours
from jinguo.nominations.opinions import AGREED, REFUSED, WAITING, departments_asked, opinion_rows
from jinguo.reports.audit.batch_conditions import Conditions
from jinguo.reports.audit.candidate_facts import PRIVATELY, Facts
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import spelled

COLOURS = {"符合": GOOD, "不符合": BAD, "缺材料": DOUBTFUL, "合格": GOOD, "不合格": BAD, "入选": GOOD}


class EligibilitySheet:
    """The sheet, and what of it others use: who is eligible, and the bonus of each."""

    def __init__(self, facts: Facts, conditions: Conditions) -> None:
        self.facts, self.conditions = facts, conditions
        self.registry, self.batch, self.candidates = facts.registry, facts.batch, facts.candidates
        self.parameters = facts.source.parameters
        self.sheet = ReviewSheet(
            "资格", f"{self.batch.name}：资格审查", len(self.candidates), "缺材料不算符合；全部符合的才合格。", COLOURS
        )
        self.more: list[ReviewSheet] = []
        #: Conditions that are judged by what may not be shown.
        self.private: list[str] = []
        self.sheet.add("姓名", self._rows(lambda n, c: Formula(f"={facts.names.of(n)}", c.name)), 12)
        first = self.sheet.next_column()
        self._general()
        self._requirements()
        last, must = self.sheet.last_column(), len(self.sheet.headers) - 1
        eligible = [
            Formula(
                f'=IF(COUNTIF({first.at(n)}:{last.at(n)},"符合")={must},"合格","不合格")',
                "合格" if c.eligible else "不合格",
            )
            for n, c in enumerate(self.candidates)
        ]
        self.eligible = self.sheet.add("资格", eligible, 10)
        self.bonus = self._preferences()

    def _rows(self, of: Callable[[int, Candidate], Any]) -> list[Any]:
        return [of(n, c) for n, c in enumerate(self.candidates)]

    def _verdicts(self, title: str, formula: Callable[[int], str]) -> None:
        """A column of verdicts: what the program found, and the formula that finds it; who was not asked passes."""
        found = [{v.requirement: v.outcome for v in c.verdicts}.get(title, PASSED) for c in self.candidates]
        self.sheet.add(title, [Formula("=" + formula(n), outcome) for n, outcome in enumerate(found)], 14)

    def _general(self) -> None:
        facts, parameters = self.facts, self.parameters
        self._verdicts("人员编号不重复", lambda n: f'IF({facts.rows_of.of(n)}>1,"缺材料","符合")')
        day = parameters["计算年龄和任职的日期"]

        def stays(n: int) -> str:
            later = f'AND({facts.since.of(n)}<>"",{facts.since.of(n)}>{day})'
            return f'OR({facts.state.of(n)}="",{facts.state.of(n)}="正常",{later})'

        self._verdicts("人员状态正常", lambda n: f'IF({stays(n)},"符合","不符合")')
        age, least = facts["年龄"], parameters["代表最低年龄"]
        oldest = age.oldest or age.column

        def adult(n: int) -> str:
            young = f'IF({oldest.of(n)}>={least},"缺材料","不符合")'
            return f'IF({age.column.of(n)}="","缺材料",IF({age.column.of(n)}>={least},"符合",{young}))'

        self._verdicts(f"年满 {int(self.registry.settings.parameter('代表最低年龄'))} 周岁", adult)
        self._posts()
        for department in departments_asked(self.registry, self.batch):
            self._opinions(department)

    def _posts(self) -> None:
        """No office that excludes this one, none of another area, no more terms than are allowed."""
        facts, batch, registry = self.facts, self.batch, self.registry
        if not len(registry["public_posts"]):
            for title in self._titles("没有不得兼任的社会职务", "没有同时担任其他地区的", f"{batch.office}不超过"):
                self._verdicts(title, lambda n: '"符合"')
            return
        rows, source = facts.source.posts("public_posts"), facts.source
        sheet, used = rows.sheet, source.used["public_posts"]
        table, barred = registry["public_posts"], registry.settings.list_of("不得同时担任")
        office = self.parameters["推荐职务"]
        level, area, term, start = (rows.more[name] for name in ("level", "area", "term", "from_month"))

        def listed(n: int, cell: str) -> str:
            return "OR(" + ",".join(f"{cell}={text_of(name)}" for name in barred) + ")" if barred else "FALSE"

        conflicts, held_now = [], [cell.value for cell in sheet.values_of("在任")]
        for n, i in enumerate(used):
            post = table["post"][i]
            value = batch.office in barred and post in barred and post != batch.office and bool(held_now[n])
            asked = f"AND({rows.counts.at(n)}=1,{listed(n, rows.value.at(n))},{listed(n, office)},{rows.value.at(n)}<>{office})"
            conflicts.append(yes(asked, value))
        conflict = sheet.add("冲突", conflicts)
        self._verdicts(
            "没有不得兼任的社会职务",
            lambda n: f'IF(COUNTIFS({rows.owner.range},{facts.keys.of(n)},{conflict.range},1)>0,"不符合","符合")',
        )
        for title in self._titles("没有同时担任其他地区的"):
            ours = sheet.add(
                "本地（含上级和镇街）",
                ["是" if not table["area"][i] or is_ours(registry, table["area"][i]) else "否" for i in used],
                18,
            )
            self._verdicts(
                title,
                lambda n, ours=ours: (
                    f'IF(COUNTIFS({rows.owner.range},{facts.keys.of(n)},{rows.counts.range},1,{rows.value.range},{office},{ours.range},"否")>0,"不符合","符合")'
                ),  # type: ignore[misc]
            )
        for title in self._titles(f"{batch.office}不超过"):
            self._terms(title, sheet, used, (level, area, term, start))

    def _titles(self, *begins: str) -> list[str]:
        """The conditions anybody was asked that begin so."""
        every = dict.fromkeys(v.requirement for c in self.candidates for v in c.verdicts)
        return [title for title in every if title.startswith(begins)]

    def _terms(self, title: str, sheet: ReviewSheet, used: Sequence[int], columns: tuple[LiveColumn, ...]) -> None:
        """Terms in the office at its level up to the closing date, each once, this one besides."""
        facts, registry, batch = self.facts, self.registry, self.batch
        table, rows = registry["public_posts"], facts.source.posts("public_posts")
        level, area, term, start = columns
        held = {i for c in self.candidates for i in held_rows(registry, batch, c.person) if not table["area"][i]}
        office, own, own_term, last = (self.parameters[name] for name in ("推荐职务", "级别", "届次", "截止日期"))
        keys, values = [], []
        for n, i in enumerate(used):
            said = table["term"][i] or str(table["from_month"][i])
            value = f"{table['person'][i]}|{said}" if i in held and said != batch.term else ""
            shown = f'IF({term.at(n)}<>"",{term.at(n)},IF({start.at(n)}="","None",INT({start.at(n)}/100)&"."&RIGHT({start.at(n)},2)))'
            asked = f'AND({rows.value.at(n)}={office},{level.at(n)}={own},{area.at(n)}="",OR({start.at(n)}="",{start.at(n)}<=INT({last}/100)),{shown}<>{own_term})'
            keys.append(Formula(f'=IF({asked},{rows.owner.at(n)}&"|"&{shown},"")', value))
            values.append(value)
        key = sheet.add("任过的届", keys, 20)
        once = sheet.add(
            "算一届",
            [
                yes(
                    f'AND({key.at(n)}<>"",COUNTIF({key.at(0)}:{key.at(n)},{key.at(n)})=1)',
                    bool(v) and v not in values[:n],
                )
                for n, v in enumerate(values)
            ],
        )
        most = title.removeprefix(f"{batch.office}不超过").strip().removesuffix("届").strip()
        self._verdicts(
            title, lambda n: f'IF(SUMIFS({once.range},{rows.owner.range},{facts.keys.of(n)})+1<={most},"符合","不符合")'
        )

    def _opinions(self, department: str) -> None:
        """The latest opinion of a department on each candidate, worked out from all it gave."""
        registry, batch = self.registry, self.batch
        table, rows = registry["opinions"], registry.once(opinion_rows)
        mine = [i for c in self.candidates for i in rows.get((batch.number, c.person, department), [])]
        sheet = ReviewSheet(
            _sheet_name(f"联审{len(self.more) + 1}·{department}"),
            f"{department}的意见（同一人几行的，没有日期的在前，后来的在后）",
            len(mine),
        )
        self.more.append(sheet)
        sheet.add("出处", [table.place(i, "person") for i in mine], 34)
        person = sheet.add("人员编号", [table["person"][i] for i in mine])
        said = sheet.add("意见", [spelled(table["opinion"][i]) for i in mine])
        day = sheet.add("日期", [spelled(table["date"][i]) for i in mine])
        waiting_passes = f'{self.parameters["联审待复可入选"]}="是"'

        def outcome(n: int) -> str:
            key = self.facts.keys.of(n)
            count = lambda *more: f"COUNTIFS({','.join([person.range, key, *more])})"  # noqa: E731
            agreed, refused = count(said.range, f'"{AGREED}"'), count(said.range, f'"{REFUSED}"')
            last = f"SUMPRODUCT(MAX(({person.range}={key})*{day.range}))"
            same = lambda word: count(said.range, f'"{word}"', day.range, last)  # noqa: E731
            undated = f'SUMPRODUCT(({person.range}={key})*({day.range}=""))>0'
            unclear = f"AND({agreed}>0,{refused}>0,OR({undated},AND({same(AGREED)}>0,{same(REFUSED)}>0)))"
            latest = f"LOOKUP(2,1/({person.range}={key}),{said.range})"
            passes = f'IF({latest}="{AGREED}","符合",IF({latest}="{REFUSED}","不符合",IF(AND({latest}="{WAITING}",{waiting_passes}),"符合","缺材料")))'
            return f'IF({count()}=0,"缺材料",IF({unclear},"缺材料",{passes}))'

        self._verdicts(f"联审：{department}", outcome)

    def _of_requirement(self, row: int) -> list[Verdict]:
        """What the program found of each candidate for a requirement of the batch: they stand last, in the order of the sheet."""
        rows = list(self.conditions.of_requirement)
        place = rows.index(row) - len(rows)
        return [c.verdicts[place] for c in self.candidates]

    def _requirements(self) -> None:
        """A column for each requirement that must be met."""
        nature = self.registry["requirements"]["nature"]
        for row, asked in self.conditions.of_requirement.items():
            if nature[row] == "优先" or not self.candidates:
                continue
            verdicts = self._of_requirement(row)
            title = verdicts[0].requirement
            if asked.fact.kind == PRIVATELY:
                self.private.append(title)
                cells: list[Any] = [verdict.outcome for verdict in verdicts]
            else:
                keys = self.facts.keys
                spelled_out = (asked.outcome_or_unsure(n, keys.of(n)) for n in range(len(verdicts)))
                cells = [Formula(f"={text}", v.outcome) for text, v in zip(spelled_out, verdicts, strict=True)]
            self.sheet.add(title, cells, 14)

    def _preferences(self) -> LiveColumn:
        """The bonus of each preferred condition, and their sum."""
        table, columns = self.registry["requirements"], []
        for row, asked in self.conditions.of_requirement.items():
            if table["nature"][row] != "优先" or not self.candidates:
                continue
            verdicts, keys = self._of_requirement(row), self.facts.keys
            bonus = f"N('条件'!$F${FIRST + asked.number})"
            cells: list[Any] = [verdict.bonus for verdict in verdicts]
            if asked.fact.kind == PRIVATELY:
                self.private.append(verdicts[0].requirement)
            else:
                cells = [
                    Formula(f'=IF({asked.outcome(n, keys.of(n))}="符合",{bonus},0)', v.bonus)
                    for n, v in enumerate(verdicts)
                ]
            columns.append(self.sheet.add(verdicts[0].requirement, cells, 14))
        total = [
            Formula("=" + ("+".join(column.at(n) for column in columns) or "0"), c.bonus)
            for n, c in enumerate(self.candidates)
        ]
        return self.sheet.add("优先加分", total, 10)


#: What Excel does not take in the name of a sheet.
_NO_NAME = re.compile(r"[\[\]:*?/\\']")


def _sheet_name(name: str) -> str:
    """A name Excel takes for a sheet."""
    return _NO_NAME.sub("·", name)[:31]
