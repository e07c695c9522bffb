"""What is known of the candidates of a batch: a column for everything that a requirement, a quota or an indicator asks, worked out
from the rows where it comes from rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import LiveColumn, rounded
from jinguo.nominations.attributes import CERTIFICATE, Attributes
from jinguo.nominations.batch import Batch, Candidate
from jinguo.nominations.eligibility import PRIVATE
from jinguo.registry.tables import Registry
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.source_rows import Rows, SourceRows
from jinguo.reports.audit.spelling import UNREAD, month_number, spelled
from jinguo.schema.codes import birth_day
from jinguo.schema.dates import Date, DateTime, Month, YearMonth, month_of
from jinguo.schema.types import FieldType, MultiChoice

#: How a fact is compared: as a number, a text, several texts, a level of a list, a day, a month, rows, or not in public.
NUMBER, TEXT, SEVERAL, LEVEL, DAY, MONTH, ROWS, PRIVATELY = (
    "number",
    "text",
    "several",
    "level",
    "day",
    "month",
    "rows",
    "private",
)


@dataclass(frozen=True)
class CandidateFact:
    """A column of facts: how it is compared; of an age the greatest it may be; of several rows where these stand."""

    kind: str
    type: FieldType
    column: LiveColumn
    oldest: LiveColumn | None = None
    rows: Rows | None = None
    kept: bool = True


class Facts:
    """The sheet 事实 of a batch's candidates, in this order; a fact is added when it is first asked for."""

    def __init__(
        self, registry: Registry, batch: Batch, attributes: Attributes, candidates: Sequence[Candidate]
    ) -> None:
        self.registry, self.batch, self.attributes, self.candidates = registry, batch, attributes, candidates
        self.source = SourceRows(registry, batch, attributes, candidates)
        self.sheet = ReviewSheet(
            "事实",
            f"{batch.name}：每个人选的情况",
            len(candidates),
            "从别的表算出来的是公式；照台账抄的，出处见 来源.xlsx。",
        )
        people = registry["people"]
        self.names = self.sheet.add("姓名", [c.name for c in candidates])
        self.keys = self.sheet.add("人员编号", [c.person for c in candidates])
        first = [attributes.organisations.get(c.person, []) for c in candidates]
        self.home = self.sheet.add("所在组织（第一个）", [mine[0] if mine else "" for mine in first], 14)
        self.proposer = self.sheet.add(
            "推荐单位", [spelled(registry["candidates"]["proposed_by"][c.index]) for c in candidates], 20
        )
        counts = Counter(people["number"])
        self.rows_of = self.sheet.add("人员表里的行数", [counts[c.person] for c in candidates])
        self.state = self.sheet.add("状态", [spelled(people.value(c.person, "state")) for c in candidates])
        self.since = self.sheet.add("状态起", [spelled(people.value(c.person, "state_since")) for c in candidates])
        self._known: dict[str, CandidateFact] = {}

    def __getitem__(self, name: str) -> CandidateFact:
        """The fact a condition is about."""
        if name not in self._known:
            self._known[name] = self._made(name)
        return self._known[name]

    def _values(self, name: str) -> list[Any]:
        return [self.attributes.of(c.person, name).value for c in self.candidates]

    def _made(self, name: str) -> CandidateFact:
        made = {
            "年龄": self._age, "学时": self._hours, "出勤率": self._rate, "证书": self._certificate, "项目数": self._projects,
            "服务人次": self._services, "年检结论": self._inspection,
        }  # fmt: skip
        held = {"社会职务": "public_posts", "职务": "posts", "考试合格": ""}
        if name in self.attributes.computed and not self.attributes.is_kept(name):
            kind = self.attributes.computed[name][0]
            return CandidateFact(NUMBER, kind, self.sheet.add(name, [UNREAD] * len(self.candidates)), kept=False)
        if name in made:
            return made[name]()
        if name in held:
            rows = self.source.posts(held[name]) if held[name] else self.source.qualified
            counts = [Formula(self._count(rows, row), len(value)) for row, value in enumerate(self._values(name))]
            return CandidateFact(
                ROWS, self.attributes.computed[name][0], self.sheet.add(f"{name}（项）", counts), rows=rows
            )
        return self._plain(name)

    def _plain(self, name: str) -> CandidateFact:
        """A field of the person or her organisation, as the registry has it."""
        found = [self.attributes.of(c.person, name) for c in self.candidates]
        kind = found[0].type
        if any(word in name for word in PRIVATE):
            return CandidateFact(PRIVATELY, kind, self.sheet.add(name, ["（不公开）"] * len(found)))
        column = self.sheet.add(name, [spelled(a.value) if a.readable else UNREAD for a in found], 14)
        if isinstance(kind, YearMonth):
            return CandidateFact(MONTH, kind, column)
        if isinstance(kind, Date | DateTime):
            return CandidateFact(DAY, kind, column)
        several = isinstance(kind, MultiChoice) or any(isinstance(a.value, tuple) for a in found)
        numbers = all(
            isinstance(a.value, int | float) or hasattr(a.value, "as_tuple") for a in found if a.value is not None
        )
        if not several and numbers and any(a.value is not None for a in found):
            return CandidateFact(NUMBER, kind, column)
        return CandidateFact(SEVERAL if several else TEXT, kind, column)

    def _age(self) -> CandidateFact:
        """Full years on the day; where only the month of birth is known, by its last and by its first day."""
        people, day = self.registry["people"], self.batch.day
        cell = self.source.parameters["计算年龄和任职的日期"]
        born, passed = [], []
        for c in self.candidates:
            number, month = people.value(c.person, "id_number"), people.value(c.person, "born")
            known = birth_day(number) if number else None
            born.append(month_of(known) if known else month)
            passed.append(_passed(known.day if known else None, born[-1], day))
        months = self.sheet.add("出生年月", [month_number(b) if b else "" for b in born])
        # Of the day of birth no more than whether it is past, and only where it matters.
        past = self.sheet.add("当月生日", passed)

        def age(row: int, words: str) -> str:
            month, this = f"MOD({months.at(row)},100)", f"MOD(INT({cell}/100),100)"
            not_yet = f"OR({month}>{this},AND({month}={this},{words}))"
            return f'=IF({months.at(row)}="","",INT({cell}/10000)-INT({months.at(row)}/100)-IF({not_yet},1,0))'

        least = [
            Formula(age(n, f'{past.at(n)}<>"已过"'), "" if value is None else value)
            for n, value in enumerate(self._values("年龄"))
        ]
        column = self.sheet.add("年龄", least)
        most = [self.attributes.oldest(c.person) for c in self.candidates]
        oldest = [Formula(age(n, f'{past.at(n)}="未到"'), "" if v is None else v) for n, v in enumerate(most)]
        return CandidateFact(
            NUMBER, self.attributes.computed["年龄"][0], column, self.sheet.add("年龄（最大可能）", oldest)
        )

    def _count(self, rows: Rows, row: int, *more: str) -> str:
        asked = ",".join([rows.owner.range, self.keys.at(row), rows.counts.range, "1", *more])
        return f"=COUNTIFS({asked})"

    def _hours(self) -> CandidateFact:
        rows = self.source.attendance
        sums = [
            Formula(f"=SUMIFS({rows.value.range},{rows.owner.range},{self.keys.at(n)})", value)
            for n, value in enumerate(self._values("学时"))
        ]
        return CandidateFact(NUMBER, self.attributes.computed["学时"][0], self.sheet.add("学时", sums))

    def _rate(self) -> CandidateFact:
        rows = self.source.attendance
        presence = rows.more["presence"]
        totals = [self.attributes.training[c.person] for c in self.candidates]
        listed = self.sheet.add("登记场次", [Formula(self._count(rows, n), t.listed) for n, t in enumerate(totals)])
        came = self.sheet.add(
            "出席场次",
            [Formula(self._count(rows, n, presence.range, '"出席"'), t.present) for n, t in enumerate(totals)],
        )
        rates = [
            Formula(f"=IF({listed.at(n)}=0,0,{rounded(f'{came.at(n)}*100/{listed.at(n)}', 1)})", t.rate())
            for n, t in enumerate(totals)
        ]
        return CandidateFact(NUMBER, self.attributes.computed["出勤率"][0], self.sheet.add("出勤率", rates))

    def _certificate(self) -> CandidateFact:
        rows = self.source.certificates
        found = [
            Formula(
                f'=INDEX({{"无","初级","中级","高级"}},1+SUMPRODUCT(MAX(({rows.owner.range}={self.keys.at(n)})*{rows.value.range})))',
                value,
            )
            for n, value in enumerate(self._values("证书"))
        ]
        return CandidateFact(LEVEL, CERTIFICATE, self.sheet.add("证书", found))

    def _projects(self) -> CandidateFact:
        rows, mine = self.source.projects, self.source.belongings
        return self._of_organisations(
            "项目数", f"COUNTIFS({rows.owner.range},{mine.value.range},{rows.counts.range},1)"
        )

    def _services(self) -> CandidateFact:
        rows, mine = self.source.services, self.source.belongings
        counted = f"SUMIFS({rows.value.range},{rows.owner.range},{mine.value.range},{rows.counts.range},1)"
        return self._of_organisations("服务人次", counted)

    def _of_organisations(self, name: str, counted: str) -> CandidateFact:
        """What is counted of each organisation, added up over those of the person."""
        mine = self.source.belongings.owner.range
        found = [
            Formula(f"=SUMPRODUCT(({mine}={self.keys.at(n)})*{counted})", value)
            for n, value in enumerate(self._values(name))
        ]
        return CandidateFact(NUMBER, self.attributes.computed[name][0], self.sheet.add(name, found))

    def _inspection(self) -> CandidateFact:
        rows = self.source.inspections
        found = [
            Formula(
                f'=IF({self.home.at(n)}="","",IFERROR(INDEX({rows.value.range},MATCH({self.home.at(n)},{rows.owner.range},0)),""))',
                spelled(value),
            )
            for n, value in enumerate(self._values("年检结论"))
        ]
        return CandidateFact(TEXT, self.attributes.computed["年检结论"][0], self.sheet.add("年检结论", found))


def _passed(day: int | None, born: Month | None, today: Any) -> str:
    """Whether the birthday is past on a day in the month of birth: 已过, 未到, 不详; empty where the month tells."""
    if born is None or born.month != today.month:
        return ""
    if day is not None:
        return "已过" if day <= today.day else "未到"
    return "已过" if born.last_day().day <= today.day else "不详"
