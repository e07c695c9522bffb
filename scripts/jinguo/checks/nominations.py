"""Rules about batches of nominations: what must be right before a list is drawn up."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.nearest import nearest
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import batch_rows, batches
from jinguo.nominations.conditions import BadCondition, compare, quota_matches
from jinguo.registry import Hit, Registry

_ELECTION = "《选举法》"


@rule("NOM-001", ERROR, "一个人在一个批次里只能推荐一次", "请核对后保留一行", "惯例")
def candidate_once(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    seen: dict[tuple, int] = {}
    for i, batch, person in table.each("batch", "person"):
        if batch and person:
            if (batch, person) in seen:
                first = table.rows[seen[batch, person]]
                yield table.hit(i, "person", f"{registry.name_of('people', person)}在 {batch} 里与第 {first} 行重复")
            seen.setdefault((batch, person), i)


@rule("NOM-002", ERROR, "推荐人选在截止日期要达到最低年龄", "请核对出生年月，或撤下人选", _ELECTION + "第四条；参数“代表最低年龄”")
def candidate_of_age(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    least = int(registry.settings.parameter("代表最低年龄"))
    for batch in batches(registry):
        attributes = Attributes(registry, batch.closing)
        for i in batch_rows(registry, "candidates", batch):
            person = table["person"][i]
            age = attributes.of(person, "年龄").value if person else None
            if age is not None and age < least:
                yield table.hit(i, "person", f"{registry.name_of('people', person)}在 {batch.closing} 只有 {age} 周岁")


@rule("NOM-003", WARNING, "现任不得兼任的职务的人不宜推荐", "请与组织、统战部门核对", "参数“不得同时担任”（各地推荐工作通知，二手来源）")
def candidate_without_conflict(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    barred = registry.settings.list_of("不得同时担任")
    hidden = _people_with_unclear_posts(registry)
    for batch in batches(registry):
        if batch.office not in barred:
            continue
        attributes = Attributes(registry, batch.closing)
        for i in batch_rows(registry, "candidates", batch):
            person = table["person"][i]
            held = [p for p in attributes.of(person, "社会职务").value if p in barred and p != batch.office] if person else []
            if held and person not in hidden:
                yield table.hit(i, "person", f"{registry.name_of('people', person)}现任{held[0]}，又被推荐为{batch.office}")


def _people_with_unclear_posts(registry: Registry) -> set[str]:
    """People of whom a public post's span could not be read."""
    posts = registry["public_posts"]
    return {p for i, p in posts.each("person") if not posts.readable(i, "from_month", "to_month")}


