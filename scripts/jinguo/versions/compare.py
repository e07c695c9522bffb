"""What changed between two versions of a registry: rows by key, cells by column. The order of rows and columns is no
change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinguo.common.addresses import split_address
from jinguo.common.findings import Finding
from jinguo.registry.tables import Block, Registry, Table
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.codes import Reference

#: Among more rows than these about the same people and organisations, the likest is not looked for further.
_MOST_COMPARED = 200
ADDED, REMOVED, CHANGED, NEW_COLUMN, NO_COLUMN = "新增一行", "删去一行", "改动", "新增一栏", "删去一栏"


@dataclass(frozen=True)
class Difference:
    """One change. `row` is what people call the row; `old_cell` and `new_cell` are addresses in either version,
    where it is there; a whole row is told in one text, in `old` or `new`."""

    kind: str
    workbook: str
    sheet: str
    row: str
    header: str
    old: str
    new: str
    old_cell: str
    new_cell: str


class Comparison(NamedTuple):
    """The differences, in the order of the tables and rows, and the sheets only one of the versions has."""

    differences: list[Difference]
    only_old: list[str]
    only_new: list[str]


def compare(old: Registry, new: Registry) -> Comparison:
    """Every table that both versions have, cell by cell as the cells look."""
    both = [name for name, table in new.tables.items() if table.present and old[name].present]
    found = [difference for name in both for difference in _compare_tables(old[name], new[name])]
    lost, gained = (
        [t.sheets()[0][1] for n, t in one.tables.items() if t.present and not other[n].present]
        for one, other in ((old, new), (new, old))
    )
    return Comparison(found, lost, gained)


def _texts(table: Table) -> dict[str, list[str]]:
    """The cells of each column as they look, by header, the office's own columns included."""
    named = {f.header: table.raw[f.name] for f in table.spec.fields if f.name in table.raw}
    return {header: _looks(values) for header, values in (named | table.extra).items()}


def _looks(values: Sequence[Any]) -> list[str]:
    """Cells as they look; each distinct value is looked at once, unless there are booleans, of which True is 1 to a dictionary."""
    if bool in set(map(type, values)):
        return list(map(_look, values))
    looks = {value: _look(value) for value in dict.fromkeys(values)}
    if all(value is look for value, look in looks.items()):
        # Tidy words look like what they are.
        return list(values)
    return list(map(looks.__getitem__, values))


def _look(value: Any) -> str:
    return "" if is_blank(value) else clean(value)


def _compare_tables(old: Table, new: Table) -> Iterator[Difference]:
    before, after = _texts(old), _texts(new)
    headers, one, other = _aligned(before, after, len(old), len(new))
    for header in (h for h in after if h not in before):
        yield Difference(NEW_COLUMN, *_home(new), "", header, "", _count(after[header]), "", "")
    for header in (h for h in before if h not in after):
        yield Difference(NO_COLUMN, *_home(new), "", header, _count(before[header]), "", "", "")
    pairs = _pairs(old, new, one, other)
    for i in range(len(new)):
        first = pairs.get(i)
        if first is None:
            yield Difference(
                ADDED, *_home(new, new, i), row_name(new, i), "", "", _whole(headers, other[i]), "", _cell(new, i)
            )
        elif one[first] != other[i]:
            for header, was, now in zip(headers, one[first], other[i], strict=True):
                if was != now:
                    cells = _cell(old, first, header), _cell(new, i, header)
                    yield Difference(CHANGED, *_home(new, new, i), row_name(new, i), header, was, now, *cells)
    kept = set(pairs.values())
    for i in range(len(old)):
        if i not in kept:
            yield Difference(
                REMOVED, *_home(new, old, i), row_name(old, i), "", _whole(headers, one[i]), "", _cell(old, i), ""
            )


def _home(new: Table, table: Table | None = None, index: int = 0) -> tuple[str, str]:
    """The workbook and sheet of a row; of a row that is gone those of the new version, which may have other names,
    unless the table is kept on several sheets."""
    sheets = new.sheets()
    if table is None or len(sheets) == 1:
        return sheets[0][:2]
    block = table.block(index)
    return block.workbook, block.sheet


def _aligned(
    before: dict[str, list[str]], after: dict[str, list[str]], old: int, new: int
) -> tuple[list[str], list[tuple], list[tuple]]:
    """The columns that both versions have, and the rows of either, so many, in these columns."""
    headers = [header for header in after if header in before]
    if not headers:
        return [], [()] * old, [()] * new
    one, other = (list(zip(*(texts[h] for h in headers), strict=True)) for texts in (before, after))
    return headers, one, other


def same_rows(old: Table, new: Table) -> dict[int, int]:
    """The row of the old version that each row of the new one was; rows that are new are left out."""
    _, one, other = _aligned(_texts(old), _texts(new), len(old), len(new))
    return _pairs(old, new, one, other)


def _pairs(old: Table, new: Table, one: list[tuple], other: list[tuple]) -> dict[int, int]:
    """The old row of each new row that is the same one: those quite alike first, then by key; without a key, those
    about the same people and organisations that have most cells in common."""
    pairs = dict(_in_turn(one, other))
    if not new.spec.key:
        return pairs | _likest(one, other, _about(old), _about(new), pairs)
    matched = set(pairs.values())
    waiting = [None if i in matched else key for i, key in enumerate(_keys(old))]
    return pairs | dict(_in_turn(waiting, [None if i in pairs else key for i, key in enumerate(_keys(new))]))


