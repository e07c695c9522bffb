"""Which training notices fall due, and everything they say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinguo.documents.due_document import DueDocument
from jinguo.documents.letterhead import hosts, sender, titled
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words, record_words, span_words, words

#: What an event of each type is for, as the notice's first sentence says it.
_PURPOSES = {
    "主题沙龙": "搭建女性社会组织交流平台，促进相互学习、资源共享",
    "业务培训": "提升女性社会组织负责人的业务能力和管理水平",
    "外出参观学习": "学习借鉴先进地区培育发展女性社会组织的经验做法",
    "考前辅导": "帮助女性社会组织负责人和工作人员做好社会工作者职业资格考试准备",
    "项目大赛": "提高女性社会组织的项目设计和申报能力",
    "风采展示": "展示女性社会组织服务内容和良好形象，扩大社会影响",
}
ALLOCATION, RECEIPT = "名额分配表", "报名回执"


@dataclass(frozen=True)
class Notice:
    """A notice that falls due: the row of the event, its title, and why it is due, in words."""

    event: int
    number: str
    title: str
    starts: datetime.datetime
    why: str


def due_notices(registry: Registry) -> list[Notice]:
    """One for each event that starts within 参数 › 通知提前天数, today included; the soonest first."""
    events = registry["events"]
    ahead = int(registry.settings.parameter("通知提前天数"))
    notices = []
    for i, number, name, starts in events.each("number", "name", "starts"):
        if number is None or name is None or starts is None:
            continue
        days = (starts.date() - registry.today).days
        if 0 <= days <= ahead:
            why = f"{day_words(starts.date())}举办，还有 {days} 天（{ahead} 天内要发通知）"
            notices.append(Notice(i, number, notice_title(registry, i), starts, why))
    return sorted(notices, key=lambda n: (n.starts, n.number))


def _verb(kind: str | None) -> str:
    return "组织" if kind == "外出参观学习" else "举办"


def notice_title(registry: Registry, event: int) -> str:
    events = registry["events"]
    by = " ".join(hosts(registry, events["host"][event]))
    return f"{by}关于{_verb(events['type'][event])}{events['name'][event]}的通知"


def allocate_places(registry: Registry, places: int, tiers: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """(township, organisations meant, places) for each township with such organisations.

    By the number of organisations, largest remainders first, ties in the order of the townships; the places add up
    exactly.
    """
    counts = _organisations_by_township(registry, tiers)
    total = sum(counts.values())
    if not total:
        return []
    shares = {t: divmod(places * n, total) for t, n in counts.items()}
    left = places - sum(whole for whole, _ in shares.values())
    extra = sorted(counts, key=lambda t: -shares[t][1])[:left]
    return [(t, n, shares[t][0] + (t in extra)) for t, n in counts.items()]


def _organisations_by_township(registry: Registry, tiers: tuple[str, ...]) -> dict[str, int]:
    organisations = registry["organisations"]
    order = [t for t in registry["townships"]["name"] if t]
    counts: dict[str, int] = dict.fromkeys(order, 0)
    for _, tier, township, status in organisations.each("tier", "township", "status"):
        if status != "已注销" and township and (not tiers or tier in tiers):
            counts[township] = counts.get(township, 0) + 1
    return {township: n for township, n in counts.items() if n}


#: 9:00, 09:00-10:30, 上午 9:00 - 10:30, 上午9点半
_TIME_SPAN = re.compile(
    r"(?:[早上中下晚]+午?\s*)?\d{1,2}[:：点时](?:半|\d{2})?分?(?:\s*[-~～－—–至到]+\s*\d{1,2}[:：点时](?:半|\d{2})?分?)?"
)


def read_schedule(text: str | None) -> list[dict[str, str]]:
    """The lines of 日程 as 时间, 内容, 主讲: separated by spaces, the first part the time, the last the speaker where there
    is one."""
    rows = []
    for line in (text or "").splitlines():
        found = _TIME_SPAN.match(line.strip())
        time, rest = (found[0], line.strip()[found.end() :]) if found else ("", line.strip())
        parts = [part for part in re.split(r"[\s|｜]+", rest) if part]
        if not time and parts:
            time, parts = parts[0], parts[1:]
        if not time:
            continue
        speaker = parts.pop() if len(parts) > 1 else ""
        if found:
            time = re.sub(r"\s", "", re.sub(r"\s*[-~～－—–至到]+\s*", "—", time))
            # As the times in the text are written: 9:00, not 09:00.
            time = re.sub(r"(?<!\d)0(?=\d[:：点时])", "", time)
        rows.append({"时间": time, "内容": " ".join(parts), "主讲": speaker})
    return rows


def notice_context(registry: Registry, notice: Notice, number: str) -> dict[str, Any]:
    """What the template 培训通知.docx may place: the event's own columns by their headers, and what is worked out here."""
    events, settings = registry["events"], registry.settings
    event = record_words(events.record(notice.event))
    tiers = events["tiers"][notice.event] or ()
    places = events["places"][notice.event]
    kind = events["type"][notice.event]
    deadline = events["enrol_by"][notice.event]
    allocation = allocate_places(registry, places or 0, tiers)
    meant = "、".join(tiers) + "女性社会组织" if tiers else "各女性社会组织"
    return (
        event
        | sender(registry, events["host"][notice.event], number)
        | {
            "标题": titled(registry, notice.title),
            "举办": _verb(kind),
            "目的": _PURPOSES.get(kind, "做好女性社会组织培育工作"),
            "主送机关": "各乡镇（街道）妇联，各有关女性社会组织",
            # Without organisations there is nothing to allocate the places to.
            "参加人员": f"{meant}负责人和工作人员" + (f"，共{words(places)}名" if places and not allocation else ""),
            "名额": words(places) if allocation else "",
            "时间": span_words(notice.starts, events["ends"][notice.event]),
            "日程": read_schedule(events["schedule"][notice.event]),
            "报名截止": words(deadline),
            "回执附件": "附件2" if allocation else "附件",
            "联系人": event["联系人"] or settings.item("联系人"),
            "联系电话": event["联系电话"] or settings.item("电话"),
            "回执邮箱": settings.item("邮箱") or "主办单位邮箱",
            "附件一": f"{event['活动名称']}{ALLOCATION}",
            "附件二": f"{event['活动名称']}{RECEIPT}",
            "名额分配": _allocation_rows(allocation),
            "成文日期": day_words(registry.today),
        }
    )


