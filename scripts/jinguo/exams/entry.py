"""Who may enter which level this year, what is missing, and when she will qualify.

The conditions are rows of 设置.xlsx › 报考条件, each with its source; where the office keeps no such sheet, CONDITIONS stand.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from jinguo.common.rounding import plain
from jinguo.exams.results import qualifications
from jinguo.exams.subjects import SUBJECTS
from jinguo.registry.tables import Registry
from jinguo.schema.dates import Month, add_months
from jinguo.schema.parameter_types import day_in
from jinguo.schema.vocabularies import VOCABULARIES

_TEMPORARY = "《社会工作者职业水平评价暂行规定》"
MAY, MAY_NOT, UNKNOWN, DONE = "可以报考", "还不能报考", "缺材料", "已经合格"
#: So many years ahead somebody is told when she will qualify.
_AHEAD = 20


class EntryCondition(NamedTuple):
    """One way into a level: education of at least this, the major (None: any), full years of social work; or the
    certificate of a lower level and full years since. `source` is the law and article."""

    level: str
    education: str
    social_work_major: bool | None
    years: Decimal
    certificate: str | None
    years_since: Decimal
    source: str


def _row(
    level: str, education: str, major: bool | None, years: int, article: str, after: tuple[str, int] | None = None
) -> EntryCondition:
    """A condition; `after` is the certificate there must be, and for how many years."""
    certificate, since = after or (None, 0)
    return EntryCondition(level, education, major, Decimal(years), certificate, Decimal(since), article)


_JUNIOR, _MIDDLE, _SENIOR = f"{_TEMPORARY}第十一条", f"{_TEMPORARY}第十二条", "浙江省 2025 年高级社会工作师报考条件"
#: 《社会工作者职业水平评价暂行规定》第十一、十二条; 高级 as Zhejiang announced it for 2025.
CONDITIONS = (
    _row("初级", "高中", None, 4, _JUNIOR),
    _row("初级", "大专", True, 2, _JUNIOR),
    _row("初级", "大专", False, 4, _JUNIOR),
    _row("初级", "本科", True, 0, _JUNIOR),
    _row("初级", "本科", False, 2, _JUNIOR),
    _row("中级", "高中", None, 0, _MIDDLE, ("初级", 6)),
    _row("中级", "大专", True, 4, _MIDDLE),
    _row("中级", "大专", False, 6, _MIDDLE),
    _row("中级", "本科", True, 3, _MIDDLE),
    _row("中级", "本科", False, 5, _MIDDLE),
    _row("中级", "硕士研究生", True, 1, _MIDDLE),
    _row("中级", "硕士研究生", False, 3, _MIDDLE),
    _row("中级", "博士研究生", True, 0, _MIDDLE),
    _row("中级", "博士研究生", False, 2, _MIDDLE),
    _row("高级", "本科", None, 0, _SENIOR, ("中级", 5)),
)


class Entry(NamedTuple):
    """Whether a person may enter a level this year: `verdict` (可以报考, 还不能报考, 缺材料, 已经合格), why in words, and the
    first year she may as things stand (None where that depends on what is missing)."""

    person: str
    level: str
    verdict: str
    why: str
    first_year: int | None


class EntryVerdict(NamedTuple):
    """What the conditions of a level come to: an Entry without whom and what it is about."""

    verdict: str
    why: str
    first_year: int | None


class _Person(NamedTuple):
    """What the conditions ask of a person; the certificates by level with the day each was obtained."""

    education: str | None
    major: str | None
    since: Month | None
    certificates: tuple[tuple[str, datetime.date], ...]


def conditions(registry: Registry) -> list[EntryCondition]:
    """The office's rows of 报考条件 that can be read, or CONDITIONS where it keeps none."""
    table = registry["entry_conditions"]
    if not len(table):
        return list(CONDITIONS)
    return [
        EntryCondition(
            level,
            education,
            {"是": True, "否": False}.get(major),
            years or Decimal(0),
            certificate,
            since or Decimal(0),
            source or "",
        )
        for i, level, education, major, years, certificate, since, source in table.each(
            "level", "education", "social_work_major", "years", "certificate", "years_since", "source"
        )
        if level and education and table.readable(i, "social_work_major", "years", "certificate", "years_since")
    ]


def years_to_senior(registry: Registry) -> int:
    """How many years after the certificate of 中级 one may enter 高级, by the conditions."""
    return int(
        min(
            (c.years_since for c in conditions(registry) if c.level == "高级" and c.certificate == "中级"),
            default=Decimal(5),
        )
    )


def senior_from(registry: Registry, obtained: datetime.date, year: int) -> bool:
    """Whether the years after a certificate of 中级 are full for the exam of a year; one function for the list and for
    EXM-012."""
    ready = add_months(obtained, 12 * years_to_senior(registry))
    return ready <= closing_day(registry, year) + datetime.timedelta(days=1)


def condition_rows() -> list[dict[str, Any]]:
    """CONDITIONS as the rows of 报考条件 that a new 设置.xlsx begins with."""
    return [
        {"level": c.level, "education": c.education, "social_work_major": {True: "是", False: "否", None: None}[c.social_work_major],
         "years": c.years, "certificate": c.certificate, "years_since": c.years_since if c.certificate else None, "source": c.source}
        for c in CONDITIONS
    ]  # fmt: skip


def closing_day(registry: Registry, year: int) -> datetime.date:
    """The day years of work are counted to for the exam of a year: 参数 › 报考年限截止 (each place and year its own)."""
    return day_in(year, registry.settings.parameter("报考年限截止"))


