"""What came back, compared with what was sent: which rows changed, which are new, which are gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from types import MappingProxyType

from jinguo.common.findings import Finding, Severity
from jinguo.registry.cell_texts import column_texts, same_text
from jinguo.registry.tables import Table
from jinguo.schema import TABLES
from jinguo.schema.codes import Phone
from jinguo.schema.model import SERIAL, without_note
from jinguo.schema.problems import CELL_ERROR
from jinguo.survey.asked import AskedTable, refers_to
from jinguo.survey.returned import Gone, Return, ReturnedCell, ReturnedRow, differing
from jinguo.survey.sent import SentForm, SentRow
from jinguo.survey.written_over import bare, written_over_whom

#: What is said of a cell that is struck through.
STRUCK = "这一格划掉了（删除线）"
#: Of a table of which more than this share of the rows did not come back, only what changed was returned.
_MOST_GONE = 0.5


def compared(
    file: str,
    tables: Mapping[str, Table],
    asked: Sequence[AskedTable],
    sent: SentForm | None,
    findings: Sequence[Finding],
    struck: Mapping[tuple[str, str], bool] = MappingProxyType({}),
) -> Return:
    """What these tables say that was not sent; all of them, where nothing is known of what was sent. `struck` are the cells (sheet,
    cell) that are struck through, all of them or some words."""
    found = Return(file, sent.unit if sent else "", findings=list(findings))
    problems = {(f.sheet, f.cell): f.message.partition("规定：")[0].rstrip("。") for f in findings if f.cell}
    doubtful = {(f.sheet, f.cell) for f in findings if f.cell and f.severity is not Severity.HINT}
    doubts = {where: problem for where, problem in problems.items() if where in doubtful}
    doubts |= {
        where: STRUCK if whole else "有几个字划掉了（删除线），划掉的也在里面" for where, whole in struck.items()
    }
    errors = {(f.sheet, f.cell) for f in findings if f.code == CELL_ERROR.code}
    by_table = {a.table: a for a in asked}
    filled = whole = 0
    for name, table in tables.items():
        _plain_titles(table, by_table.get(name))
        comparison = _TableComparison(
            by_table.get(name) or AskedTable(name, ()), table, (problems, doubts, errors), found
        )
        comparison.run(sent.tables.get(name, {}) if sent else {})
        filled, whole = filled + comparison.filled, whole + comparison.whole
    found.filled = filled, whole
    return found


def _plain_titles(table: Table, asked: AskedTable | None) -> None:
    """Call a column of the office's own that was asked as it was asked, where a note has come behind its title: 微信号（必填）."""
    for header in list(table.extra) if asked else ():
        plain = without_note(header)
        if asked and header not in asked.names and plain in asked.names and plain not in table.extra:
            table.extra[plain] = table.extra.pop(header)
            for block in table.blocks:
                if header in block.extra_letters:
                    block.extra_letters[plain] = block.extra_letters.pop(header)


