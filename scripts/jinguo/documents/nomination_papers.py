"""The papers of a batch beside its list: forms, report, letters for opinions, public notice, analysis, explanation.

None of them carries an identity number or a phone of a candidate: the form leaves these cells to be filled in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinguo.documents.letterhead import numbered_letterhead
from jinguo.documents.nomination_list import list_context, people_rows
from jinguo.documents.statistics_report import chart_of
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import BatchResult, Candidate, batch_rows, latest_opinions
from jinguo.nominations.conditions import FAILED
from jinguo.nominations.order import list_notes
from jinguo.nominations.resume import resume_gaps
from jinguo.nominations.structure import distribution
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import is_workday, last_workday
from jinguo.schema.dates import month_of, within
from jinguo.schema.wording import day_words, words
from jinguo.word.drawings import Picture, is_picture

#: What is due at each stage of a batch; without a stage, everything.
STAGES: dict[str, tuple[str, ...]] = {
    "推荐": ("推荐人选登记表",),
    "资格审查": ("资格审查表",),
    "征求意见": ("征求意见函",),
    "确定": ("资格审查表", "推荐人选名单", "结构分析", "选择说明"),
    "公示": ("公示",),
    "报送": ("推荐报告", "推荐人选名单", "推荐人选登记表"),
}
KINDS = tuple(dict.fromkeys(kind for kinds in STAGES.values() for kind in kinds))
#: The photo of a person is a file named by her number in this folder beside the workbooks.
_PHOTOS, _PHOTO_TYPES = "照片", (".jpg", ".jpeg", ".png")
_OPINION = "联审："
_WANTED = ("name", "born", "nation", "politics", "education", "native_place", "working_since", "position", "resume", "deeds")


@dataclass(frozen=True)
class NominationPaper:
    """One document of a batch: its kind, where it goes below the batch's folder, and what its template may place."""

    kind: str
    folder: str
    file: str
    context: Mapping[str, Any]


def due_kinds(registry: Registry, result: BatchResult, stage: str | None = None) -> tuple[str, ...]:
    """The kinds due at the stage: the one asked for, else the batch's own, else all."""
    own = stage or registry["batches"]["stage"][result.batch.index]
    return STAGES[own] if own else KINDS


def papers(registry: Registry, result: BatchResult, kinds: tuple[str, ...]) -> list[NominationPaper]:
    """The Word documents of these kinds that can be written; those of the list only where there is one."""
    makers: dict[str, Callable[[Registry, BatchResult], list[NominationPaper]]] = {
        "推荐人选登记表": _forms, "征求意见函": _opinion_letters, "推荐人选名单": _list, "结构分析": _analysis, "选择说明": _explanation, "公示": _public_notice, "推荐报告": _report,
    }  # fmt: skip
    # Without a list and without a stage it is too early for forms: the list is what is to be mended first.
    early = result.selected or kinds == STAGES["推荐"]
    return [paper for kind in kinds if kind in makers and (early or kind != "推荐人选登记表") for paper in makers[kind](registry, result)]


