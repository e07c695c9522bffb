"""A row that names a person uniquely is that person's, also where the number was not filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from jinguo.common.findings import Finding, finding, some_of
from jinguo.registry.tables import Table
from jinguo.schema.codes import Reference
from jinguo.schema.problems import NAMED_ROW, REQUIRED

_SHOWN = 3


def take_named_rows(tables: Mapping[str, Table], findings: list[Finding]) -> list[Finding]:
    """The findings without those about missing numbers of people whom the name beside tells, and with a hint for each table;
    the rows get the person's number."""
    people = tables["people"]
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for number, name in zip(people["number"], people["name"], strict=True) if people.letters else ():
        if number and name:
            by_name[name].append(number)
    settled: set[tuple[str, str, str]] = set()
    hints = []
    for table in tables.values():
        field = table.spec.by_name.get("person")
        if field is None or not isinstance(field.type, Reference) or "name" not in table.letters or table is people:
            continue
        rows = [
            i
            for i, name in table.each("name")
            if table["person"][i] is None and not table.shown(i, "person") and len(by_name.get(name, ())) == 1
        ]
        for i in rows:
            table.columns["person"][i] = by_name[table["name"][i]][0]
            table.unreadable.discard(("person", i))
            settled.add(table.address(i, "person"))
        if rows:
            shown = some_of([f"{table['name'][i]} {table['person'][i]}" for i in rows], _SHOWN)
            what = f"有 {len(rows)} 行没有填“{field.header}”，按姓名认的（{shown}）"
            hints.append(finding(NAMED_ROW, table.address(rows[0], "person"), "", what))
    kept = [f for f in findings if not (f.code == REQUIRED.code and (f.workbook, f.sheet, f.cell) in settled)]
    return kept + hints
