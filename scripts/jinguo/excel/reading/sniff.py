"""What a file is, by its content: which reader takes it, or why none does. Nothing is unfolded before its size is
known."""

from __future__ import annotations

import re
import zipfile
from enum import Enum
from pathlib import Path

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import DAMAGED, refuse_methods
from jinguo.excel.owner_file import cannot_open

#: A workbook of a million rows unfolds to about 400 MB; what is larger than this is no register.
_MOST_UNFOLDED = 1_500_000_000
#: Excel's own XML packs about 10 to 30 times; a part that packs far better and is large is a bomb.
_MOST_RATIO, _RATIO_FROM = 400, 5_000_000
_LARGE_RATIO, _LARGE_FROM = 100, 200_000_000
_SAVE_AS = "用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再运行。"
_UNREADABLE: tuple[type[Exception], ...] = (*DAMAGED, RecursionError, MemoryError)


class Kind(Enum):
    """How a file is read."""

    OOXML = "xlsx"
    CALAMINE = "calamine"
    CSV = "csv"


def sniff(path: Path) -> Kind:
    """The kind of a file by its first bytes; raises JinguoError, with what it is and what to do, for what is no
    workbook."""
    if path.is_dir():
        raise JinguoError(
            "是文件夹，不是工作簿", str(path), "请写工作簿的文件名；要校验整个文件夹，用 --workbooks 文件夹。"
        )
    if path.exists() and not path.is_file():
        raise JinguoError("不是文件，读不出来", path.name, "删去它，把工作簿放进来。")
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except FileNotFoundError as error:
        raise JinguoError("找不到这个文件", str(path), "核对文件名和所在的文件夹。") from error
    except OSError as error:
        raise cannot_open(path) from error
    if path.name.startswith(("~$", ".~")):
        raise JinguoError("是 Office 打开文件时的临时标记，不是工作簿", path.name, "关闭打开的工作簿，它会自动消失。")
    if not head:
        raise JinguoError("文件是空的", path.name, "找一找有没有备份，或请发来的人重新发送。")
    if head.startswith(b"PK"):
        return _sniff_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_compound(path)
    return _sniff_text(path, head)


def _sniff_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            refuse_methods(infos)
            _refuse_bombs(path, infos)
            names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in infos}
            _refuse_entities(path, package, infos)
            kind = package.read("mimetype") if "mimetype" in names else b""
    except DAMAGED as error:
        raise JinguoError("压缩包已损坏，可能没有传完", path.name, "请发来的人重新发送；或" + _SAVE_AS) from error
    if any(name.startswith("xl/") and name.endswith(".bin") and "workbook" in name for name in names):
        return Kind.CALAMINE
    if any(name.startswith("xl/macrosheets/") for name in names):
        what = "带有 Excel 4.0 宏表（老式的宏），没有打开"
        raise JinguoError(
            what,
            path.name,
            "来历不明的文件请删除；是自己的台账，就在 Excel 里删去宏表，"
            + _SAVE_AS.removeprefix("用 Excel 或 WPS 打开它，"),
        )
    if any(name.startswith("xl/") for name in names):
        return Kind.OOXML
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.CALAMINE
    if any(name.startswith("word/") for name in names):
        raise JinguoError(
            "是 Word 文档，不是工作簿", path.name, "台账要用 Excel 工作簿；把 Word 里的表格粘贴到 Excel 再保存。"
        )
    raise JinguoError("是压缩包，不是工作簿", path.name, "先解压，再用里面的工作簿。")


