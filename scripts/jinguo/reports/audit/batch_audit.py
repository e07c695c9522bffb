"""The review workbook of a batch and its certificate: what proves a list to somebody who does not have this program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files
from typing import Any

from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import text_of
from jinguo.excel.writing.report import write_report
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import BatchResult, batch_rows
from jinguo.nominations.certificate import RankedPerson, certificate
from jinguo.nominations.certificate_check import digest
from jinguo.nominations.eligibility import trouble_with
from jinguo.nominations.order import SURNAME, name_key, own_ranks
from jinguo.nominations.proof import NotProven
from jinguo.organisations.membership import current_organisations
from jinguo.registry.tables import Registry
from jinguo.reports.audit.batch_conditions import Conditions
from jinguo.reports.audit.candidate_facts import Facts
from jinguo.reports.audit.eligibility_sheet import COLOURS, EligibilitySheet
from jinguo.reports.audit.optimum_sheets import OptimumSheet, alternative_sheet, group_sheet
from jinguo.reports.audit.ranking_sheets import PointSheets, RankingSheets
from jinguo.reports.audit.review_sheet import ReviewSheet, fit, fit_within


@dataclass(frozen=True)
class BatchAudit:
    """The files of a batch's audit by name, the rows used by table, and what the package does not prove, in words."""

    files: Mapping[str, bytes]
    used: Mapping[str, Sequence[int]]
    gaps: Sequence[str] = field(default_factory=tuple)


def batch_audit(registry: Registry, result: BatchResult, author: str) -> BatchAudit:
    """The review workbook, the certificate and the program that checks it, for one batch worked out."""
    made, gaps = _certificate(registry, result)
    workbook = _BatchWorkbook(registry, result, made)
    gaps += [f"“{title}”按不公开的栏目审查，复核表里只有结果" for title in workbook.eligibility.private]
    found = {"复核表.xlsx": workbook.written(author)}
    if made is not None:
        found["证书.json"] = json.dumps(made, ensure_ascii=False, indent=1).encode()
        found["复核.py"] = (files("jinguo.nominations") / "certificate_check.py").read_bytes()
    return BatchAudit(found, _used(registry, result, workbook.facts.source.used), tuple(gaps))