def group_message(registry: Registry, notice: Notice) -> str:
    """The text for the WeChat group: under 300 characters, no names or mobile numbers of people."""
    events = registry["events"]
    deadline = events["enrol_by"][notice.event]
    lines = [
        f"【通知】{_verb(events['type'][notice.event])}{events['name'][notice.event]}",
        f"时间：{span_words(notice.starts, events['ends'][notice.event])}",
        f"地点：{words(events['place'][notice.event])}",
        f"学时：{words(events['hours'][notice.event])}",
    ]
    if deadline:
        lines.append(f"请于{day_words(deadline)}前把报名回执发到{registry.settings.item('单位名称')}邮箱。")
    lines.append("详见正式通知。")
    # A mobile number somebody wrote into a name or a place has no business in a group.
    text = re.sub(r"(?<!\d)1[3-9]\d{9}(?!\d)", "（电话见通知）", "\n".join(lines))
    return text if len(text) < 300 else text[:298] + "…"


def _trouble(registry: Registry, event: int) -> str:
    """What keeps a notice from asking for replies: a last day after the event has begun."""
    events = registry["events"]
    last, starts = events["enrol_by"][event], events["starts"][event]
    if last and last > starts.date():
        return f"报名截止 {last} 在活动开始以后（{events.place(event, 'enrol_by')}）"
    return ""


def training_notices(registry: Registry) -> list[DueDocument]:
    """An event starts within the days of the parameter."""

    def context(notice: Notice) -> Callable[[str], dict[str, Any]]:
        return lambda number: notice_context(registry, notice, number)

    events = registry["events"]
    return [
        DueDocument(
            "培训通知", n.title, f"{n.starts:%Y-%m-%d} {events['name'][n.event]} 培训通知", n.why, context(n), group_message(registry, n),
            [events.place(n.event, "number")], trouble=_trouble(registry, n.event), event=n.number, about=n.number, tiers=events["tiers"][n.event] or (), numbered=True,
        )
        for n in due_notices(registry)
    ]  # fmt: skip


def _allocation_rows(allocation: list[tuple[str, int, int]]) -> list[dict[str, str]]:
    """The rows of 名额分配表, the sum last."""
    rows = [
        {"序号": str(n), "镇街": township, "组织": str(count), "名额": str(share)}
        for n, (township, count, share) in enumerate(allocation, 1)
    ]
    counts = (sum(count for _, count, _ in allocation), sum(share for *_, share in allocation))
    return [*rows, {"序号": "合计", "镇街": "", "组织": str(counts[0]), "名额": str(counts[1])}] if rows else []
