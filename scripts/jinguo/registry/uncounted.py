"""What of a registry could not be counted: rows that are there, and of which nobody knows what they say.

Zero is not the same as unread: whatever is counted over a table says how many of its rows are not in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

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
        found[name] = dict(rows)
    return found


def _rows_without_column(table: Table, fields: Iterable[str]) -> list[tuple[int, list[str]]]:
    """The rows of the sheets that lack a column no row is without, or in which another may stand under a title that nobody
    was sure of."""
    named = table.spec.by_name
    lacking = [
        [named[f].header for f in fields if f not in block.letters and (named[f].required or f in block.doubtful)]
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


def remarks(registry: Registry, tables: Iterable[str]) -> list[str]:
    """What a figure or a document over these tables has to say of the rows that are not in it: 附注."""
    found = []
    for name in tables:
        rows = uncounted_rows(registry, name)
        if rows:
            counts = Counter(header for headers in rows.values() for header in headers)
            reasons = "、".join(f"{header}{count}行" for header, count in counts.items())
            found.append(f"“{registry[name].spec.sheet}”表另有{len(rows)}行未能识别，未计入有关数字（{reasons}）")
        doubled = doubled_keys(registry, name)
        if doubled and name in _DOUBLED_MATTERS:
            shown = "、".join(map(str, doubled[:3])) + ("等" if len(doubled) > 3 else "")
            found.append(f"“{registry[name].spec.sheet}”表的编号{shown}重复，分不清是哪一行的，都算在先写的一行")
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


def lost(registry: Registry, name: str) -> str:
    """Why nothing of a table could be counted though it has rows: a column is missing, or no row was understood; empty
    where something could."""
    table, rows = registry[name], uncounted_rows(registry, name)
    if not len(table) or len(rows) < len(table):
        return ""
    headers = Counter(header for found in rows.values() for header in found)
    header, count = headers.most_common(1)[0]
    field = next(f for f in table.spec.fields if f.header == header)
    if field.name not in table.letters:
        return f"{table.where} 没有“{header}”这一栏"
    return f"{table.where} 的 {len(rows)} 行都没有认出来（{header} {count} 行）"
