"""Rules about batches of nominations and their candidates: what must be right before a list is drawn up."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, doubles, rule
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import Batch, batch_rows, batches
from jinguo.registry.tables import Hit, Registry

_ELECTION = "《选举法》"
_PRIVACY = "《个人信息保护法》第十三条、第二十三条、第二十五条"


@rule(
    "NOM-001", ERROR, "一个人在一个批次里只能推荐一次",
    why="重复的人会占两个名额",
    remedy="请核对后保留一行",
    source="惯例",
)  # fmt: skip
def candidate_once(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    for i, first in doubles(table, "batch", "person"):
        who = registry.name_of("people", table["person"][i])
        yield table.hit(i, "person", f"{who}在 {table['batch'][i]} 里与{table.nth_row(first, i)}重复")


@rule(
    "NOM-002", ERROR, "推荐人选在截止日期要达到最低年龄",
    why="不满法定年龄的没有被选举权",
    remedy="请核对出生年月，或撤下人选",
    source=_ELECTION + "第四条；参数“代表最低年龄”",
)  # fmt: skip
def candidate_of_age(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    least = int(registry.settings.parameter("代表最低年龄"))
    for batch in batches(registry):
        attributes = Attributes(registry, batch.closing, batch.day)
        for i in batch_rows(registry, "candidates", batch):
            person = table["person"][i]
            age = attributes.of(person, "年龄").value if person else None
            if age is not None and age < least:
                yield table.hit(i, "person", f"{registry.name_of('people', person)}在 {batch.closing} 只有 {age} 周岁")


@rule(
    "NOM-003", WARNING, "现任不得兼任的职务的人不宜推荐",
    why="两职一般不交叉安排，报上去会被退回",
    remedy="请与组织、统战部门核对",
    source="参数“不得同时担任”（各地推荐工作通知，二手来源）",
)  # fmt: skip
def candidate_without_conflict(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    barred = registry.settings.list_of("不得同时担任")
    hidden = _people_with_unclear_posts(registry)
    for batch in batches(registry):
        if batch.office not in barred:
            continue
        attributes = Attributes(registry, batch.closing, batch.day)
        for i in batch_rows(registry, "candidates", batch):
            person = table["person"][i]
            held = (
                [p for p in attributes.of(person, "社会职务").value or () if p in barred and p != batch.office]
                if person
                else []
            )
            if held and person not in hidden:
                yield table.hit(
                    i, "person", f"{registry.name_of('people', person)}现任{held[0]}，又被推荐为{batch.office}"
                )


def _people_with_unclear_posts(registry: Registry) -> set[str]:
    """People of whom a public post's span could not be read."""
    posts = registry["public_posts"]
    return {p for i, p in posts.each("person") if not posts.readable(i, "from_month", "to_month")}


