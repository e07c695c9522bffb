"""How each element is to look, and setting the paragraphs that look otherwise: fonts, sizes, colour, indents, spacing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinguo.word import gbt9704 as gb
from jinguo.word.deviation import CHARACTERS, FAMILIES, is_family
from jinguo.word.effective import Properties, StyleSheet, W, flat, is_on
from jinguo.word.elements import Element, ElementRole, is_right_numeral, run_in
from jinguo.word.formatting.correction import Correction
from jinguo.word.formatting.house_rules import HouseRules
from jinguo.word.formatting.properties import holder, put
from jinguo.word.formatting.text_edits import plain_text, split_run
from jinguo.word.measure import Paragraph
from jinguo.word.runs import run_text, runs_of

_BLACK = ("", "auto", "000000")
#: Signs that Word takes for Latin unless it is told otherwise, and sets in the wrong font.
_AMBIGUOUS = re.compile("[“”‘’…—·]")
_PICTURES = f".//{W}drawing", f".//{W}pict", f".//{W}object"


@dataclass(frozen=True)
class Look:
    """How an element is set: font (empty: as it is) and size (points), whether bold (None: as it is), how its lines stand (None: as they do),
    indents in characters of the first line, the other lines."""

    font: str
    size: float
    bold: bool | None = None
    align: str | None = None
    first_line: float | None = None
    left: float | None = None
    text: bool = False


def look_of(element: Element, rules: HouseRules) -> Look | None:
    """The look of an element; None for what stays as it is."""
    body, bold = rules.fonts["正文"], False if rules.plain_bold else None
    match element.role:
        case ElementRole.TITLE:
            return Look(rules.fonts["标题"], rules.title_size, rules.bold["标题"], "center", 0, 0)
        case ElementRole.NUMBER:
            return Look(body, rules.body_size)
        case ElementRole.ADDRESSEE:
            return Look(body, rules.body_size, bold, "left", 0, 0, text=True)
        case ElementRole.HEADING:
            name = {1: "一级", 2: "二级"}.get(element.level, "正文")
            weight = rules.bold.get(f"{'一二三四'[element.level - 1]}级标题", False)
            # The wrong number of a list in the text is no reason to make a heading of it.
            weight_or_none = (
                weight if is_right_numeral(element) and run_in(element) == 0 and element.level <= 3 else None
            )
            return Look(rules.fonts[name], rules.body_size, weight_or_none, "left", 2, 0, text=True)
        case ElementRole.BODY:
            return Look(body, rules.body_size, bold, "left", 2, 0, text=True)
        case ElementRole.NOTE | ElementRole.REMARK | ElementRole.SIGNATURE | ElementRole.DATE:
            return Look(body, rules.body_size, bold, text=True)
        case ElementRole.ATTACHMENT:
            return Look(rules.fonts["附件"], rules.body_size, False, "left", 0, 0, text=True)
        case ElementRole.ATTENDANCE:
            # The word before the names is in 黑体, the names are not (10.3).
            return Look("", rules.body_size, text=True)
        case ElementRole.RECORD:
            return Look(body, gb.SIZE_PAGE_NUMBER / 2, False, None, 1, None)
    return None


def set_look(element: Element, rules: HouseRules, styles: StyleSheet) -> Iterator[Correction]:
    """Set one paragraph as its element is to look; what already does is not touched."""
    look = look_of(element, rules)
    if look is None:
        return
    p, text = element.paragraph, element.paragraph.text.strip()[:20]
    before: dict[str, str] = {}
    below = styles.paragraph(flat(p.element.find(f"{W}pPr")).get("pStyle.val", ""))[1]
    for run, font in _fonts(element, look, rules):
        before |= _set_run(run, look, font, rules, styles, below)
    if p.level is not None:
        before |= _set_number(p, look, styles)
    before |= _set_paragraph(p, look, rules)
    for what, (was, now) in {k: v.split("→", 1) for k, v in before.items()}.items():
        yield Correction(element.role, text, f"{what} {was}", now)


def _fonts(element: Element, look: Look, rules: HouseRules) -> Iterator[tuple[Any, str]]:
    """Each run with the font it is to have: of a heading that runs on into its text, the text is set as text."""
    p = element.paragraph
    body = rules.fonts["正文"]
    if element.role is ElementRole.HEADING and element.level <= 2:
        end = run_in(element)
        if end < 0:
            for run in runs_of(p.element):
                yield run, body
            return
        if end:
            shown = len(p.text) - len(plain_text(p.element))
            split_run(p.element, end - shown)
            place = shown
            for run in list(runs_of(p.element)):
                yield run, look.font if place < end else body
                place += len(run_text(run))
            return
    for run in runs_of(p.element):
        if element.role is ElementRole.NUMBER and "签" in run_text(run):
            # Who signs a report stands behind its number, the name in 楷体 (7.2.6).
            return
        yield run, look.font


def name_fonts(p: Paragraph, styles: StyleSheet, font: str) -> Iterator[Correction]:
    """The fonts of a theme, which differ from one computer to the other, by their names; `font` where the theme has none."""
    below = styles.paragraph(p.style)[1]
    for run in runs_of(p.element):
        now = styles.run(below, flat(run.find(f"{W}rPr")))
        if "rFonts.eastAsiaTheme" in now and re.search("[\u3400-\u9fff]", run_text(run)):
            names = {"eastAsia": styles.font(now) or font, "eastAsiaTheme": None, "hint": "eastAsia"}
            put(holder(run, "rPr"), "rFonts", names)
            yield Correction("字体", run_text(run).strip()[:20], "主题字体", str(names["eastAsia"]))


def _set_run(
    run: Any, look: Look, font: str, rules: HouseRules, styles: StyleSheet, below: Properties
) -> dict[str, str]:
    """Set a run; comes back with what changed, by what it is: 字体 → 宋体→仿宋."""
    text = run_text(run)
    if not text.strip():
        return {}
    now = styles.run(below, flat(run.find(f"{W}rPr")))
    changed: dict[str, str] = {}
    east, chinese = styles.font(now), bool(re.search("[\u3400-\u9fff]", text))
    themed = "rFonts.eastAsiaTheme" in now and chinese
    if font and chinese and (themed or not same_font(east, font)):
        changed["字体"] = f"{east or '主题字体'}→{font}"
        names = {"eastAsia": font, "eastAsiaTheme": None, "hint": "eastAsia"}
        put(holder(run, "rPr"), "rFonts", names | _latin(rules.latin or font))
    elif rules.latin and re.search("[A-Za-z0-9]", text) and styles.font(now, "ascii") != rules.latin:
        changed["西文字体"] = f"{styles.font(now, 'ascii')}→{rules.latin}"
        put(holder(run, "rPr"), "rFonts", _latin(rules.latin))
    elif (
        font
        and _AMBIGUOUS.search(text)
        and now.get("rFonts.hint") != "eastAsia"
        and not _is_chinese_font(styles.font(now, "ascii"))
    ):
        changed["引号的字体"] = f"{styles.font(now, 'ascii') or '主题字体'}→{font}"
        put(holder(run, "rPr"), "rFonts", {"hint": "eastAsia"})
    size = float(now.get("sz.val", 20)) / 2
    raised = now.get("vertAlign.val") in ("superscript", "subscript")
    if abs(size - look.size) >= 0.3 and not raised:
        changed["字号"] = f"{size:g} 磅→{look.size:g} 磅"
        put(holder(run, "rPr"), "sz", {"val": f"{look.size * 2:g}"})
        put(holder(run, "rPr"), "szCs", {"val": f"{look.size * 2:g}"})
    if now.get("color.val", "") not in _BLACK:
        changed["颜色"] = f"{now['color.val']}→黑色"
        put(holder(run, "rPr"), "color", {"val": "000000", "themeColor": None, "themeTint": None, "themeShade": None})
    if look.bold is not None and is_on(now, "b") != look.bold:
        changed["加粗"] = "是→否" if is_on(now, "b") else "否→是"
        put(holder(run, "rPr"), "b", {"val": None if look.bold else "0"})
    return changed


def _latin(font: str) -> dict[str, str | None]:
    return {"ascii": font, "hAnsi": font, "asciiTheme": None, "hAnsiTheme": None}


def same_font(font: str, wanted: str) -> bool:
    """Whether a font is the wanted one, or of its family (仿宋 for 仿宋_GB2312)."""
    if font == wanted:
        return True
    return any(is_family(font, family) and is_family(wanted, family) and family != "宋体" for family in FAMILIES)


def _is_chinese_font(font: str) -> bool:
    return any(is_family(font, family) for family in FAMILIES)


def _set_number(p: Paragraph, look: Look, styles: StyleSheet) -> dict[str, str]:
    """The automatic number like its text: the level's own look, which all its paragraphs share."""
    number = next((s for s in p.segments if s.number), None)
    if number is None or p.level is None:
        return {}
    changed: dict[str, str] = {}
    if re.search("[\u3400-\u9fff]", number.text) and not same_font(number.font, look.font):
        changed["序号字体"] = f"{number.font or '主题字体'}→{look.font}"
        names = {"eastAsia": look.font, "eastAsiaTheme": None, "hint": "eastAsia"}
        put(_level_run(p.level.element), "rFonts", names | _latin(look.font))
    if abs(number.size - look.size) >= 0.3:
        changed["序号字号"] = f"{number.size:g} 磅→{look.size:g} 磅"
        for tag in ("sz", "szCs"):
            put(_level_run(p.level.element), tag, {"val": f"{look.size * 2:g}"})
    if number.colour not in _BLACK:
        changed["序号颜色"] = f"{number.colour}→黑色"
        put(_level_run(p.level.element), "color", {"val": "000000", "themeColor": None})
    return changed


