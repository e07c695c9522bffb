"""Notices about what organisations may hand in: 项目征集, 方案征集, 大赛; and the 获奖通报 of a contest."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from jinguo.common.rounding import plain
from jinguo.documents.due_document import DueDocument
from jinguo.documents.letterhead import TO_ALL, is_fresh, numbered_letterhead
from jinguo.projects.contest import Standing, prizes_of, rule_words, standings
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words, record_words, words

#: The kind of notice by the type of the call.
_NOTICES = {"项目征集": "项目征集通知", "方案征集": "活动方案征集通知", "大赛": "大赛通知"}


def calls_open(kind: str) -> Callable[[Registry], list[DueDocument]]:
    """A finder of the calls of one kind of notice that are open, or open within 参数 › 通知提前天数."""

    def find(registry: Registry) -> list[DueDocument]:
        calls = registry["calls"]
        ahead = datetime.timedelta(days=int(registry.settings.parameter("通知提前天数")))
        found = []
        for i, name, call_type, opens, closes in calls.each("name", "type", "opens", "closes"):
            if not name or not opens or not closes or _NOTICES.get(call_type) != kind:
                continue
            if opens - ahead <= registry.today <= closes:
                found.append(_call_notice(registry, i, kind))
        return sorted(found, key=lambda due: due.file)

    return find


def _call_notice(registry: Registry, i: int, kind: str) -> DueDocument:
    calls, settings = registry["calls"], registry.settings
    name, opens, closes, tiers = (calls[f][i] for f in ("name", "opens", "closes", "tiers"))
    # A name that says 征集 or 大赛 of itself is not asked for twice.
    verb = "开展" if "征集" in name else "举办" if calls["type"][i] == "大赛" else "征集"
    title = f"{settings.item('单位名称')}关于{verb}{name}的通知"
    values = record_words(calls.record(i)) | {
        "对象": f"{'、'.join(tiers)}女性社会组织" if tiers else "各女性社会组织", "截止日期": day_words(closes), "开始日期": day_words(opens),
        "要求": _lines(calls["requirements"][i]), "资助上限": words(calls["most_amount"][i]), "报送邮箱": settings.item("邮箱") or "主办单位邮箱", "附件一": f"{calls['name'][i]}申报表", "征集": verb,
        "奖项": [{"奖项": prize, "个数": str(count)} for prize, count in prizes_of(registry, name)], "评分办法": rule_words(registry),
        "评审日期": words(calls["judged_on"][i]),
    }  # fmt: skip
    message = f"【通知】{name}申报\n对象：{values['对象']}\n时间：{day_words(opens)}至{day_words(closes)}\n请把申报表发到{settings.item('单位名称')}邮箱，详见正式通知。"
    why = f"{day_words(opens)}开始，{day_words(closes)}截止"
    return DueDocument(
        kind, title, f"{opens:%Y-%m-%d} {name} {kind}", why, lambda number: values | numbered_letterhead(registry, title, TO_ALL, number), message,
        [calls.place(i, "number")], tiers=tiers or (), numbered=True, about=calls["number"][i] or "",
    )  # fmt: skip


def _lines(text: str | None) -> list[str]:
    """The lines of a cell, each numbered anew."""
    import re

    lines = (
        re.sub(r"^\s*[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]\s*", "", line).strip(" 。；;")
        for line in (text or "").splitlines()
    )
    return [f"{n}.{line}。" for n, line in enumerate(filter(None, lines), 1)]


def awards(registry: Registry) -> list[DueDocument]:
    """A contest with prizes has closed and every entry has a score: who won what, with scores."""
    calls = registry["calls"]
    found = []
    for i, name, call_type, closes, judged in calls.each("name", "type", "closes", "judged_on"):
        ranked = standings(registry, name) if call_type == "大赛" and name else []
        day = judged or closes
        if not ranked or not day or day > registry.today or any(s.final is None for s in ranked) or not ranked[0].prize:
            continue
        title = f"{registry.settings.item('单位名称')}关于{name}获奖情况的通报"
        if is_fresh(registry, title, day):
            found.append(_award_notice(registry, i, title, day, ranked))
    return found


def _award_notice(registry: Registry, i: int, title: str, day: datetime.date, ranked: list[Standing]) -> DueDocument:
    calls = registry["calls"]
    name = calls["name"][i]
    winners = [s for s in ranked if s.prize]
    shared = sorted({s.place for s in winners if sum(o.place == s.place for o in ranked) > 1})
    values = {
        "名称": name, "评审日期": day_words(day), "件数": str(len(ranked)), "组织数": str(len({s.organisation for s in ranked if s.organisation})),
        "评分办法": rule_words(registry), "并列说明": f"第{'、'.join(map(str, shared))}名有并列，奖项一并授予。" if shared else "",
        "获奖": _rows(registry, winners), "名次": _rows(registry, ranked),
    }  # fmt: skip
    listed = "；".join(f"{s.prize}：{_organisation(registry, s)}《{s.name}》" for s in winners)
    message = f"【通报】{name}获奖名单\n{listed}\n祝贺获奖组织！"
    why = f"{day_words(day)}评审，{len(ranked)} 件作品都有得分"
    return DueDocument(
        "获奖通报", title, f"{day:%Y-%m-%d} {name} 获奖通报", why, lambda number: values | numbered_letterhead(registry, title, TO_ALL, number),
        message if len(message) < 300 else f"{message[:298]}…", [calls.place(i, "number"), *(registry["contest_entries"].place(s.index, "number") for s in ranked)],
        numbered=True, about=calls["number"][i] or "",
    )  # fmt: skip


def _organisation(registry: Registry, standing: Standing) -> str:
    return registry.name_of("organisations", standing.organisation) if standing.organisation else ""


def _rows(registry: Registry, listed: list[Standing]) -> list[dict[str, Any]]:
    return [
        {
            "名次": str(s.place), "作品名称": s.name, "组织名称": _organisation(registry, s), "得分": f"{s.final:.2f}" if s.final is not None else "—",
            "奖项": s.prize or "—", "评委数": str(len(s.scores)), "去掉": "、".join(plain(score) for score in s.dropped) or "—",
        }
        for s in listed
    ]  # fmt: skip