@rule(
    "NOM-004", WARNING, "人选要多于或等于名单人数",
    why="人选不够，名单排不满，也谈不上差额",
    remedy="请补充人选，或核对名额和差额",
    source=_ELECTION + "第三十一条（差额选举）",
)  # fmt: skip
def enough_candidates(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    if not table.present:
        return
    for batch in batches(registry):
        rows = batch_rows(registry, "candidates", batch)
        people = {table["person"][i] for i in rows} - {None}
        if len(people) < batch.size and all(table.readable(i, "person") for i in rows) and not table.unclear("batch"):
            yield registry["batches"].hit(
                batch.index, "seats", f"{batch.name}要 {batch.size} 人，人选只有 {len(people)} 人"
            )


@rule(
    "NOM-010", HINT, "按人大代表推荐的名单以姓名笔画为序",
    why="排序不合规定，名单会被退回",
    remedy="请核对排序口径",
    source="《浙江省县、乡两级人民代表大会代表选举实施细则》第三十五、三十六条",
)  # fmt: skip
def deputies_by_full_name(registry: Registry) -> Iterator[Hit]:
    table = registry["batches"]
    for i, office, order in table.each("office", "order"):
        if office == "人大代表" and order == "姓氏笔画":
            yield table.hit(i, "order", "推荐人大代表，排序口径填的是姓氏笔画")


@rule(
    "NOM-011", WARNING, "不得兼任的两项职务，不宜推荐同一个人",
    why="两边都报上去，有一边要撤",
    remedy="请只保留一处推荐",
    source="参数“不得同时担任”（各地推荐工作通知，二手来源）",
)  # fmt: skip
def not_in_two_exclusive_batches(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    barred = registry.settings.list_of("不得同时担任")
    by_number = {batch.number: batch for batch in batches(registry)}
    before: dict[str, list[Batch]] = {}
    for i, number, person, pin in table.each("batch", "person", "pin"):
        batch = by_number.get(number)
        if person is None or batch is None or batch.office not in barred or pin == "不选":
            continue
        # Batches of different years are different elections.
        others = [
            b
            for b in before.get(person, [])
            if b.office != batch.office and abs((b.closing - batch.closing).days) <= 366
        ]
        if others:
            yield table.hit(
                i, "person", f"{registry.name_of('people', person)}已推荐为{others[0].office}，又推荐为{batch.office}"
            )
        before.setdefault(person, []).append(batch)


@rule(
    "NOM-015", ERROR, "人工确定入选的人不能多于名单人数",
    why="名单排不下，选不出来",
    remedy="请核对人工确定和名额、差额",
    source="惯例",
)  # fmt: skip
def pins_fit(registry: Registry) -> Iterator[Hit]:
    candidates = registry["candidates"]
    for batch in batches(registry):
        pinned = [i for i in batch_rows(registry, "candidates", batch) if candidates["pin"][i] == "入选"]
        if len(pinned) > batch.size:
            what = f"{batch.name}的名单 {batch.size} 人，人工确定入选 {len(pinned)} 人"
            yield candidates.hit(pinned[batch.size], "pin", what)


@rule(
    "NOM-016", WARNING, "公示不少于五个工作日",
    why="公示期不够，要重新公示",
    remedy="请核对公示工作日数",
    source="《党政领导干部选拔任用工作条例》公示不少于五个工作日；参数“公示最少工作日”",
)  # fmt: skip
def notice_long_enough(registry: Registry) -> Iterator[Hit]:
    table = registry["batches"]
    least = int(registry.settings.parameter("公示最少工作日"))
    for i, days, name in table.each("notice_days", "who"):
        if days is not None and days < least:
            yield table.hit(i, "notice_days", f"{name}只公示 {int(days)} 个工作日")


@rule(
    "NOM-017", WARNING, "公示在推荐截止以后",
    why="人选还没有确定就公示，名单可能要改",
    remedy="请核对公示起始和截止日期",
    source="推荐 → 资格审查 → 征求意见 → 确定 → 公示 → 报送的顺序",
)  # fmt: skip
def notice_after_closing(registry: Registry) -> Iterator[Hit]:
    table = registry["batches"]
    for i, closing, start, name in table.each("closing", "notice_from", "who"):
        if closing and start and start <= closing:
            yield table.hit(i, "notice_from", f"{name} {closing} 截止，{start} 就公示")


@rule(
    "NOM-018", HINT, "一个单位推荐的代表候选人不超过选区应选的名额，一个选区选一名至三名",
    why="推荐的人多于选区的名额，要退回重报；候选人多几名由选举委员会定",
    remedy="请核对选区、名额和差额：名额填选区应选的名额，差额不填",
    source=_ELECTION + "第二十六条、第三十条（第三十一条的差额说的是正式候选人）",
)  # fmt: skip
def no_more_than_the_constituency(registry: Registry) -> Iterator[Hit]:
    table = registry["batches"]
    for batch in batches(registry):
        if batch.office != "人大代表" or batch.level not in ("市", "镇街"):
            continue
        where = table["constituency"][batch.index]
        if batch.size > _MOST_SEATS and batch.seats > _MOST_SEATS:
            yield table.hit(batch.index, "seats", f"{batch.name}名额 {batch.seats} 名，一个选区最多选 {_MOST_SEATS} 名")
        elif batch.extra and (where or batch.size > _MOST_SEATS):
            what = f"{batch.name}推荐 {batch.size} 人，{where or '选区'}应选 {batch.seats} 人"
            yield table.hit(batch.index, "extra", what)


#: 《选举法》第二十六条.
_MOST_SEATS = 3


@rule(
    "NOM-019", HINT, "人选的个人信息报送、公示前要有本人同意",
    why="没有同意就对外提供、公示，本人可以追究",
    remedy="请取得同意后，在人员表填信息使用同意日期；依法履行职责不需同意的不必理会",
    source=_PRIVACY,
)  # fmt: skip
def candidate_consented(registry: Registry) -> Iterator[Hit]:
    candidates, people = registry["candidates"], registry["people"]
    if "consent_date" not in people.letters:
        return
    told: set[str] = set()
    for i, person in candidates.each("person"):
        row = people.index_of.get(person)
        if (
            row is None
            or person in told
            or people["consent_date"][row] is not None
            or not people.readable(row, "consent_date")
        ):
            continue
        told.add(person)
        yield candidates.hit(i, "person", f"{registry.name_of('people', person)}没有登记信息使用同意日期")
