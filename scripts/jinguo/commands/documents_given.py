"""Word documents that staff give to a command: opened, or told why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import DAMAGED

_Read = TypeVar("_Read")
#: How the old formats of Word and WPS begin, and a .docx with a password.
_OLE = b"\xd0\xcf\x11\xe0"


def opened(path: Path, read: Callable[[bytes], _Read]) -> _Read:
    """What `read` makes of the file; JinguoError where it is not there or no Word document."""
    if not path.is_file():
        raise JinguoError("找不到这个文件", str(path), "核对文件名和所在的文件夹。")
    data = path.read_bytes()
    if data.startswith(_OLE):
        raise JinguoError(
            "是旧格式的 Word 或 WPS 文档（.doc、.wps），或者设了打开密码",
            str(path),
            "用 Word 或 WPS 打开它，去掉密码，另存为“Word 文档（*.docx）”再运行一次。",
        )
    from jinguo.word.usual_form import in_usual_form

    try:
        return read(in_usual_form(data))
    except DAMAGED as error:
        raise JinguoError(
            "打不开，不是 Word 文档（.docx）或已经损坏",
            str(path),
            "用 Word 或 WPS 打开它，另存为“Word 文档（*.docx）”再查。",
        ) from error