def _level_run(level: Any) -> Any:
    """The w:rPr of a level, the last of its children (17.9.6)."""
    found = level.find(f"{W}rPr")
    if found is None:
        found = level.makeelement(f"{W}rPr")
        level.append(found)
    return found


def _set_paragraph(p: Paragraph, look: Look, rules: HouseRules) -> dict[str, str]:
    changed: dict[str, str] = {}
    if look.align and _align(p.align) != _align(look.align):
        changed["对齐"] = f"{_ALIGNED.get(p.align, p.align)}→{_ALIGNED[look.align]}"
        put(holder(p.element, "pPr"), "jc", {"val": look.align})
    if look.first_line is not None:
        begins, left = p.first_line, p.left if look.left is not None else 0
        if abs(begins - look.first_line) > CHARACTERS or abs(left) > CHARACTERS:
            changed["首行缩进"] = f"{begins:.1f} 字→{look.first_line:g} 字"
            set_indents(p.element, look.first_line, look.size)
    if look.align == "center" and is_on(p.properties, "pBdr"):
        # The line below Word's own style for titles.
        changed["边框"] = "有→无"
        put(holder(p.element, "pPr"), "pBdr", {})
        border = p.element.find(f"{W}pPr/{W}pBdr")
        for side in ("top", "left", "bottom", "right"):
            border.append(border.makeelement(f"{W}{side}", {f"{W}val": "none", f"{W}sz": "0", f"{W}space": "0"}))
    if look.text and not _holds_picture(p.element):
        changed |= _set_spacing(p, rules)
    return changed


