"""Around the examination: 伴考通知 to those who entered, and 考试情况通报 once the results are out."""

from __future__ import annotations

import datetime
from typing import Any

from jinguo.common.figures import Figure, FigureTable, find, make_table
from jinguo.common.rounding import plain
from jinguo.documents.due_document import DueDocument
from jinguo.documents.letterhead import is_fresh, letter, numbered_letterhead
from jinguo.exams.exam_statistics import exam_figures
from jinguo.exams.progress import Progress, progress
from jinguo.exams.results import outcomes, qualifications
from jinguo.exams.subjects import SUBJECTS, TIMES, exam_day, standard
from jinguo.nominations.order import SURNAME, name_key, spaced
from jinguo.office.letters import registered_on
from jinguo.organisations.membership import current_organisations, is_here
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words, span_words, weekday_words, words

_LATER = "以准考证为准"


def companion_notices(registry: Registry) -> list[DueDocument]:
    """One to each person who entered this year's exam, from 参数 › 伴考提前天数 before it: her papers with their times, what
    still counts, the tutoring events to come."""
    year = registry.today.year
    day = exam_day(registry, year)
    if day is None or not 0 < (day - registry.today).days <= int(registry.settings.parameter("伴考提前天数")):
        return []
    entered: dict[tuple[str, str], list[int]] = {}
    for o in registry.once(outcomes):
        if o.year == year:
            entered.setdefault((o.person, o.level), []).append(o.entry)
    return [
        _companion_notice(registry, day, person, level, rows)
        for (person, level), rows in entered.items()
        if registry["people"].value(person, "name") and is_here(registry, person)
    ]


def _companion_notice(registry: Registry, day: datetime.date, person: str, level: str, rows: list[int]) -> DueDocument:
    people, entries, settings = registry["people"], registry["exam_entries"], registry.settings
    name, year = people.value(person, "name"), day.year
    before = progress(registry, person, level, year)
    taken = [o for o in registry.once(outcomes) if o.person == person and o.level == level and o.year == year]
    papers = [
        {
            "科目": o.subject,
            "时间": _paper_time(level, o.subject, day),
            "合格标准": _pass_words(registry, o.year, level, o.subject),
        }
        for o in sorted(taken, key=lambda o: SUBJECTS[level].index(o.subject))
    ]
    title = f"{settings.item('单位名称')}关于做好{year}年社会工作者职业资格考试伴考服务的通知"
    left = [s for s in before.missing if s not in {o.subject for o in taken}]
    values = {
        "姓名": name, "级别": level, "年度": str(year), "考试日期": f"{day_words(day)}（{weekday_words(day)}）", "科目": papers,
        "有效成绩": _valid_words(before), "未报科目": "、".join(left), "辅导": _tutoring(registry, day),
    }  # fmt: skip
    message = f"【伴考】{name}：{level}考试{day_words(day)}举行，报考{len(papers)}科，考前辅导和注意事项见通知。"
    why = f"{day_words(day)}考试，报考{level} {len(papers)} 科"
    return DueDocument(
        "伴考通知", title, f"{day:%Y-%m-%d} {name} {level} 伴考通知", why, letter(registry, title, name, values), f"{message}有疑问请联系{settings.item('单位名称')}。",
        [entries.place(i, "subject") for i in rows], name, people.value(person, "email"), people.value(person, "residence") or "",
        about=person, to_key=person,
    )  # fmt: skip


def _paper_time(level: str, subject: str, day: datetime.date) -> str:
    time = TIMES.get((level, subject))
    if time is None:
        return _LATER
    before, hours = time
    on = day - datetime.timedelta(days=before)
    return f"{on.month}月{on.day}日（{weekday_words(on)}）{hours}"


def _pass_words(registry: Registry, year: int, level: str, subject: str) -> str:
    needed = standard(registry, year, level, subject)
    return f"{plain(needed.pass_mark)}分（满分{plain(needed.full)}分）"


def _valid_words(before: Progress) -> str:
    """The passes of the year before that count in this exam, and until when."""
    return "；".join(f"{subject}（到{last}年考试有效）" for subject, last in before.valid.items())


