"""Rules about people in posts over time: spans, overlaps, gaps, offices that do not go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from jinguo.checks.lifetimes import known_foundings
from jinguo.checks.rule import ERROR, HINT, WARNING, after_latest, rule
from jinguo.registry.tables import Hit, Registry, Table
from jinguo.schema.dates import Month, month_of

_OPEN = Month(9999, 12)


class _Span(NamedTuple):
    """A span of months in a row of a table; one without an end is open."""

    start: Month
    end: Month
    row: int


def _spans(table: Table, *fields: str) -> dict[tuple, list[_Span]]:
    """The spans of the rows that are alike in these fields; rows with a gap or a span that cannot be left out."""
    found: defaultdict[tuple, list[_Span]] = defaultdict(list)
    for i, start, end, *key in table.each("from_month", "to_month", *fields):
        if start and None not in key and table.readable(i, "to_month") and (end is None or start <= end):
            found[tuple(key)].append(_Span(start, end or _OPEN, i))
    return found


def _next(month: Month) -> Month:
    return Month(month.year + month.month // 12, month.month % 12 + 1)


@rule(
    "PEO-004", ERROR, "任职的结束不能早于起始",
    why="先后颠倒，就算不出任职时间",
    remedy="请核对两个年月",
    source="常识",
)  # fmt: skip
def posts_end_after_start(registry: Registry) -> Iterator[Hit]:
    for name in ("posts", "public_posts"):
        posts = registry[name]
        for i, start, end, person in posts.each("from_month", "to_month", "person"):
            if start and end and end < start:
                who = registry.name_of("people", person)
                yield posts.hit(i, "to_month", f"{who}的任职 {start} 起、{end} 止，先后颠倒")


@rule(
    "PEO-005", WARNING, "不得同时担任的社会职务不宜由同一人兼任",
    why="两职一般不交叉安排",
    remedy="请与组织、统战部门核对；确属允许的不必理会",
    source="参数“不得同时担任”（各地推荐工作通知）",
)  # fmt: skip
def no_conflicting_offices(registry: Registry) -> Iterator[Hit]:
    posts = registry["public_posts"]
    barred = set(registry.settings.list_of("不得同时担任"))
    now = month_of(registry.today)
    held: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, person, post, start, end in posts.each("person", "post", "from_month", "to_month"):
        readable = posts.readable(i, "from_month", "to_month")
        current = readable and (start is None or start <= now) and (end is None or end >= now)
        if person and post in barred and current:
            held[person].append((i, post))
    for person, offices in held.items():
        kinds = list(dict.fromkeys(post for _, post in offices))
        if len(kinds) > 1:
            yield posts.hit(offices[-1][0], "post", f"{registry.name_of('people', person)}同时担任{'和'.join(kinds)}")


@rule(
    "PEO-011", ERROR, "同一个人的同一个职务，任期不能重叠",
    why="同一任职登记了两次，或者有一任没有填结束",
    remedy="请核对两任的起止，重复的删去一行",
    source="常识",
)  # fmt: skip
def no_overlapping_terms(registry: Registry) -> Iterator[Hit]:
    for name, fields in (("posts", ("person", "organisation", "post")), ("public_posts", ("person", "post", "level"))):
        posts = registry[name]
        for key, spans in _spans(posts, *fields).items():
            for before, after in after_latest(spans):
                # One term may end in the month in which the next begins.
                overlapping = after.start < before.end or after[:2] == before[:2]
                if overlapping and not _successive(posts, before, after):
                    what = f"{registry.name_of('people', key[0])}的{posts['post'][after.row]}与{posts.nth_row(before.row, after.row)}任期重叠"
                    yield posts.hit(after.row, "from_month", what)


def _successive(posts: Table, before: _Span, after: _Span) -> bool:
    """Whether these are two terms of an elected office: the new one runs from election day, the old one ends with the
    first meeting, a few months later."""
    terms = [posts["term"][span.row] for span in (before, after)] if "term" in posts.columns else [None, None]
    months = (before.end.year - after.start.year) * 12 + before.end.month - after.start.month
    return None not in terms and terms[0] != terms[1] and months <= 3


@rule(
    "PEO-012", WARNING, "会长、理事长一类的职务，同一时间一个组织只有一人",
    why="前任没有填结束，名单里就会有两个会长",
    remedy="请给前任填上结束年月",
    source="参数“一人担任的职务”（惯例）",
)  # fmt: skip
def one_chief_at_a_time(registry: Registry) -> Iterator[Hit]:
    posts = registry["posts"]
    single = set(registry.settings.list_of("一人担任的职务"))
    for (organisation, post), spans in _spans(posts, "organisation", "post").items():
        if post not in single:
            continue
        for last, span in after_latest(spans):
            if span.start < last.end and posts["person"][span.row] != posts["person"][last.row]:
                others = [registry.name_of("people", posts["person"][s.row]) for s in (last, span)]
                what = f"{registry.name_of('organisations', organisation)}的{post}，{others[0]}和{others[1]}任期重叠"
                yield posts.hit(span.row, "from_month", what)


@rule(
    "PEO-013", HINT, "任职的起始不早于组织成立",
    why="成立日期或任职起始必有一处填错",
    remedy="请核对成立日期和任职起始；筹备期间的不必理会",
    source="常识",
)  # fmt: skip
def post_after_founding(registry: Registry) -> Iterator[Hit]:
    posts, founded_on = registry["posts"], registry.once(known_foundings)
    for i, person, organisation, start in posts.each("person", "organisation", "from_month"):
        founded = founded_on.get(organisation)
        if start and founded and start < month_of(founded):
            who, where = registry.name_of("people", person), registry.name_of("organisations", organisation)
            yield posts.hit(i, "from_month", f"{who} {start} 起任职，{where} {founded} 才成立")


@rule(
    "PEO-014", WARNING, "组织注销以后，任职要填结束",
    why="不填结束，这个人还会当作在任的统计和通知",
    remedy="请填上结束年月",
    source="惯例",
)  # fmt: skip
def no_post_in_dissolved(registry: Registry) -> Iterator[Hit]:
    posts, status_of = registry["posts"], registry["organisations"].mapping("status")
    now = month_of(registry.today)
    for i, person, organisation, end in posts.each("person", "organisation", "to_month"):
        if status_of.get(organisation) == "已注销" and (end is None or end > now) and posts.readable(i, "to_month"):
            who, where = registry.name_of("people", person), registry.name_of("organisations", organisation)
            yield posts.hit(i, "to_month", f"{where}已注销，{who}的任职没有结束")


@rule(
    "PEO-015", HINT, "连任的两任之间一般不断开",
    why="中间多半漏填了一任，简历里会有空档",
    remedy="请补上漏填的一任，或核对起止",
    source="惯例",
)  # fmt: skip
def no_gap_between_terms(registry: Registry) -> Iterator[Hit]:
    posts = registry["posts"]
    for (person, _, post), spans in _spans(posts, "person", "organisation", "post").items():
        for before, after in after_latest(spans):
            if before.end != _OPEN and after.start > _next(before.end):
                what = f"{registry.name_of('people', person)}的{post} {before.end} 止，{after.start} 又起，中间断开"
                yield posts.hit(after.row, "from_month", what)
