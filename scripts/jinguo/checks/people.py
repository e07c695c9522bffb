"""Rules about people: identity, age, education, family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.codes import birth_month, id_sex
from jinguo.schema.dates import Month, month_of

_ELDERS = (
    "父亲",
    "母亲",
    "父",
    "母",
    "公公",
    "婆婆",
    "岳父",
    "岳母",
    "祖父",
    "祖母",
    "外祖父",
    "外祖母",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
)
_CHILDREN = ("儿子", "女儿", "子", "女", "子女", "长子", "长女", "次子", "次女", "孙子", "孙女", "外孙", "外孙女")
_NO_DEGREE = ("小学", "初中", "高中", "中专", "大专")


def _births(registry: Registry) -> list[Month | None]:
    """The month of birth in each row in which nothing is wrong with it: one in the future, or other than the identity
    number's, has been said (DAT-001, PEO-001), and nothing follows from it."""
    this_month = month_of(registry.today)
    return [
        born if born and born <= this_month and (not by_number or by_number == born) else None
        for born, by_number in zip(registry["people"]["born"], registry.once(_births_by_number), strict=True)
    ]


def _births_by_number(registry: Registry) -> list[Month | None]:
    """The month of birth in each row's identity number."""
    return [birth_month(number) if number else None for number in registry["people"]["id_number"]]


def known_births(registry: Registry) -> dict[str, Month]:
    """The month of birth of each person in which nothing is wrong."""
    births = registry.once(_births)
    return {person: births[i] for person, i in registry["people"].index_of.items() if births[i]}


@rule(
    "PEO-001", ERROR, "身份证号里的出生日期要与出生年月一致",
    why="两处不一致，年龄就会算错",
    remedy="请对照身份证，改正其中填错的一个",
    source="GB 11643—1999 第 7～14 位",
)  # fmt: skip
def birth_agrees_with_id(registry: Registry) -> Iterator[Hit]:
    people = registry["people"]
    this_month = month_of(registry.today)
    for (i, born, name), by_number in zip(people.each("born", "who"), registry.once(_births_by_number), strict=True):
        # One in the future is DAT-001's to say.
        if by_number and born and by_number != born and born <= this_month:
            yield people.hit(i, "born", f"{name}的出生年月是 {born}，身份证号里是 {by_number}")


@rule(
    "PEO-002", ERROR, "身份证号第 17 位男为奇数、女为偶数，要与性别一致",
    why="性别错了，名单里的（女）就会注错",
    remedy="请对照身份证，改正其中填错的一个",
    source="GB 11643—1999 顺序码",
)  # fmt: skip
def sex_agrees_with_id(registry: Registry) -> Iterator[Hit]:
    people = registry["people"]
    for i, number, sex, name in people.each("id_number", "sex", "who"):
        if number and sex and id_sex(number) != sex:
            yield people.hit(i, "sex", f"{name}的性别是{sex}，按身份证号应为{id_sex(number)}")


@rule(
    "PEO-003", ERROR, "参加工作、从事社会工作不能早于 13 周岁",
    why="从业年限会算错，影响报考资格",
    remedy="请核对出生年月和工作时间",
    source="常识；《劳动法》第十五条禁止招用未满十六周岁的未成年人",
)  # fmt: skip
def work_after_childhood(registry: Registry) -> Iterator[Hit]:
    for start in _starts_of_work(registry):
        if start.since < Month(start.born.year + 13, start.born.month):
            said = f"{start.name} {start.born} 出生，{start.label}却是 {start.since}"
            yield registry["people"].hit(start.row, start.field, said)


@rule(
    "PEO-016", WARNING, "参加工作、从事社会工作一般在 14 周岁以后",
    why="从业年限会算错，影响报考资格",
    remedy="请核对出生年月和工作时间；确是这样的不必理会",
    source="常识；《劳动法》第十五条禁止招用未满十六周岁的未成年人",
)  # fmt: skip
def work_at_thirteen(registry: Registry) -> Iterator[Hit]:
    for start in _starts_of_work(registry):
        born = start.born
        if Month(born.year + 13, born.month) <= start.since < Month(born.year + 14, born.month):
            said = f"{start.name} {born} 出生，{start.label}是 {start.since}，只有 13 周岁"
            yield registry["people"].hit(start.row, start.field, said)


