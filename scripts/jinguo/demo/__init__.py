"""The demo registry: a year of the office of the seed report, invented people, the same on every machine.

Organisations, projects and figures that the report names are as it says; everything else is 演示数据. `build` gives the
rows by table and field name; `write` makes the seven workbooks of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinguo.common.writing import write_file
from jinguo.demo import duty, nominations, organisations, people, projects, settings, training

AUTHOR = "余姚市妇女联合会"

Rows = dict[str, list[dict[str, Any]]]


def build() -> Rows:
    """Every row of the demo, by table name; no errors, and a few warnings and hints that are meant."""
    rows: Rows = {}
    for part in (settings, organisations, people, training, projects, duty, nominations):
        rows |= part.rows(rows)
    return rows


def write(folder: Path) -> list[Path]:
    """Write the seven workbooks into `folder` and return their paths."""
    from jinguo.excel.writing.forms import write_form
    from jinguo.schema import WORKBOOKS
    from jinguo.schema.vocabularies import VOCABULARIES

    rows = build()
    vocabularies = VOCABULARIES | {"townships": [t["name"] for t in rows["townships"]]}
    written = []
    for book in WORKBOOKS:
        written.append(folder / book.file)
        write_file(written[-1], write_form(book, rows, vocabularies, AUTHOR))
    return written