def _refuse_bombs(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse by the sizes the package declares; a reader never unfolds more than is declared."""
    total = sum(info.file_size for info in infos)
    limits = ((_RATIO_FROM, _MOST_RATIO), (_LARGE_FROM, _LARGE_RATIO))
    # Of what is parsed; a white picture may be packed as well as that.
    parsed = [info for info in infos if info.filename.lower().endswith((".xml", ".rels", ".vml", ".bin"))]
    dense = any(
        i.file_size > size and i.file_size > ratio * max(i.compress_size, 1) for i in parsed for size, ratio in limits
    )
    folded = sum(max(info.compress_size, 1) for info in parsed)
    # Many parts may be together what one may not.
    dense = dense or (total > _LARGE_FROM and sum(info.file_size for info in parsed) > _LARGE_RATIO * folded)
    if total > _MOST_UNFOLDED or dense:
        what = f"展开后有 {total // 1_000_000} MB，不像台账，没有打开"
        raise JinguoError(what, path.name, "删去空白行、空白列的格式和多余的图片，另存后再运行；来历不明的文件请删除。")


def _refuse_entities(path: Path, package: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    """Office never writes a document type; an entity bomb needs one, at the very beginning of a part."""
    for info in infos:
        if info.filename.lower().endswith((".xml", ".rels")):
            with package.open(info) as part:
                # In UTF-16 every other byte is 0.
                if b"<!DOCTYPE" in part.read(4096).replace(b"\x00", b""):
                    raise JinguoError(
                        "文件里有不正常的定义，没有打开", path.name, "来历不明的文件请删除；是自己的台账，就" + _SAVE_AS
                    )


def _sniff_compound(path: Path) -> Kind:
    """The old binary formats, and new ones under a password, share one container with much else."""
    streams = _streams_of(path)
    if "EncryptedPackage" in streams or ("Workbook" in streams and _is_encrypted(path)):
        raise JinguoError("设了打开密码", path.name, "打开它，在“文件—信息—保护工作簿”里去掉密码，保存后再运行。")
    if "WordDocument" in streams:
        raise JinguoError(
            "是 Word 文档，不是工作簿", path.name, "台账要用 Excel 工作簿；把 Word 里的表格粘贴到 Excel 再保存。"
        )
    if {"PowerPoint Document", "__properties_version1.0"} & streams:
        raise JinguoError("是幻灯片或邮件，不是工作簿", path.name, "台账要用 Excel 工作簿；邮件里的附件请先存下来。")
    return Kind.CALAMINE


def _streams_of(path: Path) -> set[str]:
    """The names at the root of a compound file; where it is damaged, those of the names in question that are found
    in it."""
    import olefile

    try:
        with olefile.OleFileIO(path) as container:
            return {entry[0] for entry in container.listdir(streams=True, storages=False) if len(entry) == 1}
    except _UNREADABLE:
        data = path.read_bytes()
        return {name for name in ("EncryptedPackage", "WordDocument") if name.encode("utf-16-le") in data}


def _is_encrypted(path: Path) -> bool:
    """Whether the stream of an old workbook begins with FilePass ([MS-XLS] 2.4.117), right behind its first record."""
    import olefile

    try:
        with olefile.OleFileIO(path) as container:
            head: bytes = container.openstream("Workbook").read(64)
    except DAMAGED:
        return False
    after = 4 + int.from_bytes(head[2:4], "little")
    return head[after : after + 2] == b"\x2f\x00"


def _is_old_stream(head: bytes) -> bool:
    """Whether a file begins with the record BOF of BIFF 2 to 5 outside a container ([MS-XLS] 2.4.21 and its forerunners)."""
    return (
        head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
        and 4 <= int.from_bytes(head[2:4], "little") <= 16
    )


def _sniff_text(path: Path, head: bytes) -> Kind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Excel's "Unicode 文本": UTF-16 with tabs.
        head = head.decode("utf-16", "replace").encode()
    if _is_old_stream(head):
        raise JinguoError("是很早的 Excel（2.0—5.0）的工作簿", path.name, _SAVE_AS)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start or b'progid="excel.sheet"' in start:
        raise JinguoError("是“XML 电子表格 2003”，不是现在的工作簿", path.name, _SAVE_AS)
    if b"schemas.microsoft.com/office/word/2003" in start or b'progid="word.document"' in start:
        raise JinguoError("是 Word 的 XML 文档，不是工作簿", path.name, _SAVE_AS)
    if start.startswith(b"<") and re.search(rb"<(!doctype html|html|table|meta|head|body|div|style)\b", start):
        raise JinguoError("其实是网页（有的系统导出的“Excel”是网页改名）", path.name, _SAVE_AS)
    if re.match(rb"(mime-version|content-type|return-path|received|from|date|subject|message-id)\s*:", start):
        raise JinguoError("其实是网页或邮件（.mht、.eml）", path.name, _SAVE_AS)
    if re.match(rb"[\[{]\s*[\"{\[]", start):
        raise JinguoError("不是工作簿，也不是 CSV", path.name, _SAVE_AS)
    if start.startswith(b"<?xml"):
        raise JinguoError("是 XML 文本，不是工作簿", path.name, _SAVE_AS)
    if (
        start.startswith((b"%pdf", b"{\\rtf"))
        or b"\x00" in head
        or (path.suffix.lower() not in (".csv", ".txt", ".tsv") and not re.search(rb"[,\t;]", head))
    ):
        raise JinguoError("不是工作簿，也不是 CSV", path.name, _SAVE_AS)
    return Kind.CSV
