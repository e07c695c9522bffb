"""Rows that are new to the registry, as one file or several returned them, and what is proposed of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jinguo.amend.proposal import ADDED, IS, NEW, OPEN, TAKE, WHO, Proposal, new_number
from jinguo.registry.cell_texts import meant_references
from jinguo.registry.tables import Registry, Table
from jinguo.schema import TableSpec
from jinguo.schema.codes import Reference
from jinguo.survey.asked import about_whom


@dataclass(frozen=True)
class Origin:
    """Which file of whom, and whether it is of another survey."""

    file: str
    unit: str
    old: bool


@dataclass
class NewRow:
    """A row that is new to the registry: what it says by field, where and by whom it was returned, what speaks against taking
    it unasked, and who of the registry it may be."""

    table: str
    unit: str
    values: dict[str, str]
    number: int
    sources: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    why: str = ""


class NewRows:
    """The new rows of a survey: one that several files return is one."""

    def __init__(self) -> None:
        self.rows: list[NewRow] = []
        self._known: dict[tuple[str, str], NewRow] = {}

    def of(self, table: str, values: Mapping[str, str], unit: str) -> NewRow:
        """The new row that says this: the one another file has returned already, or one more."""
        keys = [(table, key) for key in _identities(table, values, unit)]
        found = next((self._known[key] for key in keys if key in self._known), None)
        if found is None:
            found = NewRow(table, unit, dict(values), len(self.rows) + 1)
            self.rows.append(found)
        for key in keys:
            self._known.setdefault(key, found)
        return found


def _identities(table: str, values: Mapping[str, str], unit: str) -> list[str]:
    """What makes two new rows one: an identity number, a code, a name with a telephone or with the month of birth, the name that one
    unit returned before; of other tables all they say."""
    name = values.get("name", "")
    if table == "people":
        found = [f"号 {values['id_number']}"] if values.get("id_number") and "*" not in values["id_number"] else []
        found += [f"机 {name} {values['mobile']}"] if name and values.get("mobile") else []
        found += [f"生 {name} {values['born']}"] if name and values.get("born") else []
        return found or [f"名 {name} {values.get('position', '')} {unit}"]
    if table == "organisations":
        return ([f"码 {values['credit_code']}"] if values.get("credit_code") else []) + [f"名 {name}"]
    return ["\x1f".join(f"{n}={t}" for n, t in sorted(values.items()))]


def new_proposal(registry: Registry, new: NewRow) -> Proposal:
    """What is proposed of a new row: to add it, or to say who it is."""
    table = registry[new.table]
    spec = table.spec
    whole = "；".join(f"{spec.header_of(n)}：{t}" for n, t in new.values.items() if t)
    reasons = [*new.problems, *_unresolved(registry, spec, new)]
    if not new.candidates:
        reasons += _of_the_same_name(table, new.values)
    missing = [f.header for f in spec.fields if f.required and f.name != spec.key and not new.values.get(f.name)]
    if missing:
        reasons.append(f"没有填{'、'.join(missing)}")
    if len(new.units) > 1:
        reasons.append(f"{'、'.join(new.units)}都报了")
    names = [spec.display] if spec.display and spec.key else reference_names(table)
    who = "，".join(filter(None, (new.values.get(n, "") for n in names)))
    p = Proposal(
        ADDED, new.unit, new.table, "", who, "", "", "", whole, NEW, "；".join(reasons) or "台账里没有", OPEN if reasons else TAKE,
        "；".join(new.sources), values=new.values, number=new.number,
    )  # fmt: skip
    if not new.candidates:
        return p
    shown = [shown_name(table, table.index_of[key]) for key in new.candidates]
    told = f"{new.why}：{'、'.join(shown)}。是的在“建议”里选“{IS}某某”（只补空着的格），不是的选“{NEW}”"
    return replace(p, kind=WHO, suggested="", reason="；".join([told, *reasons]), decision=OPEN)


def _of_the_same_name(table: Table, values: Mapping[str, str]) -> list[str]:
    """Whose name a new person bears, unless whole identity numbers tell them apart."""
    if table.spec.name != "people" or not values.get("name"):
        return []
    mine = values.get("id_number", "")
    same = [
        shown_name(table, i)
        for i, name in enumerate(table["name"])
        if name == values["name"]
        and not (mine and "*" not in mine and table["id_number"][i] and mine != table["id_number"][i])
    ]
    return [f"台账里有同名的{'、'.join(same)}，请核对不是同一个人"] if same else []


def _unresolved(registry: Registry, spec: TableSpec, new: NewRow) -> list[str]:
    """References that mean nobody, or several."""
    found = []
    for f in spec.fields:
        text = new.values.get(f.name, "")
        if isinstance(f.type, Reference) and text and new_number(text) is None:
            meant = meant_references(registry, f, text)
            if len(meant) != 1:
                why = f"有 {len(meant)} 个同名的，写上编号" if meant else "在台账和上报的表里都没有"
                found.append(f"“{f.header}”写的“{text}”{why}")
    return found


def reference_names(table: Table) -> list[str]:
    """The fields by which a row of a table without keys is about somebody or something."""
    return about_whom(table.spec)


def place_in_registry(table: Table, index: int, name: str) -> tuple[str, str, str]:
    """Workbook, sheet and cell of a field, or of a column of the office's own."""
    if name in table.spec.by_name:
        return table.address(index, name)
    block = table.block(index)
    return block.workbook, block.sheet, f"{block.extra_letters.get(name, 'A')}{table.rows[index]}"


def shown_name(table: Table, index: int) -> str:
    """王小红（RY0001）, or the name alone where rows have no numbers."""
    name, key = table[table.spec.display][index], table[table.spec.key][index]
    return f"{name}（{key}）" if name and key and name != key and str(key).isascii() else str(name or key or "")


def decision_key(values: Mapping[str, str], spec: TableSpec) -> str:
    """What a decision about who a row is is remembered by: its name and what tells it from others."""
    return " ".join(values.get(n, "") for n in (spec.display, "id_number", "credit_code", "born", "mobile") if n)
