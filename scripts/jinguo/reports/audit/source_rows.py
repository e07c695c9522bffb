"""The rows behind what is asked of candidates, each with its place: attendance, certificates, projects, service, posts, inspections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jinguo.exams.results import qualifications
from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import LiveColumn
from jinguo.nominations.attributes import CERTIFICATE, TAKEN_ON, Attributes
from jinguo.nominations.batch import Batch, Candidate
from jinguo.registry.tables import Registry
from jinguo.reports.audit.parameter_sheet import Parameters
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import months_open, refuse_private_keys, spelled
from jinguo.schema.dates import month_of, within


@dataclass(frozen=True)
class Rows:
    """A sheet of rows by what they belong to (a person, an organisation), with whether they count (1 or 0) and what is counted."""

    sheet: ReviewSheet
    owner: LiveColumn
    counts: LiveColumn
    value: LiveColumn
    #: Other columns of the sheet, by field.
    more: Mapping[str, LiveColumn] = field(default_factory=dict)


class SourceRows:
    """The row sheets of one batch, made when something asks for them."""

    def __init__(
        self, registry: Registry, batch: Batch, attributes: Attributes, candidates: Sequence[Candidate]
    ) -> None:
        refuse_private_keys(registry)
        self.registry, self.batch, self.attributes = registry, batch, attributes
        self.people = {c.person: c.name for c in candidates}
        self.parameters = Parameters(registry, batch)
        self.sheets: list[ReviewSheet] = []
        #: The rows used, by table.
        self.used: dict[str, list[int]] = {}

    def _sheet(self, name: str, title: str, table: str, rows: Sequence[int], note: str = " ") -> ReviewSheet:
        """A sheet of rows of a table, begun with their places."""
        sheet = ReviewSheet(name, title, len(rows), note)
        sheet.add("出处", [self.registry[table].place(i, self.registry[table].spec.fields[0].name) for i in rows], 34)
        self.used[table] = list(rows)
        self.sheets.append(sheet)
        return sheet

    def _of(self, table: str, owner: str, keep: Callable[[int], bool] = lambda i: True) -> list[int]:
        """The rows of a table whose owner is a candidate, or an organisation of one."""
        owners = self.people if owner == "person" else self._organisations
        return [i for i, who in self.registry[table].each(owner) if who in owners and keep(i)]

    def _column(self, sheet: ReviewSheet, table: str, rows: Sequence[int], name: str) -> LiveColumn:
        """A field as it is in the registry; of a reference to a person its key, with the name in the next column."""
        spec = self.registry[table].spec.by_name[name]
        return sheet.add(spec.header, [spelled(self.registry[table][name][i]) for i in rows], 14)

    @cached_property
    def _organisations(self) -> set[str]:
        return {o for person in self.people for o in self.attributes.organisations.get(person, [])}

    @cached_property
    def belongings(self) -> Rows:
        """Who belongs to which organisation on the closing date: those she heads first."""
        pairs = [(p, o) for p in self.people for o in self.attributes.organisations.get(p, [])]
        sheet = ReviewSheet("所在组织", "人选所在的组织（截止日期；先是担任负责人的，再按任职表）", len(pairs))
        self.sheets.append(sheet)
        owner = sheet.add("人员编号", [p for p, _ in pairs])
        sheet.add("姓名", [self.people[p] for p, _ in pairs])
        number = sheet.add("组织编号", [o for _, o in pairs])
        sheet.add("组织名称", [self.registry.name_of("organisations", o) for _, o in pairs], 30)
        return Rows(sheet, owner, owner, number)

    @cached_property
    def attendance(self) -> Rows:
        """Attendance at events: whether it counts by the day, and the hours earned."""
        table, events, seen = self.registry["attendance"], self.registry["events"], set()
        rows = []
        for i in self._of("attendance", "person"):
            key = table["event"][i], table["person"][i]
            if key not in seen and table["presence"][i] is not None and events.value(key[0], "starts") is not None:
                seen.add(key)
                rows.append(i)
        sheet = self._sheet("签到", "人选的签到（同一人同一场的第二行不计）", "attendance", rows)
        owner = self._column(sheet, "attendance", rows, "person")
        sheet.add("姓名", [self.people[table["person"][i]] for i in rows])
        self._column(sheet, "attendance", rows, "event")
        of_event = lambda name: [events.value(table["event"][i], name) for i in rows]  # noqa: E731
        sheet.add("活动名称", [spelled(name) for name in of_event("name")], 30)
        starts = [start.date() for start in of_event("starts")]
        day = sheet.add("日期", [spelled(start) for start in starts])
        presence = self._column(sheet, "attendance", rows, "presence")
        own = self._column(sheet, "attendance", rows, "hours")
        whole = sheet.add("活动学时", [spelled(hours) for hours in of_event("hours")])
        last, latest = self.parameters["签到算到"], min(self.batch.closing, self.registry.today)
        held = [start <= latest for start in starts]
        counts = sheet.add("计入", [Formula(f"=IF({day.at(n)}<={last},1,0)", int(h)) for n, h in enumerate(held)])
        hours = []
        for n, i in enumerate(rows):
            mine = table["hours"][i] if table["hours"][i] is not None else events.value(table["event"][i], "hours") or 0
            earned = mine if held[n] and table["presence"][i] == "出席" else 0
            formula = (
                f'=IF(AND({counts.at(n)}=1,{presence.at(n)}="出席"),IF({own.at(n)}="",N({whole.at(n)}),{own.at(n)}),0)'
            )
            hours.append(Formula(formula, earned))
        return Rows(sheet, owner, counts, sheet.add("得学时", hours), {"presence": presence})

    @cached_property
    def certificates(self) -> Rows:
        """Certificates held by the closing date, as the rank of their level."""
        table, closing = self.registry["certificates"], self.batch.closing
        rows = self._of("certificates", "person", lambda i: table["level"][i] is not None)
        sheet = self._sheet("证书", "人选的证书", "certificates", rows)
        owner = self._column(sheet, "certificates", rows, "person")
        level, day = (self._column(sheet, "certificates", rows, name) for name in ("level", "obtained_on"))
        held = [table["obtained_on"][i] is None or table["obtained_on"][i] <= closing for i in rows]
        last = self.parameters["截止日期"]
        counts = sheet.add(
            "计入", [Formula(f'=IF(OR({day.at(n)}="",{day.at(n)}<={last}),1,0)', int(h)) for n, h in enumerate(held)]
        )
        ranks = [CERTIFICATE.fixed.index(table["level"][i]) for i in rows]
        value = [
            Formula(f'=IF({counts.at(n)}=1,MATCH({level.at(n)},{{"初级","中级","高级"}},0),0)', rank * held[n])
            for n, rank in enumerate(ranks)
        ]
        return Rows(sheet, owner, counts, sheet.add("级次", value))

    @cached_property
    def projects(self) -> Rows:
        """Projects taken on by the candidates' organisations and begun by the closing date."""
        table = self.registry["projects"]
        rows = self._of("projects", "contractor")
        sheet = self._sheet("项目", "人选所在组织的项目", "projects", rows)
        owner, status, starts = (
            self._column(sheet, "projects", rows, name) for name in ("contractor", "status", "starts")
        )
        last, found = self.parameters["截止日期"], []
        for n, i in enumerate(rows):
            begun = table["starts"][i] is None or table["starts"][i] <= self.batch.closing
            asked = ",".join(f'{status.at(n)}="{word}"' for word in TAKEN_ON)
            formula = f'=IF(AND(OR({asked}),OR({starts.at(n)}="",{starts.at(n)}<={last})),1,0)'
            found.append(Formula(formula, int(table["status"][i] in TAKEN_ON and begun)))
        counts = sheet.add("计入", found)
        return Rows(sheet, owner, counts, counts)

    @cached_property
    def services(self) -> Rows:
        """People served by the candidates' organisations up to the closing date."""
        table, last = self.registry["services"], self.parameters["截止日期"]
        rows = self._of("services", "organisation")
        sheet = self._sheet("服务", "人选所在组织的服务活动", "services", rows)
        owner, day, number = (
            self._column(sheet, "services", rows, name) for name in ("organisation", "date", "beneficiaries")
        )
        held = [table["date"][i] is None or table["date"][i] <= self.batch.closing for i in rows]
        counts = sheet.add(
            "计入", [Formula(f'=IF(OR({day.at(n)}="",{day.at(n)}<={last}),1,0)', int(h)) for n, h in enumerate(held)]
        )
        return Rows(sheet, owner, counts, number)

    def posts(self, table: str) -> Rows:
        """Posts (任职, 社会职务) with whether they are held in the month of the day that counts."""
        return self._public_posts if table == "public_posts" else self._own_posts

    @cached_property
    def _public_posts(self) -> Rows:
        return self._posts("public_posts", "社会职务", ("level", "area", "term"))

    @cached_property
    def _own_posts(self) -> Rows:
        return self._posts("posts", "任职", ("organisation",))

    def _posts(self, name: str, title: str, more: Sequence[str]) -> Rows:
        table, month = self.registry[name], self.parameters["计算年龄和任职的日期"]
        rows = self._of(name, "person", lambda i: bool(table["post"][i]))
        sheet = self._sheet(title, f"人选的{title}", name, rows)
        owner = self._column(sheet, name, rows, "person")
        sheet.add("姓名", [self.people[table["person"][i]] for i in rows])
        post = self._column(sheet, name, rows, "post")
        columns = {f: self._column(sheet, name, rows, f) for f in (*more, "from_month", "to_month")}
        start, end = columns["from_month"], columns["to_month"]
        found = []
        for n, i in enumerate(rows):
            held = within(month_of(self.batch.day), table["from_month"][i], table["to_month"][i])
            found.append(Formula(f"=IF({months_open(start.at(n), end.at(n), f'INT({month}/100)')},1,0)", int(held)))
        return Rows(sheet, owner, sheet.add("在任", found), post, columns)

    @cached_property
    def qualified(self) -> Rows:
        """The levels of the examination qualified at, by year."""
        found = [q for q in self.registry.once(qualifications) if q.person in self.people]
        sheet = self._sheet(
            "考试合格",
            "人选取得合格的级别（按成绩和合格标准判定，见统计的复核表）",
            "exam_entries",
            [q.entry for q in found],
        )
        owner = sheet.add("人员编号", [q.person for q in found])
        level, year = sheet.add("级别", [q.level for q in found]), sheet.add("年度", [q.year for q in found])
        last = self.parameters["截止日期"]
        counts = [
            Formula(f"=IF({year.at(n)}<=INT({last}/10000),1,0)", int(q.year <= self.batch.closing.year))
            for n, q in enumerate(found)
        ]
        return Rows(sheet, owner, sheet.add("计入", counts), level)

    @cached_property
    def inspections(self) -> Rows:
        """Inspections of the candidates' organisations, newest first and of one year the result that counts first."""
        table = self.registry["inspections"]
        rows = self._of("inspections", "organisation", lambda i: bool(table["year"][i] and table["result"][i]))
        rows.sort(key=lambda i: (table["year"][i], table["result"][i]), reverse=True)
        sheet = self._sheet("年检", "人选所在组织的年检结论（新的在前）", "inspections", rows)
        owner, year, result = (
            self._column(sheet, "inspections", rows, name) for name in ("organisation", "year", "result")
        )
        last, closing = self.parameters["截止日期"], self.batch.closing.year
        counts = [
            Formula(f"=IF({year.at(n)}<=INT({last}/10000),1,0)", int(table["year"][i] <= closing))
            for n, i in enumerate(rows)
        ]
        counted = sheet.add("计入", counts)
        key = [
            Formula(
                f'=IF({counted.at(n)}=1,{owner.at(n)},"")',
                table["organisation"][i] if table["year"][i] <= closing else "",
            )
            for n, i in enumerate(rows)
        ]
        return Rows(sheet, sheet.add("查找用", key), counted, result)
