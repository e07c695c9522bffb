"""What a requirement, a quota or an indicator may ask of a candidate: one name, one value, and the cell it came
from."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from jinguo.common.rounding import half_up
from jinguo.exams.results import qualifications
from jinguo.organisations.membership import current_organisations
from jinguo.registry.tables import Registry, Table
from jinguo.schema.codes import Reference, birth_day
from jinguo.schema.dates import Month, month_of, within
from jinguo.schema.model import header_key
from jinguo.schema.numbers import Number
from jinguo.schema.types import Choice, FieldType, Text

#: Certificates from low to high; 无 is what the registry says of a person without one.
CERTIFICATE = Choice(("无", "初级", "中级", "高级"), ordered=True)
#: A project that is only applied for, or broken off, was not taken on.
TAKEN_ON = ("立项", "实施", "中期", "结项")
#: The table of the rows that a condition counts.
_KEPT_IN = {
    "学时": "attendance", "出勤率": "attendance", "证书": "certificates", "项目数": "projects", "服务人次": "services",
    "社会职务": "public_posts", "职务": "posts", "考试合格": "exam_entries", "年检结论": "inspections",
}  # fmt: skip


class Attribute(NamedTuple):
    """The value of a condition for one person: None is unknown, and `place` is the cell to look at or to fill.

    `readable` is False where the cell holds something that could not be read, which is not the same as empty. A
    reference has two values, the key and the name.
    """

    value: Any
    place: str
    type: FieldType
    readable: bool = True


class Attributes:
    """The conditions of one batch's candidates, computed from the registry as of the closing date."""

    def __init__(self, registry: Registry, closing: datetime.date, day: datetime.date | None = None) -> None:
        self.registry = registry
        self.closing = closing
        #: Ages, and the posts that are held, are those of this day.
        self.day = day or closing
        self._known: dict[tuple[str, str], Attribute] = {}
        self._indexes: dict[tuple[str, str], Mapping[str, Sequence[int]]] = {}
        self.computed: dict[str, tuple[FieldType, Callable[[str], Any]]] = {
            "年龄": (Number(unit="岁"), self._age),
            "学时": (Number(unit="学时"), lambda person: self.training[person].hours),
            "出勤率": (Number(unit="%"), lambda person: self.training[person].rate()),
            "证书": (CERTIFICATE, self._certificate),
            "项目数": (Number(unit="个"), self._projects),
            "服务人次": (Number(unit="人次"), self._services),
            "社会职务": (Text(), self._public_posts),
            "职务": (Text(), self._posts),
            "考试合格": (Text(), self._qualified),
            "年检结论": (Text(), self._inspection),
        }

    @cached_property
    def organisations(self) -> dict[str, list[str]]:
        """Each person's organisations on the closing date."""
        return current_organisations(self.registry, self.closing)

    @cached_property
    def training(self) -> defaultdict[str, _Training]:
        return _training_totals(self.registry, self.closing)

    def is_kept(self, name: str) -> bool:
        """Whether the office keeps what a condition is computed from, or what its column stands in."""
        return not self.lacking(name)

    def lacking(self, name: str) -> str:
        """The sheet of the table that a condition needs and the office does not keep; empty where it does."""
        found = None if name in self.computed else self._find(name)
        needed = _KEPT_IN.get(name) or (found[0].spec.name if found else "")
        return self.registry[needed].spec.sheet if needed and not len(self.registry[needed]) else ""

    def is_of_organisation(self, name: str) -> bool:
        """Whether a condition is about the organisation a person belongs to."""
        found = None if name in self.computed else self._find(name)
        return name in ("年检结论", "项目数", "服务人次") or bool(found and found[0].spec.name == "organisations")

    def knows(self, name: str) -> bool:
        """Whether a condition of this name exists."""
        return name in self.computed or self._find(name) is not None

    def names(self) -> list[str]:
        """Every condition there is, for suggestions."""
        tables = (self.registry["people"], self.registry["organisations"])
        return [*self.computed, *(f.header for t in tables for f in t.spec.fields)]

    def of(self, person: str, name: str) -> Attribute:
        """The value of condition `name` for `person`; value None where it is unknown."""
        known = self._known.get((person, name))
        if known is None:
            known = self._known[person, name] = self._worked_out(person, name)
        return known

    def _rows(self, table: str, field: str) -> Mapping[str, Sequence[int]]:
        """The rows of a table by a field, gone through once for everybody."""
        if (table, field) not in self._indexes:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for i, key in self.registry[table].filled(field):
                found[key].append(i)
            self._indexes[table, field] = found
        return self._indexes[table, field]

    def _worked_out(self, person: str, name: str) -> Attribute:
        people = self.registry["people"]
        row = people.index_of.get(person)
        home = people.place(row, "born" if name == "年龄" else "number") if row is not None else ""
        if name in self.computed:
            kind, compute = self.computed[name]
            if name in _KEPT_IN and not self.is_kept(name):
                # What is not kept is not known: nobody has 0 hours because the sheet of attendance is not there.
                return Attribute(None, self.registry[_KEPT_IN[name]].where, kind, readable=False)
            value = compute(person)
            unread = name == "年龄" and value is None and row is not None and not people.readable(row, "born")
            return Attribute(value, home, kind, not unread)
        found = self._find(name)
        if found is None:
            return Attribute(None, home, Text())
        table, field = found
        if table is people:
            index = row
        else:
            mine = self.organisations.get(person)
            index = table.index_of.get(mine[0]) if mine else None
        kind = table.spec.by_name[field].type
        if index is None:
            return Attribute(None, home, kind)
        value = table[field][index]
        if isinstance(kind, Reference) and value is not None:
            value = (value, self.registry.name_of(kind.table, value))
        return Attribute(value, table.place(index, field), kind, table.readable(index, field))

    def _find(self, name: str) -> tuple[Table, str] | None:
        """The column a condition names: the person's own first, then her organisation's; 组织.备注 is always the latter."""
        people, organisations = self.registry["people"], self.registry["organisations"]
        prefix, _, rest = name.partition(".")
        tables = (organisations,) if prefix == "组织" and rest else (people, organisations)
        key = header_key(rest if prefix == "组织" and rest else name)
        for table in tables:
            if key in table.spec.by_header:
                return table, table.spec.by_header[key].name
        return None

    def _age(self, person: str) -> int | None:
        """Full years on the closing date, to the day where the identity card is known, else to the month."""
        people = self.registry["people"]
        number, born = people.value(person, "id_number"), people.value(person, "born")
        if number:
            return age_on(birth_day(number), self.day)
        return None if born is None else age_in_month(born, self.day)

    def oldest(self, person: str) -> int | None:
        """The age she may have if she was born on the first of the month that is all that is known; else her age."""
        people = self.registry["people"]
        number, born = people.value(person, "id_number"), people.value(person, "born")
        return self._age(person) if number or born is None else age_on(born.first_day(), self.day)

    def _certificate(self, person: str) -> str:
        table = self.registry["certificates"]
        held = [
            table["level"][i]
            for i in self._rows("certificates", "person").get(person, ())
            if table["level"][i] and (table["obtained_on"][i] is None or table["obtained_on"][i] <= self.closing)
        ]
        return max(held, key=CERTIFICATE.fixed.index, default="无")

    @cached_property
    def _qualifications(self) -> Mapping[str, Sequence[str]]:
        """The levels everybody has qualified at by the year of the closing date."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for q in self.registry.once(qualifications):
            if q.year <= self.closing.year:
                found[q.person].append(q.level)
        return found

    def _qualified(self, person: str) -> tuple[str, ...]:
        """The levels of the examination she has qualified at by the year of the closing date."""
        return tuple(self._qualifications.get(person, ()))

    def _inspection(self, person: str) -> str | None:
        """The latest inspection result of her (first) organisation; None where it has none."""
        table, mine = self.registry["inspections"], self.organisations.get(person, [])[:1]
        rows = [i for o in mine for i in self._rows("inspections", "organisation").get(o, ())]
        years, results = table["year"], table["result"]
        known = ((years[i], results[i]) for i in rows if years[i] and results[i] and years[i] <= self.closing.year)
        return max(known, default=(0, None))[1]

    def _of_organisations(self, person: str, table: str, field: str) -> list[int]:
        """The rows of a table that are of her organisations."""
        return [i for o in self.organisations.get(person, []) for i in self._rows(table, field).get(o, ())]

    def _projects(self, person: str) -> int:
        """Projects her organisations took on, begun by the closing date."""
        table = self.registry["projects"]
        rows = self._of_organisations(person, "projects", "contractor")
        return sum(
            table["status"][i] in TAKEN_ON and (table["starts"][i] is None or table["starts"][i] <= self.closing)
            for i in rows
        )

    def _services(self, person: str) -> int:
        table = self.registry["services"]
        rows = self._of_organisations(person, "services", "organisation")
        return sum(
            table["beneficiaries"][i] or 0 for i in rows if table["date"][i] is None or table["date"][i] <= self.closing
        )

    def _public_posts(self, person: str) -> tuple[str, ...]:
        return self._serving("public_posts", person)

    def _posts(self, person: str) -> tuple[str, ...]:
        return self._serving("posts", person)

    def _serving(self, name: str, person: str) -> tuple[str, ...]:
        """The posts of a table that she holds in the month of the day that counts."""
        month, table = month_of(self.day), self.registry[name]
        return tuple(
            table["post"][i]
            for i in self._rows(name, "person").get(person, ())
            if table["post"][i] and within(month, table["from_month"][i], table["to_month"][i])
        )


def age_on(born: datetime.date, day: datetime.date) -> int:
    """Full years (周岁) on a day: a year is complete on the birthday."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_in_month(born: Month, day: datetime.date) -> int:
    """Full years on a day of a person of whom only the month of birth is known: the last day of that month is
    assumed."""
    return age_on(born.last_day(), day)


class _Training(NamedTuple):
    hours: Decimal
    present: int
    listed: int

    def rate(self) -> Decimal:
        """Events attended of those she was listed for, in percent to one decimal; 0 where she was never listed."""
        return half_up(Fraction(self.present * 100, self.listed), 1) if self.listed else Decimal(0)


def _training_totals(registry: Registry, closing: datetime.date) -> defaultdict[str, _Training]:
    """Each person's hours and attendance at events held by today and by the closing date."""
    attendance, events = registry["attendance"], registry["events"]
    last = min(closing, registry.today)
    totals: defaultdict[str, _Training] = defaultdict(lambda: _Training(Decimal(0), 0, 0))
    seen = set()
    for _, event, person, presence, hours in attendance.each("event", "person", "presence", "hours"):
        start = events.value(event, "starts")
        if start is None or person is None or presence is None or start.date() > last or (event, person) in seen:
            continue
        seen.add((event, person))
        old, present = totals[person], presence == "出席"
        earned = (hours if hours is not None else events.value(event, "hours") or Decimal(0)) if present else Decimal(0)
        totals[person] = _Training(old.hours + earned, old.present + present, old.listed + 1)
    return totals
