"""Only what is whole goes out: what a product rests on is compared with what was read before anything is written.

What was not read is not nothing: where a workbook that could not be opened, a sheet that was not surely enough a table to
be read, or a column that is not there may hold what a document says or a figure counts, that document and that figure are
withheld. Where only some rows were not understood, they go out with a remark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jinguo.common.errors import JinguoError
from jinguo.common.findings import some_of
from jinguo.registry.tables import Registry
from jinguo.registry.uncounted import lost, remarks
from jinguo.schema import TABLES
from jinguo.training.coverage import unattended

#: What everything rests on: who signs, whose words and figures hold.
_SETTINGS = ("office", "parameters", "vocabularies")
#: What the statistics of training and of the exams count.
TRAINING = ("events", "attendance", "people", "posts", "organisations", "townships", "education_hours")
EXAMS = ("exam_entries", "pass_marks", "certificates", "people", "posts", "organisations")
STATISTICS = tuple(dict.fromkeys((*TRAINING, *EXAMS)))
#: What the figures of the year count: whose table cannot be read is named all through them.
YEAR = (
    "organisations", "centres", "changes", "inspections", "incubations", "applications", "projects", "payments", "calls", "contest_entries", "services",
    "visits", "experts", "promotions", "groups", "group_members", "duty_log", "people", "posts", "public_posts",
)  # fmt: skip
#: What the papers of a batch rest on; without people and candidates there is nobody to speak of.
NOMINATIONS = (
    "people", "candidates", "batches", "requirements", "quotas", "weights", "opinions", "posts", "public_posts", "family", "organisations",
    "inspections", "events", "attendance", "exam_entries", "pass_marks", "certificates", "projects", "services",
)  # fmt: skip
_AGAIN = "照校验报告里说的处理，再运行一次；以前生成的没有动。"


@dataclass(frozen=True)
class Withheld:
    """A product that does not go out, what of it was not read or is not there, and what to do."""

    product: str
    reasons: tuple[str, ...]
    remedy: str = _AGAIN

    def error(self) -> JinguoError:
        """For a command that has nothing else to do."""
        return JinguoError(f"{self.product}没有生成：{'；'.join(self.reasons)}，写出来会不真实", "", self.remedy)


def withheld_for(product: str, trouble: JinguoError) -> Withheld:
    """A product that does not go out for a trouble with its template or its text."""
    where = f"（{trouble.where}）" if trouble.where else ""
    return Withheld(product, (f"{trouble.what.rstrip('。')}{where}",), f"{trouble.remedy}以前生成的没有动。")


def statistics_remarks(registry: Registry, tables: Collection[str]) -> list[str]:
    """What figures over these tables have to say of what is not in them."""
    found = remarks(registry, tables)
    if not registry["posts"].present and len(registry["organisations"]):
        found.append("没有“任职”表，按层级、级别、镇街、组织统计的只算负责人")
    events = registry["events"]
    silent = [events["number"][i] for i in registry.once(unattended)] if "attendance" in tables else []
    if silent and len(registry["attendance"]):
        found.append(f"有{len(silent)}场已经举办的活动没有一行签到，参训的数字里没有它们（{some_of(silent)}）")
    return found


def nominations_withheld(registry: Registry) -> Withheld | None:
    """Why the papers of the batches do not go out; an office without batches has nothing to withhold."""
    if not registry["batches"].present and "batches" not in registry.unread:
        return None
    return withheld(registry, "推荐材料", NOMINATIONS, must=("people", "candidates", "office"))


def statistics_withheld(registry: Registry) -> Withheld | None:
    """Why the statistics do not go out."""
    return withheld(registry, "统计表和报告", STATISTICS)


def year_withheld(registry: Registry) -> Withheld | None:
    """Why the figures of the year do not go out."""
    return withheld(registry, "年度统计", YEAR)


def summary_withheld(registry: Registry) -> Withheld | None:
    """Why the report of the year does not go out; recommendations are only named in it."""
    return withheld(registry, "工作总结", (*STATISTICS, *YEAR, "batches"))


def unread(registry: Registry, tables: Iterable[str]) -> list[str]:
    """Why any of these tables, though it is not there or has nothing that was understood, may be kept all the same; each
    reason once."""
    reasons = (registry.unread.get(name) or lost(registry, name) for name in tables)
    return list(dict.fromkeys(filter(None, reasons)))


def withheld(registry: Registry, product: str, uses: Iterable[str], must: Iterable[str] = ()) -> Withheld | None:
    """Why a product does not go out; None where all it rests on has been read, and what it `must` have is there."""
    reasons = unread(registry, dict.fromkeys((*_SETTINGS, *uses, *must)))
    reasons += absent(registry, must)
    return Withheld(product, tuple(reasons)) if reasons else None


def absent(registry: Registry, tables: Iterable[str], kept: Iterable[str] = ()) -> list[str]:
    """Which of these tables have no row, and which of those `kept` no sheet with a header; without a word about what was
    not read."""
    found = []
    for name in tables:
        if name not in registry.unread and not len(registry[name]):
            found.append(
                f"“{TABLES[name].sheet}”表是空的" if registry[name].present else f"没有“{TABLES[name].sheet}”表"
            )
    for name in kept:
        if name not in registry.unread and not registry[name].letters:
            found.append(f"没有“{TABLES[name].sheet}”表，或表里没有表头")
    return found