@rule("NOM-004", WARNING, "人选要多于或等于名单人数", "请补充人选，或核对名额和差额", _ELECTION + "第三十一条（差额选举）")
def enough_candidates(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    if not table.present:
        return
    for batch in batches(registry):
        rows = batch_rows(registry, "candidates", batch)
        people = {table["person"][i] for i in rows} - {None}
        if len(people) < batch.size and all(table.readable(i, "person") for i in rows) and not table.unclear("batch"):
            yield registry["batches"].hit(batch.index, "seats", f"{batch.name}要 {batch.size} 人，人选只有 {len(people)} 人")


@rule("NOM-005", ERROR, "结构要求要有可能满足：最少不大于最多，也不大于名单人数", "请核对最少、最多和名额", "惯例")
def quota_possible(registry: Registry) -> Iterator[Hit]:
    table = registry["quotas"]
    for batch in batches(registry):
        for i in batch_rows(registry, "quotas", batch):
            least, most = table["least"][i], table["most"][i]
            low = least.people(batch.size, at_least=True) if least else 0
            high = most.people(batch.size, at_least=False) if most else batch.size
            label = f"“{table['dimension'][i] or '（未填）'}：{table['value'][i] or '（未填）'}”"
            if low > batch.size:
                yield table.hit(i, "least", f"{label}最少 {low} 人，名单只有 {batch.size} 人")
            elif low > high:
                yield table.hit(i, "least", f"{label}最少 {low} 人，最多却是 {high} 人")


@rule("NOM-006", WARNING, "满足结构要求的人选要够最少人数", "请补充人选，或调整结构要求", "惯例")
def quota_has_people(registry: Registry) -> Iterator[Hit]:
    table, candidates = registry["quotas"], registry["candidates"]
    for batch in batches(registry):
        attributes = Attributes(registry, batch.closing)
        people = {candidates["person"][i] for i in batch_rows(registry, "candidates", batch)} - {None}
        for i in batch_rows(registry, "quotas", batch):
            dimension, wanted, least = table["dimension"][i], table["value"][i], table["least"][i]
            if not least or not dimension or not wanted or not attributes.knows(dimension):
                continue
            try:
                fitting = sum(quota_matches(attributes.of(p, dimension), wanted, registry.settings.vocabularies) for p in people)
            except BadCondition:
                continue
            low = least.people(batch.size, at_least=True)
            if fitting < low <= batch.size:
                yield table.hit(i, "least", f"“{dimension}：{wanted}”最少 {low} 人，人选里只有 {fitting} 人")


@rule("NOM-007", WARNING, "到截止日期，联审部门的意见都要回复", "请催办后填上意见和日期", "推荐工作惯例")
def opinions_in_time(registry: Registry) -> Iterator[Hit]:
    table = registry["opinions"]
    for batch in batches(registry):
        for i in batch_rows(registry, "opinions", batch):
            if registry.today >= batch.closing and table["opinion"][i] == "待复":
                who = registry.name_of("people", table["person"][i])
                yield table.hit(i, "opinion", f"{batch.closing} 已截止，{table['department'][i] or '这个部门'}对{who}的意见还是待复")


@rule("NOM-008", ERROR, "条件、维度要写人员或组织的栏目名，或：年龄、学时、出勤率、证书、项目数、服务人次、社会职务、职务", "请改成栏目名", "惯例")
def condition_is_known(registry: Registry) -> Iterator[Hit]:
    attributes = Attributes(registry, registry.today)
    for name, field in (("requirements", "field"), ("quotas", "dimension")):
        table = registry[name]
        for i, condition in table.each(field):
            if condition and not attributes.knows(condition):
                guess = nearest(condition, attributes.names())
                yield table.hit(i, field, f"“{condition}”不是人员或组织的栏目", f"是不是“{guess}”？请改正" if guess else "")


@rule("NOM-009", ERROR, "值要与条件的种类相配：比多少用数字，比早晚用日期，选项用可选范围里的", "请改正值或比较", "惯例")
def condition_value_fits(registry: Registry) -> Iterator[Hit]:
    attributes = Attributes(registry, registry.today)
    vocabularies = registry.settings.vocabularies
    anyone = next((p for p in registry["people"]["number"] if p), "")
    requirements, quotas = registry["requirements"], registry["quotas"]
    for i, name, comparison, value in requirements.each("field", "comparison", "value"):
        if name and comparison and attributes.knows(name):
            try:
                compare(attributes.of(anyone, name), comparison, value or "", vocabularies)
            except BadCondition as trouble:
                yield requirements.hit(i, "value", f"“{name}{comparison}”的值有问题：{trouble}")
    for i, name, value in quotas.each("dimension", "value"):
        if name and value and attributes.knows(name):
            try:
                quota_matches(attributes.of(anyone, name), value, vocabularies)
            except BadCondition as trouble:
                yield quotas.hit(i, "value", f"“{name}”的取值有问题：{trouble}")


@rule("NOM-010", HINT, "按人大代表推荐的名单以姓名笔画为序", "请核对排序口径", "《浙江省县、乡两级人民代表大会代表选举实施细则》第三十五、三十六条")
def deputies_by_full_name(registry: Registry) -> Iterator[Hit]:
    table = registry["batches"]
    for i, office, order in table.each("office", "order"):
        if office == "人大代表" and order == "姓氏笔画":
            yield table.hit(i, "order", "推荐人大代表，排序口径填的是姓氏笔画")


@rule("NOM-011", WARNING, "不得兼任的两项职务，不宜推荐同一个人", "请只保留一处推荐", "参数“不得同时担任”（各地推荐工作通知，二手来源）")
def not_in_two_exclusive_batches(registry: Registry) -> Iterator[Hit]:
    table = registry["candidates"]
    barred = registry.settings.list_of("不得同时担任")
    office_of = {batch.number: batch.office for batch in batches(registry)}
    first: dict[str, str] = {}
    for i, batch, person in table.each("batch", "person"):
        office = office_of.get(batch)
        if person is None or office not in barred:
            continue
        if first.setdefault(person, office) != office:
            yield table.hit(i, "person", f"{registry.name_of('people', person)}已推荐为{first[person]}，又推荐为{office}")
