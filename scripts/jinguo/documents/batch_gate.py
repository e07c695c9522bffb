"""Which papers of a batch do not go out though their stage is there: nothing half-true is written as a document."""

from __future__ import annotations

from collections.abc import Iterable

from jinguo.documents.gate import Withheld
from jinguo.nominations.basis import has_order
from jinguo.nominations.batch import Batch, BatchResult, batch_rows
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import is_settled, last_workday
from jinguo.schema.dates import Month, month_of

#: What says of a list that it was chosen, and what says it to others than the office.
_OF_THE_LIST = ("推荐人选名单", "公示", "推荐报告", "结构分析", "选择说明")
#: What says of itself how many rows are not in it; the form of one person and a letter to a department rest on none of them.
WITH_REMARKS = ("推荐人选名单", "推荐报告", "结构分析", "选择说明")
_TO_OTHERS = ("推荐人选名单", "公示", "推荐报告")
_ALWAYS = Month(1900, 1)
_REMEDY = "补上以后再运行一次；以前生成的没有动。"


def held_back(registry: Registry, result: BatchResult, kinds: Iterable[str]) -> dict[str, Withheld]:
    """The kinds of papers, of those that are due, that are not written, and why."""
    found = {}
    for kind in kinds:
        if kind == "公示" and registry["batches"]["notice_from"][result.batch.index] is None:
            continue
        reasons = list(dict.fromkeys(_reasons(registry, result, kind, kinds)))
        if reasons:
            product = "推荐材料" if reasons == result.lacking else kind
            found[kind] = Withheld(f"{result.batch.number} {product}", tuple(reasons), _REMEDY)
    return found


def _reasons(registry: Registry, result: BatchResult, kind: str, kinds: Iterable[str]) -> list[str]:
    # Before there is a list a form is everybody's who was proposed, and rests on nothing but her own row.
    early = set(kinds) == {"推荐人选登记表"}
    if result.lacking and not early:
        return result.lacking
    if kind not in (*_OF_THE_LIST, *(() if early else ("推荐人选登记表",))):
        return []
    if result.waiting:
        return ["有人选缺材料，还选不出名单"] if kind != "选择说明" else []
    found = []
    if not has_order(result):
        found.append("没有评分指标、考察评分，也没有人工确定，选谁没有依据")
    if not batch_rows(registry, "requirements", result.batch):
        found.append("这一批没有资格条件，没有审查过")
    if not result.selected:
        return found
    people = registry["people"]
    nameless = [c.person for c in result.selected if not people.value(c.person, "name")]
    found += [f"{'、'.join(nameless)}没有姓名"] if nameless else []
    if kind in _TO_OTHERS:
        rows = [people.index_of[c.person] for c in result.selected]
        found += [
            f"{people['name'][row]}的{people.spec.by_name[field].header}读不出（{people.place(row, field)}）"
            for row in rows
            for field in ("sex", "born", "politics", "education")
            if not people.readable(row, field)
            or (field == "born" and (people["born"][row] or _ALWAYS) > month_of(registry.today))
        ]
    found += result.unapplied
    if kind == "公示":
        found += [*result.remarks, *notice_reasons(registry, result.batch)]
    return found


def notice_reasons(registry: Registry, batch: Batch) -> list[str]:
    """What is wrong with the days of a public notice: too few, too early, over holidays that nobody knows yet."""
    batches, settings = registry["batches"], registry.settings
    first, days = batches["notice_from"][batch.index], notice_days(registry, batch)
    if first is None:
        return []
    found, place = [], batches.place(batch.index, "notice_from")
    least = int(settings.parameter("公示最少工作日"))
    if days < least:
        found.append(f"公示 {days} 个工作日，少于 {least} 个（{batches.place(batch.index, 'notice_days')}）")
    if first < registry.today:
        found.append(f"公示起始 {first} 已经过了（{place}）")
    if first <= batch.closing:
        found.append(f"公示起始 {first} 不在截止日期 {batch.closing} 以后（{place}）")
    last = last_workday(settings, first, days)
    unsettled = [str(year) for year in range(first.year, last.year + 1) if not is_settled(settings, year)]
    if unsettled:
        found.append(
            f"{'、'.join(unsettled)} 年的放假安排还不知道，算不出公示到哪一天；公布以后写进 设置.xlsx › 节假日（{place}）"
        )
    return found


def notice_days(registry: Registry, batch: Batch) -> int:
    """The working days of the public notice: the batch's own, else the fewest there may be."""
    days = registry["batches"]["notice_days"][batch.index]
    return int(days or registry.settings.parameter("公示最少工作日"))
