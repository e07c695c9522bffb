"""Whether a row that came back is still about those it was sent about, or somebody else was written over them."""

from __future__ import annotations

from collections.abc import Container, Mapping

from rapidfuzz.distance import Levenshtein

from jinguo.registry.cell_texts import keeps_numbers
from jinguo.registry.tables import Table
from jinguo.schema import TableSpec
from jinguo.survey.asked import about_whom


def written_over_whom(spec: TableSpec, now: Mapping[str, str], was: Mapping[str, str]) -> str:
    """Who a row without a key of its own was about, where it names another person or organisation now; empty where it is still the
    same, or a name of which a sign was put right."""
    names = [] if spec.key else about_whom(spec)
    others = [n for n in names if was.get(n) and now.get(n) and not _same_name(was[n], now[n])]
    return "，".join(was[n] for n in names if was.get(n)) if others else ""


def _same_name(one: str, other: str) -> bool:
    """Whether two texts name one, but for the number behind it and one sign of three."""
    one, other = (bare(text.partition("（")[0]) or bare(text) for text in (one, other))
    return one == other or (len(one) > 2 and Levenshtein.distance(one, other) * 3 <= max(len(one), len(other)))


def bare(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


#: Where the name changes and one of these too, it is perhaps somebody else.
_WHO_SHE_IS = {"people": ("id_number", "born", "mobile"), "organisations": ("credit_code", "phone", "head")}


def perhaps_another(table: Table, changed: Container[str], was: Mapping[str, str]) -> str:
    """What is to be said of a row of which these columns `changed`, in which somebody else was perhaps written over whoever stood there
    when it was sent."""
    spec = table.spec
    other = "名字变了：是改名、改错字的选“采用”，换了一个的选“不采用”，新的另加一行"
    if not spec.key:
        return other if any(n in changed and was.get(n) for n in about_whom(spec)) else ""
    if spec.display not in changed or not was.get(spec.display):
        return ""
    more = [spec.by_name[n].header for n in _WHO_SHE_IS.get(spec.name, ()) if n in changed and was.get(n)]
    if more:
        return f"{spec.by_name[spec.display].header}和{'、'.join(more)}都变了，像是换了一个：换了的，这里选“不采用”，新的另加一行"
    return other if keeps_numbers(table) else "自己的登记表靠名字认人，改名要各处一起改，请在台账里自己改"
