"""What of a registry could not be counted: rows that are there, and of which nobody knows what they say.

Zero is not the same as unread: whatever is counted over a table says how many of its rows are not in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from jinguo.common.findings import some_of
from jinguo.registry.tables import Registry, Table

#: The fields without which a row is in no figure, or in the wrong one: a name of theirs, or a number, that means nothing.
_COUNTED_BY = {
    "organisations": "number township tier level status",
    "people": "number",
    "posts": "person organisation from_month to_month",
    "public_posts": "person post from_month to_month",
    "inspections": "organisation year result",
    "incubations": "organisation stage date",
    "events": "number starts type hours cost",
    "attendance": "event person presence hours",
    "exam_entries": "year level person subject score",
    "pass_marks": "year level subject pass_mark",
    "certificates": "person level obtained_on registered_until",
    "education_hours": "person date hours",
    "candidates": "batch person assessment pin",
    "requirements": "batch field comparison value nature bonus",
    "quotas": "batch dimension value least most",
    "weights": "batch indicator weight full",
    "opinions": "batch person department opinion date",
    "projects": "contractor status starts ends",
    "services": "organisation date beneficiaries",
    "contest_entries": "contest number organisation",
    "contest_scores": "entry judge score",
    "duty_units": "organisation from_date to_date weekdays weight",
    "duty_absences": "organisation from_date to_date",
    "duty_swaps": "date organisation substitute",
    "duty_plan": "date organisation",
    "duty_log": "date organisation present",
}


def counted_by(table: str) -> list[str]:
    """The fields by which the rows of a table are counted; empty for a table of which nothing is counted."""
    return _COUNTED_BY.get(table, "").split()


def uncounted_rows(registry: Registry, name: str) -> dict[int, list[str]]:
    """The rows of a table that are not in every figure they belong to, each with the headers of what could not be read
    there."""
    found: dict[str, dict[int, list[str]]] = registry.once(_all_uncounted)
    return found.get(name, {})


def _all_uncounted(registry: Registry) -> dict[str, dict[int, list[str]]]:
    found: dict[str, dict[int, list[str]]] = {}
    for name, table in registry.tables.items():
        fields = counted_by(name)
        rows: defaultdict[int, list[str]] = defaultdict(list)
        if table.unreadable:
            for field in fields:
                header = table.spec.by_name[field].header
                for _, index in sorted(cell for cell in table.unreadable if cell[0] == field):
                    rows[index].append(header)
        for index, headers in _rows_without_column(table, fields):
            rows[index] += headers
        for index, why in _impossible(registry, name):
            rows[index].append(why)
        found[name] = dict(rows)
    return found


def _impossible(registry: Registry, name: str) -> list[tuple[int, str]]:
    """Rows that cannot be as they are written: days and years still to come, a pass mark above the full mark."""
    table, today = registry[name], registry.today
    if name in _HAPPENED:
        field = _HAPPENED[name]
        header = table.spec.by_name[field].header
        return [(i, f"{header}{_TO_COME}") for i, day in table.each(field) if day and day > today]
    if name == "exam_entries":
        return [(i, f"年度{_TO_COME}") for i, year in table.each("year") if year and year > today.year + 1]
    if name == "pass_marks":
        rows = table.each("full_mark", "pass_mark")
        return [
            (i, "合格线高于满分") for i, full, mark in rows if full is not None and mark is not None and mark > full
        ]
    return []


_TO_COME = "在将来"
#: The day of what a row says has happened.
_HAPPENED = {"education_hours": "date", "certificates": "obtained_on"}


#: Columns that need not be filled, but without which every row would say the same: nobody has been given a score.
_NEEDED = {"exam_entries": ("score",)}


def _rows_without_column(table: Table, fields: Iterable[str]) -> list[tuple[int, list[str]]]:
    """The rows of the sheets that lack a column no row is without, or in which another may stand under a title that nobody
    was sure of."""
    named, needed = table.spec.by_name, _NEEDED.get(table.spec.name, ())
    lacking = [
        [
            named[f].header
            for f in fields
            if f not in block.letters and (named[f].required or f in needed or f in block.doubtful)
        ]
        for block in table.blocks
    ]
    if not any(lacking):
        return []
    starts = [0, *table.stops]
    return [
        (index, headers)
        for headers, start, stop in zip(lacking, starts, table.stops, strict=False)
        for index in (range(start, stop) if headers else ())
    ]


def remarks(
    registry: Registry, tables: Iterable[str], only: Mapping[str, Collection[str]] = MappingProxyType({})
) -> list[str]:
    """What a figure or a document over these tables has to say of the rows that are not in it: 附注. Of some tables `only` these
    fields matter to it."""
    found = []
    for name in tables:
        rows = uncounted_rows(registry, name)
        if name in only:
            headers = {registry[name].spec.by_name[f].header for f in only[name]}
            rows = {i: mine for i, said in rows.items() if (mine := [h for h in said if h in headers])}
        if rows:
            counts = Counter(header for headers in rows.values() for header in headers)
            reasons = "、".join(f"{header}{count}行" for header, count in counts.items())
            found.append(f"“{registry[name].spec.sheet}”表另有{len(rows)}行未能识别，未计入有关数字（{reasons}）")
        doubled = doubled_keys(registry, name)
        if doubled and name in _DOUBLED_MATTERS:
            found.append(
                f"“{registry[name].spec.sheet}”表的编号{some_of(doubled)}重复，分不清是哪一行的，都算在先写的一行"
            )
    return found


#: Tables whose keys others refer to; with a doubled key nobody knows which row is meant.
_DOUBLED_MATTERS = ("organisations", "people", "events", "projects", "contest_entries")


def doubled_keys(registry: Registry, name: str) -> list[str]:
    """The keys of a table that stand in several rows, in the order in which they first do."""
    table = registry[name]
    keys = table.columns.get(table.spec.key, ())
    if len(table.index_of) == len(keys):
        return []
    return [key for key, count in Counter(key for key in keys if key is not None).items() if count > 1]


#: So much of a table not understood, or with names that contradict the numbers, and nothing is counted over it.
_MANY, _FEW, _SOME = 1 / 3, 0.1, 5
#: The tables that name a person beside the number; in 家庭成员 the name is the relative's.
_NAMED = ("attendance", "exam_entries")


def _misnamed(registry: Registry, name: str) -> int:
    """How many rows name another person than their number does."""
    table = registry[name]
    if name not in _NAMED or "name" not in table.letters:
        return 0
    names = registry["people"].mapping("name")
    pairs = zip(table["person"], table["name"], strict=True)
    return sum(
        bool(said) and person in names and bool(names[person]) and names[person] != said for person, said in pairs
    )


def lost(registry: Registry, name: str) -> str:
    """Why nothing of a table could be counted though it has rows: a column is missing, or no row was understood; empty
    where something could."""
    found: dict[str, str] = registry.once(_all_lost)
    return found[name]


def _all_lost(registry: Registry) -> dict[str, str]:
    # Every kind of document asks for the tables it rests on, and most rest on the same.
    return {name: _lost(registry, name) for name in registry.tables}


def _lost(registry: Registry, name: str) -> str:
    table = registry[name]
    # What is dated after the day that --today names is no loss: that day is asked for.
    rows = {i: why for i, why in uncounted_rows(registry, name).items() if not all(w.endswith(_TO_COME) for w in why)}
    strangers = _misnamed(registry, name)
    if strangers > max(_SOME, len(table) * _FEW):
        return f"{table.where} 有 {strangers} 行的姓名与人员编号对不上"
    if not rows or len(rows) < min(len(table), max(_SOME, len(table) * _MANY)):
        return ""
    headers = Counter(header for found in rows.values() for header in found)
    header, count = headers.most_common(1)[0]
    field = next((f for f in table.spec.fields if f.header == header), None)
    if field and field.name not in table.letters:
        return f"{table.where} 没有“{header}”这一栏"
    share = "都" if len(rows) == len(table) else f"（共 {len(table)} 行）"
    return f"{table.where} 的 {len(rows)} 行{share}没有认出来（{header} {count} 行）"
