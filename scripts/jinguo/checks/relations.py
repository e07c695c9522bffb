"""Rules about how organisations hang together: hubs, centres, heads, the federation's group members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jinguo.checks.people import known_births
from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.duty.spans import duty_spans
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.dates import Month, month_of

_LAW = "《社会团体登记管理条例》"
_LEVELS = ("村社区", "乡镇街道", "市级")


@rule(
    "ORG-012", ERROR, "社会团体的法定代表人不得同时担任其他社会团体的法定代表人",
    why="法规禁止，登记机关不会核准",
    remedy="请核对两个组织的法定代表人",
    source=_LAW + "第十二条",
)  # fmt: skip
def one_legal_representative(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    first: dict[str, int] = {}
    for i, kind, status, person, name in organisations.each("type", "status", "legal_representative", "who"):
        if kind != "社会团体" or status != "已登记" or person is None:
            continue
        if person in first:
            other = organisations["name"][first[person]]
            who = registry.name_of("people", person)
            yield organisations.hit(i, "legal_representative", f"{who}已是{other}的法定代表人，又填作{name}的")
        first.setdefault(person, i)


def _serving(registry: Registry) -> dict[tuple[str, str], list[str]]:
    """The posts each person holds in each organisation today; one whose end cannot be read may not have ended."""
    held: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    now = month_of(registry.today)
    for _, person, organisation, post, end in registry["posts"].each("person", "organisation", "post", "to_month"):
        if end is None or end >= now:
            held[person, organisation].append(post)
    return dict(held)


@rule(
    "ORG-013", WARNING, "组织的负责人要在 人员台账 › 任职 里有在任的一行",
    why="两处不一致，名单和通知会写错人",
    remedy="请在任职表补一行，或核对负责人",
    source="惯例",
)  # fmt: skip
def head_has_post(registry: Registry) -> Iterator[Hit]:
    organisations, posts = registry["organisations"], registry["posts"]
    if not posts.present:
        return
    serving = registry.once(_serving)
    unclear = {o for _, o, p in posts.each("organisation", "person") if p is None}
    hidden = {p for _, o, p in posts.each("organisation", "person") if o is None}
    for i, number, status, head, name in organisations.each("number", "status", "head", "who"):
        if (
            head
            and status != "已注销"
            and (head, number) not in serving
            and number not in unclear
            and head not in hidden
        ):
            yield organisations.hit(
                i, "head", f"{name}的负责人{registry.name_of('people', head)}在任职表里没有在任的职务"
            )


@rule(
    "ORG-014", ERROR, "枢纽组织的带动关系不能绕成圈，也不能是自己",
    why="绕成圈就没有真正的带动者",
    remedy="请核对枢纽组织一栏",
    source="惯例",
)  # fmt: skip
def hubs_without_cycle(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    hubs = organisations.mapping("hub")
    done: set[str] = set()
    for number in hubs:
        chain: dict[str, None] = {}
        current = number
        while current in hubs and current not in done and current not in chain:
            chain[current] = None
            current = hubs[current]
        if current in chain:
            # One finding for each loop, at its first organisation in the sheet.
            listed = list(chain)
            loop = listed[listed.index(current) :]
            first = min(loop, key=organisations.index_of.__getitem__)
            loop = loop[loop.index(first) :] + loop[: loop.index(first)]
            name = registry.name_of("organisations", first)
            yield organisations.hit(
                organisations.index_of[first], "hub", f"{name}的枢纽组织绕回了自己：{' → '.join([*loop, first])}"
            )
        done.update(chain)


@rule(
    "ORG-015", ERROR, "枢纽组织应是核心层或紧密层，大众层不带动别的组织",
    why="分层培育里，带动别人的是核心层和紧密层",
    remedy="请核对枢纽组织，或调整它的层级",
    source="本单位分层培育办法（核心层、紧密层、大众层）",
)  # fmt: skip
def hub_is_not_general(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, number, hub, name in organisations.each("number", "hub", "who"):
        if hub and hub != number and organisations.value(hub, "tier") == "大众层":
            yield organisations.hit(i, "hub", f"{name}的枢纽组织{registry.name_of('organisations', hub)}是大众层")


@rule(
    "ORG-031", WARNING, "枢纽组织不能是已注销的组织",
    why="注销了就不能再带动别的组织",
    remedy="请换一个枢纽组织，或清空",
    source="惯例",
)  # fmt: skip
def hub_is_alive(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, hub, status, name in organisations.each("hub", "status", "who"):
        if hub and status != "已注销" and organisations.value(hub, "status") == "已注销":
            yield organisations.hit(i, "hub", f"{name}的枢纽组织{registry.name_of('organisations', hub)}已注销")


@rule(
    "ORG-032", HINT, "枢纽组织的级别一般不低于它带动的组织",
    why="村社区一级的组织带动不了市级的组织，多半是填反了",
    remedy="请核对枢纽组织和级别",
    source="本单位分层培育办法（市、镇街、村社区三级）",
)  # fmt: skip
def hub_is_not_lower(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, number, hub, level, name in organisations.each("number", "hub", "level", "who"):
        # One of 大众层 leads nobody at any level, which is ORG-015's to say.
        above = organisations.value(hub, "level") if organisations.value(hub, "tier") != "大众层" else None
        if level and above and hub != number and _LEVELS.index(above) < _LEVELS.index(level):
            yield organisations.hit(
                i, "hub", f"{name}是{level}的，枢纽组织{registry.name_of('organisations', hub)}是{above}的"
            )


@rule(
    "ORG-033", WARNING, "进驻市中心的组织，服务中心应是市级中心",
    why="两栏不一致，值班和进驻统计会出错",
    remedy="请核对进驻市中心和服务中心",
    source="惯例",
)  # fmt: skip
def resident_of_city_centre(registry: Registry) -> Iterator[Hit]:
    organisations, centres = registry["organisations"], registry["centres"]
    for i, resident, centre, name in organisations.each("resident", "centre", "who"):
        level = centres.value(centre, "level")
        if resident == "是" and level and level != "市级":
            yield organisations.hit(
                i, "centre", f"{name}填作进驻市中心，服务中心{registry.name_of('centres', centre)}却是{level}的"
            )


@rule(
    "ORG-034", HINT, "进驻市中心的组织要轮流坐值",
    why="没有排进值班单位，就轮不到它值班",
    remedy="请在值班台账 › 值班单位补一行，或核对进驻市中心",
    source="进驻组织轮流坐值制",
)  # fmt: skip
def resident_takes_turns(registry: Registry) -> Iterator[Hit]:
    organisations, units = registry["organisations"], registry["duty_units"]
    if not units.present or units.unclear("organisation"):
        return
    listed = {organisation for organisation, _, end, _ in duty_spans(units) if end >= registry.today}
    for i, number, resident, status, name in organisations.each("number", "resident", "status", "who"):
        if resident == "是" and status != "已注销" and number and number not in listed:
            yield organisations.hit(i, "resident", f"{name}进驻市中心，不在值班单位里")


@rule(
    "ORG-038", HINT, "法定代表人由会长、理事长一类的负责人担任",
    why="由别人担任的要经批准，多半是填错了人",
    remedy="请对照登记证书核对法定代表人和任职",
    source="参数“法定代表人职务”（各地章程示范文本，二手来源）",
)  # fmt: skip
def legal_representative_leads(registry: Registry) -> Iterator[Hit]:
    organisations, posts = registry["organisations"], registry["posts"]
    if not posts.present or posts.unclear("person", "organisation", "post"):
        return
    leading = registry.settings.list_of("法定代表人职务")
    held = registry.once(_serving)
    for i, number, status, person, name in organisations.each("number", "status", "legal_representative", "who"):
        mine = held.get((person, number), [])
        if status == "已登记" and person and mine and not any(post in leading for post in mine):
            who = registry.name_of("people", person)
            yield organisations.hit(i, "legal_representative", f"{name}的法定代表人{who}，任职是{'、'.join(mine)}")


@rule(
    "ORG-039", HINT, "负责人的年龄一般有上限",
    why="超龄任职要先经批准",
    remedy="请与登记机关核对；有批准的不必理会",
    source="参数“负责人最高年龄”（章程示范文本的常见条款，未核实）",
)  # fmt: skip
def head_not_too_old(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    most = int(registry.settings.parameter("负责人最高年龄"))
    born_of = registry.once(known_births)
    now = month_of(registry.today)
    for i, status, head, name in organisations.each("status", "head", "who"):
        born = born_of.get(head)
        if status == "已登记" and born and Month(born.year + most + 1, born.month) <= now:
            age = now.year - born.year - (now.month < born.month)
            yield organisations.hit(
                i, "head", f"{name}的负责人{registry.name_of('people', head)} {age} 岁，超过 {most} 岁"
            )


@rule(
    "ORG-040", WARNING, "任职表里的法定代表人要与社会组织表一致",
    why="两处不一致，不知道该请谁签字",
    remedy="请对照登记证书，改正其中填错的一处",
    source="惯例",
)  # fmt: skip
def legal_representative_agrees(registry: Registry) -> Iterator[Hit]:
    organisations, posts = registry["organisations"], registry["posts"]
    named, now = organisations.mapping("legal_representative"), month_of(registry.today)
    serving = registry.once(_serving)
    for i, person, organisation, post, start, end in posts.each(
        "person", "organisation", "post", "from_month", "to_month"
    ):
        current = (
            posts.readable(i, "from_month", "to_month")
            and (start is None or start <= now)
            and (end is None or end >= now)
        )
        expected = named.get(organisation)
        # Where both stand there, the former one's post was not ended, which PEO-012 says.
        alone = post not in serving.get((expected, organisation), ())
        if post == "法定代表人" and current and person and expected and person != expected and alone:
            one, other = registry.name_of("people", person), registry.name_of("people", expected)
            yield posts.hit(
                i,
                "person",
                f"{registry.name_of('organisations', organisation)}的法定代表人，任职表是{one}，社会组织表是{other}",
            )