def missing(registry: Registry, result: BatchResult, kinds: tuple[str, ...]) -> list[str]:
    """What these documents still lack, each with the cell to fill."""
    batches, people, batch = registry["batches"], registry["people"], result.batch
    found = []
    if result.candidates and not any(c.points for c in result.candidates):
        found.append("评分：这一批没有评分指标，名次按优先加分、考察评分和姓氏笔画排")
    if "公示" in kinds and batches["notice_from"][batch.index] is None:
        state = "没有填公示起始" if batches.readable(batch.index, "notice_from") else "公示起始读不出"
        found.append(f"公示：{state}，没有生成（{batches.place(batch.index, 'notice_from')}）")
    if "征求意见函" in kinds and not departments(registry, result):
        found.append("征求意见函：联审意见表里没有这一批的部门，参数“联审部门”也没有填，没有生成")
    waiting = [f"{v.reason}（{c.name}）" for c in result.candidates if c.pin != "不选" for v in c.verdicts if v.requirement.startswith(_OPINION) and "待复" in v.reason]
    found += [f"联审：{text}" for text in waiting]
    if {"公示", "推荐报告"} & set(kinds) and result.selected and not _answered(registry, result):
        found.append("征求意见：没有一个部门对名单上的人都有意见，公示和报告里没有写“征求意见”")
    first = batches["notice_from"][batch.index]
    if "公示" in kinds and first is not None and (first < registry.today or not is_workday(registry.settings, first)):
        why = "在今天以前" if first < registry.today else "不是工作日"
        found.append(f"公示：公示起始 {first} {why}，请核对（{batches.place(batch.index, 'notice_from')}）")
    if "征求意见函" in kinds and batch.closing < registry.today:
        found.append(f"征求意见函：截止日期 {batch.closing} 已经过了，请核对回复的期限（{batches.place(batch.index, 'closing')}）")
    if "推荐人选登记表" in kinds:
        for candidate in form_people(registry, result):
            row = people.index_of[candidate.person]
            empty = [people.spec.by_name[f].header for f in _WANTED if people[f][row] in (None, "")]
            if photo_of(registry, candidate.person) is None:
                empty.append("照片")
            empty += [f"简历 {gap}没有写" for gap in resume_gaps(people["resume"][row], registry.today)]
            if empty:
                found.append(f"登记表：{candidate.name}缺{'、'.join(empty)}（{people.place(row, 'name')}）")
    return found


def _answered(registry: Registry, result: BatchResult) -> list[str]:
    """The departments whose opinion on everybody on the list is there: only of them can a report say that they were asked."""
    table = registry["opinions"]
    said = {(table["department"][i], table["person"][i]) for i in batch_rows(registry, "opinions", result.batch) if table["opinion"][i] in ("同意", "不同意")}
    return [d for d in departments(registry, result) if all((d, c.person) in said for c in result.selected)]


def departments(registry: Registry, result: BatchResult) -> list[str]:
    """Whom to ask about a batch: the departments of its opinions, else those of 参数 › 联审部门."""
    table = registry["opinions"]
    asked = [table["department"][i] for i in batch_rows(registry, "opinions", result.batch) if table["department"][i]]
    return list(dict.fromkeys(asked)) or registry.settings.list_of("联审部门")


def photo_of(registry: Registry, person: str) -> Path | None:
    """Her photo beside the workbooks; None where there is none, or it is no picture."""
    folder = registry.folder / _PHOTOS
    found = (path for kind in _PHOTO_TYPES if (path := folder / f"{person}{kind}").is_file())
    return next((path for path in found if is_picture(path.read_bytes())), None)


def _number(registry: Registry) -> str:
    """The number's place is left free: these papers are numbered when they are sent."""
    return f"{registry.settings.item('发文机关代字')}〔{registry.today.year}〕\u3000号"


