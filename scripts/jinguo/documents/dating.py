"""The day a document bears: that of its stage, not of the run. What went out on a day keeps it as long as it says the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.common.output import Output
from jinguo.registry.settings import Settings
from jinguo.registry.workdays import last_workday
from jinguo.schema.wording import day_words
from jinguo.word.template import Template


class Earlier(NamedTuple):
    """What an earlier run wrote in a document's place, untouched since: its day and its bytes."""

    day: datetime.date
    document: bytes


def earlier_in(output: Output, folder: str, name: str) -> Earlier | None:
    """What an earlier run wrote here under this name and nobody has edited."""
    found = output.untouched(folder, name)
    return Earlier(datetime.date.fromisoformat(found[0]), found[1]) if found else None


class Dated(NamedTuple):
    """A document and the day it bears."""

    document: bytes
    day: datetime.date


class Dating(NamedTuple):
    """What decides the day of one document: its `fixed` day (of the notice to the public, of the registered letter), what an
    earlier run wrote, and the names of deadlines that are so many workdays `within` its day."""

    settings: Settings
    today: datetime.date
    fixed: datetime.date | None = None
    earlier: Earlier | None = None
    within: Mapping[str, int] = {}


def dated(template: Template, context: Mapping[str, Any], remark: str, dating: Dating) -> Dated:
    """The document with its fixed day; without one with the day of what an earlier run wrote, as long as it is then the same to
    the byte and no older than 参数 › 发文有效天数; else with today. JinguoError as Template.finish."""

    def on(day: datetime.date) -> bytes:
        limits = {name: day_words(last_workday(dating.settings, day, days)) for name, days in dating.within.items()}
        return template.finish({**context, **limits, "成文日期": day_words(day)}, remark, day, sent=day == dating.fixed)

    if dating.fixed:
        return Dated(on(dating.fixed), dating.fixed)
    earlier = dating.earlier
    lasts = datetime.timedelta(days=int(dating.settings.parameter("发文有效天数")))
    if earlier and earlier.day < dating.today <= earlier.day + lasts and _same(on, earlier):
        return Dated(earlier.document, earlier.day)
    return Dated(on(dating.today), dating.today)


def _same(on: Callable[[datetime.date], bytes], earlier: Earlier) -> bool:
    try:
        return on(earlier.day) == earlier.document
    except JinguoError:
        # It asks for something by a day that is past by now.
        return False
