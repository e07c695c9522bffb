"""Only what is whole goes out: what a product rests on is compared with what was read before anything is written.

What was not read is not nothing: where a workbook that could not be opened, or a sheet that was not surely enough a table
to be read, may hold what a document says or a figure counts, that document and that figure are withheld.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jinguo.common.errors import JinguoError
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES

#: What everything rests on: who signs, whose words and figures hold.
_SETTINGS = ("office", "parameters", "vocabularies")
#: What the statistics count.
STATISTICS = (
    "people", "posts", "organisations", "townships", "events", "attendance", "exam_entries", "pass_marks", "certificates", "education_hours",
)  # fmt: skip
#: What the papers of a batch rest on; without people and candidates there is nobody to speak of.
NOMINATIONS = (
    "people", "candidates", "batches", "requirements", "quotas", "weights", "opinions", "posts", "public_posts", "family", "organisations",
    "inspections", "events", "attendance", "exam_entries", "pass_marks", "certificates", "projects", "services",
)  # fmt: skip


@dataclass(frozen=True)
class Withheld:
    """A product that does not go out, and what of it was not read or is not there."""

    product: str
    reasons: tuple[str, ...]

    #: What to do, the same for all.
    remedy = "照校验报告里说的处理，再运行一次；以前生成的没有动。"

    def error(self) -> JinguoError:
        """For a command that has nothing else to do."""
        return JinguoError(f"{self.product}没有生成：{'；'.join(self.reasons)}，写出来会不真实", "", self.remedy)


def nominations_withheld(registry: Registry) -> Withheld | None:
    """Why the papers of the batches do not go out; an office without batches has nothing to withhold."""
    if not registry["batches"].present and "batches" not in registry.unread:
        return None
    return withheld(registry, "推荐材料", NOMINATIONS, must=("people", "candidates"))


def statistics_withheld(registry: Registry) -> Withheld | None:
    """Why the statistics do not go out."""
    return withheld(registry, "统计表和报告", STATISTICS)


def unread(registry: Registry, tables: Iterable[str]) -> list[str]:
    """Why any of these tables, though it is not there, may be kept all the same; each reason once."""
    return list(dict.fromkeys(registry.unread[name] for name in tables if name in registry.unread))


def withheld(registry: Registry, product: str, uses: Iterable[str], must: Iterable[str] = ()) -> Withheld | None:
    """Why a product does not go out; None where all it rests on has been read, and what it `must` have is there."""
    reasons = unread(registry, (*_SETTINGS, *uses, *must))
    absent = (name for name in must if not registry[name].present and name not in registry.unread)
    reasons += [f"没有“{TABLES[name].sheet}”表" for name in absent]
    return Withheld(product, tuple(reasons)) if reasons else None