def entry_eligibility(registry: Registry, year: int) -> list[Entry]:
    """Every person against every level for the exam of a year; in the order of the sheet, then of the levels."""
    people, rules = registry["people"], conditions(registry)
    held: dict[str, dict[str, datetime.date]] = {}
    for _, person, level, day in registry["certificates"].each("person", "level", "obtained_on"):
        if person and level and day:
            held.setdefault(person, {})[level] = day
    done = {(q.person, q.level): q.year for q in registry.once(qualifications)}
    by_level = {level: [r for r in rules if r.level == level] for level in SUBJECTS}
    #: Of many people few differ in what the conditions ask.
    judged: dict[tuple[str, _Person], EntryVerdict] = {}
    found = []
    for _, number, education, major, since in people.each(
        "number", "education", "social_work_major", "social_work_since"
    ):
        if number is None:
            continue
        person = _Person(education, major, since, tuple(held.get(number, {}).items()))
        for level, mine in by_level.items():
            verdict = judged.get((level, person))
            if verdict is None:
                verdict = judged[level, person] = _judge(registry, level, person, mine, year)
            if verdict.verdict != DONE and (number, level) in done:
                verdict = EntryVerdict(DONE, f"{done[number, level]} 年已合格", None)
            found.append(Entry(number, level, *verdict))
    return found


def _educations(registry: Registry) -> list[str]:
    """The words of 学历, from low to high."""
    return registry.settings.vocabularies.get("学历") or VOCABULARIES["学历"]


def _above(level: str, other: str) -> bool:
    order = list(SUBJECTS)
    return order.index(other) > order.index(level)


def _judge(registry: Registry, level: str, person: _Person, rules: list[EntryCondition], year: int) -> EntryVerdict:
    """Whether such a person may enter a level, by its conditions."""
    certificates = dict(person.certificates)
    if level in certificates or any(_above(level, other) for other in certificates):
        return EntryVerdict(DONE, "已有证书", None)
    order = _educations(registry)
    missing = [
        name for name, value in (("学历", person.education), ("从事社会工作起始年月", person.since)) if value is None
    ]
    if person.education is None:
        return EntryVerdict(UNKNOWN, f"没有填{'、'.join(missing)}", None)
    fitting = [r for r in rules if _fits(r, person, order)]
    if not fitting:
        least = min((r.education for r in rules if r.education in order), key=order.index, default="")
        return EntryVerdict(MAY_NOT, f"学历要{least}以上", None)
    if person.major is None and len({r.years for r in fitting}) > 1:
        missing.append("社会工作专业")
    years = [(first, r) for r in fitting if (first := _first_year(registry, r, person, year)) is not None]
    open_to = [(first, r) for first, r in years if person.major is not None or r.social_work_major is not True]
    # Of several ways that are open the one of her own education is named.
    ways = sorted(open_to, key=lambda pair: (max(pair[0], year), -order.index(pair[1].education)))
    if ways and ways[0][0] <= year:
        return EntryVerdict(MAY, _words(ways[0][1], person), year)
    first, rule = ways[0] if ways else (None, fitting[0])
    if missing and any(r.certificate is None for r in fitting):
        return EntryVerdict(UNKNOWN, f"没有填{'、'.join(missing)}", first)
    lacking = (
        "" if rule.certificate is None or rule.certificate in certificates else f"，先要取得{rule.certificate}证书"
    )
    return EntryVerdict(MAY_NOT, f"{_words(rule, person)}{lacking}", first)


def _fits(rule: EntryCondition, person: _Person, order: list[str]) -> bool:
    """Whether a rule is for people of this education and major; an unknown major fits both."""
    if (
        rule.education not in order
        or person.education not in order
        or order.index(str(person.education)) < order.index(rule.education)
    ):
        return False
    return rule.social_work_major is None or person.major is None or rule.social_work_major == (person.major == "是")


def _first_year(registry: Registry, rule: EntryCondition, person: _Person, year: int) -> int | None:
    """The first exam year from this one in which the rule's years are full; None where that cannot be told."""
    starts = []
    if rule.years:
        if person.since is None:
            return None
        starts.append(add_months(datetime.date(person.since.year, person.since.month, 1), int(rule.years * 12)))
    if rule.certificate:
        day = dict(person.certificates).get(rule.certificate)
        if day is None:
            return None
        if person.since is not None:
            # Years of social work after the certificate: who began later has them from then on.
            day = max(day, datetime.date(person.since.year, person.since.month, 1))
        starts.append(add_months(day, int(rule.years_since * 12)))
    ready = max(starts, default=datetime.date.min)
    return next(
        (y for y in range(year, year + _AHEAD) if ready <= closing_day(registry, y) + datetime.timedelta(days=1)), None
    )


def _words(rule: EntryCondition, person: _Person) -> str:
    """The rule as it was applied: 本科、非社会工作专业，要从业满 2 年."""
    major = {True: "、社会工作专业", False: "、非社会工作专业", None: ""}[rule.social_work_major]
    asked = [f"从业满 {plain(rule.years)} 年"] if rule.years else []
    if rule.certificate:
        asked.append(f"取得{rule.certificate}证书满 {plain(rule.years_since)} 年")
    since = f"（{person.since} 起从业）" if person.since and rule.years else ""
    return (
        f"{rule.education}以上{major}，要{'、'.join(asked)}{since}"
        if asked
        else f"{rule.education}以上{major}，不限年限"
    )
