"""What an event needs on its day and after: the sheet to sign in on, cards for the table, certificates of those who came."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinguo.common.rounding import plain
from jinguo.documents.letterhead import titled
from jinguo.nominations.order import spaced
from jinguo.registry.tables import Registry
from jinguo.schema.dates import month_of, within
from jinguo.schema.wording import day_words, span_words, words

#: Names of more characters are set smaller on a card.
_BIG = 5


@dataclass(frozen=True)
class EventMaterial:
    """One document of an event: its kind, the name of its file, what its template may place."""

    kind: str
    file: str
    context: dict[str, Any]


def event_materials(registry: Registry, number: str) -> tuple[list[EventMaterial], list[str]]:
    """The documents of an event that can be written, and why others cannot: cards are of those on the list of the event (签到),
    certificates of those who were there."""
    events = registry["events"]
    event = events.index_of[number]
    name, starts, ends = events["name"][event], events["starts"][event], events["ends"][event]
    people = list(_people(registry, number))
    held = words(starts.date()) if starts else ""
    head = {
        "活动名称": name, "时间": span_words(starts, ends) if starts else "", "地点": words(events["place"][event]),
        "单位名称": registry.settings.item("单位名称"),
    }  # fmt: skip
    materials = [
        EventMaterial("签到表", f"{name}签到表", head | {"标题": titled(registry, f"{name}签到表"), "人员": people})
    ]
    lacking = []
    if people:
        materials.append(EventMaterial("桌牌", f"{name}桌牌", {"人员": people}))
    else:
        lacking.append(f"{number} 的“签到”表里还没有人，签到表只有空行，桌牌没有生成")
    came = [person for person in people if person["出勤"] == "出席" and person["学时"] not in ("", "0")]
    over = (ends or starts).date() if starts else None
    if over is not None and over <= registry.today and came:
        day = day_words(over)
        materials.append(EventMaterial("证书", f"{name}结业证书", head | {"日期": held, "人员": came, "成文日期": day}))
    else:
        lacking.append(f"{number} 还没有有学时的出席记录，或活动还没有结束，结业证书没有生成")
    return materials, lacking


def _people(registry: Registry, number: str) -> Iterator[dict[str, str]]:
    """Those on the list of an event: enrolled or signed in, in the order of the sheet."""
    events, attendance = registry["events"], registry["attendance"]
    usual = events["hours"][events.index_of[number]]
    seen: set[str] = set()
    rows = attendance.each("event", "person", "presence", "hours", "enrolled")
    for _, event, person, presence, hours, enrolled in rows:
        if event != number or not person or person in seen or (presence is None and enrolled == "否"):
            continue
        seen.add(person)
        organisation, post = _post(registry, person, registry.today)
        name = registry.name_of("people", person)
        shown = hours if hours is not None else usual
        yield {
            "序号": str(len(seen)), "姓名": spaced(name), "大字": spaced(name) if len(name) <= _BIG else "", "小字": "" if len(name) <= _BIG else name,
            "所在组织": organisation, "职务": post, "出勤": presence or "", "学时": plain(shown) if shown is not None else "",
        }  # fmt: skip


def _post(registry: Registry, person: str, day: datetime.date) -> tuple[str, str]:
    """The organisation somebody is in and her post there, the first that holds on the day."""
    posts = registry["posts"]
    for _, who, organisation, post, start, end in posts.each(
        "person", "organisation", "post", "from_month", "to_month"
    ):
        if who == person and organisation and within(month_of(day), start, end):
            return registry.name_of("organisations", organisation), words(post)
    return "", ""
