"""Rules about people and their posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry import Hit, Registry
from jinguo.schema.codes import birth_day, id_sex
from jinguo.schema.dates import Month, month_of


@rule("PEO-001", ERROR, "身份证号里的出生日期要与出生年月一致", "请对照身份证，改正其中填错的一个", "GB 11643—1999 第 7～14 位")
def birth_agrees_with_id(registry: Registry) -> Iterator[Hit]:
    people = registry["people"]
    for i, number, born, name in people.each("id_number", "born", "who"):
        if number and born and month_of(birth_day(number)) != born:
            yield people.hit(i, "born", f"{name}的出生年月是 {born}，身份证号里是 {month_of(birth_day(number))}")


@rule("PEO-002", ERROR, "身份证号第 17 位男为奇数、女为偶数，要与性别一致", "请对照身份证，改正其中填错的一个", "GB 11643—1999 顺序码")
def sex_agrees_with_id(registry: Registry) -> Iterator[Hit]:
    people = registry["people"]
    for i, number, sex, name in people.each("id_number", "sex", "who"):
        if number and sex and id_sex(number) != sex:
            yield people.hit(i, "sex", f"{name}的性别是{sex}，按身份证号应为{id_sex(number)}")


@rule("PEO-003", ERROR, "参加工作、从事社会工作不能早于 14 周岁", "请核对出生年月和工作时间", "常识；《劳动法》第十五条禁止招用未满十六周岁的未成年人")
def work_after_childhood(registry: Registry) -> Iterator[Hit]:
    people = registry["people"]
    for field, label in (("working_since", "参加工作时间"), ("social_work_since", "从事社会工作起始年月")):
        for i, born, since, name in people.each("born", field, "who"):
            if born and since and since < Month(born.year + 14, born.month):
                yield people.hit(i, field, f"{name} {born} 出生，{label}却是 {since}")


@rule("PEO-004", ERROR, "任职的结束不能早于起始", "请核对两个年月", "常识")
def posts_end_after_start(registry: Registry) -> Iterator[Hit]:
    for name in ("posts", "public_posts"):
        posts = registry[name]
        for i, start, end, person in posts.each("from_month", "to_month", "person"):
            if start and end and end < start:
                who = registry.name_of("people", person)
                yield posts.hit(i, "to_month", f"{who}的任职 {start} 起、{end} 止，先后颠倒")


@rule("PEO-005", WARNING, "不得同时担任的社会职务不宜由同一人兼任", "请与组织、统战部门核对；确属允许的不必理会", "参数“不得同时担任”（各地推荐工作通知）")
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


@rule("PEO-006", HINT, "同名的人要靠编号分开", "请确认是两个人；是同一个人就并成一行", "惯例")
def homonyms(registry: Registry) -> Iterator[Hit]:
    people = registry["people"]
    first: dict[str, int] = {}
    for i, name, number in people.each("name", "number"):
        if name is None or number is None:
            continue
        if name in first and number != people["number"][first[name]]:
            yield people.hit(i, "name", f"{name}与第 {people.rows[first[name]]} 行同名，编号不同")
        first.setdefault(name, i)
