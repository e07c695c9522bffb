"""The numbers of GB/T 9704-2012 《党政机关公文格式》, in the units Word keeps them in. One table; everything else takes from it.

A twip is 1/20 pt. Where the standard leaves a number open, the comment says what was chosen and why.
"""

from __future__ import annotations

import re


def millimetres(length: float) -> int:
    """Twips of a length in millimetres."""
    return round(length / 25.4 * 1440)


# 5.1, 5.2.1: A4; 天头 37 mm, 订口 28 mm; the text block is 156 × 225 mm, which leaves 26 mm right and 35 mm below.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_BOTTOM = millimetres(37), millimetres(35)
MARGIN_LEFT, MARGIN_RIGHT = millimetres(28), millimetres(26)

# 5.2.3: 22 lines a page of 28 characters, filling the text block. 225 mm are 12,756 twips: 22 lines of 579 fit, of 580 do
# not. 156 mm hold 27 characters of 16 pt; the grid draws them together by 849/4096 pt to 28.
LINES, CHARACTERS = 22, 28
LINE_PITCH = 579
CHARACTER_SPACE = -849

# 5.2.2, 7.3: sizes in half points. 3 号 is 16 pt, 2 号 22 pt, 4 号 14 pt.
SIZE_BODY, SIZE_TITLE, SIZE_PAGE_NUMBER = 32, 44, 28
#: In tables the standard says nothing; 五号 (10.5 pt) keeps nine columns readable.
SIZE_TABLE = 21
#: 7.2.4: the size of the mark is the office's choice, below 上级机关; 初号 (42 pt) fits ten characters across the block.
SIZE_MARK = 72

# 7.5: the dash of the page number stands 7 mm below the text block; it lies at half the height of the 14 pt line.
FOOTER = MARGIN_BOTTOM - millimetres(7) - SIZE_PAGE_NUMBER * 10 // 2

#: 7.2.4: the upper edge of the mark is 35 mm below the upper edge of the text block; five grid lines are 51 mm, so this much.
MARK_BEFORE = millimetres(35)

# 7.3.5: one character is what the indents of signature and date are counted in.
CHARACTER_WIDTH = 316
SEAL_DATE_RIGHT = 4
NO_SEAL_RIGHT = 2

RED = "FF0000"
#: 7.2.7: the line below the number is as wide as the text block and red; its weight is not given. 1.5 pt prints clearly.
RED_LINE_EIGHTHS = 12
#: 7.2.7: the line is 4 mm below the number, of which its own line leaves some below the characters (measured on the page).
RED_LINE_BELOW = 144
#: 10.1: of a letter the mark begins 30 mm below the edge of the page, the double line 4 mm below it; another one stands 20 mm
#: above the lower edge.
LETTER_HEADER = millimetres(30)
#: Of a letter the mark is the office's name alone; 28 pt leaves a page of text below it.
SIZE_LETTER_MARK = 56
LETTER_LINE_BELOW = millimetres(4)
#: What of the first page of a letter its head takes more than the margin does: mark, space and the double line.
LETTER_HEAD_TAKES = LETTER_HEADER + SIZE_LETTER_MARK * 10 + LETTER_LINE_BELOW + 90 - MARGIN_TOP
LETTER_FOOT_LINE = PAGE_HEIGHT - millimetres(20)

#: 7.2.5, 7.3.5: a date and a letter number as people write them, and as the standard does.
ANY_DATE = re.compile(
    r"(\d{4}年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九]{4}年[〇一二三四五六七八九十]{1,3}月[〇一二三四五六七八九十]{1,4}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
)
RIGHT_DATE = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")
ANY_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}\s*[〔\[［(（【]\s*\d{4}年?\s*[〕\]］)）】]\s*第?\d+号?")
RIGHT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔\d{4}〕[1-9]\d*号")
