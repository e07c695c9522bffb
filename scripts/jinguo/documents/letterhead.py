"""What every notice and letter says of itself: who writes, to whom, when, and whom to ask."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words
from jinguo.word.titles import title_lines

#: Whom the notices to all are addressed to.
TO_ALL = "各乡镇（街道）妇联，各有关女性社会组织"


def titled(registry: Registry, title: str) -> str:
    """The title over as many lines as it needs, broken at words; names of the registry are kept whole."""
    return title_lines(title, frozenset(name for name in names_in_titles(registry) if name in title))


def names_in_titles(registry: Registry) -> frozenset[str]:
    """Names that are kept whole where a title breaks."""
    return registry.once(_names)


def _names(registry: Registry) -> frozenset[str]:
    """Names that may stand in a title: of organisations, townships and the office itself."""
    names = {*registry["organisations"]["name"], *registry["townships"]["name"], registry.settings.item("单位名称")}
    return frozenset(name for name in names if name and len(name) > 1)


def letterhead(registry: Registry, title: str, to: str) -> dict[str, Any]:
    """The values of a letter: title, addressee, signature, day, contact."""
    settings = registry.settings
    return {
        "发文字号": "", "标题": titled(registry, title), "主送机关": to, "单位名称": settings.item("单位名称"), "成文日期": day_words(registry.today),
        "联系人": settings.item("联系人"), "联系电话": settings.item("电话"),
    }  # fmt: skip


def letter(registry: Registry, title: str, to: str, values: Mapping[str, Any]) -> Callable[[str], dict[str, Any]]:
    """What a letter without a number may place: these values and its letterhead, put together when it is written, and not
    already when it is seen that it is due."""

    @cache
    def context(number: str) -> dict[str, Any]:
        return {**values, **letterhead(registry, title, to)}

    return context


def numbered_letterhead(registry: Registry, title: str, to: str, number: str) -> dict[str, Any]:
    """The values of a 公文 with its mark and number."""
    return letterhead(registry, title, to) | {
        **sender(registry, None, number),
    }


def hosts(registry: Registry, host: str | None) -> list[str]:
    """Who writes of an event: the office alone, or where it is one of several hosts all of them, in the order of 主办单位."""
    own = registry.settings.item("单位名称")
    named = [part.strip() for part in re.split("[、，,；;]", host or "") if part.strip()]
    return named if len(named) > 1 and own in named else [own]


def sender(registry: Registry, host: str | None, number: str) -> dict[str, str]:
    """Mark, number, signature and 版记 of a document of these hosts; of several a line each (GB/T 9704-2012, 7.2.4)."""
    offices = hosts(registry, host)
    mark = registry.settings.mark if len(offices) == 1 else "\n".join(offices) + "文件"
    return {"发文机关标志": mark, "发文字号": number, "单位名称": "\n".join(offices), **registry.settings.record}


def is_fresh(registry: Registry, title: str, since: datetime.date | None) -> bool:
    """Whether what happened on this day is still to be announced: until 参数 › 发文有效天数 after it, or after the letter of
    this title was registered in 发文登记, whichever is later."""
    from jinguo.office.letters import registered_on

    days = [day for day in (since, registered_on(registry, title)) if day]
    return bool(days) and (registry.today - max(days)).days <= int(registry.settings.parameter("发文有效天数"))
