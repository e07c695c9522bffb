"""A native chart for a document: the same chart part Excel has, and the workbook behind it that a double click
opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from jinguo.common.ooxml import read_parts
from jinguo.excel.writing.report import Chart, Sheet, write_report

_CHART = "xl/charts/chart1.xml"
_LABELS = (
    b'<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
    b'<c:showBubbleSize val="0"/></c:dLbls>'
)


class ChartParts(NamedTuple):
    """The chart's XML, which asks for its workbook as rId1, and that workbook."""

    xml: bytes
    workbook: bytes


def native_chart(title: str, header: Sequence[str], rows: Sequence[Sequence[Any]], author: str) -> ChartParts:
    """A column chart: the first column are the categories, each other column a series.

    XlsxWriter writes the chart with its values; the workbook is written a second time without it, as data alone.
    """
    data = Sheet("数据", title, list(header), [list(row) for row in rows], [18, *[12] * (len(header) - 1)])
    drawn = Sheet(
        data.name, data.title, data.header, data.rows, data.widths, charts=[Chart(title, tuple(range(1, len(header))))]
    )
    xml = read_parts(write_report(title, [drawn], author))[_CHART]
    # Word and LibreOffice take what is not said of a label for wanted, where Excel takes it for unwanted.
    xml = xml.replace(b'<c:dLbls><c:showVal val="1"/></c:dLbls>', _LABELS)
    linked = re.sub(
        rb"(<c:printSettings>.*?</c:printSettings>)?</c:chartSpace>",
        rb'<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>',
        xml,
        flags=re.S,
    )
    return ChartParts(linked, write_report(title, [data], author))
