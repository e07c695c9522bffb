"""Measuring a finished document against GB/T 9704-2012: every deviation with where, what it is, and what the
standard says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from jinguo.word import gbt9704 as gb
from jinguo.word.measure import Measured, Paragraph
from jinguo.word.signature import right_indents
from jinguo.word.titles import title_problems

#: Fonts that count as one another (domain.md §4.2): the national families and what Windows and WPS call them.
_FAMILIES = {
    "仿宋": ("仿宋", "fangsong"), "楷体": ("楷体", "kaiti"), "黑体": ("黑体", "simhei", "heiti"), "小标宋": ("小标宋", "xiaobiaosong"), "宋体": ("宋体", "simsun"),
}  # fmt: skip
_HEADINGS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、"), "黑体"),
    (2, re.compile(r"（[一二三四五六七八九十]{1,3}）"), "楷体"),
    (3, re.compile(r"\d{1,2}\.(?!\d)"), "仿宋"),
    (4, re.compile(r"（\d{1,2}）"), "仿宋"),
)
_WRONG_NUMERAL = re.compile(
    r"(（[一二三四五六七八九十]{1,3}）、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}、|\d{1,2}．|[一二三四五六七八九十]{1,3}\.)"
)
#: How far a length may be off, in millimetres (5.2.1 allows 1), and an indent, in characters.
_MM, _CHARACTERS = 1.0, 0.6


class Deviation(NamedTuple):
    """One: where (the element or its text), what it is there, and what the standard says, with the clause."""

    where: str
    found: str
    wanted: str


def inspect(document: Measured) -> list[Deviation]:
    """Every deviation, in the order of page, elements, page numbers, tables. What a document does not have is not
    missed."""
    return [*_page(document), *_elements(document), *_footers(document), *_tables(document)]


def _mm(twips: float) -> float:
    return twips / 1440 * 25.4


def _page(document: Measured) -> Iterator[Deviation]:
    page, margins, grid = document.page, document.margins, document.grid
    size = (_mm(page.get("w", 0)), _mm(page.get("h", 0)))
    if abs(size[0] - 210) > _MM or abs(size[1] - 297) > _MM:
        yield Deviation("纸张", f"{size[0]:.0f}×{size[1]:.0f} 毫米", "A4，210×297 毫米（5.1）")
    for side, label, wanted, clause in (
        ("top", "天头（上边距）", 37, "5.2.1"), ("left", "订口（左边距）", 28, "5.2.1"), ("right", "右边距", 26, "5.2.1，版心宽 156 毫米"),
        ("bottom", "下边距", 35, "5.2.1，版心高 225 毫米"),
    ):  # fmt: skip
        length = _mm(margins.get(side, 0))
        if abs(length - wanted) > _MM:
            yield Deviation(label, f"{length:.1f} 毫米", f"{wanted} 毫米，可差 1 毫米（{clause}）")
    height = page.get("h", 0) - margins.get("top", 0) - margins.get("bottom", 0)
    width = page.get("w", 0) - margins.get("left", 0) - margins.get("right", 0)
    pitch = grid.get("linePitch", 0)
    lines = height // pitch if pitch and grid.get("type") in ("lines", "linesAndChars", "snapToChars") else 0
    if lines != gb.LINES:
        yield Deviation(
            "行网格", f"每面 {lines} 行" if lines else "没有设行网格", f"每面 {gb.LINES} 行，撑满版心（5.2.3）"
        )
    step = gb.SIZE_BODY / 2 + grid.get("charSpace", 0) / 4096
    characters = int(width / 20 / step + 0.01) if grid.get("type") in ("linesAndChars", "snapToChars") else 0
    if characters != gb.CHARACTERS:
        yield Deviation(
            "字网格", f"每行 {characters} 字" if characters else "没有设字网格", f"每行 {gb.CHARACTERS} 字（5.2.3）"
        )
    if document.theme_fonts:
        yield Deviation("字体", "用了主题字体，换一台电脑就变", "写明仿宋、黑体等字体（5.2.2）")


def _elements(document: Measured) -> Iterator[Deviation]:
    running = [p for p in document.paragraphs if not p.in_table and p.text.strip()]
    title = next((n for n, p in enumerate(running) if _is_title(p)), None)
    for p in running[:title] if title is not None else []:
        if gb.ANY_NUMBER.fullmatch(p.text.strip()):
            yield from _letter_number(p)
    for is_title, together in groupby(running, _is_title):
        yield from _titles(list(together)) if is_title else ()
    if title is None:
        yield Deviation("标题", "没有居中的大字标题", "2 号小标宋体字，居中（7.3.1）")
    body = running[title + 1 :] if title is not None else running
    if body and re.search(r"[：:]$", body[0].text.strip()) and body[0].align not in ("center", "right"):
        yield from _addressee(body[0])
        body = body[1:]
    dates = [n for n, p in enumerate(body) if gb.ANY_DATE.fullmatch(p.text.strip())]
    for n in dates:
        yield from _date(body[n - 1] if n else None, body[n])
    signed = {n for date in dates for n in (date - 1, date)}
    text = [
        p for n, p in enumerate(body) if n not in signed and not _is_title(p) and p.align not in ("center", "right")
    ]
    yield from _running_text(text)
    yield from _attachments(body)


def _is_title(p: Paragraph) -> bool:
    return p.align == "center" and p.colour.upper() != gb.RED and max(p.sizes, default=0) >= 18


def _short(p: Paragraph) -> str:
    text = p.text.strip().replace("\n", "")
    return f"“{text[:18]}{'…' if len(text) > 18 else ''}”"


def _is_font(p: Paragraph, family: str) -> bool:
    return all(any(name in font.lower() for name in _FAMILIES[family]) for font in p.fonts)


def _is_size(p: Paragraph, half_points: int) -> bool:
    return all(abs(size - half_points / 2) < 0.3 for size in p.sizes)


def _fonts(p: Paragraph) -> str:
    return "、".join(sorted(font or "没有写明" for font in p.fonts))


def _sizes(p: Paragraph) -> str:
    return "、".join(f"{size:g} 磅" for size in sorted(p.sizes))


def _letter_number(p: Paragraph) -> Iterator[Deviation]:
    if not gb.RIGHT_NUMBER.fullmatch(p.text.strip()):
        yield Deviation(
            f"发文字号{_short(p)}", "写法不对", "年份四位加六角括号〔〕，序号不编虚位、不加“第”，后加“号”（7.2.5）"
        )
    if not _is_font(p, "仿宋") or not _is_size(p, gb.SIZE_BODY):
        yield Deviation(f"发文字号{_short(p)}", f"{_fonts(p)}，{_sizes(p)}", "3 号仿宋体字（7.2.5）")


def _titles(titles: list[Paragraph]) -> Iterator[Deviation]:
    for p in titles:
        if not _is_font(p, "小标宋"):
            yield Deviation(f"标题{_short(p)}", _fonts(p), "小标宋体字（7.3.1）")
        if not _is_size(p, gb.SIZE_TITLE):
            yield Deviation(f"标题{_short(p)}", _sizes(p), "2 号字，22 磅（7.3.1）")
        if p.text.strip().endswith(("。", "；", "，")):
            yield Deviation(f"标题{_short(p)}", "末尾有标点", "标题末尾不加标点（7.3.1）")

    for problem in title_problems([line for p in titles for line in p.text.strip().split("\n") if line.strip()]):
        yield Deviation(*problem)


def _addressee(p: Paragraph) -> Iterator[Deviation]:
    if p.first_line > _CHARACTERS or p.left > _CHARACTERS:
        yield Deviation(f"主送机关{_short(p)}", f"缩进 {p.first_line + p.left:.1f} 字", "居左顶格（7.3.2）")
    if p.text.strip().endswith(":"):
        yield Deviation(f"主送机关{_short(p)}", "末尾是半角冒号", "末尾用全角冒号（7.3.2）")
    yield from _body_font(p, "主送机关")


def _body_font(p: Paragraph, label: str, family: str = "仿宋", clause: str = "5.2.2") -> Iterator[Deviation]:
    if not _is_font(p, family):
        yield Deviation(f"{label}{_short(p)}", _fonts(p), f"{family.removesuffix('体')}体字（{clause}）")
    if not _is_size(p, gb.SIZE_BODY):
        yield Deviation(f"{label}{_short(p)}", _sizes(p), "3 号字，16 磅（5.2.2）")
    if p.colour not in ("", "auto", "000000"):
        yield Deviation(f"{label}{_short(p)}", f"颜色 {p.colour}", "黑色（5.2.4）")


def _running_text(text: list[Paragraph]) -> Iterator[Deviation]:
    level = 0
    for p in text:
        stripped = p.text.strip()
        if re.match(r"附件\s*\d*$|附件[：:]|[\u3000\s]*\d\.", stripped) and (p.left > 1 or stripped.startswith("附件")):
            continue
        wrong = _WRONG_NUMERAL.match(stripped)
        heading = (
            None
            if wrong
            else next(((depth, family) for depth, pattern, family in _HEADINGS if pattern.match(stripped)), None)
        )
        if heading:
            depth, family = heading
            if depth > level + 1 and depth < 3:
                yield Deviation(
                    f"层次{_short(p)}",
                    f"第{'一二三四'[depth - 1]}层前面没有第{'一二三四'[depth - 2]}层",
                    "依次用“一、”“（一）”“1.”“（1）”（7.3.3）",
                )
            level = depth
            # Only a line of its own is set in the heading's font; run in, the sentence after it is body text.
            own_line = len(stripped) <= 28 and not stripped.endswith(("。", "；"))
            yield from _body_font(
                p, f"第{'一二三四'[depth - 1]}层标题", family if own_line else "仿宋" if depth > 2 else family, "7.3.3"
            )
        elif wrong:
            # Of what level it is meant nobody knows, and so not in what font.
            yield Deviation(f"层次{_short(p)}", f"序数写成“{wrong[1]}”", "依次用“一、”“（一）”“1.”“（1）”（7.3.3）")
        else:
            yield from _body_font(p, "正文")
        if abs(p.first_line - 2) > _CHARACTERS and not stripped.endswith(("：", ":")):
            yield Deviation(f"正文{_short(p)}", f"首行缩进 {p.first_line:.1f} 字", "每个自然段左空二字（7.3.3）")
        if p.line_rule == "exact" and not 27.5 <= p.line <= 29.2:
            yield Deviation(f"正文{_short(p)}", f"行距 {p.line:g} 磅", "每面 22 行，行距约 28.95 磅（5.2.3）")


def _date(signature: Paragraph | None, date: Paragraph) -> Iterator[Deviation]:
    if not gb.RIGHT_DATE.fullmatch(date.text.strip()):
        yield Deviation(f"成文日期{_short(date)}", "写法不对", "用阿拉伯数字标全年、月、日，月日不编虚位（7.3.5.4）")
    if signature is None or date.align != "right":
        yield Deviation(f"成文日期{_short(date)}", "没有右对齐的署名和日期", "署名在上、日期在下，居右（7.3.5）")
        return
    for sealed in (True, False):
        wanted = right_indents(signature.text.strip(), date.text.strip(), sealed)
        if all(abs(p.right - right) <= _CHARACTERS for p, right in zip((signature, date), wanted, strict=True)):
            return
    found = f"署名右空 {signature.right:.1f} 字，日期右空 {date.right:.1f} 字"
    yield Deviation(
        f"署名{_short(signature)}",
        found,
        "加盖印章的日期右空四字、署名以日期居中（7.3.5.1）；不加盖的署名右空二字、日期比署名右移二字（7.3.5.2）",
    )


def _attachments(body: list[Paragraph]) -> Iterator[Deviation]:
    """The note below the text, the marks of the attachments' pages, and whether the names agree."""
    note = next((n for n, p in enumerate(body) if re.match(r"附件\s*[：:]", p.text.strip())), None)
    names: list[str] = []
    if note is not None:
        for p in body[note:]:
            named = re.match(r"(?:附件\s*[：:])?[\s\u3000]*(?:(\d)\s*[.．、])?(.+)", p.text.strip())
            if p is not body[note] and not re.match(r"[\s\u3000]*\d\s*[.．、]", p.text):
                break
            assert named
            names.append(named[2].strip().rstrip("。；，、"))
            yield from _attachment_note(p)
    for mark, title in pairwise(body):
        text = mark.text.strip()
        if not re.fullmatch(r"附件\s*\d*[：:]?", text):
            continue
        if not _is_font(mark, "黑体"):
            yield Deviation(f"附件标记{_short(mark)}", _fonts(mark), "3 号黑体字（7.3.7）")
        if text.endswith(("：", ":")):
            yield Deviation(f"附件标记{_short(mark)}", "后面有冒号", "“附件”加顺序号，不加冒号（7.3.7）")
        if not mark.new_page:
            yield Deviation(f"附件标记{_short(mark)}", "没有另起一页", "附件另面编排（7.3.7）")
        heading = title.text.strip().replace("\n", "")
        if names and heading not in names:
            yield Deviation(
                f"附件标题{_short(title)}", f"附件说明里是“{'、'.join(names)}”", "附件标题与附件说明一致（7.3.7）"
            )


