"""The rows behind the training figures, as live sheets: events, attendance, whom each attendance counts for, organisations by year."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from jinguo.exams.subjects import exam_day
from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import yes
from jinguo.organisations.history import existing_on
from jinguo.registry.tables import Registry
from jinguo.reports.audit.counted_rows import CountedRows, equal_to
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import day_number, refuse_private_keys, spelled
from jinguo.training.attendance import (
    MEMBERSHIP_GROUPS,
    NO_POST,
    NOT_GIVEN,
    attendance_frame,
    organisation_labels,
    spread_over_organisations,
)
from jinguo.training.training_statistics import belongings_known

#: The cell of the day of the figures: the sheet 基准 of a review workbook has it first.
TODAY = "'基准'!$B$4"


class _Line(NamedTuple):
    """An attendance that counts: the label of its row, event, day, person, kind of the event, whether present, hours earned."""

    label: Any
    event: str
    day: datetime.date
    person: str
    type: str
    present: bool
    hours: float


def _lines(registry: Registry) -> list[_Line]:
    """The attendances that count, by the day of their event, then in the order of the sheet."""
    frame, events = registry.once(attendance_frame), registry["events"]
    columns = [frame[name].tolist() for name in ("event", "person", "type", "present", "hundredths")]
    days = {event: events.value(event, "starts").date() for event in set(columns[0])}
    lines = [
        _Line(label, event, days[event], person, str(kind), bool(present), int(hundredths) / 100)
        for label, event, person, kind, present, hundredths in zip(frame.index, *columns, strict=True)
    ]
    return sorted(lines, key=lambda line: (line.day, str(line.event)))


class TrainingSheets:
    """活动, 签到, a sheet for each way people belong, 组织 and 组织年度."""

    def __init__(self, registry: Registry) -> None:
        refuse_private_keys(registry)
        self.registry, self.today = registry, registry.today
        self.events = self._events()
        #: The attendances that count, oldest first.
        self.lines = _lines(registry)
        self.attendance = self._attendance()
        self.belonging: dict[str, CountedRows] = {}
        if belongings_known(registry) and self.lines:
            self.belonging = {label: self._belonging(label) for label in MEMBERSHIP_GROUPS}
            self.by_year = self._organisations()

    @property
    def sheets(self) -> list[ReviewSheet]:
        found = [self.events, self.attendance, *self.belonging.values()]
        return [rows.sheet for rows in found] + ([self.by_year.sheet] if self.belonging else [])

    def _events(self) -> CountedRows:
        table = self.registry["events"]
        rows = [i for i, start in table.each("starts") if start]
        found = CountedRows(
            ReviewSheet("活动", "培训活动", len(rows), "基准日期以前已经开始的才算；名额只算有人报名的活动。")
        )
        found.add("出处", [table.place(i, "number") for i in rows], 34)
        found.add("活动编号", [spelled(table["number"][i]) for i in rows])
        found.add("活动名称", [spelled(table["name"][i]) for i in rows], 30)
        kinds = [table["type"][i] or NOT_GIVEN for i in rows]
        found.add("类型", kinds)
        days = [table["starts"][i].date() for i in rows]
        day = found.add("日期", [day_number(d) for d in days])
        found.add("已开始", [yes(f"{day.at(n)}<={TODAY}", d <= self.today) for n, d in enumerate(days)])
        found.add("年度", [Formula(f"=INT({day.at(n)}/10000)", d.year) for n, d in enumerate(days)])
        found.add("月份", [Formula(f'=MOD(INT({day.at(n)}/100),100)&"月"', f"{d.month}月") for n, d in enumerate(days)])
        found.add("学时", [spelled(table["hours"][i]) for i in rows])
        cost = found.add("经费", [spelled(table["cost"][i]) for i in rows])
        found.add("有经费", [yes(f'{cost.at(n)}<>""', table["cost"][i] is not None) for n, i in enumerate(rows)])
        found.add("名额", [spelled(table["places"][i]) for i in rows])
        self._rows = rows
        return found

    def _attendance(self) -> CountedRows:
        """Every attendance of an event held, oldest first, doubled ones left out."""
        table, people = self.registry["attendance"], self.registry["people"]
        entries = [table.row_of[line.label] for line in self.lines]
        count = len(entries)
        found = CountedRows(ReviewSheet("签到", "签到（已经开始的活动；同一人同一场的第二行不计；按日期排）", count))
        found.add("出处", [table.place(i, "event") for i in entries], 34)
        event = found.add("活动编号", [table["event"][i] for i in entries])
        person = found.add("人员编号", [table["person"][i] for i in entries])
        found.add("姓名", [spelled(people.value(table["person"][i], "name")) for i in entries])
        presence = found.add("出勤", [table["presence"][i] for i in entries])
        enrolled = found.add("报名", [spelled(table["enrolled"][i]) for i in entries], 8)
        own = found.add("个人学时", [spelled(table["hours"][i]) for i in entries])
        line_of: dict[Any, int] = {}
        for n, i in enumerate(self._rows):
            line_of.setdefault(self.registry["events"]["number"][i], n + 1)
        at = found.add(
            "活动行",
            [
                Formula(f"=MATCH({event.at(n)},{self.events['活动编号'].range},0)", line_of[table["event"][i]])
                for n, i in enumerate(entries)
            ],
            8,
        )
        of = lambda header, n: f"INDEX({self.events[header].range},{at.at(n)})"  # noqa: E731
        days = [line.day for line in self.lines]
        found.add("日期", [Formula(f"={of('日期', n)}", day_number(d)) for n, d in enumerate(days)])
        year = found.add("年度", [Formula(f"={of('年度', n)}", d.year) for n, d in enumerate(days)])
        month = found.add("月份", [Formula(f"={of('月份', n)}", f"{d.month}月") for n, d in enumerate(days)])
        kinds = [line.type for line in self.lines]
        kind = found.add("类型", [Formula(f"={of('类型', n)}", k) for n, k in enumerate(kinds)])
        present = [line.present for line in self.lines]
        came = found.add("出席", [yes(f'{presence.at(n)}="出席"', p) for n, p in enumerate(present)], 8)
        hours = [line.hours for line in self.lines]
        mine = lambda n: f'IF({own.at(n)}="",N({of("学时", n)}),{own.at(n)})'  # noqa: E731
        earned = found.add(
            "得学时",
            [Formula(f"=IF({came.at(n)}=1,INT({mine(n)}*100+0.000001)/100,0)", h) for n, h in enumerate(hours)],
        )
        self._of_events(found, entries, enrolled, earned, of)
        people_of = [table["person"][i] for i in entries]
        years = [d.year for d in days]
        blocks = [(y,) for y in years]
        found.group(blocks)
        for header, more, values in (
            ("首次（年）", "", [str(d.year) for d in days]),
            ("首次（类型）", kind, [f"{d.year}|{k}" for d, k in zip(days, kinds, strict=True)]),
            ("首次（月）", month, [f"{d.year}|{d.month}月" for d in days]),
        ):
            keys = [f"{p}|{v}" if here else "" for p, v, here in zip(people_of, values, present, strict=True)]
            extra = lambda n, more=more: f'&"|"&{more.at(n)}' if more else ""  # noqa: E731
            asked = [f'IF({came.at(n)}=1,{person.at(n)}&"|"&{year.at(n)}{extra(n)},"")' for n in range(count)]
            found.first_of(header, keys, asked, blocks)
        self._tutoring(found, days, kinds, present)
        return found

    def _of_events(self, found: CountedRows, entries: Sequence[int], enrolled: Any, earned: Any, of: Any) -> None:
        """Hours at events with a cost, enrolments for events with places, and which events anybody enrolled for."""
        events, table, known = self.registry["events"], self.registry["attendance"], self.events
        held = [i for i in self._rows if events["starts"][i].date() <= self.today]
        costed = {events["number"][i] for i in held if events["cost"][i] is not None}
        placed = {events["number"][i] for i in held if events["places"][i]}
        doubled = len({events["number"][i] for i in self._rows}) < len(self._rows)

        def any_row(n: int, header: str, wanted: str) -> str:
            """That the event has it: any of its rows, where its number stands several times."""
            if doubled:
                number = ("活动编号", equal_to(found["活动编号"].at(n)))
                return f"{known.count(number, (header, chr(34) + wanted + chr(34)), ('已开始', '1'))}>0"
            return f"N({of(header, n)}){wanted}"

        hours = [line.hours for line in self.lines]
        found.add(
            "有经费的学时",
            [
                Formula(
                    f"=IF({any_row(n, '有经费', '=1')},{earned.at(n)},0)",
                    hours[n] if table["event"][i] in costed else 0,
                )
                for n, i in enumerate(entries)
            ],
        )
        signed = [table["enrolled"][i] == "是" for i in entries]
        found.add(
            "报名计",
            [
                yes(f'AND({enrolled.at(n)}="是",{any_row(n, "名额", ">0")})', signed[n] and table["event"][i] in placed)
                for n, i in enumerate(entries)
            ],
        )
        wanted = {table["event"][i] for n, i in enumerate(entries) if signed[n]}
        cells = []
        for n, i in enumerate(self._rows):
            asked = found.count(("活动编号", equal_to(known["活动编号"].at(n))), ("报名", '"是"'))
            value = (events["places"][i] or 0) if i in held and events["number"][i] in wanted else 0
            cells.append(Formula(f"=IF(AND({known['已开始'].at(n)}=1,{asked}>0),N({known['名额'].at(n)}),0)", value))
        known.add("计名额", cells)

    def _tutoring(
        self, found: CountedRows, days: Sequence[datetime.date], kinds: Sequence[str], present: Sequence[bool]
    ) -> None:
        """Tutoring attended before the exam of the year, where its day is known."""
        years = sorted({d.year for d in days})
        self.exam_days = CountedRows(ReviewSheet("考试日期", "考试日期（参数“考试日期”；空着的按全年）", len(years)))
        known = {year: exam_day(self.registry, year) for year in years}
        year = self.exam_days.add("年度", years)
        day = self.exam_days.add("考试日期", [spelled(known[y]) for y in years])
        cells = []
        for n, (d, kind, here) in enumerate(zip(days, kinds, present, strict=True)):
            exam = known[d.year]
            limit = f"INDEX({day.range},MATCH({found['年度'].at(n)},{year.range},0))"
            asked = f'AND({found["出席"].at(n)}=1,{found["类型"].at(n)}="考前辅导",OR({limit}="",{found["日期"].at(n)}<{limit}))'
            cells.append(yes(asked, here and kind == "考前辅导" and (exam is None or d < exam)))
        found.add("考前辅导", cells)

    def _belonging(self, label: str) -> CountedRows:
        """The attendance once for every value of a label the person belonged to at the time."""
        spread = self.registry.once(spread_over_organisations)
        members = spread if label == "镇街" else spread[spread[label] != NO_POST]
        members = members.drop_duplicates(["row", label])
        line_of = {line.label: n for n, line in enumerate(self.lines)}
        pairs = sorted((str(group), line_of[row]) for group, row in zip(members[label], members["row"], strict=True))
        years = [self.lines[line].day.year for _, line in pairs]
        order = sorted(range(len(pairs)), key=lambda n: (years[n], pairs[n]))
        pairs, years = [pairs[n] for n in order], [years[n] for n in order]
        note = "每行是一次签到和这个人当时所属的组织（层级按变动表，别的按现在的台账）；“签到行”是“签到”表里的第几行。"
        found = CountedRows(ReviewSheet(f"归属·{label}", f"签到按{label}", len(pairs), note))
        found.add("签到行", [line + 1 for _, line in pairs], 8)
        of = lambda header, n: self.attendance[header].of(pairs[n][1])  # noqa: E731
        group = found.add(label, [group for group, _ in pairs], 24)
        year = found.add("年度", [Formula(f"={of('年度', n)}", y) for n, y in enumerate(years)], 8)
        present = [self.lines[line].present for _, line in pairs]
        came = found.add("出席", [Formula(f"={of('出席', n)}", int(p)) for n, p in enumerate(present)], 8)
        hours = [self.lines[line].hours for _, line in pairs]
        found.add("得学时", [Formula(f"={of('得学时', n)}", h) for n, h in enumerate(hours)])
        blocks = [(str(y), g) for y, (g, _) in zip(years, pairs, strict=True)]
        found.group(blocks)
        for header, source, column in (("首次（人）", "人员编号", "person"), ("首次（场）", "活动编号", "event")):
            values = [str(getattr(self.lines[line], column)) for _, line in pairs]
            keys = [f"{v}|{y}|{g}" if p else "" for v, y, (g, _), p in zip(values, years, pairs, present, strict=True)]
            expressions = [
                f'IF({came.at(n)}=1,{of(source, n)}&"|"&{year.at(n)}&"|"&{group.at(n)},"")' for n in range(len(pairs))
            ]
            found.first_of(header, keys, expressions, blocks)
        return found

    def _organisations(self) -> CountedRows:
        """Every organisation in every year: whether it was there at its end, and how often anybody of it came."""
        registry, labels = self.registry, self.registry.once(organisation_labels)
        table, changes = registry["organisations"], registry["changes"]
        years = sorted({start.year for start in registry["events"]["starts"] if start and start.date() <= self.today})
        dissolved: dict[str, datetime.date] = {}
        for _, number, day, item, new in changes.each("organisation", "date", "item", "new"):
            if item == "登记状态" and day and new and "注销" in new:
                dissolved[number] = max(day, dissolved.get(number, day))
        names = [number for _, number in table.each("number") if number]
        lines = [(year, number) for year in years for number in dict.fromkeys(names)]
        found = CountedRows(
            ReviewSheet(
                "组织年度", "每个组织每一年", len(lines), "在册：年末（当年为基准日期）以前已经成立、还没有注销。"
            )
        )
        year = found.add("年度", [y for y, _ in lines], 8)
        name = found.add("组织", [labels[number] for _, number in lines], 30)
        of = lambda number, field: table.value(number, field)  # noqa: E731
        found.add("镇街", [of(number, "township") or NOT_GIVEN for _, number in lines])
        begun = [of(number, "founded_on") or of(number, "registered_on") for _, number in lines]
        begin = found.add("成立（登记）", [spelled(day) for day in begun])
        status = found.add("登记状态", [spelled(of(number, "status")) for _, number in lines])
        end = found.add("注销日期", [spelled(dissolved.get(number)) for _, number in lines])
        there = {y: existing_on(registry, min(datetime.date(y, 12, 31), self.today)) for y in years}
        cells = []
        for n, (y, number) in enumerate(lines):
            last = f"MIN({year.at(n)}*10000+1231,{TODAY})"
            gone = f'AND({status.at(n)}="已注销",OR({end.at(n)}="",{end.at(n)}<={last}))'
            cells.append(yes(f'AND(NOT({gone}),OR({begin.at(n)}="",{begin.at(n)}<={last}))', number in there[y]))
        found.add("在册", cells, 8)
        rows = self.belonging["组织"]
        counts: dict[tuple[int, str], int] = {}
        spread = registry.once(spread_over_organisations)
        here = spread[spread["present"]].drop_duplicates(["row", "组织"])
        for y, group in zip(here["year"], here["组织"], strict=True):
            counts[int(y), str(group)] = counts.get((int(y), str(group)), 0) + 1
        found.add(
            "人次",
            [
                Formula(
                    "="
                    + rows.total(
                        "出席", ("年度", year.at(n)), ("组织", equal_to(name.at(n))), block=(str(y), labels[number])
                    ),
                    counts.get((y, labels[number]), 0),
                )
                for n, (y, number) in enumerate(lines)
            ],
        )
        return found