def _used(registry: Registry, result: BatchResult, rows: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The rows used by table: the batch's own, the candidates and their organisations, and those anything was counted from."""
    batch, people = result.batch, registry["people"]
    of_batch = {
        name: batch_rows(registry, name, batch)
        for name in ("candidates", "requirements", "quotas", "weights", "opinions")
    }
    persons = {c.person for c in result.candidates}
    mine = current_organisations(registry, batch.closing)
    organisations = {o for person in persons for o in mine.get(person, [])}
    index = registry["organisations"].index_of
    return {
        "batches": [batch.index], **of_batch,
        "people": [i for i, number in people.each("number") if number in persons],
        "organisations": sorted(index[o] for o in organisations if o in index),
        "posts": [i for i, person in registry["posts"].each("person") if person in persons],
        **{name: list(found) for name, found in rows.items() if name not in of_batch},
    }  # fmt: skip


def stroke_places(registry: Registry, result: BatchResult) -> dict[str, int]:
    """Each candidate's place when all are put in the order of strokes, people of one name by their numbers."""
    own = own_ranks(registry.settings.pairs_of("生僻字笔画"))
    people = sorted(result.candidates, key=lambda c: (name_key(c.name, SURNAME, own), c.person))
    return {c.person: n for n, c in enumerate(people, 1)}


def _certificate(registry: Registry, result: BatchResult) -> tuple[dict[str, Any] | None, list[str]]:
    strokes, assessments = stroke_places(registry, result), registry["candidates"]["assessment"]
    people = [
        RankedPerson(c.person, c.name, c.score, assessments[c.index] or Decimal(0), strokes[c.person], c.pin == "入选")
        for c in result.ranked
    ]
    title = (result.batch.number, result.batch.name)
    try:
        made = certificate(title, people, result.batch.size, result.limits, result.choice)
        # Names as the workbook has them; what is a number of points stays.
        made = fit_within(made | {"校验码": ""})
        return made | {"校验码": digest(made)}, []
    except NotProven:
        return None, ["没有在限定的步数里找到“没有更好的名单”的证明，没有证书"]


class _BatchWorkbook:
    """复核表.xlsx of a batch."""

    def __init__(self, registry: Registry, result: BatchResult, made: Mapping[str, Any] | None) -> None:
        self.result, batch = result, result.batch
        attributes = Attributes(registry, batch.closing, batch.day)
        rest = [c for c in result.candidates if not c.rank]
        people = [*result.ranked, *sorted(rest, key=lambda c: c.index)]
        self.facts = Facts(registry, batch, attributes, people)
        anyone = people[0].person if people else ""
        asked = [
            row
            for row in batch_rows(registry, "requirements", batch)
            if not trouble_with(registry, row, attributes, anyone)
        ]
        self.conditions = Conditions(
            registry, batch, self.facts, asked, list(dict.fromkeys(q.row for q in result.applied))
        )
        self.eligibility = EligibilitySheet(self.facts, self.conditions)
        self.points = PointSheets(self.facts, self.eligibility)
        strokes = stroke_places(registry, result)
        self.ranking = RankingSheets(
            self.facts,
            self.eligibility,
            self.points,
            self.conditions,
            result,
            [strokes[c.person] for c in people],
        )
        self.people, self.proof = people, made if made and result.selected else None
        self.more: list[ReviewSheet] = []
        if made and made["改动"]:
            self.ranking.add_example(frozenset(n - 1 for n in made["改动"]["例"]), result.limits)
        if self.proof:
            optimum = OptimumSheet(result, self.ranking, self.proof["最优"])
            self.more = [optimum.sheet(), group_sheet(result, self.ranking)]
            if self.proof["若入选"]:
                self.more.append(alternative_sheet(result, self.ranking, optimum.total_cell, self.proof["若入选"]))

    def written(self, author: str) -> bytes:
        """The workbook."""
        given = self._given()
        sheets = [
            self._differences(), self.eligibility.sheet, self.points.scores, self.ranking.sheet, self.ranking.quotas, *self.more,
            self.points.weights, self.conditions.sheet(), self.facts.sheet, self.facts.source.parameters.sheet(),
            *self.facts.source.sheets, *self.eligibility.more, given,
        ]  # fmt: skip
        return write_report(fit(f"{self.result.batch.name}复核表"), [sheet.sheet() for sheet in sheets], author)

    def _given(self) -> ReviewSheet:
        """What the program found, as values to compare with."""
        people = self.people
        sheet = ReviewSheet(
            "程序结果",
            f"{self.result.batch.name}：程序给出的结果",
            len(people),
            "这一张是抄下来的数，供“差异”比对；别的表都是公式。",
        )
        sheet.add("姓名", [c.name for c in people])
        self.given = {
            "资格": sheet.add("资格", ["合格" if c.eligible else "不合格" for c in people]),
            "优先加分": sheet.add("优先加分", [c.bonus for c in people]),
            "总分": sheet.add("总分", [c.score for c in people]),
            "名次": sheet.add("名次", [c.rank or "—" for c in people]),
            "入选": sheet.add("入选", ["入选" if c.selected else "" for c in people]),
        }
        return sheet

    def _differences(self) -> ReviewSheet:
        """A row for each candidate and each quota, empty where all agree."""
        result, people = self.result, self.people
        mine = {
            "资格": self.eligibility.eligible, "优先加分": self.eligibility.bonus, "总分": self.points.total, "名次": self.ranking.rank,
            "入选": self.ranking.selected,
        }  # fmt: skip
        count = len(people) + len(result.quotas) + 1
        note = "每一行是一个人选、一项结构要求或名单人数：公式算出来的和程序给出的不同，这里就写出来；全部相符，下面是空的。"
        sheet = ReviewSheet("差异", f"{result.batch.name}：算出来的和程序给出的有哪里不同", count, note, COLOURS)
        blank = [""] * (len(result.quotas) + 1)
        for name, column in mine.items():
            cells: list[Any] = [
                _differs(column.of(n), self.given[name].of(n), f"{self.ranking.names.of(n)}&")
                for n in range(len(people))
            ]
            sheet.add(name, cells + blank, 30)
        sheet.add("结构要求和名单人数", [""] * len(people) + self._quota_differences(), 40)
        return sheet

    def _quota_differences(self) -> list[Formula]:
        """What of each quota comes out otherwise: its bounds, how many of the list count, whether it is met; and of the list's size."""
        result, ranking, found = self.result, self.ranking, []
        for n, quota in enumerate(result.quotas):
            columns = (ranking.bounds["最少"], ranking.bounds["最多"], ranking.reached, ranking.met)
            now = '&"/"&'.join(column.of(n) for column in columns)
            said = ["" if value is None else str(value) for value in (quota.least, quota.most, quota.achieved)]
            given = "/".join([*said, "符合" if quota.met else "不符合"])
            found.append(_differs(now, text_of(given), f'"要求{n + 1}"&'))
        listed = f'COUNTIFS({ranking.selected.range},"入选")'
        given = f"{result.batch.size}/{len(result.selected)}"
        return [*found, _differs(f'{ranking.size}&"/"&{listed}', text_of(given), '"名单人数/名单上的人数"&')]


def _differs(now: str, given: str, who: str) -> Formula:
    """Empty where two cells or texts are the same, else what each is; `who` is the beginning of the words, with &."""
    return Formula(f'=IF({now}={given},"",{who}"：算得 "&{now}&"，程序给出 "&{given})', "")