class _TableComparison:
    """One table that came back while it is compared."""

    def __init__(
        self,
        asked: AskedTable,
        table: Table,
        told: tuple[Mapping[tuple[str, str], str], Mapping[tuple[str, str], str], Container[tuple[str, str]]],
        into: Return,
    ) -> None:
        self.asked, self.table, self.into = asked, table, into
        self.problems, self.doubts, self.errors = told
        own = [header for header in table.extra if header not in SERIAL and header != "token"]
        self.names = [n for n in table.raw if n != "token" and n != TABLES[asked.table].key] + own
        self.partial: set[tuple[str, int]] = set()
        #: The rows with a cell that could not be read, of which some show nothing: a formula without a result.
        self.spoilt = {i for f, i in table.unreadable if table.address(i, f)[1:] in self.errors}
        #: Whom the rows that were sent were about, once it is asked.
        self._sent_abouts: set[tuple[str, ...]] | None = None
        # Column by column: most rows come back as they went, and are told so without being looked at cell by cell.
        self.columns = [column_texts(table, name) for name in self.names]
        for name, column in zip(self.names, self.columns, strict=True):
            self._keep_whole(name, column)
        asked_for = [column for name, column in zip(self.names, self.columns, strict=True) if name in asked.names]
        self.filled = sum(len(column) - column.count("") for column in asked_for)
        self.whole = len(table) * len(asked_for)

    def _keep_whole(self, name: str, column: list[str]) -> None:
        """Of a cell of which only a part is used, as of two telephones, all of it counts as returned."""
        table, f = self.table, self.table.spec.by_name.get(name)
        if f is None or not isinstance(f.type, Phone) or name not in table.raw:
            return
        for i, text in enumerate(column):
            shown = table.shown(i, name)
            if text and len(_digits(shown)) > len(_digits(text)) + 3:
                column[i] = shown
                self.partial.add((name, i))

    def run(self, sent: Mapping[str, SentRow]) -> None:
        into, name = self.into, self.asked.table
        into.columns[name] = list(self.names)
        texts = list(zip(*self.columns, strict=True)) if self.columns else [()] * len(self.table)
        tokens = column_texts(self.table, "token") if "token" in self.table.columns else [""] * len(self.table)
        into.counts[name] = sum(map(any, texts))
        claimed: dict[str, int] = {}
        strangers: list[ReturnedRow] = []
        for i, (token, row) in enumerate(zip(tokens, texts, strict=True)):
            if token in sent and token not in claimed:
                claimed[token] = i
            elif token in claimed and row == texts[claimed[token]]:
                # Somebody of two townships, in a file for both.
                continue
            elif token and token not in sent and not any(row):
                place = f"“{self.table.block(i).sheet}”第 {self.table.rows[i]} 行"
                into.told.append(f"{place}的编号栏里写的“{token}”没有收进方案")
            elif any(row):
                note = f"编号 {token} 在这份表里有两行，这是后一行，请核对是不是这一行" if token in sent else ""
                strangers.append(self._row(i, "" if token in sent else token, row, note))
        written_over = []
        for token, i in list(claimed.items()):
            who = self._somebody_else(texts[i], sent[token], sent)
            if who:
                # Whoever stood here has not become somebody else: this is another row, of which the number is not right.
                del claimed[token]
                written_over.append((self._row(i, "", texts[i]), who))
            else:
                self._against(i, token, texts[i], sent[token])
        strangers += [row for row, _ in written_over]
        found = self._unnumbered(strangers, sent, claimed)
        placed = {id(row) for row, _ in found}
        for stranger, who in written_over:
            if id(stranger) not in placed:
                stranger.note = f"写在原来“{who}”的那一行上：换了人的，原来的一行不删，填上结束，这一行算新增；是改名的，请改人员或组织"
        for returned, token in found:
            returned.token, returned.note = token, returned.note or "编号不见了，按内容认出来的"
            returned.sent = sent[token]
            returned.cells = differing(self.asked, self.names, returned, sent[token])
        into.rows += [row for row in strangers if row.cells]
        self._gone(sent, {*claimed, *(token for _, token in found)})

    def _row(self, index: int, token: str, texts: Sequence[str], note: str = "") -> ReturnedRow:
        """A row with every cell that holds something."""
        table = self.table
        block, row = table.block(index), table.rows[index]
        letters = {**block.letters, **block.extra_letters}
        cells = {}
        for name, text in zip(self.names, texts, strict=True):
            if text:
                problem = ""
                if name in table.spec.by_name and ((name, index) in table.unreadable or (name, index) in self.partial):
                    problem = self.problems.get((block.sheet, f"{letters.get(name, '')}{row}"), "读不出")
                doubt = "" if problem else self.doubts.get((block.sheet, f"{letters.get(name, '')}{row}"), "")
                shown = table.shown(index, name) if name in table.raw else text
                cells[name] = ReturnedCell(text, shown, problem, doubt)
            elif index in self.spoilt and (name, index) in table.unreadable:
                place = block.sheet, f"{letters.get(name, '')}{row}"
                if place in self.errors:
                    cells[name] = ReturnedCell("", "（读不出）", self.problems.get(place, "读不出"))
        return ReturnedRow(self.asked.table, token, cells, block.sheet, row, letters, note=note)

    def _against(self, index: int, token: str, texts: Sequence[str], sent: SentRow) -> None:
        """What a row says that was not sent."""
        if index not in self.spoilt and texts == tuple([sent.cells.get(name, "") for name in self.names]):
            self._as_it_went(index, token, sent)
            return
        if not any(texts) and index not in self.spoilt:
            self.into.gone.append(Gone(self.asked.table, token, sent, "整行清空了"))
            return
        row = self._row(index, token, texts)
        row.sent = sent
        row.cells = differing(self.asked, self.names, row, sent)
        if row.cells:
            self.into.rows.append(row)
        else:
            self._as_it_went(index, token, sent)

    def _as_it_went(self, index: int, token: str, sent: SentRow) -> None:
        """A row that came back as it went; with a line through it, it is to go."""
        self.into.unchanged.add((self.asked.table, token))
        if not self.doubts:
            return
        row = self._row(index, token, [column[index] for column in self.columns])
        struck = [name for name, cell in row.cells.items() if cell.doubt == STRUCK]
        if struck and len(struck) * 2 > len(row.cells):
            self.into.gone.append(Gone(self.asked.table, token, sent, "这一行划掉了（删除线）"))
        elif struck:
            shown = "、".join(f"“{row.sheet}”{row.letters.get(name, '')}{row.row}" for name in struck[:3])
            self.into.told.append(f"{shown} 划掉了（删除线），内容没有改，没有收进方案")

    def _somebody_else(self, texts: Sequence[str], was: SentRow, sent: Mapping[str, SentRow]) -> str:
        """Whom the row of a table without keys was about, where it is about another now: somebody who was written over, or another
        of the rows that were sent, as they were sorted and their numbers were not."""
        spec = self.asked.spec
        if spec.key or texts == tuple([was.cells.get(name, "") for name in self.names]):
            return ""
        now = dict(zip(self.names, texts, strict=True))
        if who := written_over_whom(spec, now, was.cells):
            return who
        if self._sent_abouts is None:
            self._sent_abouts = {self._about(row.cells) for row in sent.values()}
        mine = self._about(now)
        return "，".join(self._about(was.cells)) if mine != self._about(was.cells) and mine in self._sent_abouts else ""

    def _unnumbered(
        self, rows: Sequence[ReturnedRow], sent: Mapping[str, SentRow], claimed: Collection[str]
    ) -> list[tuple[ReturnedRow, str]]:
        """Rows without their number that are one of those sent: (row, number). First those that say the same, then those about
        the same people and organisations, or of the same name, that have most in common."""
        waiting: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        if not rows:
            return []
        for token, was in sent.items():
            if token not in claimed:
                waiting[self._about(was.cells)].append(token)
        found = []
        for row in rows:
            texts = {name: cell.text for name, cell in row.cells.items()}
            tokens = waiting.get(self._about(texts), [])
            common = {t: self._common(texts, sent[t].cells) for t in tokens}
            best = max(common, key=lambda t: common[t], default=None)
            others = [t for t in common if best is not None and t != best and common[t] == common[best]]
            if best is not None and not others and common[best] > 0:
                tokens.remove(best)
                found.append((row, best))
        return found

    def _about(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        spec = self.asked.spec
        if spec.key and spec.display:
            return (bare(texts.get(spec.display, "")),)
        names = [f.name for f in spec.fields if f.required and f.name in self.asked.fields][:3] or [refers_to(spec)]
        return tuple(bare(texts.get(name, "")) for name in names)

    def _common(self, texts: Mapping[str, str], sent: Mapping[str, str]) -> int:
        """How much two rows have in common, less what speaks against their being one."""
        both = [n for n in texts if sent.get(n)]
        against = sum(not same_text(self.asked.field(n), texts[n], sent[n]) for n in both if n in _SURE)
        return sum(same_text(self.asked.field(n), texts[n], sent[n]) for n in both) - 5 * against

    def _gone(self, sent: Mapping[str, SentRow], claimed: Collection[str]) -> None:
        missing = [token for token in sent if token not in claimed]
        if not missing:
            return
        if len(missing) > len(sent) * _MOST_GONE:
            self.into.told.append(
                f"“{self.asked.spec.sheet}”发出 {len(sent)} 行，交回的只有 {len(sent) - len(missing)} 行，当作只报变动的，没有列为删除"
            )
            return
        self.into.gone += [Gone(self.asked.table, token, sent[token]) for token in missing]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


#: Where these differ it is somebody else.
_SURE = ("id_number", "credit_code", "born", "mobile")
