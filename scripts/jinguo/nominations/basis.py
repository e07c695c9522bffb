"""What a list rests on, and what makes it doubtful: requirements, points, rows that nobody understood."""

from __future__ import annotations

from collections.abc import Iterable

from jinguo.common.findings import some_of
from jinguo.common.rounding import plain
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import Batch, BatchResult, Candidate, batch_rows
from jinguo.registry.tables import Registry
from jinguo.registry.uncounted import remarks, uncounted_rows

#: The tables whose rows make up a batch.
_OF_BATCH = ("candidates",)
#: And those by which it is judged: with a row of these not understood nobody knows what the list would be.
_JUDGED_BY = ("requirements", "quotas", "weights", "opinions")
#: Those that what is asked of candidates is computed from.
_BEHIND = (
    "events", "attendance", "certificates", "projects", "services", "public_posts", "posts", "exam_entries", "pass_marks", "inspections",
)  # fmt: skip


#: What of an event counts for those who came to it.
_HOURS_OF_EVENTS = ("number", "starts", "hours")
#: Where the conditions of a batch stand.
_ASKED = (("requirements", "field"), ("quotas", "dimension"), ("weights", "indicator"))


def batch_remarks(registry: Registry, attributes: Attributes, batch: Batch) -> list[str]:
    """Rows that may be of this batch and are in nothing that was worked out."""
    return (
        _not_understood(registry, batch, _OF_BATCH)
        + _without_posts(registry, attributes, batch)
        + remarks(registry, _BEHIND, {"events": _HOURS_OF_EVENTS})
        + _spoilt_cells(registry, attributes, batch)
    )


def without_basis(registry: Registry, attributes: Attributes, result: BatchResult) -> list[str]:
    """What the batch does not have that a list rests on."""
    batch, found = result.batch, []
    if not batch_rows(registry, "requirements", batch):
        found.append("这一批没有资格条件，没有审查过；请在 推荐台账.xlsx › 资格条件 里写上")
    if not has_order(result):
        found.append(
            f"符合条件的有 {sum(c.rank > 0 for c in result.candidates)} 人，要 {batch.size} 人，没有评分指标、考察评分，也没有人工确定，选谁没有依据"
        )
    if has_order(result) and not batch_rows(registry, "weights", batch) and any(c.rank for c in result.candidates):
        found.append("这一批没有评分指标，名次按优先加分、考察评分和姓氏笔画排")
    return found


def lacking_tables(registry: Registry, attributes: Attributes, batch: Batch) -> list[str]:
    """Conditions, quotas and indicators of the batch that rest on a table the office does not keep, or that is empty: with
    nothing to look at, everybody has nought."""
    sheets: dict[str, list[str]] = {}
    for name in _asked(registry, batch):
        if sheet := attributes.lacking(name):
            sheets.setdefault(sheet, []).append(name)
    return [f"没有“{sheet}”表或表是空的，{'、'.join(names)}查不了" for sheet, names in sheets.items()]


def _asked(registry: Registry, batch: Batch) -> list[str]:
    """What the conditions, quotas and indicators of the batch are about, each once."""
    names = (registry[table][field][i] for table, field in _ASKED for i in batch_rows(registry, table, batch))
    return list(dict.fromkeys(name for name in names if name))


def _spoilt_cells(registry: Registry, attributes: Attributes, batch: Batch) -> list[str]:
    """The cells of candidates and their organisations that are asked about and could not be read: they count as empty, and
    somebody else may be chosen."""
    people = (registry["candidates"]["person"][i] for i in batch_rows(registry, "candidates", batch))
    asked = [name for name in _asked(registry, batch) if attributes.is_kept(name)]
    found = []
    for person in dict.fromkeys(p for p in people if p):
        for name in asked:
            one = attributes.of(person, name)
            if not one.readable:
                found.append(f"{registry.name_of('people', person)}的{name}读不出，当作没有填（{one.place}）")
    return list(dict.fromkeys(found))


