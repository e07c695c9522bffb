"""Rules about the dates in an organisation's life: founding, registration, terms, rating."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.dates import add_months

_RATING = "《社会组织评估管理办法》（民政部令第 39 号）"
#: A rating is valid five years (评估管理办法).
_RATING_YEARS = 5
_ORDER = (("founded_on", "成立日期"), ("registered_on", "登记日期"), ("certificate_until", "证书有效期至"))


def known_foundings(registry: Registry) -> dict[str, datetime.date]:
    """When each organisation was founded, where nothing is wrong with it: one in the future or after the
    registration has been said (ORG-008), and nothing follows from it."""
    found: dict[str, datetime.date] = {}
    for _, number, founded, registered in registry["organisations"].each("number", "founded_on", "registered_on"):
        if number and founded and founded <= registry.today and (registered is None or founded <= registered):
            found.setdefault(number, founded)
    return found


@rule(
    "ORG-008", ERROR, "成立、登记、证书到期的日期要依次在后，成立和登记不能在将来",
    why="先后颠倒，必有一个日期填错",
    remedy="请核对这几个日期",
    source="常识",
)  # fmt: skip
def dates_in_order(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, name, *days in organisations.each("who", *(field for field, _ in _ORDER)):
        known = [(day, *named) for day, named in zip(days, _ORDER, strict=True) if day]
        for (first, _, early), (second, field, late) in pairwise(known):
            if second < first <= registry.today:
                yield organisations.hit(i, field, f"{name}的{late} {second} 早于{early} {first}")
    for field, label in _ORDER[:2]:
        for i, day, name in organisations.each(field, "who"):
            if day and day > registry.today:
                yield organisations.hit(i, field, f"{name}的{label} {day} 在将来")


def _expiry(registry: Registry, field: str, label: str) -> Iterator[Hit]:
    """Organisations still at work for which a date has passed, or comes within the months of the parameter."""
    organisations = registry["organisations"]
    soon = add_months(registry.today, int(registry.settings.parameter("到期提醒月数")))
    for i, status, registered, day, name in organisations.each("status", "registered_on", field, "who"):
        in_order = registered is None or day is None or registered <= day
        if day and in_order and status != "已注销" and day <= soon:
            state = "已经过了" if day < registry.today else "快到了"
            yield organisations.hit(i, field, f"{name}的{label} {day:%Y-%m-%d} {state}")


@rule(
    "ORG-009", HINT, "理事会届满要按章程换届，换届前要审计",
    why="超期不换届，年检会受影响",
    remedy="请提醒该组织换届；已换届的更新本届到期",
    source="《社会团体登记管理条例》第二十七条；组织章程",
)  # fmt: skip
def term_over(registry: Registry) -> Iterator[Hit]:
    yield from _expiry(registry, "term_until", "本届到期日")


@rule(
    "ORG-010", HINT, "评估等级有效期五年，过期视为没有等级",
    why="过期的等级不能再写进材料",
    remedy="请提醒该组织重新参评；已参评的更新等级和有效期",
    source="《社会组织评估管理办法》（民政部令第 39 号）",
)  # fmt: skip
def rating_over(registry: Registry) -> Iterator[Hit]:
    yield from _expiry(registry, "rating_until", "等级有效期")


@rule(
    "ORG-011", HINT, "登记证书过期要换发",
    why="证书过期，办不了银行和税务手续",
    remedy="请提醒该组织换证；已换的更新证书有效期",
    source="登记证书有效期一般与届期一致（各地章程示范文本）",
)  # fmt: skip
def certificate_over(registry: Registry) -> Iterator[Hit]:
    yield from _expiry(registry, "certificate_until", "证书有效期")


@rule(
    "ORG-023", ERROR, "本届到期、等级有效期、入会日期都在成立以后",
    why="先后颠倒，必有一个日期填错",
    remedy="请核对这几个日期",
    source="常识",
)  # fmt: skip
def nothing_before_founding(registry: Registry) -> Iterator[Hit]:
    organisations, founded_on = registry["organisations"], registry.once(known_foundings)
    for field, label in (("term_until", "本届到期"), ("rating_until", "等级有效期至"), ("member_since", "入会日期")):
        for i, number, day, name in organisations.each("number", field, "who"):
            founded = founded_on.get(number)
            if founded and day and day < founded:
                yield organisations.hit(i, field, f"{name}的{label} {day} 早于成立日期 {founded}")


@rule(
    "ORG-024", ERROR, "本届到期最远在一届以后",
    why="届期和到期日必有一处填错，换届提醒就不会来",
    remedy="请核对届期和本届到期",
    source="组织章程；没有填届期的按参数“届期最长年数”",
)  # fmt: skip
def term_ends_within_one_term(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    usual = int(registry.settings.parameter("届期最长年数"))
    for i, years, until, name in organisations.each("term_years", "term_until", "who"):
        # Terms are often counted to the end of a calendar year, so a year more is allowed.
        last = add_months(registry.today, 12 * int(years or usual) + 12)
        if until and until > last and organisations.readable(i, "term_years"):
            said = f"的届期是 {int(years)} 年" if years else f"没有填届期，按最长 {usual} 年算"
            yield organisations.hit(i, "term_until", f"{name}{said}，本届到期却填 {until}")


@rule(
    "ORG-025", HINT, "章程规定的届期一般不超过五年",
    why="届期过长的章程，登记机关一般不核准",
    remedy="请对照章程核对届期",
    source="参数“届期最长年数”（各地章程示范文本，二手来源）",
)  # fmt: skip
def term_not_too_long(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    most = int(registry.settings.parameter("届期最长年数"))
    for i, years, name in organisations.each("term_years", "who"):
        if years and years > most:
            yield organisations.hit(i, "term_years", f"{name}的届期填 {int(years)} 年")


@rule(
    "ORG-026", WARNING, "评估等级只评给已登记的组织",
    why="没有登记的不能参评，多半是等级填错行，或登记状态没有更新",
    remedy="请核对评估等级和登记状态",
    source=_RATING,
)  # fmt: skip
def rated_is_registered(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, rating, name in organisations.each("status", "rating", "who"):
        if rating and status in ("未登记", "已备案"):
            yield organisations.hit(i, "rating", f"{name}的登记状态是{status}，却填了评估等级 {rating}")


@rule(
    "ORG-027", HINT, "评估等级和等级有效期要一起填",
    why="没有有效期就不知道等级过期没有，不能写进材料",
    remedy="请对照评估证书补上",
    source=_RATING,
)  # fmt: skip
def rating_with_its_end(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, rating, until, name in organisations.each("rating", "rating_until", "who"):
        known = organisations.readable(i, "rating", "rating_until")
        if rating and until is None and known and "rating_until" in organisations.letters:
            yield organisations.hit(i, "rating_until", f"{name}填了评估等级 {rating}，没有填等级有效期")
        elif until and rating is None and known:
            yield organisations.hit(i, "rating", f"{name}填了等级有效期，没有填评估等级")


@rule(
    "ORG-028", WARNING, "评估等级有效期五年，最远在五年以后到期",
    why="有效期填长了，过期的等级会写进材料",
    remedy="请对照评估证书改正",
    source=_RATING,
)  # fmt: skip
def rating_ends_within_five_years(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    last = datetime.date(registry.today.year + _RATING_YEARS, 12, 31)
    for i, until, name in organisations.each("rating_until", "who"):
        if until and until > last:
            yield organisations.hit(i, "rating_until", f"{name}的等级有效期至 {until}，超过五年")


def _rated(until: datetime.date) -> int:
    """The year of a rating by its end: five years later, or at the end of the fifth calendar year."""
    return until.year - _RATING_YEARS + ((until.month, until.day) == (12, 31))


@rule(
    "ORG-029", HINT, "登记满两个年度才能参加评估",
    why="登记不满两个年度的不能参评，多半是登记日期或等级有效期填错",
    remedy="请核对登记日期和等级有效期",
    source=_RATING,
)  # fmt: skip
def rated_after_two_years(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, registered, rating, until, name in organisations.each("registered_on", "rating", "rating_until", "who"):
        if registered and rating and until and registered <= until:
            rated = _rated(until)
            if rated < registered.year + 2:
                what = f"{name} {registered} 登记，按有效期推算 {rated} 年就评了 {rating}"
                yield organisations.hit(i, "rating_until", what)


@rule(
    "ORG-030", WARNING, "上一年度年检不合格、未参检的不予评估",
    why="等级和年检结论对不上，必有一处填错",
    remedy="请核对年检结论和等级有效期",
    source=_RATING,
)  # fmt: skip
def rated_after_good_inspection(registry: Registry) -> Iterator[Hit]:
    organisations, inspections = registry["organisations"], registry["inspections"]
    bad: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for _, organisation, year, result in inspections.each("organisation", "year", "result"):
        if organisation and year and result in ("不合格", "未参检"):
            bad[organisation][year] = result
    for i, number, rating, until, name in organisations.each("number", "rating", "rating_until", "who"):
        before = _rated(until) - 1 if rating and until else 0
        if before in bad.get(number, ()):
            what = f"{name}按有效期推算 {before + 1} 年评了 {rating}，{before} 年度的年检结论却是{bad[number][before]}"
            yield organisations.hit(i, "rating_until", what)
