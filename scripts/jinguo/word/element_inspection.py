"""The elements of a document against GB/T 9704-2012, 7: number, title, addressee, headings, text, signature, attachments,
版记."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from jinguo.word import gbt9704 as gb
from jinguo.word.deviation import CHARACTERS, Deviation, is_family
from jinguo.word.elements import Element, ElementRole, identify, is_right_numeral, run_in, titles
from jinguo.word.measure import Measured, Paragraph, Segment
from jinguo.word.signature import placed_right, right_gap
from jinguo.word.titles import title_problems

_FAMILY_OF_LEVEL = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}
_BLACK = ("", "auto", "000000")


def inspect_elements(document: Measured) -> Iterator[Deviation]:
    elements = identify(document.paragraphs)
    of_role: dict[ElementRole, list[Paragraph]] = {
        role: [e.paragraph for e in elements if e.role is role] for role in ElementRole
    }
    for p in of_role[ElementRole.NUMBER]:
        yield from _letter_number(p)
    for title in titles(elements):
        yield from _title(title)
    if not of_role[ElementRole.TITLE]:
        yield Deviation("标题", "没有居中的大字标题", "2 号小标宋体字，居中（7.3.1）")
    for p in of_role[ElementRole.ADDRESSEE]:
        yield from _addressee(p)
    for block in _signature_blocks(elements):
        yield from _signature(block)
    yield from _running_text(elements)
    for p in of_role[ElementRole.NOTE]:
        yield from _attachment_note(p)
    yield from _attachments(elements)
    for p in of_role[ElementRole.RECORD]:
        yield from _record(p)


def short(p: Paragraph) -> str:
    """The beginning of a paragraph, as it is named in a finding."""
    text = p.text.strip().replace("\n", "")
    return f"“{text[:18]}{'…' if len(text) > 18 else ''}”"


def _is_font(segments: Sequence[Segment], family: str) -> bool:
    return all(is_family(segment.font, family) for segment in segments)


def _fonts(segments: Sequence[Segment]) -> str:
    return "、".join(sorted({segment.font or "没有写明" for segment in segments}))


def _is_size(p: Paragraph, half_points: int) -> bool:
    return all(abs(size - half_points / 2) < 0.3 for size in p.sizes)


def _sizes(p: Paragraph) -> str:
    return "、".join(f"{size:g} 磅" for size in sorted(p.sizes))


def _letter_number(p: Paragraph) -> Iterator[Deviation]:
    number = re.split(r"[\s\u3000]*签\s*发\s*人", p.text.strip())[0].strip()
    if not gb.RIGHT_NUMBER.fullmatch(number):
        yield Deviation(
            f"发文字号{short(p)}", "写法不对", "年份四位加六角括号〔〕，序号不编虚位、不加“第”，后加“号”（7.2.5）"
        )
    # Behind the number of a report stands who signs it, the name in 楷体 (7.2.6).
    ours = [s for s in p.chinese if number == p.text.strip() or not is_family(s.font, "楷体")]
    if not _is_font(ours, "仿宋") or not _is_size(p, gb.SIZE_BODY):
        yield Deviation(f"发文字号{short(p)}", f"{_fonts(ours)}，{_sizes(p)}", "3 号仿宋体字（7.2.5）")


def _title(lines: list[Paragraph]) -> Iterator[Deviation]:
    for p in lines:
        if p.align != "center":
            yield Deviation(f"标题{short(p)}", "没有居中", "居中排布（7.3.1）")
        if not _is_font(p.chinese, "小标宋"):
            yield Deviation(f"标题{short(p)}", _fonts(p.chinese), "小标宋体字（7.3.1）")
        if not _is_size(p, gb.SIZE_TITLE):
            yield Deviation(f"标题{short(p)}", _sizes(p), "2 号字，22 磅（7.3.1）")
        if p.text.strip().endswith(("。", "；", "，")):
            yield Deviation(f"标题{short(p)}", "末尾有标点", "标题末尾不加标点（7.3.1）")
    for problem in title_problems([line for p in lines for line in p.text.strip().split("\n") if line.strip()]):
        yield Deviation(*problem)


def _addressee(p: Paragraph) -> Iterator[Deviation]:
    if p.first_line > CHARACTERS or p.left > CHARACTERS:
        yield Deviation(f"主送机关{short(p)}", f"缩进 {max(p.first_line, p.left):.1f} 字", "居左顶格（7.3.2）")
    if p.text.strip().endswith(":"):
        yield Deviation(f"主送机关{short(p)}", "末尾是半角冒号", "末尾用全角冒号（7.3.2）")
    yield from _body_font(p, "主送机关", p.chinese)


def _body_font(
    p: Paragraph, label: str, segments: Sequence[Segment], family: str = "仿宋", clause: str = "5.2.2"
) -> Iterator[Deviation]:
    if not _is_font(segments, family):
        yield Deviation(f"{label}{short(p)}", _fonts(segments), f"{family.removesuffix('体')}体字（{clause}）")
    if not _is_size(p, gb.SIZE_BODY):
        yield Deviation(f"{label}{short(p)}", _sizes(p), "3 号字，16 磅（5.2.2）")
    if p.colour not in _BLACK:
        yield Deviation(f"{label}{short(p)}", f"颜色 {p.colour}", "黑色（5.2.4）")


def _running_text(elements: list[Element]) -> Iterator[Deviation]:
    level = 0
    for element in elements:
        p = element.paragraph
        if element.role is ElementRole.ATTACHMENT:
            level = 0
        if element.role is ElementRole.HEADING:
            label = f"第{'一二三四'[element.level - 1]}层标题"
            if element.numeral and not is_right_numeral(element):
                # Of what level it is meant nobody knows, and so not in what font.
                yield Deviation(
                    f"层次{short(p)}", f"序数写成“{element.numeral}”", "依次用“一、”“（一）”“1.”“（1）”（7.3.3）"
                )
            else:
                yield from _heading(element, level, label)
                level = element.level
        elif element.role is ElementRole.BODY:
            yield from _body_font(p, "正文", p.chinese)
        if element.role in (ElementRole.BODY, ElementRole.HEADING):
            yield from _set_as_text(p)


def _heading(element: Element, above: int, label: str) -> Iterator[Deviation]:
    p, depth = element.paragraph, element.level
    if element.numeral and depth > above + 1 and depth < 3:
        yield Deviation(
            f"层次{short(p)}", f"第{'一二三四'[depth - 1]}层前面没有第{'一二三四'[depth - 2]}层", "依次用“一、”“（一）”“1.”“（1）”（7.3.3）"
        )  # fmt: skip
    family, end = _FAMILY_OF_LEVEL[depth], run_in(element)
    if end < 0:
        # A sentence that begins with a number is text, though some set it like a heading.
        if not _is_font(p.chinese, family):
            yield from _body_font(p, label, p.chinese)
        return
    head, rest = divided(p, end)
    yield from _body_font(p, label, head, family, "7.3.3")
    if rest and not _is_font(rest, "仿宋"):
        yield Deviation(f"正文{short(p)}", f"标题后的文字是{_fonts(rest)}", "仿宋体字（5.2.2）")


def divided(p: Paragraph, end: int) -> tuple[list[Segment], list[Segment]]:
    """The Chinese segments of a heading and of the text that goes on behind it, `end` characters in (0: all is heading)."""
    head, rest, place = [], [], 0
    for segment in p.segments:
        # A segment is counted to where most of it stands: a full stop may be set with either.
        cut = max(0, min(len(segment.text), end - place)) if end else len(segment.text)
        place += len(segment.text)
        if re.search("[\u3400-\u9fff]", segment.text[:cut]):
            head.append(segment)
        if re.search("[\u3400-\u9fff]", segment.text[cut:]):
            rest.append(segment)
    return head, rest


def _set_as_text(p: Paragraph) -> Iterator[Deviation]:
    """Indents and line spacing of running text."""
    text = p.text.strip()
    begins = abs(p.first_line - 2) <= CHARACTERS
    if not begins and not (text.endswith(("：", ":")) and abs(p.first_line) <= CHARACTERS):
        yield Deviation(f"正文{short(p)}", f"首行缩进 {p.first_line:.1f} 字", "每个自然段左空二字（7.3.3）")
    elif p.left > CHARACTERS and p.level is None:
        yield Deviation(f"正文{short(p)}", f"回行缩进 {p.left:.1f} 字", "回行顶格（7.3.3）")
    if p.line_rule == "exact" and not 27.5 <= p.line <= 29.2:
        yield Deviation(f"正文{short(p)}", f"行距 {p.line:g} 磅", "每面 22 行，行距约 28.95 磅（5.2.3）")
    elif p.line_rule == "atLeast" and p.line > 29.2:
        yield Deviation(f"正文{short(p)}", f"行距至少 {p.line:g} 磅", "每面 22 行，行距约 28.95 磅（5.2.3）")
    elif p.line_rule == "auto" and abs(p.line - 12) > 0.6:
        yield Deviation(f"正文{short(p)}", f"{p.line / 12:.2g} 倍行距", "每面 22 行，行距约 28.95 磅（5.2.3）")
    if p.before > 1 or p.after > 1:
        yield Deviation(f"正文{short(p)}", f"段前 {p.before:g} 磅，段后 {p.after:g} 磅", "段前段后不空（5.2.3）")


def _signature_blocks(elements: list[Element]) -> Iterator[list[Element]]:
    """The signatures with the day below them, in the order of the document."""
    for signed, block in groupby(elements, lambda e: e.role in (ElementRole.SIGNATURE, ElementRole.DATE)):
        if signed:
            yield list(block)


def _signature(block: list[Element]) -> Iterator[Deviation]:
    date = block[-1].paragraph
    if block[-1].role is not ElementRole.DATE:
        return
    if not gb.RIGHT_DATE.fullmatch(date.text.strip()):
        yield Deviation(f"成文日期{short(date)}", "写法不对", "用阿拉伯数字标全年、月、日，月日不编虚位（7.3.5.4）")
    signatures = [e.paragraph for e in block if e.role is ElementRole.SIGNATURE]
    if not signatures:
        yield Deviation(f"成文日期{short(date)}", "没有右对齐的署名和日期", "署名在上、日期在下，居右（7.3.5）")
        return
    if len(signatures) > 1 or placed_right(signatures[0], date, CHARACTERS):
        # Several offices stand side by side or below each other (7.3.5.1); where, only the seals decide.
        return
    yield Deviation(
        f"署名{short(signatures[0])}",
        f"署名右空 {right_gap(signatures[0]):.1f} 字，日期右空 {right_gap(date):.1f} 字",
        "加盖印章的日期右空四字、署名以日期居中（7.3.5.1）；不加盖的署名右空二字、日期比署名右移二字（7.3.5.2）",
    )


def _attachment_note(p: Paragraph) -> Iterator[Deviation]:
    text = p.text.strip()
    if re.match(r"附\s*件\s*:", text):
        yield Deviation(f"附件说明{short(p)}", "“附件”后是半角冒号", "用全角冒号（7.3.4）")
    if text.endswith(("。", "；", "，", "、")):
        yield Deviation(f"附件说明{short(p)}", "名称后有标点", "附件名称后不加标点符号（7.3.4）")
    if re.search(r"\d\s*[．、]", text[:8]):
        yield Deviation(f"附件说明{short(p)}", "序号后不是半角点", "写成“1.”（7.3.4）")
    yield from _body_font(p, "附件说明", p.chinese)


def _attachments(elements: list[Element]) -> Iterator[Deviation]:
    """The marks of the attachments' pages, and whether their titles are named in the note."""
    names = list(_named(elements))
    for n, element in enumerate(elements):
        if element.role is not ElementRole.ATTACHMENT:
            continue
        mark = element.paragraph
        if not _is_font(mark.chinese, "黑体"):
            yield Deviation(f"附件标记{short(mark)}", _fonts(mark.chinese), "3 号黑体字（7.3.7）")
        if mark.text.strip().endswith(("：", ":")):
            yield Deviation(f"附件标记{short(mark)}", "后面有冒号", "“附件”加顺序号，不加冒号（7.3.7）")
        if not mark.new_page:
            yield Deviation(f"附件标记{short(mark)}", "没有另起一页", "附件另面编排（7.3.7）")
        lines = []
        for after in elements[n + 1 :]:
            if after.role is not ElementRole.TITLE:
                break
            lines.append(after.paragraph)
        heading = "".join(re.sub(r"\s", "", p.text) for p in lines)
        number = int(re.sub(r"\D", "", mark.text) or 1)
        # A page that the note does not number at all may belong to another paper sent along.
        if heading and number <= len(names) and heading not in names:
            yield Deviation(
                f"附件标题{short(lines[0])}", f"附件说明里是“{'、'.join(names)}”", "附件标题与附件说明一致（7.3.7）"
            )


def _named(elements: list[Element]) -> Iterator[str]:
    """The names of the note of attachments."""
    name = ""
    for element in elements:
        if element.role is not ElementRole.NOTE:
            continue
        for line in element.paragraph.text.split("\n"):
            begins = re.match(r"[\s\u3000]*(?:附\s*件\s*[：:])?[\s\u3000]*(?:\d{1,2}\s*[.．、])?", line)
            assert begins
            if begins[0].strip() and name:
                yield name
                name = ""
            name += re.sub(r"\s", "", line[begins.end() :]).rstrip("。；，、")
    if name:
        yield name


def _record(p: Paragraph) -> Iterator[Deviation]:
    """版记: 4 号仿宋, one character in (7.4)."""
    if not _is_font(p.chinese, "仿宋") or not _is_size(p, gb.SIZE_PAGE_NUMBER):
        yield Deviation(f"版记{short(p)}", f"{_fonts(p.chinese)}，{_sizes(p)}", "4 号仿宋体字（7.4）")
    if abs(p.first_line - 1) > CHARACTERS:
        yield Deviation(f"版记{short(p)}", f"左空 {p.first_line:.1f} 字", "左右各空一字（7.4.2、7.4.3）")
