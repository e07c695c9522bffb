"""A sheet that is no register of ours, checked for what its cells surely are: identity numbers, codes, telephones, e-mail
addresses, days, and numbers that should not come twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jinguo.common.findings import Finding, finding
from jinguo.excel.raw import RawSheet
from jinguo.intake.own.contents import Profile, profile
from jinguo.intake.own.frame import Column, Frame, frame_of
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.codes import CreditCode, Email, IdCard, Phone
from jinguo.schema.dates import Date, YearMonth
from jinguo.schema.problems import DUPLICATE
from jinguo.schema.register_problems import READ_SO
from jinguo.schema.types import FieldType

#: What a column surely holds: the words of its title, the kind of content, so much of it at least where the title says
#: so too (and where it does not), and the type by which its cells are checked.
_KINDS: list[tuple[str, str, float, float, FieldType]] = [
    ("身份证|证件号", "id", 0.4, 0.8, IdCard()),
    ("信用代码|机构代码|登记证号|统一代码", "code", 0.3, 0.8, CreditCode()),
    ("电话|手机|联系方式", "phone", 0.5, 0.85, Phone()),
    ("邮箱|邮件|mail", "email", 0.4, 0.8, Email()),
]
_DAYS = re.compile("日期|时间|年月日")
_MONTHS = re.compile("年月")
#: Numbers that each row has one of its own.
_UNIQUE = re.compile(r"身份证|文书号|证书编号|证书号|准考证号|流水号")
_MOSTLY = 0.8


def check_by_content(raws: Sequence[RawSheet]) -> tuple[list[Finding], int]:
    """What is wrong with the cells of which one knows what they are, and how many columns that were."""
    findings: list[Finding] = []
    columns = 0
    for raw in raws:
        frame = frame_of(raw)
        if frame is None or not frame.data:
            continue
        known = []
        for column in frame.columns:
            values = frame.values(column)
            kind = _kind(column, profile(values))
            if kind is not None:
                known.append(column.title)
                findings += _check(frame, column, values, kind)
        columns += len(known)
        if known:
            what = f"不是台账里的表，按内容认得 {len(known)} 栏（{'、'.join(known[:6])}），只校验了这几栏"
            findings.append(
                finding(READ_SO, (raw.workbook, raw.name, ""), "", what, "是自己的登记表的，用“接入台账”认定各栏")
            )
    return findings, columns


def _kind(column: Column, found: Profile) -> FieldType | None:
    """The type of a column by its title and its cells, or by its cells alone."""
    if len(found.values) < 2:
        return None
    title = column.title
    for words, kind, said, unsaid, type_ in _KINDS:
        if found.share(kind) >= (said if re.search(words, title, re.IGNORECASE) else unsaid):
            return type_
    if _DAYS.search(title) and found.share("day") >= _MOSTLY and found.share("span") < 0.2:
        return YearMonth() if _MONTHS.search(title) else Date()
    return None


def _check(frame: Frame, column: Column, values: Sequence[Any], kind: FieldType) -> list[Finding]:
    parse = kind.parser({})
    raw, findings = frame.raw, []
    seen: dict[Any, int] = {}
    unique = bool(_UNIQUE.search(column.title))
    for row, value in zip(frame.data, values, strict=True):
        place = raw.workbook, raw.name, f"{column.letter}{row + 1}"
        if is_blank(value):
            continue
        parsed = parse(value)
        if parsed.problem is not None:
            shown = clean(value)
            findings.append(
                finding(
                    parsed.problem.rule,
                    place,
                    shown,
                    f"“{column.title}”{_said(parsed.problem.what)}",
                    parsed.problem.remedy,
                )
            )
        if unique and parsed.value is not None:
            if parsed.value in seen:
                what = f"“{column.title}”与第 {seen[parsed.value] + 1} 行相同"
                findings.append(finding(DUPLICATE, place, clean(value), what, "核对是不是同一个人登记了两行"))
            seen.setdefault(parsed.value, row)
    return findings


def _said(what: str) -> str:
    return f"填的{what}" if what.startswith("“") else what