def _likest(
    one: list[tuple], other: list[tuple], about: list[tuple], now: list[tuple], pairs: dict[int, int]
) -> dict[int, int]:
    """Of the rows not yet paired: each new one with the old one about the same that shares most cells, at least
    half."""
    matched = set(pairs.values())
    waiting: defaultdict[tuple, list[int]] = defaultdict(list)
    for i, what in enumerate(about):
        if i not in matched:
            waiting[what].append(i)
    found: dict[int, int] = {}
    for i, what in enumerate(now):
        if i in pairs or not waiting.get(what):
            continue
        common = {k: sum(a == b for a, b in zip(one[k], other[i], strict=True)) for k in waiting[what][:_MOST_COMPARED]}
        best = max(common, key=lambda k: (common[k], -k))
        # Cells that are empty in both speak for nothing.
        filled = sum(bool(a or b) for a, b in zip(one[best], other[i], strict=True))
        if (common[best] - len(other[i]) + filled) * 2 >= filled:
            waiting[what].remove(best)
            found[i] = best
    return found


def _in_turn(one: list, other: list) -> Iterator[tuple[int, int]]:
    """(new row, old row) of equal keys; of keys that stand several times, the first with the first, and so on."""
    places = {key: i for i, key in enumerate(one) if key is not None}
    if len(places) == len(one):
        yield from ((i, places.pop(key)) for i, key in enumerate(other) if key in places)
        return
    waiting: defaultdict[object, list[int]] = defaultdict(list)
    for i in range(len(one) - 1, -1, -1):
        waiting[one[i]].append(i)
    for i, key in enumerate(other):
        if key is not None and waiting.get(key):
            yield i, waiting[key].pop()


def _keys(table: Table) -> list[str]:
    """Each row's key as it is read, or as it looks where it cannot be."""
    return [
        str(key) if key is not None else table.shown(i, table.spec.key) for i, key in enumerate(table[table.spec.key])
    ]


def _about(table: Table) -> list[tuple]:
    """What each row refers to: the keys of people, organisations, events; nothing where it refers to none."""
    references = [f.name for f in table.spec.fields if isinstance(f.type, Reference) and f.required]
    return list(zip(*(table[name] for name in references), strict=True)) if references else [()] * len(table)


def row_name(table: Table, index: int) -> str:
    """What people know a row by: its key and name, or whom and what it refers to."""
    spec = table.spec
    fields = dict.fromkeys([spec.key, spec.display]) if spec.key else [f.name for f in spec.fields if f.required][:3]
    return " ".join(filter(None, (table.shown(index, name) for name in fields if name)))


def _cell(table: Table, index: int, header: str = "") -> str:
    extra = table.block(index).extra_letters
    if header in extra:
        return f"{extra[header]}{table.rows[index]}"
    name = next((f.name for f in table.spec.fields if f.header == header), table.spec.key)
    return table.cell(index, name)


def _whole(headers: list[str], values: tuple) -> str:
    return "；".join(f"{header}：{value}" for header, value in zip(headers, values, strict=True) if value)


def _count(values: list[str]) -> str:
    return f"{sum(map(bool, values))} 行有内容"


def new_findings(old: Registry, old_findings: list[Finding], new: Registry, findings: list[Finding]) -> list[Finding]:
    """The findings that the old version does not have: the same rule, at the same column of the same row, of the
    same content."""
    moved = {n: same_rows(old[n], t) for n, t in new.tables.items() if t.present and old[n].present}
    known = Counter(_identity(old, f, None) for f in old_findings)
    fresh = []
    for finding in findings:
        identity = _identity(new, finding, moved)
        if known[identity]:
            known[identity] -= 1
        else:
            fresh.append(finding)
    return fresh


def _identity(registry: Registry, finding: Finding, moved: dict[str, dict[int, int]] | None) -> tuple:
    """What makes it the same finding, wherever the row and the column have moved to: rows are numbered as in the old
    version."""
    letters, row = split_address(finding.cell)
    index = registry.once(_rows).get((finding.workbook, finding.sheet, row))
    if index is None:
        return (finding.code, finding.sheet or finding.workbook, finding.value, "" if finding.cell else finding.message)
    name, i = next(((name, i) for name, i, block in index if letters in block.letters.values()), index[0][:2])
    columns = {letter: field for field, letter in registry[name].block(i).letters.items()}
    place: object = i if moved is None else moved.get(name, {}).get(i, "新")
    return (finding.code, finding.sheet, place, columns.get(letters, ""), finding.value)


def _rows(registry: Registry) -> dict[tuple[str, str, int], list[tuple[str, int, Block]]]:
    """For each Excel row of each sheet its table and index; several where copies of a table stand side by side."""
    found: defaultdict[tuple[str, str, int], list[tuple[str, int, Block]]] = defaultdict(list)
    for name, table in registry.tables.items():
        for i, row in enumerate(table.rows):
            block = table.block(i)
            found[block.workbook, block.sheet, row].append((name, i, block))
    return dict(found)
