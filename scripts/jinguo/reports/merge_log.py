"""合并记录.xlsx: everything a merge has written, and who returned it."""

from __future__ import annotations

from collections.abc import Sequence

from jinguo.amend.merge_result import Done
from jinguo.amend.undo import line_of
from jinguo.excel.writing.report import Sheet, write_report


def merge_log(done: Sequence[Done], title: str, author: str) -> bytes:
    """The workbook: a row for everything that was written."""
    header = ["镇街", "来自", "工作簿", "工作表", "谁", "栏目", "原来", "改为"]
    rows = [line_of(d) for d in done]
    note = "写错了可以撤回：运行 jinguo survey undo。"
    return write_report(
        title, [Sheet("记录", title, header, rows, [14, 34, 20, 12, 24, 14, 30, 40], note=note)], author
    )
