"""The reference for staff, generated from the code: every rule, every column. docs/ holds the same text, tested
against this."""

from __future__ import annotations

from dataclasses import dataclass

from jinguo.checks import RULES
from jinguo.documents.register import DOCUMENTS
from jinguo.reference.glossary import TERMS
from jinguo.schema import TABLES, WORKBOOKS, TableSpec
from jinguo.schema.codes import Reference
from jinguo.schema.problems import READING_RULES
from jinguo.schema.types import Choice
from jinguo.schema.vocabularies import VOCABULARIES

#: What rules about files and single cells rest on: not on a law, but on what a program can read.
_FORM = "填表的要求"


@dataclass(frozen=True)
class Page:
    """A rule as staff look it up: its code, severity, the rule in a sentence, why, its source, and what to do."""

    code: str
    severity: str
    title: str
    why: str
    source: str
    remedy: str

    def text(self) -> str:
        told = (("规定", self.title), ("为什么", self.why), ("依据", self.source), ("怎样改", self.remedy))
        return "\n".join([f"{self.code}（{self.severity}）", *(f"{label}：{words}。" for label, words in told)])


def pages() -> dict[str, Page]:
    """Every rule by its code: those about files, about single cells, and across cells and tables."""
    found = {
        rule.code: Page(rule.code, rule.severity.value, rule.title, rule.why, _FORM, rule.remedy)
        for rule in READING_RULES.values()
    }
    found |= {r.code: Page(r.code, r.severity.value, r.title, r.why, r.source, r.remedy) for r in RULES.values()}
    return dict(sorted(found.items()))


def rule_table() -> str:
    """docs/规则表.md."""
    rows = [
        f"| {p.code} | {p.severity} | {_cell(p.title)} | {_cell(p.why)} | {_cell(p.source)} | {_cell(p.remedy)} |"
        for p in pages().values()
    ]
    head = (
        "# 规则表\n\n由程序生成，与程序一致。错误要改正后再出材料，警告请核对，提示供参考。"
        "命令行里 `jinguo explain ORG-004` 可以看一条。\n\n| 编号 | 级别 | 规定 | 为什么 | 依据 | 怎样改 |\n|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def field_dictionary() -> str:
    """docs/字段字典.md."""
    parts = [
        "# 字段字典\n\n由程序生成，与程序一致。工作簿、工作表和栏目要用这里的名称（或别名）；栏目的先后不限，可以有自己的栏目。"
        "`*` 必填，`!` 不能重复。\n"
    ]
    for book in WORKBOOKS:
        parts.append(f"\n## {book.file}\n")
        parts += [_table(table) for table in book.tables]
    return "".join(parts)


def glossary() -> str:
    """docs/术语表.md: the terms, then every sheet and column with its name in the code."""
    parts = [
        "# 术语表 · Glossary\n\n由程序生成，与程序一致。代码里的英文名与台账里的中文名一一对应；不用缩写。\n\n"
        "## 概念\n\n| 中文 | English | 说明 |\n|---|---|---|\n",
        *(f"| {chinese} | {english} | {note} |\n" for chinese, english, note in TERMS),
        "\n## 工作表\n\n| 工作表 | 代码里 | 所在的工作簿 |\n|---|---|---|\n",
        *(f"| {t.sheet} | `{t.name}` | {book.file} |\n" for book in WORKBOOKS for t in book.tables),
        "\n## 栏目\n\n| 栏目 | 代码里 | 所在的工作表 |\n|---|---|---|\n",
    ]
    columns: dict[tuple[str, str], list[str]] = {}
    for table in (t for book in WORKBOOKS for t in book.tables):
        for f in table.fields:
            columns.setdefault((f.header, f.name), []).append(table.sheet)
    return "".join(
        [*parts, *(f"| {header} | `{name}` | {'、'.join(sheets)} |\n" for (header, name), sheets in columns.items())]
    )


def placeholder_table() -> str:
    """docs/模板标记.md: for each template the names that may stand in it."""
    parts = [
        "# 模板标记\n\n由程序生成，与程序一致。在 Word 里编辑 `templates` 里的模板时，`{{ 活动名称 }}` 这样的标记会换成内容；"
        "有“每一行”的是表，写成 `{%tr for 行 in 日程 %}` … `{{ 行.时间 }}` … `{%tr endfor %}`。"
        "标了工作表的，那张表的栏目（包括自己加的列）都可以用。改好以后运行“检查模板”。\n"
    ]
    for d in DOCUMENTS.values():
        own = f"\n另有“{TABLES[d.table].sheet}”表的全部栏目，见[字段字典](字段字典.md)。\n" if d.table else ""
        rows = "".join(
            f"| {name} | 表 | {fields.replace(' ', '、') or '按先后，第一个是 0'} |\n"
            for name, fields in d.rows.items()
        )
        words = "".join(f"| {name} | 文字 | |\n" for name in d.words.split())
        parts.append(
            f"\n## {d.template}\n\n给谁：{d.readers}。\n\n| 标记 | 是什么 | 每一行里的标记 |\n|---|---|---|\n{words}{rows}{own}"
        )
    return "".join(parts)


def sentence_table() -> str:
    """docs/公文用语.md: every sentence the templates hold, with its branch."""
    from jinguo.documents.templates import build_template
    from jinguo.word.sentences import sentences

    parts = [
        "# 公文用语\n\n由程序生成，与程序一致。每份模板里的每一句话，和它在什么情况下写。〔〕里是换进去的内容，【】里是同一句里的几种写法；"
        "要改措辞，在 Word 里改 `templates` 里的模板。\n"
    ]
    for d in DOCUMENTS.values():
        rows = "".join(
            f"| {_cell(s.branch) or '总是'} | {_cell(s.text)} |\n" for s in sentences(build_template(d.template))
        )
        parts.append(f"\n## {d.kind}\n\n给谁：{d.readers}。\n\n| 什么情况 | 原文 |\n|---|---|\n{rows}")
    return "".join(parts)


def _table(table: TableSpec) -> str:
    note = f"\n{table.note}。\n" if table.note else ""
    rows = "\n".join(
        f"| {f.header}{'*' * f.required}{'!' * f.unique} | {f.type.label} | {_cell(_choices(f.type))} | {_cell(f.example)} | {_cell(_told(f))} |"
        for f in table.fields
    )
    return f"\n### {table.sheet}\n{note}\n| 栏目 | 填什么 | 可选 | 例 | 说明 |\n|---|---|---|---|---|\n{rows}\n"


def _choices(kind: object) -> str:
    if isinstance(kind, Reference):
        sheet = next(t.sheet for book in WORKBOOKS for t in book.tables if t.name == kind.table)
        return f"→ {sheet}"
    if not isinstance(kind, Choice):
        return ""
    extendable = "（可在 设置 › 词表 里添加）" if kind.vocabulary else ""
    return "、".join(kind.choices(VOCABULARIES)) + extendable


def _told(f) -> str:
    aliases = f"也叫：{'、'.join(f.aliases)}" if f.aliases else ""
    return "；".join(part for part in (f.note, aliases) if part)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