def _without_posts(registry: Registry, attributes: Attributes, batch: Batch) -> list[str]:
    """That the organisations of candidates are known by their heads alone, where anything is asked of these."""
    asked = _asked(registry, batch)
    if len(registry["posts"]) or not any(attributes.is_of_organisation(name) for name in asked):
        return []
    return ["没有“任职”表或表是空的，人选在哪个组织只按负责人认"]


def _not_understood(registry: Registry, batch: Batch, tables: Iterable[str]) -> list[str]:
    """The rows of these tables that may be of the batch and could not be read."""
    found = []
    for name in tables:
        table, numbers = registry[name], registry[name]["batch"]
        rows = [i for i in uncounted_rows(registry, name) if numbers[i] in (None, batch.number)]
        if rows:
            shown = some_of([table.place(i, "batch") for i in rows])
            found.append(f"“{table.spec.sheet}”表另有{len(rows)}行未能识别，未计入（{shown}）")
    return found


def undecided(registry: Registry, result: BatchResult) -> list[str]:
    """What keeps anybody from knowing the list: rows by which it is judged that were not understood, scores that some have
    and others not, two decisions about one person."""
    found = _not_understood(registry, result.batch, _JUDGED_BY)
    wanted = any(p.indicator == "考察评分" and p.weight for c in result.candidates for p in c.points)
    bare = [c.name for c in result.candidates if c.eligible and c.pin != "不选" and not c.assessed]
    if wanted and bare and any(c.assessed for c in result.candidates):
        found.append(f"{some_of(bare, 5)} {len(bare)} 人没有考察评分，按 0 分计就排不准")
    table = registry["candidates"]
    pins: dict[str, set[str | None]] = {}
    for i in batch_rows(registry, "candidates", result.batch):
        if table["person"][i]:
            pins.setdefault(table["person"][i], set()).add(table["pin"][i])
    found += [
        f"{registry.name_of('people', p)}在人选里有几行，人工确定不一致" for p, said in pins.items() if len(said) > 1
    ]
    return found


def shares_told(registry: Registry, result: BatchResult) -> list[str]:
    """Of a list of CPPCC members that the party has more of it, or women less, than the parameters say."""
    if result.batch.office != "政协委员" or not result.selected:
        return []
    people, size, settings = registry["people"], len(result.selected), registry.settings
    party = sum(people.value(c.person, "politics") in ("中共党员", "中共预备党员") for c in result.selected)
    women = sum(people.value(c.person, "sex") == "女" for c in result.selected)
    most, least = settings.number("政协中共党员最多比例"), settings.number("政协女委员最少比例")
    found = []
    if party * 100 > most * size:
        found.append(f"中共党员 {party} 人，超过名单 {size} 人的 {plain(most)}%（参数“政协中共党员最多比例”）")
    if women * 100 < least * size:
        found.append(f"女性 {women} 人，不到名单 {size} 人的 {plain(least)}%（参数“政协女委员最少比例”）")
    return found


def has_order(result: BatchResult) -> bool:
    """Whether anything but the strokes of names says who is chosen: points, a bonus, an assessment, pins for every place; or
    there is no choice."""
    ranked = [c for c in result.candidates if c.rank]
    if len(ranked) <= result.batch.size or sum(c.pin == "入选" for c in ranked) >= result.batch.size:
        return True
    return any(c.score or c.assessed for c in ranked)


def doubtful(registry: Registry, batch: Batch, candidates: list[Candidate]) -> list[str]:
    """What makes a list doubtful, whoever is on it: rows of nobody, people without a name."""
    table, people = registry["candidates"], registry["people"]
    found = []
    unknown = [i for i in batch_rows(registry, "candidates", batch) if table["person"][i] not in people.index_of]
    if unknown:
        found.append(
            f"{'、'.join(table.place(i, 'person') for i in unknown[:5])} 的人员编号空着或不在人员表，没有算进人选"
        )
    nameless = [c.person for c in candidates if not people.value(c.person, "name")]
    if nameless:
        found.append(f"{'、'.join(nameless)}在人员表里没有姓名，补上姓名以前不要发出名单和公示")
    return found
