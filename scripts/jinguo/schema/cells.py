"""What every field type shares: cleaning what people type, and the problems a single cell can have."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any

from jinguo.schema.problems import RUINED, Problem

#: What stands between two values in one cell.
SEPARATORS = re.compile(r"[、，,；;/／|｜\n]+")
_INVISIBLE = re.compile(
    "[\u061c\u115f\u1160\u180e\u2800\u3164\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff\u00ad]|_x000[dD]_|\r"
)
#: What clean() would change: a look for it first is much quicker, as nearly all text is clean.
_UNCLEAN = re.compile(
    "^\\s|\\s$|[\u061c\u115f\u1160\u180e\u2800\u3164\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff\u00ad\u00a0\u3000\u2002\u2003\t\r]|_x000"
)
_WIDE_SPACE = str.maketrans({"\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\t": " "})
#: Full-width forms of ASCII. Only for codes, numbers and dates: in a name （ must stay （.
_HALF_WIDTH = str.maketrans({0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " "})


#: The values of a formula that has none (ECMA-376, part 1, 18.17.3). As text they come with a CSV, or pasted as values.
ERROR_VALUES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


#: CJK radicals that have no compatibility decomposition in Unicode, with the characters they look like.
_SUPPLEMENT = dict(
    zip(
        "⺁⺅⺈⺉⺋⺍⺗⺘⺡⺣⺤⺨⺩⺪⺬⺭⺮⺯⺰⺳⺶⺹⺾⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⺟⻳⺠",
        "厂亻刂刂卩小忄扌氵灬爪犭王疋示礻竹糸纟罓羊耂艹艹虎衤覀西见角讠贝车辶辶辶邑钅长长门阝雨青韦页风飞食饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟龟母龟民",
        strict=False,
    )
)
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(radical): character for radical, character in _SUPPLEMENT.items()
}
_ANY_RADICAL = re.compile("[\u2e80-\u2fd5]")


def without_radicals(text: str) -> str:
    """The text with characters for the radicals that look like them (⼥ 女, ⻢ 马), as they come out of a PDF."""
    return text.translate(_RADICALS) if _ANY_RADICAL.search(text) else text


def visible(text: str) -> str:
    """The text without characters of no width."""
    return _INVISIBLE.sub("", text)


def clean(raw: Any) -> str:
    """The raw value as one would read it in the cell: no invisible characters, no spaces around it."""
    if isinstance(raw, str):
        # Letters, digits and characters alone are clean; that is seen quickest.
        if raw.isalnum():
            return raw
        return visible(raw).translate(_WIDE_SPACE).strip() if _UNCLEAN.search(raw) else raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        # Excel shows fifteen digits and noughts; the digits Python would print behind them were never typed.
        return f"{Decimal(f'{raw:.15g}'):f}" if math.isfinite(raw) else str(raw)
    if isinstance(raw, datetime.datetime):
        return f"{raw:%Y-%m-%d %H:%M}" if raw.time() != datetime.time() else f"{raw:%Y-%m-%d}"
    return str(raw)


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as ASCII; for codes, numbers and dates, never for names."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


_NOTHING = {"", "/", "／", "\\", "-", "－", "--", "—", "——", "无此项"}


_NOTHING_STARTS = set("/／\\-－—无\u200b\ufeff\u200e\u200f\u202a\u202d")


def is_number(raw: Any) -> bool:
    """Whether the cell holds a real number: no boolean, no NaN."""
    return isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw)


#: How a long number looks in a CSV that was saved from Excel.
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d{2}", re.IGNORECASE)
#: The digits of a number that Excel keeps.
_KEPT_DIGITS = 15


def is_ruined(raw: Any) -> bool:
    """Whether the cell holds a number, and one so long that its last digits are lost."""
    if isinstance(raw, str):
        return _SCIENTIFIC.fullmatch(clean(raw)) is not None
    return is_number(raw) and len(clean(raw)) > _KEPT_DIGITS


def ruined(raw: Any) -> Problem:
    """What is said of a number that has lost its last digits."""
    return Problem(
        RUINED,
        f"存成了数字 {clean(raw)}，后几位已不可恢复",
        "请对照原件重新输入：先把单元格格式设为文本，再输入完整号码；不要在原数字上修补",
    )


def is_none_word(raw: Any) -> bool:
    """Whether somebody wrote 无 in a cell for a code or an address, which means that there is none."""
    return isinstance(raw, str) and clean(raw) in ("无", "没有", "暂无", "无。")


def is_blank(raw: Any) -> bool:
    """Whether the cell is empty to the eye, or holds one of the signs people put for 'nothing'."""
    if type(raw) is str and raw:
        return (raw[0] in _NOTHING_STARTS or raw[0].isspace()) and clean(raw) in _NOTHING
    return raw is None or raw == ""
