"""A document as it stands on paper: laid out by LibreOffice, its lines read off the page."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from jinguo.common.errors import JinguoError

#: Where LibreOffice is when it is not on the PATH.
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe", r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)  # fmt: skip
#: Older ones lay out the character grid wrongly.
_OLDEST = (24, 2)
_GET = "安装 LibreOffice 25.2 或更新的版本（www.libreoffice.org，免费）再运行；不加 --rendered 也能查，只是不看排版的结果。"


@dataclass
class PageLine:
    """One line of a page: its text, and in points the lower edge's distance from the top of the page, left and right
    ends, the size of most of its characters, and the left edge of each character."""

    text: str
    bottom: float
    left: float
    right: float
    size: float
    starts: list[float] = field(default_factory=list)


def find_libreoffice() -> str:
    """The program; JinguoError where there is none, or one too old."""
    program = (
        shutil.which("soffice") or shutil.which("libreoffice") or next((p for p in _USUAL if Path(p).is_file()), None)
    )
    if program is None:
        raise JinguoError("没有找到 LibreOffice，看不了排版的结果", remedy=_GET)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    number = re.search(r"(\d+)\.(\d+)", said)
    if number and (int(number[1]), int(number[2])) < _OLDEST:
        raise JinguoError(f"LibreOffice {number[0]} 太旧，不能正确排出字符网格", remedy=_GET)
    return program


def to_pdfs(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Documents as PDF, by the same names: through LibreOffice, or on Windows through Word where only that is there. JinguoError
    where there is neither, or one of them was not laid out."""
    names = {f"{n}.docx": name for n, name in enumerate(documents)}
    with tempfile.TemporaryDirectory() as folder:
        for file, name in names.items():
            (Path(folder) / file).write_bytes(documents[name])
        try:
            program = find_libreoffice()
        except JinguoError:
            if not _word_is_there():
                raise JinguoError("没有找到 LibreOffice，也没有 Word，不能生成 PDF", remedy=_GET_ONE) from None
            _with_word(Path(folder))
        else:
            _with_libreoffice(program, Path(folder), list(names))
        made = {name: (Path(folder) / file).with_suffix(".pdf") for file, name in names.items()}
        missing = [name for name, path in made.items() if not path.is_file()]
        if missing:
            raise JinguoError(
                f"{len(missing)} 份没有排出 PDF，如“{missing[0]}”",
                remedy="关闭 LibreOffice、Word 再运行一次；Word 文档都在。",
            )
        return {name: path.read_bytes() for name, path in made.items()}


_GET_ONE = (
    "安装 LibreOffice 25.2 或更新的版本（www.libreoffice.org，免费），或在装有 Word 的电脑上运行；Word 文档都在。"
)
_WORD = r"""
$word = New-Object -ComObject Word.Application
$word.Visible = $false
Get-ChildItem -LiteralPath $args[0] -Filter *.docx | ForEach-Object {
  $document = $word.Documents.Open($_.FullName, $false, $true)
  $document.SaveAs2([IO.Path]::ChangeExtension($_.FullName, '.pdf'), 17)
  $document.Close($false)
}
$word.Quit()
"""


def _word_is_there() -> bool:
    """Whether Windows knows Word."""
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Word.Application"))
    except OSError:
        return False
    return True


def _with_word(folder: Path) -> None:
    """Let Word write a PDF beside each document of a folder."""
    script = folder / "print.ps1"
    script.write_text(_WORD, encoding="utf-8-sig")
    command = ["powershell", "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", str(script), str(folder)]
    subprocess.run(command, capture_output=True, timeout=600, check=False)


def to_pdf(path: Path) -> bytes:
    """The document as LibreOffice lays it out; it is not changed, and a LibreOffice that is open is not disturbed."""
    program = find_libreoffice()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "document.docx"
        copy.write_bytes(path.read_bytes())
        _with_libreoffice(program, Path(folder), [copy.name])
        made = copy.with_suffix(".pdf")
        if not made.is_file():
            raise JinguoError(
                "LibreOffice 没有排出来",
                str(path),
                "关闭 LibreOffice，用 Word 打开另存一次再运行；仍不行就不加 --rendered。",
            )
        return made.read_bytes()


def _with_libreoffice(program: str, folder: Path, files: Sequence[str]) -> None:
    """Let LibreOffice write a PDF beside each of these files of a folder; which it could not is seen by what is missing."""
    profile = (folder / "profile").as_uri()
    paths = [str(folder / file) for file in files]
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *paths,
    ]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, capture_output=True, timeout=120 + 20 * len(paths), check=False, env=dict(os.environ))


def read_pages(pdf: bytes) -> list[list[PageLine]]:
    """The lines of every page, from top to bottom."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_lines(document[n]) for n in range(len(document))]
    finally:
        document.close()


def _lines(page: Any) -> list[PageLine]:
    import pypdfium2.raw

    height, text = page.get_height(), page.get_textpage()
    rows: defaultdict[int, list[tuple[float, float, float, float, str]]] = defaultdict(list)
    for n in range(text.count_chars()):
        character = text.get_text_range(n, 1)
        if not character.strip():
            continue
        # A loose box is as high as the font, so that the characters of one line share their lower edge.
        left, bottom, right, _ = text.get_charbox(n, loose=True)
        size = pypdfium2.raw.FPDFText_GetFontSize(text.raw, n)
        rows[round((height - bottom) / 2)].append((left, right, height - bottom, size, character))
    lines = []
    for row in sorted(rows):
        lefts, rights, bottoms, sizes, characters = zip(*sorted(rows[row]), strict=True)
        lines.append(PageLine("".join(characters), median(bottoms), lefts[0], max(rights), median(sizes), list(lefts)))
    return lines