def _tutoring(registry: Registry, until: datetime.date) -> list[dict[str, str]]:
    events = registry["events"]
    coming = sorted(
        (start, i)
        for i, start, kind, name in events.each("starts", "type", "name")
        if start and name and kind == "考前辅导" and registry.today <= start.date() < until
    )
    return [
        {
            "序号": str(n),
            "活动名称": events["name"][i],
            "时间": span_words(start, events["ends"][i]),
            "地点": words(events["place"][i]),
        }
        for n, (start, i) in enumerate(coming, 1)
    ]


def exam_report(registry: Registry) -> list[DueDocument]:
    """The year's exam in figures and who qualified, once every result of the year is there; until it has been sent."""
    year = registry.today.year
    mine = [o for o in registry.once(outcomes) if o.year == year]
    if not mine or any(o.outcome == "未公布" for o in mine):
        return []
    title = f"{registry.settings.item('单位名称')}关于{year}年社会工作者职业资格考试情况的通报"
    # Until it is registered nobody knows when the results came; then for some days more.
    if registered_on(registry, title) and not is_fresh(registry, title, None):
        return []
    figures = [f for f in exam_figures(registry) if f.dimensions.get("年度") == str(year)]
    people = len({o.person for o in mine})
    values = report_values(registry, figures, year)
    message = f"【通报】{year}年社会工作者职业资格考试：报考{people}人，合格{len(values['合格人员'])}人。{'祝贺合格的姐妹！' if values['合格人员'] else ''}详见通报。"
    why = f"{year} 年成绩已全部公布：报考 {people} 人，合格 {len(values['合格人员'])} 人"
    return [
        DueDocument(
            "考试情况通报", title, f"{year}年 考试情况通报", why, lambda number: values | numbered_letterhead(registry, title, "各乡镇（街道）妇联", number), message,
            [registry["exam_entries"].place(o.entry, "score") for o in mine], meant=(), numbered=True,
        )
    ]  # fmt: skip


def report_values(registry: Registry, figures: list[Figure], year: int) -> dict[str, Any]:
    """The figures of the year as sentences and tables, and the names of those who qualified."""
    from jinguo.documents.statistics_report import exam_sentences, figure_chart, table_rows

    least = int(registry.settings.parameter("公布最少人数"))
    small: dict[str, None] = {}

    def table(title: str, last: str | None, *names: str) -> dict[str, Any]:
        found: FigureTable = make_table(title, figures, ["年度", "级别", *([last] if last else [])])
        # Of a group of one or two everybody can tell who passed.
        shown = [row for row in found.rows if not 0 < (row[1][names[0]].value or 0) < least]
        small.update(dict.fromkeys([last] if last and len(shown) < len(found.rows) else []))
        found.rows = shown
        return table_rows(found, names)

    people = ("报考人数", "实考人数", "缺考人数", "合格人数", "合格率")
    figures = [f for f in figures if "科目" not in f.dimensions or find(figures, "报考科次", **f.dimensions).value]
    tables = [
        table("各科情况", "科目", "报考科次", "实考科次", "平均分", "通过科次", "科次通过率"), table("首次和再次报考", "报考次数", *people), table("各镇街情况", "镇街", *people),
    ]  # fmt: skip
    at = current_organisations(registry, registry.today)
    qualified = sorted(
        (q for q in registry.once(qualifications) if q.year == year),
        key=lambda q: (list(SUBJECTS).index(q.level), name_key(registry.name_of("people", q.person), SURNAME)),
    )
    sentences = exam_sentences(figures, str(year))
    if small:
        sentences.append(f"报考不满{least}人的{'、'.join(small)}不单列。")
    return {
        "年度": str(year), "概述": sentences, "表": [t for t in tables if t["行"]],
        "考试图": figure_chart(registry, figures, str(year), "级别", ("报考人数", "实考人数", "合格人数"), f"{year}年社会工作者职业资格考试"),
        "合格人员": [
            {"序号": str(n), "姓名": spaced(registry.name_of("people", q.person)), "级别": q.level, "单位": "、".join(registry.name_of("organisations", o) for o in at.get(q.person, [])[:1])}
            for n, q in enumerate(qualified, 1)
        ],
    }  # fmt: skip
