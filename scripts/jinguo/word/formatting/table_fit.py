"""Tables put right: not wider than the text, a head on every page; the size of their text where the office asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinguo.word import gbt9704 as gb
from jinguo.word.effective import W
from jinguo.word.formatting.correction import Correction
from jinguo.word.formatting.house_rules import HouseRules
from jinguo.word.formatting.properties import holder, put
from jinguo.word.measure import Measured
from jinguo.word.runs import runs_of


def set_tables(document: Measured, rules: HouseRules) -> Iterator[Correction]:
    for table in document.tables:
        section = document.sections[min(table["section"], len(document.sections) - 1)]
        page, margins = section.page, section.margins
        room = page.get("w", gb.PAGE_WIDTH) - margins.get("left", 0) - margins.get("right", 0)
        if not section.landscape:
            room = gb.PAGE_WIDTH - gb.millimetres(rules.margins[1]) - gb.millimetres(rules.margins[3])
        if table["width"] > room + 120:
            _narrow(table["element"], room / table["width"])
            yield Correction("表格", table["text"], f"宽 {table['width'] / 56.7:.0f} 毫米", f"{room / 56.7:.0f} 毫米")
        if table["rows"] > gb.LINES and not table["head"]:
            row = table["element"].find(f"{W}tr")
            properties = row.find(f"{W}trPr")
            if properties is None:
                properties = row.makeelement(f"{W}trPr")
                row.insert(int(row.find(f"{W}tblPrEx") is not None), properties)
            properties.append(properties.makeelement(f"{W}tblHeader"))
            yield Correction("表格", table["text"], "转页时没有表头", "每页有表头")
        if rules.table_size:
            yield from _text_size(table, rules.table_size)


def _narrow(table: Any, share: float) -> None:
    for column in table.findall(f"{W}tblGrid/{W}gridCol"):
        column.set(f"{W}w", str(int(int(column.get(f"{W}w") or 0) * share)))
    for width in (w for tag in ("tcW", "tblW") for w in table.iter(f"{W}{tag}") if w.get(f"{W}type") in (None, "dxa")):
        width.set(f"{W}w", str(int(float(width.get(f"{W}w") or 0) * share)))


def _text_size(table: dict[str, Any], size: float) -> Iterator[Correction]:
    element, count = table["element"], 0
    for paragraph in element.iter(f"{W}p"):
        for run in runs_of(paragraph):
            found = run.find(f"{W}rPr/{W}sz")
            if found is None or found.get(f"{W}val") != f"{size * 2:g}":
                for tag in ("sz", "szCs"):
                    put(holder(run, "rPr"), tag, {"val": f"{size * 2:g}"})
                count += 1
    if count:
        yield Correction("表格", str(table["text"]), f"{count} 处字号不同", f"{size:g} 磅")