_ALIGNED = {"center": "居中", "left": "左对齐", "both": "两端对齐", "right": "右对齐", "distribute": "分散对齐"}


def _align(value: str) -> str:
    return "left" if value == "both" else value


def _holds_picture(element: Any) -> bool:
    """Lines of a fixed height would show a strip of a picture."""
    return any(element.find(path) is not None for path in _PICTURES)


def set_indents(element: Any, first_line: float, size: float, left: float = 0, right: float = 0) -> None:
    """Indents in characters of this size, in both ways that Word keeps them; typed ones before the text go."""
    step = gb.CHARACTER_WIDTH * size / 16
    values: dict[str, str | None] = {
        "left": str(round(left * step)), "leftChars": str(round(left * 100)), "right": str(round(right * step)), "rightChars": str(round(right * 100)),
        "firstLine": str(round(first_line * step)), "firstLineChars": str(round(first_line * 100)), "hanging": None, "hangingChars": None,
        "start": None, "end": None, "startChars": None, "endChars": None,
    }  # fmt: skip
    put(holder(element, "pPr"), "ind", values)


def _set_spacing(p: Paragraph, rules: HouseRules) -> dict[str, str]:
    changed: dict[str, str] = {}
    pitch = rules.line_pitch
    right = {
        # A little closer or wider is within what 7.3.5.5 leaves open.
        "exact": -1.45 <= p.line - pitch / 20 <= 0.25,
        "atLeast": p.line <= pitch / 20,
        "auto": abs(p.line - 12) <= 0.6,
    }.get(p.line_rule, False)
    if not right:
        changed["行距"] = f"{_spacing_words(p)}→固定 {pitch / 20:g} 磅"
        put(holder(p.element, "pPr"), "spacing", {"line": str(pitch), "lineRule": "exact"})
    if p.before > 1 or p.after > 1:
        changed["段前段后"] = f"{p.before:g}、{p.after:g} 磅→0"
        nothing = {
            "before": "0",
            "after": "0",
            "beforeLines": "0",
            "afterLines": "0",
            "beforeAutospacing": "0",
            "afterAutospacing": "0",
        }
        put(holder(p.element, "pPr"), "spacing", nothing)
    return changed


def _spacing_words(p: Paragraph) -> str:
    if p.line_rule == "auto":
        return f"{p.line / 12:.3g} 倍"
    return f"{'固定' if p.line_rule == 'exact' else '最小'} {p.line:g} 磅"
