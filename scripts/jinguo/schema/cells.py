"""What every field type shares: cleaning what people type, and the problems a single cell can have."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from jinguo.findings import Severity

#: What stands between two values in one cell.
SEPARATORS = re.compile(r"[、，,；;/／|｜\n]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff\u00ad]|_x000[dD]_|\r")
#: What clean() would change: a look for it first is much quicker, as nearly all text is clean.
_UNCLEAN = re.compile("^\\s|\\s$|[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff\u00ad\u00a0\u3000\u2002\u2003\t\r]|_x000")
_WIDE_SPACE = str.maketrans({"\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\t": " "})
#: Full-width forms of ASCII. Only for codes, numbers and dates: in a name （ must stay （.
_HALF_WIDTH = str.maketrans({0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " "})


@dataclass(frozen=True)
class CellRule:
    """A kind of problem one cell can have by itself; `title` is the rule it breaks, `why` what goes wrong then, and
    `remedy` what to do where the finding does not say more."""

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str


REQUIRED = CellRule(
    "CELL-001", Severity.ERROR, "必填的栏目不能空着",
    why="没有它，后面的统计和材料做不出来",
    remedy="补上这一格；实在没有的，与提供材料的人核对",
)  # fmt: skip
DUPLICATE = CellRule(
    "CELL-002", Severity.ERROR, "编号一类的栏目不能重复",
    why="编号重复，签到、成绩就分不清是谁的",
    remedy="保留一行，或改正填错的编号",
)  # fmt: skip
REFERENCE = CellRule(
    "CELL-003", Severity.ERROR, "引用的编号或名称要在被引用的表里找得到",
    why="对不上的编号，这一行就不知道说的是谁",
    remedy="改正编号，或先在被引用的表里登记",
)  # fmt: skip
CHOICE = CellRule(
    "CELL-004", Severity.ERROR, "只能填可选范围里的内容",
    why="范围以外的写法不会计入任何一类",
    remedy="从下拉列表里选；确实要新的词，加在设置.xlsx › 词表",
)  # fmt: skip
DATE = CellRule(
    "CELL-005", Severity.ERROR, "日期要写明年月日，并且是真有的一天",
    why="读不出的日期不参加计算，到期不会提醒",
    remedy="写成 2019-08-01 的样子",
)  # fmt: skip
MONTH = CellRule(
    "CELL-006", Severity.ERROR, "年月要写成 2019.08 这样的六位，存成文本",
    why="2019.1 和 2019.10 存成数字就分不清",
    remedy="写成 2019.08 的样子，单元格格式设为文本",
)  # fmt: skip
NUMBER = CellRule(
    "CELL-007", Severity.ERROR, "数字栏只填数字，并在合理范围内",
    why="读不出的数不参加合计",
    remedy="只留数字；单位写在表头",
)  # fmt: skip
PHONE = CellRule(
    "CELL-008", Severity.WARNING, "电话要写完整的手机号或带区号的座机号，一格一个",
    why="号码不全，通知发不出去",
    remedy="写完整；几个号码的，其余写在备注",
)  # fmt: skip
RUINED = CellRule(
    "CELL-009", Severity.ERROR, "证件号、代码要存成文本：存成数字后，第 16 位起已被 Excel 改成 0",
    why="丢了的位数补不回来，性别和校验码都读不出",
    remedy="单元格格式设为文本，对照证件重新输入",
)  # fmt: skip
IDENTITY = CellRule(
    "CELL-010", Severity.ERROR, "身份证号为 18 位，末位校验码要对得上（GB 11643）",
    why="号码抄错，出生年月、性别都核对不了",
    remedy="对照身份证改正",
)  # fmt: skip
CREDIT_CODE = CellRule(
    "CELL-011", Severity.ERROR, "统一社会信用代码为 18 位数字和大写字母，不用 I、O、S、V、Z（GB 32100）",
    why="代码抄错，查不到这个组织",
    remedy="对照登记证书改正",
)  # fmt: skip
CREDIT_CHECK = CellRule(
    "CELL-012", Severity.WARNING, "统一社会信用代码的两级校验码一般应对得上（GB 32100；个别真实代码例外）",
    why="多半是抄错了一位",
    remedy="对照登记证书核对；证书上就是这样的不必理会",
)  # fmt: skip
EMAIL = CellRule(
    "CELL-013", Severity.ERROR, "邮箱要写成 名字@域名 的样子，一格一个",
    why="地址不对，邮件发不出去",
    remedy="写成 名字@域名；几个邮箱的，其余写在备注",
)  # fmt: skip
SCORE = CellRule(
    "CELL-014", Severity.ERROR, "成绩只填分数，或 缺考、违纪、无效、合格（−1、−2、−4 亦可）",
    why="读不出的成绩不计入通过",
    remedy="写分数，或缺考、违纪、无效、合格",
)  # fmt: skip
OLD_IDENTITY = CellRule(
    "CELL-015", Severity.WARNING, "15 位身份证号已停用，应换成 18 位",
    why="15 位的没有校验码，也与 18 位的对不上",
    remedy="对照新的身份证换成 18 位",
)  # fmt: skip
SERIAL_DATE = CellRule(
    "CELL-016", Severity.HINT, "日期栏的单元格格式应设为日期",
    why="格式不是日期，别人会看不懂这个数字",
    remedy="核对后把这一列的单元格格式设为日期",
)  # fmt: skip
TIME_OF_DAY = CellRule(
    "CELL-017", Severity.WARNING, "活动时间要写到几点几分",
    why="通知里写不出几点开始",
    remedy="写成 2026-03-08 09:00 的样子",
)  # fmt: skip
CELL_ERROR = CellRule(
    "CELL-018", Severity.ERROR, "单元格里不能留着公式错误",
    why="公式错误的格子读不出值",
    remedy="改正公式，或直接填上值",
)  # fmt: skip

#: The values of a formula that has none (ECMA-376, part 1, 18.17.3). As text they come with a CSV, or pasted as values.
ERROR_VALUES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})

CELL_RULES = [rule for rule in list(globals().values()) if isinstance(rule, CellRule)]


class Problem(NamedTuple):
    """What is wrong with one raw value: which rule, what was seen, what to do."""

    rule: CellRule
    what: str
    remedy: str


class Parsed(NamedTuple):
    """A typed value (None when there is none or it cannot be read) and what was wrong with the raw one."""

    value: Any
    problem: Problem | None = None


Parser = Callable[[Any], Parsed]


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
