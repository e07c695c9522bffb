"""The papers of a batch beside its list: forms, report, letters for opinions, public notice, analysis, explanation.

None of them carries an identity number or a phone of a candidate: the form leaves these cells to be filled in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinguo.documents.batch_gate import notice_days
from jinguo.documents.letterhead import numbered_letterhead
from jinguo.documents.nomination_list import form_title, list_context, people_rows
from jinguo.documents.person_photo import photo_of
from jinguo.documents.statistics_report import chart_of
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import BatchResult, Candidate
from jinguo.nominations.conditions import FAILED
from jinguo.nominations.opinions import AGREED, REFUSED, departments_asked, opinion_of
from jinguo.nominations.order import list_notes, spaced
from jinguo.nominations.structure import distribution
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import last_workday
from jinguo.schema.dates import month_of, within
from jinguo.schema.wording import day_words, words
from jinguo.word.drawings import Picture

#: As a form has it, in millimetres.
_PHOTO_SIZE = 25, 35
OPINION = "联审："


@dataclass(frozen=True)
class NominationPaper:
    """One document of a batch: its kind, where it goes below the batch's folder, and what its template may place."""

    kind: str
    folder: str
    file: str
    context: Mapping[str, Any]


def answered(registry: Registry, result: BatchResult) -> list[str]:
    """The departments whose opinion on everybody on the list is there: only of them can a report say that they were
    asked."""
    batch = result.batch
    return [
        department
        for department in departments(registry, result)
        if all(opinion_of(registry, batch, c.person, department) in (AGREED, REFUSED) for c in result.selected)
    ]


def departments(registry: Registry, result: BatchResult) -> list[str]:
    """Whom to ask about a batch: the departments it needs the opinion of, else those that 参数 › 联审部门 has as a matter of
    course."""
    return departments_asked(registry, result.batch) or registry.settings.list_of("联审部门")


def _number(registry: Registry) -> str:
    """The number's place is left free: these papers are numbered when they are sent."""
    return f"{registry.settings.item('发文机关代字')}〔{registry.today.year}〕\u3000号"