def _attachment_note(p: Paragraph) -> Iterator[Deviation]:
    text = p.text.strip()
    if re.match(r"附件\s*:", text):
        yield Deviation(f"附件说明{_short(p)}", "“附件”后是半角冒号", "用全角冒号（7.3.4）")
    if text.endswith(("。", "；", "，", "、")):
        yield Deviation(f"附件说明{_short(p)}", "名称后有标点", "附件名称后不加标点符号（7.3.4）")
    if re.search(r"\d\s*[．、]", text[:8]):
        yield Deviation(f"附件说明{_short(p)}", "序号后不是半角点", "写成“1.”（7.3.4）")


def _footers(document: Measured) -> Iterator[Deviation]:
    odd, even = document.footers.get("default"), document.footers.get("even")
    if not odd or not odd["counts"]:
        yield Deviation("页码", "没有页码", "版心下边缘之下编排页码（7.5）")
        return
    if not document.even_and_odd or not even or not even["counts"]:
        yield Deviation("页码", "单双页相同", "单页码居右空一字，双页码居左空一字（7.5）")
    for label, footer, side in (("单页页码", odd, "right"), ("双页页码", even, "left")):
        if not footer or not footer["counts"]:
            continue
        if footer["align"] != side or abs(footer[side] - 1) > _CHARACTERS:
            edge = "右" if side == "right" else "左"
            yield Deviation(label, f"没有居{edge}空一字", f"{label[:2]}码居{edge}空一字（7.5）")
        if not re.fullmatch(r"[—－–-]\s*\d+\s*[—－–-]", footer["text"].strip()):
            yield Deviation(label, f"“{footer['text'].strip()}”", "数字左右各放一条一字线（7.5）")
        if footer["size"] and abs(footer["size"] - gb.SIZE_PAGE_NUMBER / 2) > 0.3:
            yield Deviation(label, f"{footer['size']:g} 磅", "4 号字，14 磅（7.5）")
        if footer["font"] and not any(name in footer["font"].lower() for name in _FAMILIES["宋体"]):
            yield Deviation(label, footer["font"], "半角宋体阿拉伯数字（7.5）")


def _tables(document: Measured) -> Iterator[Deviation]:
    width = document.page.get("w", 0) - document.margins.get("left", 0) - document.margins.get("right", 0)
    for table in document.tables:
        if table["width"] > width + 120:
            yield Deviation(
                f"表格“{table['text']}”",
                f"宽 {_mm(table['width']):.0f} 毫米",
                f"不宽于版心 {_mm(width):.0f} 毫米（5.2.1）",
            )
        if table["rows"] > gb.LINES and not table["head"]:
            yield Deviation(
                f"表格“{table['text']}”", f"有 {table['rows']} 行，转页时没有表头", "跨页的表格每页有表头（惯例）"
            )
