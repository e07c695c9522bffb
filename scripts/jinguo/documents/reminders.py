"""Letters that remind one recipient of one thing: the inspection, the end of a term, missing hours, a project's next
stage.

Each is due where the check says so (its rule), and says what the rule saw; a letter and a finding can so never differ.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinguo.checks.lifetimes import term_over
from jinguo.checks.projects import midterm_due, overdue_closing
from jinguo.common.rounding import plain
from jinguo.documents.due_document import DueDocument, called
from jinguo.documents.letterhead import letter
from jinguo.exams.certificates import short_of_hours, unclear_hours
from jinguo.exams.holders import needed_hours
from jinguo.exams.senior import senior_passes
from jinguo.organisations.inspections import expected_years
from jinguo.organisations.laws import law_of
from jinguo.organisations.membership import is_here
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import last_workday
from jinguo.schema.dates import Month
from jinguo.schema.wording import day_words, record_words, words

#: So many coming events are offered to somebody who needs hours.
_MOST_EVENTS = 5


@dataclass(frozen=True)
class _Reminder:
    """A letter about something that is due on a day, to one recipient: why, at which cell that is seen, and its words."""

    kind: str
    title: str
    to: str
    day: datetime.date
    why: str
    place: str
    values: Mapping[str, Any]
    message: str
    township: str | None
    address: str | None
    to_key: str
    about: str = ""
    within: Mapping[str, int] = field(default_factory=dict)
    #: Of a project: two stages of one are two letters, also where they are of one day.
    stage: str = ""
    #: Why it is not to go out as its row stands.
    trouble: str = ""

    def document(self, registry: Registry) -> DueDocument:
        """The letter; its file is named by the day, so that tomorrow's run finds it again."""
        sender = registry.settings.item("单位名称")
        title = f"{sender}{self.title}"
        return DueDocument(
            self.kind,
            title,
            f"{self.day:%Y-%m-%d} {self.to} {self.stage}{self.kind}",
            self.why,
            letter(registry, title, self.to, self.values),
            f"【提醒】{self.to}：{self.message}详见提醒函，有疑问请联系{sender}。",
            [self.place],
            self.to,
            self.address,
            self.township or "",
            about=self.about or self.to_key,
            to_key=self.to_key,
            within=self.within,
            trouble=self.trouble,
        )


def is_inspection_season(registry: Registry) -> bool:
    """Whether organisations are inspected now: from January to the end of the month of the parameter, where the office keeps results."""
    return registry["inspections"].present and registry.today.month <= registry.settings.parameter("年检截止月")


def inspections_open(registry: Registry) -> list[DueDocument]:
    """Registered organisations without a result for last year, from January to the end of the month of the
    parameter; only where the office keeps results, of which there must be one of an earlier year."""
    organisations, inspections, today = registry["organisations"], registry["inspections"], registry.today
    if not is_inspection_season(registry) or inspections.unclear("organisation", "year"):
        return []
    year = today.year - 1
    results: dict[str, dict[int, str]] = {}
    for _, organisation, of_year, result in inspections.each("organisation", "year", "result"):
        results.setdefault(organisation, {})[of_year] = result
    last = Month(today.year, int(registry.settings.parameter("年检截止月"))).last_day()
    # To the supervisor by 3月31日, to the registration authority by 5月31日 (社团第二十八条；民非第二十三条).
    first = datetime.date(today.year, 3, 31)
    end = day_words(last)
    found = []
    for i, number, status, registered, township in organisations.each("number", "status", "registered_on", "township"):
        # By the end of this year last year's must be there.
        expected = registered and year in expected_years(registered, datetime.date(today.year, 12, 31))
        if status != "已登记" or not expected or year in results.get(number, {}):
            continue
        name, trouble = called(organisations, i)
        charity = organisations["charity"][i] == "是"
        what = "年报" if charity else "年检"
        earlier = max((y for y in results.get(number, {}) if y and y < year), default=None)
        values = record_words(organisations.record(i)) | {
            "年度": str(year), "截止日期": end, "上次年度": words(earlier), "上次结论": words(results[number][earlier]) if earlier else "",
            "登记机关": words(organisations["registered_with"][i]) or "登记管理机关",
            "依据": law_of(organisations["type"][i], charity).yearly, "事项": what, "初审截止": day_words(first) if today <= first else "",
        }  # fmt: skip
        why = f"{name}还没有 {year} 年度的{what}结论，{end}截止"
        message = f"{year}年度的{what}{end}截止，请尽快办理。"
        title = f"关于报送{year}年度工作报告的提醒函" if charity else f"关于办理{year}年度年检的提醒函"
        found.append(
            _Reminder(
                "年检提醒函",
                title,
                name,
                last,
                why,
                organisations.place(i, "number"),
                values,
                message,
                township,
                organisations["email"][i],
                number or "",
                trouble=trouble,
            ).document(registry)
        )
    return found


def terms_ending(registry: Registry) -> list[DueDocument]:
    """As ORG-009 says: the term is over, or ends within the months of the parameter."""
    organisations = registry["organisations"]
    found = []
    for hit in term_over(registry):
        i = hit.index
        (name, trouble), until = called(organisations, i), organisations["term_until"][i]
        over, law = until < registry.today, law_of(organisations["type"][i])
        values = record_words(organisations.record(i)) | {
            "到期日": day_words(until), "届满": "已于" if over else "将于", "登记机关": words(organisations["registered_with"][i]) or "登记管理机关",
            "审计依据": law.audit, "换届程序": law.vote,
        }  # fmt: skip
        message = f"本届理事会{'已于' if over else '将于'}{day_words(until)}届满，请按章程换届，先做财务审计。"
        title, place = "关于做好理事会换届工作的提醒函", organisations.place(i, "term_until")
        found.append(
            _Reminder(
                "换届提醒函",
                title,
                name,
                until,
                hit.what,
                place,
                values,
                message,
                organisations["township"][i],
                organisations["email"][i],
                organisations["number"][i] or "",
                trouble=trouble,
            ).document(registry)
        )
    return found


