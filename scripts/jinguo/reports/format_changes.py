"""修改清单: what was changed in documents that were put right, a row a place, and what is left to somebody to decide."""

from __future__ import annotations

from collections.abc import Mapping

from jinguo.excel.writing.report import Sheet, write_report
from jinguo.word.formatting.put_right import PutRight

_CHANGED = ["文件", "要素", "原文开头", "原来", "改成"]
_LEFT = ["文件", "哪里", "现在", "标准"]


def format_changes(done: Mapping[str, PutRight], author: str) -> bytes:
    """The workbook of all changes, by the name of the file."""
    changed = [[name, *change] for name, result in done.items() for change in result.changes]
    left = [[name, *deviation] for name, result in done.items() for deviation in result.left]
    sheets = [Sheet("修改", "已经改正的地方", _CHANGED, [list(map(str, row)) for row in changed], [30, 12, 26, 40, 40])]
    if left:
        sheets.append(Sheet("请您决定", "没有改、要人来定的地方", _LEFT, left, [30, 30, 40, 50]))
    return write_report("公文格式修改清单", sheets, author)
