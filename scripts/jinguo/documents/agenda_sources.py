"""Where things to be done are found: a function a kind, each over the rows that say so; letters that are due are another matter."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from jinguo.checks.lifetimes import certificate_over, rating_over
from jinguo.documents.batch_gate import notice_days
from jinguo.duty.roster import uncovered_days
from jinguo.exams.holders import superseded
from jinguo.nominations.batch import batches
from jinguo.nominations.opinions import NONE, WAITING, departments_asked, opinion_of
from jinguo.office.task import Task
from jinguo.organisations.membership import is_here
from jinguo.organisations.registration import GRANTED
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import last_workday
from jinguo.schema.dates import add_months

#: Stages of a registration after which nothing more is to be done.
_SETTLED = (*GRANTED, "退回")


def organisations_papers(registry: Registry) -> Iterator[Task]:
    """Ratings and registration certificates that end, or have ended."""
    table = registry["organisations"]
    for kind, field, rule, what in (
        ("等级到期", "rating_until", rating_over, "评估等级到期，要重新参评"),
        ("证书到期", "certificate_until", certificate_over, "登记证书到期，要换发"),
    ):
        for hit in rule(registry):
            name = table["name"][hit.index]
            if name:
                number = table["number"][hit.index] or ""
                yield Task(
                    table[field][hit.index],
                    kind,
                    what,
                    name,
                    "组织",
                    place=table.place(hit.index, field),
                    number=number,
                )


def certificates_to_register(registry: Registry) -> Iterator[Task]:
    """Certificates of social workers to be registered again."""
    table, people = registry["certificates"], registry["people"]
    soon, below = _soon(registry), registry.once(superseded)
    for i, person, level, until in table.each("person", "level", "registered_until"):
        name = people.value(person, "name")
        if until and until <= soon and name and (person, level) not in below and is_here(registry, person):
            yield Task(
                until,
                "证书再登记",
                f"{level}证书登记到期，要再登记",
                name,
                "本人",
                place=table.place(i, "registered_until"),
                number=person,
            )


def projects_ending(registry: Registry) -> Iterator[Task]:
    """Projects at work that end within the months of the parameter; those that are over have a letter."""
    table, organisations = registry["projects"], registry["organisations"]
    for i, number, name, ends, status, contractor in table.each("number", "name", "ends", "status", "contractor"):
        if name and ends and registry.today <= ends <= _soon(registry) and status in ("立项", "实施", "中期"):
            who = organisations.value(contractor, "name") or "承接组织"
            yield Task(
                ends,
                "项目到期",
                f"“{name}”到期，准备结项",
                name,
                who,
                place=table.place(i, "ends"),
                number=number or "",
            )


def batches_open(registry: Registry) -> Iterator[Task]:
    """Of every batch that goes on: opinions that have not come, the first and the last day of the public notice, the day by which
    it is handed in."""
    table, candidates = registry["batches"], registry["candidates"]
    for batch in batches(registry):
        if table["stage"][batch.index] == "办结":
            continue
        place = table.place(batch.index, "closing")
        # Where `nominate` writes its papers.
        papers = f"推荐/{batch.number} {batch.office}"
        people = [p for _, p, b in candidates.each("person", "batch") if b == batch.number and p]
        for department in departments_asked(registry, batch):
            silent = sum(opinion_of(registry, batch, p, department) in (NONE, WAITING) for p in people)
            if silent:
                what = f"{batch.name}还有 {silent} 人没有{department}的意见"
                yield Task(batch.closing, "联审意见", what, f"{batch.number} {department}", department, place=place)
        first = table["notice_from"][batch.index]
        if first:
            last = last_workday(registry.settings, first, notice_days(registry, batch))
            about, notice = batch.number, table.place(batch.index, "notice_from")
            if registry.today <= first:
                yield Task(first, "公示开始", f"{batch.name}开始公示", about, document=papers, place=notice)
            yield Task(last, "公示期满", f"{batch.name}公示期满，汇总反映的情况", about, place=notice)
        yield Task(
            batch.closing,
            "推荐截止",
            f"{batch.name}报{batch.addressee}",
            batch.number,
            document=papers,
            place=place,
        )


def calls_closing(registry: Registry) -> Iterator[Task]:
    """Calls that close, and contests to be judged."""
    table = registry["calls"]
    for i, number, name, closes, judged in table.each("number", "name", "closes", "judged_on"):
        for kind, day, field, what in (
            ("征集截止", closes, "closes", "收件截止"),
            ("评审", judged, "judged_on", "评审"),
        ):
            if name and day and day >= registry.today:
                yield Task(day, kind, f"{name}{what}", number or name, place=table.place(i, field))


def events_to_come(registry: Registry) -> Iterator[Task]:
    """Events that begin."""
    table = registry["events"]
    for i, number, name, starts in table.each("number", "name", "starts"):
        if name and starts and starts.date() >= registry.today:
            yield Task(
                starts.date(),
                "培训活动",
                f"{name}开始",
                name,
                document=f"活动/{number} {name}",
                place=table.place(i, "starts"),
                number=number or "",
            )


def applications_waiting(registry: Registry) -> Iterator[Task]:
    """Applications for membership nobody has decided."""
    table = registry["applications"]
    for i, organisation, day, decision in table.each("organisation", "date", "decision"):
        if organisation and day and decision in (None, "待批"):
            name = registry.name_of("organisations", organisation)
            yield Task(day, "入会审批", f"{name}申请做团体会员，还没有审批", name, place=table.place(i, "decision"))


def visits_open(registry: Registry) -> Iterator[Task]:
    """Visits whose matter is not closed, by the days of the parameter."""
    table = registry["visits"]
    days = datetime.timedelta(days=int(registry.settings.parameter("来访办结天数")))
    for i, day, subject, visitor, closed in table.each("date", "subject", "visitor", "closed_on"):
        if day and subject and closed is None and table.readable(i, "closed_on"):
            yield Task(
                day + days,
                "来访办结",
                f"{day:%m月%d日}的来访（{subject}）要办结",
                f"{visitor or ''}{subject}",
                place=table.place(i, "date"),
            )


def experts_ending(registry: Registry) -> Iterator[Task]:
    """Terms of the think tank that end."""
    table = registry["experts"]
    for i, name, until, employer in table.each("name", "to_date", "employer"):
        if name and until and until <= _soon(registry):
            yield Task(
                until,
                "聘期届满",
                f"专家智库 {name} 的聘期届满，续聘或另聘",
                name,
                place=table.place(i, "to_date"),
                number=employer or "",
            )


def registrations_stalled(registry: Registry) -> Iterator[Task]:
    """Registrations without a step for so many months."""
    table = registry["incubations"]
    months = int(registry.settings.parameter("孵化停滞月数"))
    last: dict[str, tuple[datetime.date, int]] = {}
    for i, organisation, day in table.each("organisation", "date"):
        if organisation and day and day >= last.get(organisation, (datetime.date.min, 0))[0]:
            last[organisation] = day, i
    for organisation, (day, i) in last.items():
        due = add_months(day, months)
        if table["stage"][i] not in _SETTLED and due <= registry.today:
            name = registry.name_of("organisations", organisation)
            yield Task(
                due,
                "登记孵化",
                f"{name}停在“{table['stage'][i]}”，{day:%Y-%m-%d} 以后没有进展",
                name,
                place=table.place(i, "date"),
            )


def roster_gaps(registry: Registry) -> Iterator[Task]:
    """Days of this month and the next on which nobody can be on duty."""
    if not len(registry["duty_units"]):
        return
    first = registry.today.replace(day=1)
    for month in (first, add_months(first, 1)):
        for day in uncovered_days(registry, month.year, month.month):
            if day >= registry.today:
                yield Task(
                    day,
                    "值班空缺",
                    "这一天没有组织可以值班",
                    f"{day:%m月%d日}值班",
                    place=registry["duty_units"].where,
                )


def _soon(registry: Registry) -> datetime.date:
    """Within the months of the parameter."""
    return add_months(registry.today, int(registry.settings.parameter("到期提醒月数")))


Source = Callable[[Registry], Iterator[Task]]
#: Each with the tables it rests on.
SOURCES: dict[Source, tuple[str, ...]] = {
    organisations_papers: ("organisations",),
    certificates_to_register: ("certificates", "people"),
    projects_ending: ("projects",),
    batches_open: ("batches", "candidates", "opinions"),
    calls_closing: ("calls",),
    events_to_come: ("events",),
    applications_waiting: ("applications",),
    visits_open: ("visits",),
    experts_ending: ("experts",),
    registrations_stalled: ("incubations",),
    roster_gaps: ("duty_units", "duty_absences", "duty_swaps"),
}