def _list(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    return [NominationPaper("推荐人选名单", "", result.batch.list_title, list_context(registry, result))] if result.selected else []


def form_people(registry: Registry, result: BatchResult) -> list[Candidate]:
    """Who needs a form: everybody on the list; where there is none (yet), everybody proposed."""
    return result.selected or [c for c in result.candidates if c.pin != "不选"]


def _forms(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    return [NominationPaper("推荐人选登记表", "登记表", f"{c.name} {c.person} 推荐人选登记表", _form(registry, result, c)) for c in form_people(registry, result)]


def _form(registry: Registry, result: BatchResult, candidate: Candidate) -> dict[str, Any]:
    people, family, batch = registry["people"], registry["family"], result.batch
    row = people.index_of[candidate.person]
    record = {header: words(value) for header, value in people.record(row).items() if header not in ("身份证号", "手机", "备注")}
    born, age = people["born"][row], Attributes(registry, batch.closing).of(candidate.person, "年龄").value
    photo = photo_of(registry, candidate.person)
    return record | {
        "标题": f"{batch.office}推荐人选登记表", "名称": batch.name, "推荐职务": batch.office, "届次": batch.term,
        "出生年月": f"{words(born)}（{age}岁）" if born and age is not None else words(born),
        "照片": Picture(photo.read_bytes(), 25, 35) if photo else "照片",
        "社会组织任职": _posts(registry, candidate.person), "社会职务": _public_posts(registry, candidate.person),
        "推荐单位": words(registry["candidates"]["proposed_by"][candidate.index]), "推荐理由": words(registry["candidates"]["reason"][candidate.index]),
        "家庭成员": [
            {header: words(family.record(i)[header]) for header in ("称谓", "姓名", "出生年月", "政治面貌", "工作单位及职务")}
            for i, person in family.each("person") if person == candidate.person
        ] or [dict.fromkeys(("称谓", "姓名", "出生年月", "政治面貌", "工作单位及职务"), "")],
        "部门意见": _opinions(registry, result, candidate), "单位名称": registry.settings.item("单位名称"),
    }  # fmt: skip


def _posts(registry: Registry, person: str) -> str:
    rows = registry["posts"].each("person", "organisation", "post", "from_month", "to_month")
    return "；".join(f"{registry.name_of('organisations', o)}{post}" for _, p, o, post, start, end in rows if p == person and o and post and within(month_of(registry.today), start, end))


def _public_posts(registry: Registry, person: str) -> str:
    rows = registry["public_posts"].each("person", "post", "level", "area", "term", "from_month", "to_month")
    return "；".join(f"{words(area or level)}{words(term)}{post}" for _, p, post, level, area, term, start, end in rows if p == person and post and within(month_of(registry.today), start, end))


def _opinions(registry: Registry, result: BatchResult, candidate: Candidate) -> str:
    """What the departments have answered: 公安局：同意."""
    table = registry["opinions"]
    rows = [latest for (batch, person, _), latest in registry.once(latest_opinions).items() if (batch, person) == (result.batch.number, candidate.person)]
    return "；".join(f"{table['department'][i]}：{table['opinion'][i]}" for i in rows if table["department"][i] and table["opinion"][i] in ("同意", "不同意"))


def _opinion_letters(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    """To each department the candidates it is asked about: all who are not ruled out."""
    batch, asked = result.batch, [c for c in result.candidates if c.pin != "不选" and not _ruled_out(c)]
    found = []
    for department in departments(registry, result):
        title = f"关于征求{batch.name}意见的函"
        context = numbered_letterhead(registry, title, department, _number(registry)) | {
            "名称": batch.name, "推荐职务": batch.office, "届次": batch.term, "人数": str(len(asked)), "截止日期": day_words(batch.closing),
            "人选": people_rows(registry, asked), "附件一": "征求意见人选名单", "部门": department,
        }  # fmt: skip
        found.append(NominationPaper("征求意见函", "征求意见", f"{department} 征求意见函", context))
    return found if asked else []


def _ruled_out(candidate: Candidate) -> bool:
    """Whether a requirement is failed that no opinion can mend."""
    return any(v.outcome == FAILED and not v.requirement.startswith(_OPINION) for v in candidate.verdicts)


def _public_notice(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    batches, batch, settings = registry["batches"], result.batch, registry.settings
    first, days = batches["notice_from"][batch.index], batches["notice_days"][batch.index]
    if first is None or not result.selected:
        return []
    days = int(days or settings.parameter("公示最少工作日"))
    title = f"{batch.name}公示"
    context = numbered_letterhead(registry, title, "", "") | {
        "名称": batch.name, "推荐职务": batch.office, "届次": batch.term, "人数": str(len(result.selected)), "排序口径": _order(result),
        "人选": people_rows(registry, result.selected), "起": day_words(first), "止": day_words(last_workday(settings, first, days)), "工作日数": str(days),
        "受理邮箱": settings.item("邮箱"), "部门": "、".join(_answered(registry, result)),
    }  # fmt: skip
    return [NominationPaper("公示", "", title, context)]


def _order(result: BatchResult) -> str:
    return result.batch.order if result.batch.order != "得分" else "得分高低"


def _report(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    batch = result.batch
    if not result.selected:
        return []
    # 推荐 and 人选 are said once, however the batch is called.
    whom = batch.name.removeprefix("推荐").removesuffix("名单").removesuffix("建议").removesuffix("人选").removesuffix("候选").removesuffix("推荐")
    title = f"{registry.settings.item('单位名称')}关于推荐{whom or batch.office}人选的报告"
    eligible = sum(c.eligible for c in result.candidates)
    context = numbered_letterhead(registry, title, batch.addressee, _number(registry)) | {
        "名称": batch.name, "推荐职务": batch.office, "届次": batch.term, "名额": str(batch.seats), "差额": str(batch.extra) if batch.extra else "",
        "人数": str(len(result.selected)), "提名人数": str(len(result.candidates)), "合格人数": str(eligible), "排序口径": _order(result),
        "名单": "、".join(c.name + list_notes({"sex": None, "nation": registry["people"].value(c.person, "nation")}) for c in result.selected),
        "结构": _structure_sentence(registry, result), "部门": "、".join(_answered(registry, result)), "附件一": batch.list_title, "附件二": "推荐人选登记表",
        "评分": "是" if any(c.points for c in result.candidates) and not any(c.pin for c in result.candidates) else "",
    }  # fmt: skip
    return [NominationPaper("推荐报告", "", title.removeprefix(registry.settings.item("单位名称")), context)]


def _structure_sentence(registry: Registry, result: BatchResult) -> str:
    shares = dict(distribution(registry, result))
    return "；".join(f"{name}：{'，'.join(f'{value}{count}人' for value, count in shares[name])}" for name in ("政治面貌", "学历", "年龄"))


def _analysis(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    batch = result.batch
    if not result.selected:
        return []
    title = f"{batch.name}结构分析"
    quotas = [
        {"结构要求": q.label, "最少": "—" if q.least is None else str(q.least), "最多": "—" if q.most is None else str(q.most), "实际": str(q.achieved), "结果": "符合" if q.met else "不符合"}
        for q in result.quotas
    ]
    shares = [{"项目": name, "类别": value, "人数": str(count)} for name, counts in distribution(registry, result) for value, count in counts]
    bounded = [q for q in result.quotas if q.least is not None]
    chart = chart_of(registry, f"{batch.name}：最少要求与实际", ["结构要求", "最少", "实际"], [[_short(q.label), q.least, q.achieved] for q in bounded])
    context = numbered_letterhead(registry, title, "", "") | {
        "名称": batch.name, "人数": str(len(result.selected)), "名额": str(batch.seats), "差额": str(batch.extra) if batch.extra else "",
        "要求": quotas, "分布": shares, "结构图": chart, "注意": [f"{n}.{text}。" for n, text in enumerate(result.trouble, 1)],
    }  # fmt: skip
    return [NominationPaper("结构分析", "", title, context)]


def _short(label: str) -> str:
    return label if len(label) <= 12 else f"{re.split('[：、]', label)[0]}：{label.split('：')[-1][:6]}…"


def _explanation(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    from jinguo.nominations.nominate import TIE_RULE

    batch = result.batch
    title = f"{batch.name}选择说明"
    ranked = sorted(result.candidates, key=lambda c: (not c.selected, c.rank == 0, c.rank, c.person))
    rows = [
        {"姓名": c.name, "名次": str(c.rank or "—"), "总分": f"{c.score:.2f}", "结果": "入选" if c.selected else "未入选", "说明": "；".join(c.reasons)}
        for c in ranked
    ]
    context = numbered_letterhead(registry, title, "", "") | {
        "名称": batch.name, "人数": str(batch.size), "名额": str(batch.seats), "差额": str(batch.extra) if batch.extra else "", "同分规则": TIE_RULE, "有名单": "是" if result.selected else "", "人工": "是" if any(c.pin for c in result.candidates) else "",
        "人选": rows, "注意": [f"{n}.{text}。" for n, text in enumerate(result.trouble, 1)],
    }  # fmt: skip
    return [NominationPaper("选择说明", "", title, context)]
