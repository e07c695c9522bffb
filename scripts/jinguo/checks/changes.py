"""Rules about what happens to organisations: changes of tier, status, head and name, and the way to registration."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.dates import add_months

#: What a change is of, and the column of 社会组织 that must agree with the last one. 负责人 is written as a name, so it is not compared.
_FIELDS = {"层级": "tier", "登记状态": "status", "名称": "name"}
_STATUSES = ("未登记", "已备案", "已登记", "已注销")
_STAGES = ("意向", "咨询", "名称核准", "材料准备", "受理", "准予备案", "准予登记")
#: How far each is on the way; the name and the papers are prepared in either order.
_RANKS = {"意向": 0, "咨询": 1, "名称核准": 2, "材料准备": 2, "受理": 3, "准予备案": 4, "准予登记": 4}
_GRANTED = {"准予登记": ("未登记", "已备案"), "准予备案": ("未登记",)}
#: What a dissolved organisation no longer does: the table, its column of organisations, its date, what it is called.
_WORK = (
    ("services", "organisation", "date", "服务活动"),
    ("projects", "contractor", "starts", "承接项目"),
    ("incubations", "organisation", "date", "登记孵化"),
    ("duty_log", "organisation", "date", "值班"),
)


def _typed(registry: Registry, item: str, text: str | None) -> Any:
    """An old or new value as the column of 社会组织 would read it; None where it is empty or cannot be read."""
    field = registry["organisations"].spec.by_name[_FIELDS[item]]
    return field.type.parser(registry.settings.vocabularies)(text).value if text else None


def _sequences(registry: Registry) -> dict[tuple[str, str], list[tuple[datetime.date, int]]]:
    """The changes of each organisation and item up to today, earliest first."""
    found: defaultdict[tuple[str, str], list[tuple[datetime.date, int]]] = defaultdict(list)
    for i, organisation, date, item in registry["changes"].each("organisation", "date", "item"):
        if organisation and item in _FIELDS and date and date <= registry.today:
            found[organisation, item].append((date, i))
    return {key: sorted(rows) for key, rows in found.items()}


@rule(
    "ORG-018", ERROR, "变动表里最后一次的层级、登记状态、名称，要与社会组织表里的一致",
    why="两处不一致，就不知道现在是什么情况",
    remedy="请核对变动表和社会组织表",
    source="惯例",
)  # fmt: skip
def changes_agree(registry: Registry) -> Iterator[Hit]:
    changes, organisations = registry["changes"], registry["organisations"]
    for (organisation, item), rows in _sequences(registry).items():
        i = rows[-1][1]
        new, now = _typed(registry, item, changes["new"][i]), organisations.value(organisation, _FIELDS[item])
        if new and now and new != now:
            what = f"{registry.name_of('organisations', organisation)}的{item}最后变为“{new}”，社会组织表里是“{now}”"
            yield changes.hit(i, "new", what)


@rule(
    "CHG-001", ERROR, "层级、登记状态的变动要写可选范围里的内容",
    why="写法不对，就没法与社会组织表核对",
    remedy="请改成可选范围里的内容",
    source="填表的要求",
)  # fmt: skip
def change_is_a_choice(registry: Registry) -> Iterator[Hit]:
    changes, spec = registry["changes"], registry["organisations"].spec
    for i, item, new in changes.each("item", "new"):
        if item in ("层级", "登记状态") and new and _typed(registry, item, new) is None:
            choices = spec.by_name[_FIELDS[item]].type.choices(registry.settings.vocabularies)
            yield changes.hit(i, "new", f"{item}变为“{new}”，不在可选范围", f"请改成：{'、'.join(choices)}")


@rule(
    "CHG-002", ERROR, "变动的新值要和原值不同",
    why="没有变化就不是变动，多半抄错了一格",
    remedy="请核对原值和新值",
    source="常识",
)  # fmt: skip
def change_changes(registry: Registry) -> Iterator[Hit]:
    changes = registry["changes"]
    for i, organisation, item, old, new in changes.each("organisation", "item", "old", "new"):
        same = old == new if item not in _FIELDS else _typed(registry, item, old) == _typed(registry, item, new)
        if item and old and new and same and (item not in _FIELDS or _typed(registry, item, new)):
            yield changes.hit(
                i, "new", f"{registry.name_of('organisations', organisation)}的{item}由“{old}”变为“{new}”"
            )


@rule(
    "CHG-003", WARNING, "变动的原值要接上一次的新值",
    why="接不上，多半是中间漏记了一次变动",
    remedy="请补记漏掉的变动，或改正原值",
    source="惯例",
)  # fmt: skip
def changes_connect(registry: Registry) -> Iterator[Hit]:
    changes = registry["changes"]
    for (organisation, item), rows in _sequences(registry).items():
        for (first_day, first), (day, i) in pairwise(rows):
            before, old = _typed(registry, item, changes["new"][first]), _typed(registry, item, changes["old"][i])
            if before and old and before != old and first_day < day:
                who = registry.name_of("organisations", organisation)
                yield changes.hit(i, "old", f"{who}的{item} {first_day} 变为“{before}”，{day} 的原值却是“{old}”")


@rule(
    "CHG-004", WARNING, "登记状态由未登记、已备案、已登记到已注销，一般不倒退",
    why="倒退多半是原值和新值填反了",
    remedy="请核对原值和新值；重新成立的组织用新的编号",
    source="惯例",
)  # fmt: skip
def status_goes_forward(registry: Registry) -> Iterator[Hit]:
    changes = registry["changes"]
    for i, organisation, item, old, new in changes.each("organisation", "item", "old", "new"):
        if item == "登记状态":
            before, after = _typed(registry, item, old), _typed(registry, item, new)
            if before and after and _STATUSES.index(after) < _STATUSES.index(before):
                yield changes.hit(
                    i, "new", f"{registry.name_of('organisations', organisation)}的登记状态由{before}变为{after}"
                )


@rule(
    "CHG-005", HINT, "注销要在变动表里记下日期",
    why="没有注销日期，就分不清哪些工作在注销以后",
    remedy="请在变动表补一行：登记状态 → 已注销",
    source="惯例",
)  # fmt: skip
def dissolution_is_recorded(registry: Registry) -> Iterator[Hit]:
    organisations, changes = registry["organisations"], registry["changes"]
    if not changes.present or changes.unclear("organisation", "item", "new"):
        return
    # Where the last change of status is another one, ORG-018 tells.
    recorded = {o for _, o, item in changes.each("organisation", "item") if item == "登记状态"}
    for i, number, status, name in organisations.each("number", "status", "who"):
        if status == "已注销" and number and number not in recorded:
            yield organisations.hit(i, "status", f"{name}已注销，变动表里没有注销的日期")


@rule(
    "CHG-006", WARNING, "注销以后不再有活动、项目、孵化和值班",
    why="组织编号或日期必有一处填错",
    remedy="请核对组织编号、日期和注销日期",
    source="惯例",
)  # fmt: skip
def no_work_after_dissolution(registry: Registry) -> Iterator[Hit]:
    changes = registry["changes"]
    ended = {
        o: rows[-1][0]
        for (o, item), rows in _sequences(registry).items()
        if item == "登记状态" and changes["new"][rows[-1][1]] == "已注销"
    }
    for name, column, field, label in _WORK:
        table = registry[name]
        for i, organisation, day in table.each(column, field):
            # Other than a project, what is dated in the future is DAT-001's to say.
            known = day and (day <= registry.today or name == "projects")
            if organisation in ended and known and day > ended[organisation]:
                who = registry.name_of("organisations", organisation)
                yield table.hit(i, field, f"{who} {ended[organisation]} 已注销，{day} 还有{label}")


@rule(
    "CHG-007", ERROR, "登记孵化的各个阶段要依次在后，退回、准予备案以后才重来",
    why="先后颠倒，必有一个日期或阶段填错",
    remedy="请核对阶段和日期",
    source="登记、备案的办理顺序",
)  # fmt: skip
def stages_in_order(registry: Registry) -> Iterator[Hit]:
    incubations = registry["incubations"]
    for organisation, steps in _incubations(registry).items():
        furthest = (-1, steps[0][0], "")
        for day, i in steps:
            stage = incubations["stage"][i]
            rank = _RANKS.get(stage, -1)
            # Asking again is no step back.
            if rank < furthest[0] and stage not in ("意向", "咨询", "退回"):
                who = registry.name_of("organisations", organisation)
                yield incubations.hit(i, "date", f"{who} {furthest[1]} 已到“{furthest[2]}”，{day} 又是“{stage}”")
            elif rank >= furthest[0]:
                furthest = (rank, day, stage)
            if stage in ("退回", *_GRANTED):
                # What follows is another attempt: after filing, the registration.
                furthest = (-1, day, stage)


def _incubations(registry: Registry) -> dict[str, list[tuple[datetime.date, int]]]:
    """The steps of each organisation up to today, earliest first; those of one day in the order of the stages."""
    table = registry["incubations"]
    found: defaultdict[str, list[tuple[datetime.date, int]]] = defaultdict(list)
    for i, organisation, stage, day in table.each("organisation", "stage", "date"):
        if organisation and stage and day and day <= registry.today:
            found[organisation].append((day, i))
    order = {stage: n for n, stage in enumerate((*_STAGES, "退回"))}
    return {o: sorted(steps, key=lambda step: (step[0], order[table["stage"][step[1]]])) for o, steps in found.items()}


@rule(
    "CHG-008", WARNING, "准予登记、准予备案以后，登记状态要更新",
    why="不更新，登记数和备案数都会少算",
    remedy="请更新社会组织表的登记状态，并在变动表记一行",
    source="惯例",
)  # fmt: skip
def granted_is_registered(registry: Registry) -> Iterator[Hit]:
    incubations, organisations = registry["incubations"], registry["organisations"]
    for organisation, steps in _incubations(registry).items():
        day, i = steps[-1]
        stage, status = incubations["stage"][i], organisations.value(organisation, "status")
        if status in _GRANTED.get(stage, ()):
            yield incubations.hit(
                i, "stage", f"{registry.name_of('organisations', organisation)} {day} {stage}，登记状态还是{status}"
            )


@rule(
    "CHG-009", WARNING, "准予登记的日期要与登记日期相近",
    why="两处相差太多，必有一处填错，年检从登记日期算起",
    remedy="请对照登记证书核对两个日期",
    source="惯例（相差三十天以内）",
)  # fmt: skip
def grant_agrees_with_registration(registry: Registry) -> Iterator[Hit]:
    incubations, organisations = registry["incubations"], registry["organisations"]
    for i, organisation, stage, day in incubations.each("organisation", "stage", "date"):
        registered = organisations.value(organisation, "registered_on")
        if stage == "准予登记" and day and day <= registry.today and registered and abs((registered - day).days) > 30:
            yield incubations.hit(
                i,
                "date",
                f"{registry.name_of('organisations', organisation)} {day} 准予登记，登记日期却是 {registered}",
            )


@rule(
    "CHG-010", HINT, "孵化停了几个月要过问",
    why="没有人跟进，组织就一直登记不下来",
    remedy="请联系该组织，记下新的进展",
    source="参数“孵化停滞月数”（本单位惯例）",
)  # fmt: skip
def incubation_goes_on(registry: Registry) -> Iterator[Hit]:
    incubations, organisations = registry["incubations"], registry["organisations"]
    if incubations.unclear("organisation", "stage", "date"):
        return
    months = int(registry.settings.parameter("孵化停滞月数"))
    for organisation, steps in _incubations(registry).items():
        day, i = steps[-1]
        stage, status = incubations["stage"][i], organisations.value(organisation, "status")
        if stage not in _GRANTED and status in ("未登记", "已备案") and add_months(day, months) < registry.today:
            yield incubations.hit(
                i, "date", f"{registry.name_of('organisations', organisation)} {day} 到“{stage}”以后没有进展"
            )
