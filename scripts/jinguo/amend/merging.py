"""From decided proposals to edits of the workbooks: exactly what was adopted, checked against what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jinguo.amend.apply import NEW_COLUMN
from jinguo.amend.edits import AddedRow, CellValue, Change, Edits, shown_value
from jinguo.amend.merge_result import Done, Merge, outdated
from jinguo.amend.new_rows import last_row
from jinguo.amend.proposal import ADDED, IS, REMOVED, TAKE, WHO, Proposal, new_number, without_number
from jinguo.amend.row_identity import RowFinder, row_text
from jinguo.amend.row_writing import RowWriting, referred
from jinguo.common.errors import JinguoError
from jinguo.registry.cell_texts import cell_text, same_text, shown_text
from jinguo.registry.tables import Block, Registry, Table
from jinguo.schema.codes import Reference

#: The columns of 社会组织 whose changes 变动 keeps, as it names them.
_KEPT = {"tier": "层级", "status": "登记状态", "head": "负责人", "name": "名称"}


def merge(registry: Registry, proposals: Sequence[Proposal], known: Mapping[str, str], basis: str) -> Merge:
    """The edits that the adopted proposals ask for.

    `known` are the keys of rows that an earlier run has added, by the identity of their proposals; `basis` is what 变动 gives
    as the source of a change.
    """
    return _Merging(registry, known, basis).run([p for p in proposals if p.decision == TAKE])


class _Merging:
    """One merge while it is put together."""

    def __init__(self, registry: Registry, known: Mapping[str, str], basis: str) -> None:
        self.registry, self.known, self.basis = registry, known, basis
        self.writing = RowWriting(registry)
        self.result = Merge()
        self.new_keys: dict[int, tuple[str, str]] = {}
        #: Where each new row goes, and its values by letter.
        self.new_values: dict[int, tuple[Block, dict[str, CellValue]]] = {}
        self.removed: set[tuple[str, str]] = set()

    def run(self, adopted: list[Proposal]) -> Merge:
        self.rows = RowFinder(adopted)
        adding = [p for p in adopted if p.kind in (ADDED, WHO) and p.values]
        # Rows that others refer to come first: people, then the organisations they head, then posts.
        adding.sort(key=lambda p: (not self.registry[p.table].spec.key, p.table != "people"))
        for proposal in adding:
            self._try(proposal, self._added)
        for proposal in adopted:
            if proposal.kind == REMOVED:
                self._try(proposal, self._removed)
            elif not proposal.values:
                self._try(proposal, self._changed)
        self._titles()
        return self.result

    def _try(self, proposal: Proposal, act: Callable[[Proposal], None]) -> None:
        try:
            act(proposal)
        except JinguoError as trouble:
            self.result.refused.append((proposal, trouble))

    def _edits(self, path: Path) -> Edits:
        return self.result.edits.setdefault(path, Edits())

    def _changed(self, p: Proposal) -> None:
        table = self.registry[p.table]
        index = self.rows.find(table, p)
        if index is None:
            raise outdated(p, "这一行不在了")
        f = table.spec.by_name.get(p.field)
        if not p.suggested and p.reported:
            raise JinguoError("“建议”空着", "", "写上要写的内容，再选“采用”；要清空台账里的这一格，请在台账里自己清。")
        now = shown_text(self.registry, table, index, p.field)
        if same_text(f, now, p.suggested):
            self.result.already.append(p)
            return
        if not same_text(f, now, p.now):
            raise outdated(p, f"现在是“{now}”")
        path, sheet, cell = self.writing.cell(table, index, p.field)
        value = self._value(table, table.block(index), p.field, p.suggested)
        header = table.spec.header_of(p.field)
        self._edits(path).changes.append(Change(path.name, sheet, cell, header, p.kind, now, value))
        self.result.done.append(Done(p, header, now, shown_value(value), path.name, sheet, table.rows[index]))
        if p.table == "organisations" and p.field in _KEPT:
            self._keep(p, str(table[table.spec.key][index]), now, p.suggested)

    def _value(self, table: Table, block: Block, name: str, text: str) -> CellValue:
        f = table.spec.by_name.get(name)
        if f is None or not isinstance(f.type, Reference) or not text:
            return self.writing.in_her_words(table, block, name, self.writing.typed(table.spec.name, name, text))
        number = new_number(text)
        if number is not None:
            if number not in self.new_keys:
                raise JinguoError(f"“{f.header}”写的“{text}”没有采用", "", "先把那一行新增的也选“采用”。")
            key, shown = self.new_keys[number]
            return key or shown
        return self.writing.reference(f, block, referred(self.registry, f, text))

    def _added(self, p: Proposal) -> None:
        table = self.registry[p.table]
        shown = p.values.get(table.spec.display, "") if table.spec.display else ""
        if p.suggested.startswith(IS):
            self._filled(p, table)
            return
        known = self.known.get(p.identity)
        # Whom staff call new is new, however like somebody she is.
        there = self._is_there(table, p) if p.kind == ADDED else None
        if known is not None or there is not None:
            key = table[table.spec.key][there] if there is not None and table.spec.key else known
            self.new_keys[p.number] = (str(key) if key in table.index_of else "", shown)
            self.result.already.append(p)
            return
        if self._beside_new_person(p, table):
            return
        block = self.writing.home(table, p.values)
        path = self.writing.path(block.workbook)
        values: dict[str, CellValue] = {}
        for name, text in p.values.items():
            if not text or (name == table.spec.key and block.letters.get(name) is None):
                continue
            letter = block.letters.get(name) if name in table.spec.by_name else block.extra_letters.get(name)
            if letter is None and name not in table.spec.by_name:
                letter = self.writing.new_column(block, name)
            if letter is None or name in block.derived or name in block.cells:
                if name != table.spec.key and not (
                    name in block.cells or text == self._whole_sheet(table, block, name)
                ):
                    self.result.left.append(f"{shown or p.who}的{table.spec.header_of(name)}：{text}")
                continue
            values[letter] = self._value(table, block, name, text)
        number = self.writing.next_number(table)
        if number:
            values[block.letters[table.spec.key]] = number
        if not values:
            raise JinguoError("没有一格写得进去", f"{block.workbook} › {block.sheet}", "请在台账里自己加这一行。")
        below = last_row(table, block)
        row = AddedRow(path.name, block.sheet, below, values, frozenset(block.serial))
        added = self._edits(path).added
        added.append(row)
        place = below + sum(r.sheet == row.sheet and r.below == below for r in added)
        self.new_keys[p.number] = (number or "", shown)
        self.new_values[p.number] = block, values
        self.result.keys[p.identity] = number or shown
        whole = "；".join(f"{table.spec.header_of(n)}：{t}" for n, t in p.values.items() if t)
        self.result.done.append(
            Done(p, "（新增一行）", "", f"{number}：{whole}" if number else whole, path.name, block.sheet, place)
        )

    @staticmethod
    def _whole_sheet(table: Table, block: Block, name: str) -> str:
        """What every row of a block says in a field, as the township of a sheet that is one township's; empty where they
        differ."""
        said = {cell_text(table, i, name) for i in range(len(table)) if table.block(i) is block}
        return said.pop() if len(said) == 1 else ""

    def _beside_new_person(self, p: Proposal, table: Table) -> bool:
        """Whether the office keeps a table on the sheet of another, as the posts on that of the people, and the row could be put
        into that of somebody who is new."""
        if any(block.header for block in table.blocks):
            return False
        numbers = [number for t in p.values.values() if (number := new_number(t)) is not None]
        for number in numbers:
            home, values = self.new_values.get(number, (None, {}))
            block = next(
                (b for b in table.blocks if home and (b.workbook, b.sheet) == (home.workbook, home.sheet)), None
            )
            names = [n for n in p.values if p.values[n] and block and n in block.letters and n not in block.derived]
            if home is None or block is None or not names or any(block.letters[n] in values for n in names):
                continue
            values |= {block.letters[n]: self._value(table, block, n, p.values[n]) for n in names}
            said = "；".join(f"{table.spec.header_of(n)}：{p.values[n]}" for n in names)
            self.result.done.append(Done(p, "（写在新增的那一行）", "", said, block.workbook, block.sheet, 0))
            return True
        return False

    def _is_there(self, table: Table, p: Proposal) -> int | None:
        """The row of the registry that says all that the new one says; None where there is none."""
        given = {n: t for n, t in p.values.items() if t and n != table.spec.key}
        given = {n: self._meant(t) for n, t in given.items()}
        first = next(iter(given), "")
        for i in range(len(table)) if given else ():
            if same_text(
                table.spec.by_name.get(first), shown_text(self.registry, table, i, first), given[first]
            ) and all(
                same_text(table.spec.by_name.get(n), shown_text(self.registry, table, i, n), t)
                for n, t in given.items()
            ):
                return i
        return None

    def _meant(self, text: str) -> str:
        """A reference to a new row as the registry would show it, were the row there."""
        key = self.new_keys.get(new_number(text) or 0, ("", ""))[0]
        return f"{without_number(text)}（{key}）" if key else text

    def _filled(self, p: Proposal, table: Table) -> None:
        """A returned row that is one the registry has: what is empty there is filled, nothing else."""
        found = p.suggested.removeprefix(IS).split("；")[0].strip()
        inside = found.rpartition("（")[2].rstrip("）")
        key = inside if inside in table.index_of else found
        if key not in table.index_of:
            names = zip(table[table.spec.key], table[table.spec.display], strict=True)
            named = [str(k) for k, n in names if n == found]
            if len(named) != 1:
                raise JinguoError(f"建议里写的“{found}”在台账里没有", "", "请从下拉列表里选，或写编号。")
            key = named[0]
        index = table.index_of[key]
        self.new_keys[p.number] = (key, found)
        before = len(self.result.done)
        for name, text in p.values.items():
            if not text or name == table.spec.key or shown_text(self.registry, table, index, name):
                continue
            path, sheet, cell = self.writing.cell(table, index, name)
            value = self._value(table, table.block(index), name, text)
            header = table.spec.header_of(name)
            self._edits(path).changes.append(Change(path.name, sheet, cell, header, "补填", "", value))
            self.result.done.append(Done(p, header, "", shown_value(value), path.name, sheet, table.rows[index]))
        if len(self.result.done) == before:
            self.result.already.append(p)

    def _removed(self, p: Proposal) -> None:
        table = self.registry[p.table]
        index = self.rows.find(table, p)
        if index is None:
            self.result.already.append(p)
            return
        now = row_text(self.registry, table, index)
        if now != p.now:
            raise outdated(p, f"现在是“{now}”")
        block = table.block(index)
        path = self.writing.path(block.workbook)
        letters = {n: x for n, x in block.letters.items() if n not in block.derived} | block.extra_letters
        if block.borrowed & {f"{x}{table.rows[index]}" for x in letters.values()}:
            raise JinguoError("这一行有与别的行合并的格，不能清空", p.place[1], "请在台账里自己删这一行。")
        for name, letter in {**letters, **{x: x for x in block.serial}}.items():
            cell = f"{letter}{table.rows[index]}"
            header = table.spec.header_of(name)
            self._edits(path).changes.append(Change(path.name, block.sheet, cell, header, REMOVED, "", None))
        self.result.done.append(Done(p, "（删去一行）", now, "", path.name, block.sheet, table.rows[index]))

    def _keep(self, p: Proposal, organisation: str, old: str, new: str) -> None:
        """A row in 变动 for what it keeps, where the office has that sheet and it says nothing of this yet."""
        changes = self.registry["changes"]
        blocks = [b for b in changes.blocks if b.header and {"organisation", "date", "item", "new"} <= set(b.letters)]
        if not blocks:
            return
        block, item = blocks[-1], _KEPT[p.field]
        rows = changes.each("organisation", "item", "new")
        if any((o, i, n) == (organisation, item, new) for _, o, i, n in rows):
            return
        f = changes.spec.by_name["organisation"]
        values: dict[str, CellValue] = {
            "organisation": self.writing.reference(f, block, organisation), "date": self.registry.today, "item": item,
            "old": old, "new": new, "basis": f"{self.basis}{p.unit}上报" if p.unit else self.basis,
        }  # fmt: skip
        path = self.writing.path(block.workbook)
        below = last_row(changes, block)
        placed = {block.letters[n]: v for n, v in values.items() if n in block.letters and v}
        self._edits(path).added.append(AddedRow(path.name, block.sheet, below, placed, frozenset(block.serial)))

    def _titles(self) -> None:
        """The titles of columns that the registry did not have."""
        for workbook, sheet, letter, header in self.writing.new_headers():
            blocks = [b for t in self.registry.tables.values() for b in t.blocks]
            block = next(b for b in blocks if (b.workbook, b.sheet) == (workbook, sheet) and b.header)
            path = self.writing.path(workbook)
            change = Change(workbook, sheet, f"{letter}{block.header}", header, NEW_COLUMN, "", header)
            self._edits(path).changes.append(change)
