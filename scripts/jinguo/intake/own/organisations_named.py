"""Which organisation a name means: the full name, a short or former one, without the county before it, or shortened."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jinguo.schema.types import tidy_name

_COUNTY = re.compile(r"^([\u4e00-\u9fff]{2,3}(?:[县市]|(?<![社小园校地城])区))(?!.{0,2}(?:街道|镇|乡))")
#: Places and authorities: never short for an organisation that begins like them.
_NO_SHORT_NAME = re.compile(r".*(?:街道|镇|乡|村|社区|[县市区]|妇联|办事处|政府|[局委办])")
_BRACKETS = re.compile(r"（.*?）|\s")
#: So many characters of a name at least may stand for it, where they are a piece of it, or only some of it in order.
_LEAST_PIECE, _LEAST_LETTERS = 2, 3


class KnownOrganisation(NamedTuple):
    """An organisation by which a name may be known: its key, its names, its township."""

    key: str
    names: tuple[str, ...]
    township: str = ""


class Meant(NamedTuple):
    """What a name was found to mean: the key (empty where nothing or several), the keys it may mean, and how: 全称, 简称,
    相近 or nothing."""

    key: str
    candidates: tuple[str, ...] = ()
    how: str = ""


def is_no_short_name(text: str) -> bool:
    """Whether a text is a place or an authority, and not a piece of the name of an organisation."""
    return bool(_NO_SHORT_NAME.fullmatch(text))


def counties_of(names: Iterable[str]) -> list[str]:
    """The counties or cities with which names of organisations begin, the two that come most often."""
    counties = Counter(match[1] for match in map(_COUNTY.match, names) if match)
    return [county for county, _ in counties.most_common(2)]


class Organisations:
    """All organisations of a registry, to be asked what a name means; each name is looked up once."""

    def __init__(self, known: Iterable[KnownOrganisation], places: Sequence[str] = ()) -> None:
        self.known = list(known)
        #: Those of which it has to be said whether they are one.
        self.doubled: set[str] = set()
        self.places = sorted({*places, *(k.township for k in self.known if k.township)}, key=len, reverse=True)
        stems = ((place, re.sub("街道$|镇$|乡$|县$|市$|区$", "", place)) for place in self.places)
        #: Each place with the name people leave it at; one of a single character would begin many a name.
        self._prefixes = [(place, stem if len(stem) > 1 else place) for place, stem in stems]
        self._stems = tuple(stem for _, stem in self._prefixes)
        self._exact: defaultdict[str, list[str]] = defaultdict(list)
        self._cores: dict[str, str] = {}
        for one in self.known:
            for name in dict.fromkeys(filter(None, one.names)):
                core = self.core(name)
                for form in dict.fromkeys((_plain(name), core)):
                    if one.key not in self._exact[form]:
                        self._exact[form].append(one.key)
                self._cores.setdefault(one.key, core)
            self._cores.setdefault(one.key, "")
        self.names = {k.key: k.names[0] for k in self.known if k.names}
        self.townships = {k.key: k.township for k in self.known}
        self._asked: dict[str, Meant] = {}

    def core(self, name: str) -> str:
        """A name without the county or the township in front and what is in brackets."""
        core = _plain(name)
        if not core.startswith(self._stems):
            return core
        for place, stem in self._prefixes:
            if core.startswith(stem):
                if core.startswith(place) and len(core) > len(place) + 1:
                    return self.core(core[len(place) :])
                if len(core) > len(stem) + 1:
                    return core[len(stem) :]
        return core

    def meaning(self, name: str) -> Meant:
        """What a name means."""
        if name not in self._asked:
            self._asked[name] = self._look_up(name)
        return self._asked[name]

    def _look_up(self, name: str) -> Meant:
        plain, core = _plain(name), self.core(name)
        if len(plain) < 2:
            return Meant("")
        for form in (plain, core):
            found = self._exact.get(form)
            if found:
                return Meant(found[0], (), "全称") if len(found) == 1 else Meant("", tuple(found), "同名")
        if is_no_short_name(plain):
            return Meant("")
        for test in (_is_piece, _is_letters):
            found = [key for key, whole in self._cores.items() if test(core, whole)]
            if len(found) == 1:
                return Meant(found[0], (), "简称")
            if found:
                return Meant("", tuple(found[:6]), "简称")
        from rapidfuzz import fuzz, process

        near = process.extract(core, self._cores, scorer=fuzz.ratio, score_cutoff=72, limit=3)
        return Meant("", tuple(key for _, _, key in near), "相近") if near else Meant("")


def _plain(name: str) -> str:
    return _BRACKETS.sub("", tidy_name(name))


def _is_piece(short: str, whole: str) -> bool:
    return (
        len(short) >= _LEAST_PIECE
        and short in whole
        and not re.fullmatch("协会|中心|服务中心|服务队|志愿队|工作室|艺术团", short)
    )


def _is_letters(short: str, whole: str) -> bool:
    """Whether a name is some characters of the whole in their order, its last word among them: 女企协, 红糖协会."""
    if len(short) < _LEAST_LETTERS or len(short) >= len(whole):
        return False
    rest = iter(whole)
    if not all(c in rest for c in short):
        return False
    # The first character begins a word that stands early in the name; short forms keep the beginning.
    return whole.index(short[0]) <= 3
