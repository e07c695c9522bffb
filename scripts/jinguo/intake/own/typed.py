"""From a part to a typed table: the office's words are put into ours, incomplete days filled as agreed, the rest parsed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from jinguo.common.addresses import column_index
from jinguo.common.findings import Finding, finding, some_of
from jinguo.excel.raw import RawSheet
from jinguo.intake.own.completed import completed
from jinguo.intake.own.mapping import OPEN, TAKEN, ValueMap
from jinguo.intake.own.mapping import Mapping as Decisions
from jinguo.intake.own.names_known import POSTS
from jinguo.intake.own.part import Part
from jinguo.intake.own.title_lines import level_in
from jinguo.intake.own.words import ASKED, WORDS
from jinguo.intake.values import parse_column
from jinguo.registry.tables import Block, Table
from jinguo.schema import TABLES, Field
from jinguo.schema.cells import SEPARATORS, clean, is_blank
from jinguo.schema.codes import Reference
from jinguo.schema.problems import REQUIRED
from jinguo.schema.register_problems import NOT_KEPT, OPEN_DECISION, READ_SO
from jinguo.schema.types import Choice, MultiChoice, match_choice

#: Without these a row still says what it is about.
LEFT_OPEN = frozenset(
    [
        "posts.from_month",
        "public_posts.from_month",
        "public_posts.level",
        "duty_units.from_date",
        "payments.date",
        "events.host",
        "events.place",
        "batches.addressee",
        "candidates.proposed_by",
        "people.sex",
        "projects.buyer",
        "opinions.date",
        "education_hours.content",
    ]
)


class Typing:
    """What parts are typed by: the words of the lists, the decisions about words, and what has been asked or told."""

    def __init__(self, vocabularies: Mapping[str, Sequence[str]], decisions: Decisions) -> None:
        self.vocabularies = {name: list(words) for name, words in vocabularies.items()}
        posts = self.vocabularies.setdefault("任职职务", [])
        posts += [post for post in POSTS if post not in posts]
        self.decided = {v.key: v for v in decisions.values}
        #: Words nobody has decided, with how often they stand.
        self.asked: dict[tuple[str, str], ValueMap] = {}
        #: Words that our lists do not know and offices are known to use.
        self.known: dict[tuple[str, str], ValueMap] = {}
        self.findings: list[Finding] = []
        self.completed: dict[tuple[str, str], tuple[tuple[str, str, str], list[str]]] = {}

    def table(
        self, part: Part, raw: RawSheet, resolved: Mapping[str, list[Any]], open_rows: Mapping[str, set[int]]
    ) -> Table:
        """The typed table of a part. `resolved` are the keys that its references mean; in `open_rows` nobody knows."""
        spec = TABLES[part.table]
        block = Block(
            raw.workbook,
            raw.name,
            dict(part.letters),
            dict(part.extra_letters),
            cells=dict(part.cells),
            derived=set(part.derived),
            header=part.header,
            serial=set(part.serial),
        )
        table = Table(spec, list(part.rows), blocks=[block], stops=[len(part.rows)], extra=part.extra)
        home = part.letters.get(spec.display) or part.letters.get("person") or next(iter(part.letters.values()), "A")
        if spec.key and part.keys:
            table.columns[spec.key] = list(part.keys)
            block.letters[spec.key] = home
            block.derived.add(spec.key)
        for f in spec.fields:
            if f.name == spec.key and part.keys:
                continue
            if f.name in resolved:
                self._resolved(table, f, part, resolved[f.name], open_rows.get(f.name, set()))
            elif f.name in part.values:
                self._parsed(table, f, part, raw)
            else:
                table.columns[f.name] = [None] * len(part.rows)
                self._not_kept(table, f, part, home)
        return table

    def _resolved(self, table: Table, f: Field, part: Part, keys: list[Any], open_rows: set[int]) -> None:
        table.columns[f.name] = list(keys)
        table.raw[f.name] = [("" if v == "\u0000" else v) for v in part.values.get(f.name, [""] * len(keys))]
        table.blocks[0].derived.add(f.name)
        table.blocks[0].letters.setdefault(f.name, next(iter(part.letters.values()), "A"))
        table.unreadable |= {(f.name, i) for i in open_rows}

    def _not_kept(self, table: Table, f: Field, part: Part, home: str) -> None:
        """A column no row is without, and which the register does not have: told once, and where the row still says what it
        is about, left open."""
        name = f"{part.table}.{f.name}"
        if not f.required:
            return
        block = table.blocks[0]
        if name in LEFT_OPEN:
            block.letters[f.name] = home
            block.derived.add(f.name)
        what = f"登记表里没有“{f.header}”（{table.spec.sheet}）"
        self.findings.append(finding(NOT_KEPT, (block.workbook, block.sheet, ""), "", what))

    def _parsed(self, table: Table, f: Field, part: Part, raw: RawSheet) -> None:
        name = f"{part.table}.{f.name}"
        values, open_rows = self._in_our_words(name, f, part.values[f.name], table)
        told: list[str] = []
        values = completed(name, f, values, told)
        if isinstance(f.type, MultiChoice) and f.type.vocabulary:
            self._learn(f.type, values)
        table.raw[f.name] = values
        place = column_index(part.letters[f.name])
        errors = (
            {i: raw.errors[row - 1, place] for i, row in enumerate(part.rows) if (row - 1, place) in raw.errors}
            if raw.errors
            else {}
        )
        found = parse_column(table, f, f.type.parser(self.vocabularies), errors)
        self.findings += self._gathered(table, f, name, found, open_rows)
        if told:
            self.completed.setdefault((raw.workbook, f.header), (table.address(0, f.name), []))[1].extend(told)

    def _learn(self, kind: MultiChoice, values: Sequence[Any]) -> None:
        """Take the office's own words into a list it may extend."""
        known = self.vocabularies.setdefault(kind.vocabulary, [])
        for value in dict.fromkeys(values):
            for word in SEPARATORS.split(clean(value)) if not is_blank(value) else ():
                if word.strip() and match_choice(word.strip(), known, kind.synonyms) is None:
                    known.append(word.strip())

    def all_findings(self) -> list[Finding]:
        """Everything said while typing; what was read as agreed is said once a workbook and column."""
        completed = [
            finding(
                READ_SO,
                place,
                "",
                f"“{header}”有 {len(told)} 格写得不全，照约定读的（{some_of(list(dict.fromkeys(told)))}）",
            )
            for (_, header), (place, told) in self.completed.items()
        ]
        return [*self.findings, *completed]

    def _gathered(self, table: Table, f: Field, name: str, found: list[Finding], open_rows: set[int]) -> list[Finding]:
        """The findings of a column: what is blank once for all cells, and nothing of what waits for a decision."""
        needed = name in LEFT_OPEN or any(one.code == REQUIRED.code for one in found)
        blank = [i for i, v in enumerate(table.raw[f.name]) if is_blank(v) and i not in open_rows] if needed else []
        rest = [one for one in found if one.code != REQUIRED.code]
        if name in LEFT_OPEN:
            table.unreadable -= {(f.name, i) for i in blank}
        if len(rest) != len(found) and blank:
            cells = some_of([table.cell(i, f.name) for i in blank])
            what = f"“{f.header}”有 {len(blank)} 行没有（{cells}）"
            rest.append(finding(NOT_KEPT, table.address(blank[0], f.name), "", what))
        table.unreadable |= {(f.name, i) for i in open_rows}
        return rest

    def _in_our_words(self, name: str, f: Field, values: list[Any], table: Table) -> tuple[list[Any], set[int]]:
        """The values in the words of our lists; the rows whose word nobody has decided are blank, and told once a word."""
        if not isinstance(f.type, Choice) or (isinstance(f.type, MultiChoice) and f.type.vocabulary):
            return values, set()
        parse = f.type.parser(self.vocabularies)
        counts = Counter(values)
        meant = {value: self._meaning(name, clean(value), value, parse) for value in counts}
        rows: defaultdict[str, list[int]] = defaultdict(list)
        if any(is_open for _, is_open in meant.values()):
            for i, value in enumerate(values):
                if meant[value][1]:
                    rows[clean(value)].append(i)
        for value, (meaning, is_open) in meant.items():
            if not is_open and meaning != value:
                word = clean(value)
                said = self.known.setdefault((name, word), ValueMap(name, word, 0, clean(meaning), TAKEN))
                said.count += counts[value]
        for word, where in rows.items():
            known = self.asked.setdefault((name, word), ValueMap(name, word, 0, _guess(name, word)))
            known.count += len(where)
            block = table.blocks[0]
            cell = f"{block.letters[f.name]}{table.rows[where[0]]}"
            what = f"“{f.header}”填的“{word}”（{len(where)} 处）还没有认定是什么"
            self.findings.append(finding(OPEN_DECISION, (block.workbook, block.sheet, cell), word, what))
        ours = {value: meaning for value, (meaning, _) in meant.items()}
        return list(map(ours.__getitem__, values)), {i for where in rows.values() for i in where}

    def _meaning(self, name: str, word: str, value: Any, parse: Any) -> tuple[Any, bool]:
        """What a word means in our list, and whether somebody has to be asked first."""
        if is_blank(value) and word not in ("无",):
            return value, False
        decision = self.decided.get((name, word))
        if decision is not None and decision.action == TAKEN:
            return decision.meaning, False
        if decision is not None and decision.action not in (OPEN, TAKEN):
            return "", False
        if word in ASKED.get(name, {}):
            return "", True
        if name.endswith(".level") and (level := level_in(word)) and parse(level).value is not None:
            return level, False
        if decision is None:
            if word in WORDS.get(name, {}):
                return WORDS[name][word], False
            if parse(value).value is not None or (is_blank(value)):
                return value, False
        return "", True


def _guess(name: str, word: str) -> str:
    """What a word that is asked about may mean: proposed, not taken."""
    from jinguo.common.nearest import nearest

    if word in ASKED.get(name, {}):
        return ASKED[name][word]
    table, field = name.split(".")
    kind = TABLES[table].by_name[field].type
    choices = kind.choices({}) if isinstance(kind, Choice) and kind.fixed else []
    inside = [c for c in choices if word in c or c in word]
    return inside[0] if len(inside) == 1 else nearest(word, choices, at_least=50) or ""


def refers(table: str, target: str) -> list[str]:
    """The fields of a table that refer to another."""
    return [f.name for f in TABLES[table].fields if isinstance(f.type, Reference) and f.type.table == target]