def hours_missing(registry: Registry) -> list[DueDocument]:
    """As CER-005 says: the registration ends soon and the hours are short. Events to come are offered with their
    hours."""
    certificates, people = registry["certificates"], registry["people"]
    found = []
    # Of whom it is not known how many hours she has the letter is named, and does not go out.
    unclear = [
        (i, Decimal(0), needed_hours(registry, certificates["level"][i]), why) for i, why in unclear_hours(registry)
    ]
    for i, done, needed, trouble in [*((*short, "") for short in short_of_hours(registry)), *unclear]:
        person, until = certificates["person"][i], certificates["registered_until"][i]
        if person not in people.index_of or not is_here(registry, person):
            continue
        name, nameless = called(people, people.index_of[person])
        level = certificates["level"][i]
        values = {
            "姓名": name, "级别": level, "有效期": day_words(until), "已过期": "是" if until < registry.today else "", "应有学时": plain(needed), "已有学时": plain(done),
            "尚缺学时": plain(needed - done), "活动": _events_until(registry, until),
        }  # fmt: skip
        why = f"{level}证书登记有效期至 {until}，继续教育 {plain(done)} 学时，要 {plain(needed)} 学时"
        lapsed = "已于" if until < registry.today else "将于"
        message = f"你的{level}证书登记{lapsed}{day_words(until)}到期，继续教育尚缺{plain(needed - done)}学时。"
        title, place = "关于完成继续教育学时的提醒", certificates.place(i, "registered_until")
        found.append(
            _Reminder(
                "继续教育提醒",
                title,
                name,
                until,
                why,
                place,
                values,
                message,
                people.value(person, "residence"),
                people.value(person, "email"),
                person,
                trouble=trouble or nameless,
            ).document(registry)
        )
    return found


def seniors_lapsing(registry: Registry) -> list[DueDocument]:
    """As EXM-016 says: a pass certificate of 高级 ends this year, and the title has not been applied for."""
    people = registry["people"]
    found = []
    for q, last in senior_passes(registry):
        here = q.person in people.index_of and is_here(registry, q.person)
        if not here or last.year != registry.today.year or last < registry.today:
            continue
        name, trouble = called(people, people.index_of[q.person])
        values = {"姓名": name, "年度": str(q.year), "有效期": day_words(last)}
        why = f"{q.year} 年取得高级成绩合格证明，{last} 到期，还没有高级证书"
        message = f"你{q.year}年的高级成绩合格证明{day_words(last)}到期，请在此以前申报评审。"
        title, place = "关于申报高级社会工作师评审的提醒", registry["exam_entries"].place(q.entry, "level")
        found.append(
            _Reminder(
                "高级评审提醒",
                title,
                name,
                last,
                why,
                place,
                values,
                message,
                people.value(q.person, "residence"),
                people.value(q.person, "email"),
                q.person,
                trouble=trouble,
            ).document(registry)
        )
    return found


def _events_until(registry: Registry, last: datetime.date) -> list[dict[str, str]]:
    """The next events that still count for a registration that ends on this day."""
    events = registry["events"]
    coming = sorted(
        (start, i)
        for i, start, name, hours in events.each("starts", "name", "hours")
        if start and name and hours and registry.today < start.date() <= last
    )
    return [
        {
            "序号": str(n), "活动名称": events["name"][i], "时间": day_words(start.date()), "地点": words(events["place"][i]),
            "学时": plain(events["hours"][i]),
        }
        for n, (start, i) in enumerate(coming[:_MOST_EVENTS], 1)
    ]  # fmt: skip


def projects_due(registry: Registry) -> list[DueDocument]:
    """As PRJ-012 and PRJ-004 say: the mid-term assessment or the closing is due."""
    projects, organisations = registry["projects"], registry["organisations"]
    found = []
    days = int(registry.settings.parameter("提醒办理工作日"))
    limit = last_workday(registry.settings, registry.today, days)
    for stage, hits in (("中期评估", midterm_due(registry)), ("结项", overdue_closing(registry))):
        for hit in hits:
            i = hit.index
            name, contractor = projects["name"][i], projects["contractor"][i]
            # A contractor that is not in the registry hides the letter; what_hides tells.
            if not name or contractor not in organisations.index_of:
                continue
            to, trouble = called(organisations, organisations.index_of[contractor])
            reason = "已经到期，尚未结项" if stage == "结项" else "工期已经过了大半，尚未中期评估"
            values = record_words(projects.record(i)) | {"事项": stage, "缘由": reason, "办理期限": day_words(limit)}
            message = f"“{name}”{reason}，请抓紧做好{stage}工作，于{day_words(limit)}前报送材料。"
            title, place, end = f"关于做好项目{stage}工作的提醒函", projects.place(i, "status"), projects["ends"][i]
            township, address = (organisations.value(contractor, field) for field in ("township", "email"))
            found.append(
                _Reminder(
                    "项目提醒函",
                    title,
                    to,
                    end,
                    hit.what,
                    place,
                    values,
                    message,
                    township,
                    address,
                    contractor,
                    projects["number"][i] or "",
                    {"办理期限": days},
                    stage,
                    trouble,
                ).document(registry)
            )
    return found