def nomination_list(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    return (
        [NominationPaper("推荐人选名单", "", result.batch.list_title, list_context(registry, result))]
        if result.selected
        else []
    )


def form_people(registry: Registry, result: BatchResult) -> list[Candidate]:
    """Who needs a form: everybody on the list; where there is none (yet), everybody proposed."""
    return result.selected or [c for c in result.candidates if c.pin != "不选"]


def person_forms(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    return [
        NominationPaper("推荐人选登记表", "登记表", f"{c.name} {c.person} 推荐人选登记表", _form(registry, result, c))
        for c in form_people(registry, result)
    ]


def _form(registry: Registry, result: BatchResult, candidate: Candidate) -> dict[str, Any]:
    people, family, batch = registry["people"], registry["family"], result.batch
    row = people.index_of[candidate.person]
    record = {
        header: words(value)
        for header, value in people.record(row).items()
        if header not in ("身份证号", "手机", "备注")
    }
    born, age = people["born"][row], Attributes(registry, batch.closing, batch.day).of(candidate.person, "年龄").value
    photo = photo_of(registry, candidate.person)
    return record | {
        "姓名": spaced(candidate.name), "标题": form_title(batch), "名称": batch.name, "推荐职务": batch.office, "届次": batch.term,
        "出生年月": f"{words(born)}\n（{age}岁）" if born and age is not None else words(born),
        "照片": Picture(photo.data, *_PHOTO_SIZE) if photo.data else "照片",
        "社会组织任职": _posts(registry, candidate.person), "社会职务": _public_posts(registry, candidate.person),
        "推荐单位": words(registry["candidates"]["proposed_by"][candidate.index]), "推荐理由": words(registry["candidates"]["reason"][candidate.index]),
        "家庭成员": [
            {header: words(family.record(i)[header]) for header in ("称谓", "出生年月", "政治面貌", "工作单位及职务")}
            | {"姓名": spaced(words(family.record(i)["姓名"]))}
            for i, person in family.each("person") if person == candidate.person
        ] or [dict.fromkeys(("称谓", "姓名", "出生年月", "政治面貌", "工作单位及职务"), "")],
        "部门意见": _opinions(registry, result, candidate), "单位名称": registry.settings.item("单位名称"),
    }  # fmt: skip


def _posts(registry: Registry, person: str) -> str:
    rows = registry["posts"].each("person", "organisation", "post", "from_month", "to_month")
    return "；".join(
        f"{registry.name_of('organisations', o)}{post}"
        for _, p, o, post, start, end in rows
        if p == person and o and post and within(month_of(registry.today), start, end)
    )


def _public_posts(registry: Registry, person: str) -> str:
    rows = registry["public_posts"].each("person", "post", "level", "area", "term", "from_month", "to_month")
    return "；".join(
        f"{words(area or level)}{words(term)}{post}"
        for _, p, post, level, area, term, start, end in rows
        if p == person and post and within(month_of(registry.today), start, end)
    )


def _opinions(registry: Registry, result: BatchResult, candidate: Candidate) -> str:
    """What the departments have answered: 公安局：同意."""
    said = {
        d: opinion_of(registry, result.batch, candidate.person, d) for d in departments_asked(registry, result.batch)
    }
    return "；".join(f"{d}：{opinion}" for d, opinion in said.items() if opinion in (AGREED, REFUSED))


def opinion_letters(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    """To each department the candidates it is asked about: all who are not ruled out."""
    batch, asked = result.batch, [c for c in result.candidates if c.pin != "不选" and not _ruled_out(c)]
    found = []
    for department in departments(registry, result):
        title = f"{registry.settings.item('单位名称')}关于征求{batch.name}意见的函"
        context = numbered_letterhead(registry, title, _addressed(registry, department), _number(registry)) | {
            "名称": batch.name, "推荐职务": batch.office, "届次": batch.term, "人数": str(len(asked)), "截止日期": day_words(batch.closing),
            "人选": people_rows(registry, asked), "附件一": f"{batch.name}征求意见名单", "部门": department,
        }  # fmt: skip
        found.append(NominationPaper("征求意见函", "征求意见", f"{department} 征求意见函", context))
    return found if asked else []


def _addressed(registry: Registry, department: str) -> str:
    """A department as one of the same rank writes to it: 市公安局, 市委组织部; one that says itself where it is stays."""
    place = registry.settings.place
    if not place or place[-1] not in "市县区旗州" or department.startswith((place, place[-1])):
        return department
    of_party = re.match("组织部|宣传部|统战部|政法委|编办|老干部局|直属机关", department)
    return f"{place[-1]}{'委' if of_party else ''}{department}"


def _ruled_out(candidate: Candidate) -> bool:
    """Whether a requirement is failed that no opinion can mend."""
    return any(v.outcome == FAILED and not v.requirement.startswith(OPINION) for v in candidate.verdicts)


def public_notice(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    batches, batch, settings = registry["batches"], result.batch, registry.settings
    first = batches["notice_from"][batch.index]
    if first is None or not result.selected:
        return []
    days = notice_days(registry, batch)
    title = f"{batch.name}公示"
    context = numbered_letterhead(registry, title, "", "") | {
        "名称": batch.name, "推荐职务": batch.office, "届次": batch.term, "人数": str(len(result.selected)), "排序口径": _order(result),
        "人选": people_rows(registry, result.selected), "起": day_words(first), "止": day_words(last_workday(settings, first, days)), "工作日数": str(days),
        "受理邮箱": settings.item("邮箱"), "部门": "、".join(answered(registry, result)), "程序": _procedure(registry, result, "和"),
    }  # fmt: skip
    return [NominationPaper("公示", "", title, context)]


def _order(result: BatchResult) -> str:
    return result.batch.order if result.batch.order != "得分" else "得分高低"


def report(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    batch = result.batch
    if not result.selected:
        return []
    # 推荐 and 人选 are said once, however the batch is called.
    whom = re.sub(r"(?:(?:推荐|候选)?人选|候选|推荐|建议|名单)+$", "", batch.name.removeprefix("推荐"))
    title = f"{registry.settings.item('单位名称')}关于推荐{whom or batch.office}人选的报告"
    eligible = sum(c.eligible for c in result.candidates)
    context = numbered_letterhead(registry, title, batch.addressee, _number(registry)) | {
        "签发人": registry.settings.item("签发人"), "名称": batch.name, "推荐职务": batch.office, "届次": batch.term, "名额": str(batch.seats),
        "差额": str(batch.extra) if batch.extra else "", "人数": str(len(result.selected)), "提名人数": str(len(result.candidates)), "合格人数": str(eligible), "排序口径": _order(result),
        "名单": "、".join(c.name + list_notes({"sex": None, "nation": registry["people"].value(c.person, "nation")}) for c in result.selected),
        "程序": _procedure(registry, result, "、"), "提名": _proposed(registry, result), "结构要求": "是" if result.quotas else "",
        "结构": _structure_sentence(registry, result), "部门": "、".join(answered(registry, result)), "附件一": batch.list_title, "附件二": form_title(batch),
        "评分": "是" if any(p.points for c in result.candidates for p in c.points) and not any(c.pin for c in result.candidates) else "",
    }  # fmt: skip
    return [NominationPaper("推荐报告", "", title.removeprefix(registry.settings.item("单位名称")), context)]


def _how_proposed(registry: Registry, result: BatchResult) -> tuple[int, int]:
    """How many candidates others proposed, and how many themselves."""
    how = registry["candidates"]["proposed_how"]
    themselves = sum(how[c.index] == "自荐" for c in result.candidates)
    return len(result.candidates) - themselves, themselves


def _procedure(registry: Registry, result: BatchResult, last: str) -> str:
    """The steps the batch has really gone through, the last joined by 和 or 、."""
    by_others, _ = _how_proposed(registry, result)
    steps = ["民主推荐" if by_others else "自荐报名", "资格审查", *(["征求意见"] if answered(registry, result) else [])]
    return f"{'、'.join(steps)}{last}集体研究"


def _proposed(registry: Registry, result: BatchResult) -> str:
    by_others, themselves = _how_proposed(registry, result)
    if not themselves:
        return f"各单位共提名{by_others}人"
    if not by_others:
        return f"自荐报名{themselves}人"
    return f"各单位提名{by_others}人，自荐{themselves}人，共{by_others + themselves}人"


def _structure_sentence(registry: Registry, result: BatchResult) -> str:
    shares = dict(distribution(registry, result))
    # Of what is not known of everybody the report says nothing; what is missing is told at the console.
    known = [name for name in ("政治面貌", "学历", "年龄") if not any(value == "未填" for value, _ in shares[name])]
    told = known or ["性别"]
    return "；".join(f"{name}：{'，'.join(f'{value}{count}人' for value, count in shares[name])}" for name in told)


def analysis(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    batch = result.batch
    if not result.selected:
        return []
    title = f"{batch.name}结构分析"
    quotas = [
        {
            "结构要求": q.label,
            "最少": "—" if q.least is None else str(q.least),
            "最多": "—" if q.most is None else str(q.most),
            "实际": str(q.achieved),
            "结果": "符合" if q.met else "不符合",
        }
        for q in result.quotas
    ]
    shares = [
        {"项目": name, "类别": value, "人数": str(count)}
        for name, counts in distribution(registry, result)
        for value, count in counts
    ]
    bounded = [q for q in result.quotas if q.least is not None]
    chart = chart_of(
        registry,
        f"{batch.name}：最少要求与实际",
        ["结构要求", "最少", "实际"],
        [[_short(q.label), q.least, q.achieved] for q in bounded],
    )
    context = numbered_letterhead(registry, title, "", "") | {
        "名称": batch.name, "人数": str(len(result.selected)), "名额": str(batch.seats), "差额": str(batch.extra) if batch.extra else "",
        "要求": quotas, "分布": shares, "结构图": chart, "注意": [f"{n}.{text}。" for n, text in enumerate(result.warnings, 1)],
    }  # fmt: skip
    return [NominationPaper("结构分析", "", title, context)]


def _short(label: str) -> str:
    return label if len(label) <= 12 else f"{re.split('[：、]', label)[0]}：{label.split('：')[-1][:6]}…"


def explanation(registry: Registry, result: BatchResult) -> list[NominationPaper]:
    from jinguo.nominations.nominate import TIE_RULE

    batch = result.batch
    title = f"{batch.name}选择说明"
    ranked = sorted(result.candidates, key=lambda c: (not c.selected, c.rank == 0, c.rank, c.person))
    rows = [
        {
            "姓名": spaced(c.name),
            "名次": str(c.rank or "—"),
            "总分": f"{c.score:.2f}",
            "结果": "入选" if c.selected else "未入选",
            "说明": "；".join(c.reasons),
        }
        for c in ranked
    ]
    context = numbered_letterhead(registry, title, "", "") | {
        "名称": batch.name, "人数": str(batch.size), "名额": str(batch.seats), "差额": str(batch.extra) if batch.extra else "", "结构要求": "是" if result.quotas else "", "同分规则": TIE_RULE, "有名单": "是" if result.selected else "", "人工": "是" if any(c.pin for c in result.candidates) else "",
        "人选": rows, "注意": [f"{n}.{text}。" for n, text in enumerate(result.warnings, 1)],
    }  # fmt: skip
    return [NominationPaper("选择说明", "", title, context)]