class _Start(NamedTuple):
    """When somebody is said to have begun to work, or social work: the row and column, and what to call them."""

    row: int
    field: str
    label: str
    name: str
    born: Month
    since: Month


def _starts_of_work(registry: Registry) -> Iterator[_Start]:
    births = registry.once(_births)
    for field, label in (("working_since", "参加工作时间"), ("social_work_since", "从事社会工作起始年月")):
        for i, since, name in registry["people"].each(field, "who"):
            if since and births[i]:
                yield _Start(i, field, label, name, births[i], since)


@rule(
    "PEO-017", HINT, "台账里的人一般在 16 至 100 周岁之间",
    why="多半是出生年月填错，年龄就算错了",
    remedy="请对照身份证核对；确是这样的不必理会",
    source="常识",
)  # fmt: skip
def plausible_age(registry: Registry) -> Iterator[Hit]:
    people, today = registry["people"], registry.today
    for i, name in people.each("who"):
        born = registry.once(_births)[i]
        if born and not 16 <= (age := today.year - born.year - (today.month < born.month)) <= 100:
            yield people.hit(i, "born", f"{name} {born} 出生，今年 {age} 周岁")


@rule(
    "PEO-007", WARNING, "有学士以上学位的，学历应是本科以上",
    why="学历填低了，报考资格和推荐条件都会算错",
    remedy="请对照毕业证书、学位证书核对",
    source="《学位法》；以本人证书为准",
)  # fmt: skip
def degree_with_education(registry: Registry) -> Iterator[Hit]:
    people = registry["people"]
    for i, education, degree, name in people.each("education", "degree", "who"):
        if degree and education in _NO_DEGREE:
            yield people.hit(i, "education", f"{name}的学位是{degree}，学历却填{education}")


@rule(
    "PEO-008", WARNING, "父母长辈早于本人出生，子女晚于本人出生",
    why="推荐登记表里的家庭成员会闹笑话",
    remedy="请核对称谓和出生年月",
    source="常识",
)  # fmt: skip
def family_in_order(registry: Registry) -> Iterator[Hit]:
    family, born_of = registry["family"], registry.once(known_births)
    for i, person, relation, born, name in family.each("person", "relation", "born", "name"):
        own = born_of.get(person)
        if born and own and (born >= own if relation in _ELDERS else relation in _CHILDREN and born <= own):
            who = registry.name_of("people", person)
            yield family.hit(i, "born", f"{who} {own} 出生，{relation}{name or ''}却是 {born} 出生")


@rule(
    "PEO-009", HINT, "任职时一般已满十八周岁",
    why="多半是出生年月或任职起始填错",
    remedy="请核对出生年月和任职起始",
    source="惯例；人大代表须满十八周岁（《选举法》第四条）",
)  # fmt: skip
def of_age_in_post(registry: Registry) -> Iterator[Hit]:
    born_of = registry.once(known_births)
    for name in ("posts", "public_posts"):
        posts = registry[name]
        for i, person, post, start in posts.each("person", "post", "from_month"):
            born = born_of.get(person)
            if born and start and start < Month(born.year + 18, born.month):
                yield posts.hit(
                    i, "from_month", f"{registry.name_of('people', person)} {born} 出生，{start} 就任{post or '职'}"
                )


@rule(
    "PEO-010", HINT, "组织的负责人要留手机",
    why="没有电话，通知和签到都联系不上",
    remedy="请补上手机",
    source="惯例",
)  # fmt: skip
def head_can_be_called(registry: Registry) -> Iterator[Hit]:
    people, organisations = registry["people"], registry["organisations"]
    if "mobile" not in people.letters:
        return
    heads = {head for _, head, status in organisations.each("head", "status") if head and status != "已注销"}
    for i, number, mobile, name in people.each("number", "mobile", "who"):
        if number in heads and mobile is None and people.readable(i, "mobile"):
            yield people.hit(i, "mobile", f"{name}是组织的负责人，没有填手机")
