"""Where a project stands: which have their mid-term assessment or their closing outstanding, and who signs for whom."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.registry.tables import Registry

#: Stages of a project that is at work.
AT_WORK = ("立项", "实施", "中期")


def midterm_outstanding(registry: Registry) -> Iterator[int]:
    """The rows of projects further than 参数 › 中期评估进度 through their time, with no mid-term assessment; micro projects have none,
    and of one that has ended the closing is outstanding."""
    projects = registry["projects"]
    if "midterm" not in projects.letters:
        return
    share = int(registry.settings.parameter("中期评估进度"))
    for i, kind, start, end, status, midterm in projects.each("type", "starts", "ends", "status", "midterm"):
        if kind in (None, "微项目") or midterm or status not in ("立项", "实施") or not start or not end:
            continue
        if start < end and registry.today <= end and (registry.today - start).days * 100 >= (end - start).days * share:
            yield i


def closing_outstanding(registry: Registry) -> Iterator[int]:
    """The rows of projects that have ended and are not closed."""
    for i, start, end, status in registry["projects"].each("starts", "ends", "status"):
        in_order = start is None or end is None or start <= end
        if end and in_order and end < registry.today and status in AT_WORK:
            yield i


def may_sign(registry: Registry, organisation: str | None) -> bool | None:
    """Whether an organisation may sign a contract itself (参数 › 有法人资格的登记状态); None where nobody knows."""
    status = registry["organisations"].value(organisation, "status")
    return None if status is None else status in registry.settings.list_of("有法人资格的登记状态")
