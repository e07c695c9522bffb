"""What stands in a column, told from the cells alone: identity numbers, codes, days, names of people, of organisations."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinguo.intake.own.names_known import DOUBLE_SURNAMES, POSTS, SURNAMES
from jinguo.schema.cells import clean, half_width, is_blank, is_number, is_ruined
from jinguo.schema.dates import read_day, read_month
from jinguo.schema.types import tidy_name

_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
#: How the name of an organisation ends, or goes on before a bracket.
_ORGANISATION = re.compile(
    r"(?:协会|学会|研究会|促进会|联谊会|联合会|商会|基金会|中心|服务部|工作室|合作社|志愿队|服务队|艺术团|宣讲团|帮帮团|俱乐部|公司|事务所|妇联|委员会|联盟|工作站|服务社|公益社|[队团社站会所校院园坊馆部局家屋堂室军])(?:（.*）)?$"
)
#: What is never an organisation of its own though it ends like one.
_NOT_ORGANISATION = re.compile(r"^(?:协会|中心|大会|社会|机会|全社会|会|社团|民办非企业|基金会|社会团体)$")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,6}(?:街道|镇|乡|园区|开发区)")
_POST = re.compile(
    "(?:专职|兼职|驻会|名誉|执行|轮值|第一)?(?:" + "|".join(sorted(POSTS, key=len, reverse=True)) + r")(?:（.*?）)?$"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}")
#: A mark somebody makes by hand, or the word for it.
TICKS = frozenset(
    [
        "√",
        "✓",
        "✔",
        "☑",
        "×",
        "✗",
        "✘",
        "☒",
        "○",
        "是",
        "否",
        "有",
        "无",
        "1",
        "0",
        "到",
        "出席",
        "缺席",
        "请假",
        "缺勤",
        "未到",
        "事假",
        "病假",
        "签到",
        "已签到",
        "未签到",
        "参加",
        "未参加",
        "已到",
        "到会",
        "迟到",
        "到场",
    ]
)
SPAN = re.compile(r"(.{2,12}?)\s*(?:-{1,2}|—{1,2}|–|~|～|至|到|－)\s*(.{1,12})")
_RECORD = re.compile(r"备.{0,3}[〔\[（(【]?\s*\d{4}|备.{0,6}\d+号|[\u4e00-\u9fff]备\d")


def digits(raw: Any) -> str:
    """The text without the spaces and dashes people put between groups of figures."""
    return re.sub(r"[\s\-—－]", "", half_width(clean(raw)))


def is_person(text: str) -> bool:
    """Whether a text may be the name of a person."""
    name = re.sub(r"[\s·]|（.*?）", "", tidy_name(text))
    if not _HAN_NAME.fullmatch(name):
        return False
    return (
        (name[0] in SURNAMES or name.startswith(DOUBLE_SURNAMES))
        and not _POST.fullmatch(name)
        and name not in _NOT_NAMES
    )


_NOT_NAMES = frozenset(
    [
        "文化程度",
        "高中",
        "大专",
        "本科",
        "成员",
        "明细",
        "宣传",
        "双高",
        "乐队",
        "关系",
        "应到",
        "实到",
        "方案",
        "成绩",
        "高级",
        "向上",
        "管理",
        "计划",
        "计算机",
        "石门镇",
        "水利",
        "车间",
        "华东",
        "连续",
        "单位",
        "路线",
        "常委",
        "通过",
    ]
)


def is_organisation(text: str) -> bool:
    """Whether a text reads like the name of an organisation."""
    return len(text) >= 3 and bool(_ORGANISATION.search(text)) and not _NOT_ORGANISATION.match(text)


def post_of(text: str) -> str:
    """The post with which a text ends: 会长 of 青渚县女企业家协会会长; empty where it ends with none."""
    match = _POST.search(text)
    return match[0] if match else ""


def _is_span(text: str) -> bool:
    match = SPAN.fullmatch(half_width(text).replace(" ", ""))
    return bool(match and _is_moment(match[1]) and (_is_moment(match[2]) or re.search("今|现|止|任", match[2])))


def _is_moment(text: str) -> bool:
    return bool(read_day(text) or read_month(text) or re.fullmatch(r"(?:19|20)\d{2}年?(?:\d{1,2}月?)?", text))


def day_of(raw: Any) -> datetime.date | None:
    """The day a cell holds, as a date or in words; else None."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    return raw if isinstance(raw, datetime.date) else read_day(clean(raw))


def _is_day(raw: Any) -> bool:
    return isinstance(raw, datetime.date) or (isinstance(raw, str) and bool(read_day(clean(raw))))


def _is_month(raw: Any) -> bool:
    if _is_day(raw):
        return True
    text = half_width(clean(raw))
    return bool(read_month(text)) or bool(re.fullmatch(r"\d{2}[.\-/年]\d{1,2}月?|\d{4}年?", text))


def _person_and(text: str, what: Callable[[str], bool]) -> bool:
    name = re.match(r"[\u4e00-\u9fff·\s]{2,6}?(?=[\s/／（(、，,：:\d]|$)", text)
    return bool(name and is_person(name[0]) and what(text[name.end() :]))


def _starts_with_person(text: str) -> bool:
    return any(is_person(re.sub(r"\s", "", text)[:n]) for n in (2, 3))


#: What a column may hold, by name: whether one cell does.
KINDS: dict[str, Callable[[Any], bool]] = {
    "id": lambda raw: (
        bool(re.fullmatch(r"\d{16,17}[\dXx×*]{1,2}|\d{15}", digits(raw))) or (is_ruined(raw) and len(clean(raw)) == 18)
    ),
    "code": lambda raw: (
        bool(re.fullmatch(r"[0-9A-Z]{2}\d{6}[0-9A-Z]{9,11}", digits(raw).upper()))
        and not re.fullmatch(r"\d{17}[\dXx]", digits(raw))
    ),
    "phone": lambda raw: (
        bool(_MOBILE.match(digits(raw)) or _LANDLINE.fullmatch(digits(raw)) or re.match(r"\d{10}$", digits(raw)))
        and "@" not in clean(raw)
        and not _is_day(raw)
    ),
    "email": lambda raw: (
        bool(re.fullmatch(r"[\w.\-]+@?[\w\-]+(?:\.[\w\-]+)+", half_width(clean(raw))))
        and bool(re.search("[A-Za-z]", clean(raw)))
    ),
    "day": lambda raw: _is_month(raw),
    "month": lambda raw: _is_month(raw),
    "span": lambda raw: isinstance(raw, str) and _is_span(clean(raw)),
    "person": lambda raw: isinstance(raw, str) and is_person(clean(raw)),
    "org": lambda raw: isinstance(raw, str) and is_organisation(tidy_name(clean(raw)).split("、")[0]),
    "township": lambda raw: isinstance(raw, str) and bool(_TOWNSHIP.fullmatch(clean(raw))),
    "tick": lambda raw: clean(raw) in TICKS,
    "number": lambda raw: (
        is_number(raw)
        or bool(re.fullmatch(r"约?\d[\d,]*(?:\.\d+)?\s*[余多]?[人个家名次元万]*", half_width(clean(raw))))
    ),
    "registration": lambda raw: KINDS["code"](raw) or bool(_RECORD.search(clean(raw))) or clean(raw) in ("无", "没有"),
    "person_post": lambda raw: (
        isinstance(raw, str) and bool(post_of(_unbracketed(clean(raw)))) and _starts_with_person(clean(raw))
    ),
    "person_phone": lambda raw: (
        isinstance(raw, str)
        and bool(_MOBILE.search(digits(raw)) or _LANDLINE.search(digits(raw)))
        and _starts_with_person(clean(raw))
    ),
    "org_post": lambda raw: isinstance(raw, str) and bool(post_of(_unbracketed(clean(raw)))) and len(clean(raw)) > 4,
    "members": lambda raw: bool(
        re.fullmatch(r"约?\d+(?:\.0)?\s*[余多]?(?:人|名|个|家|个单位|家单位)?", half_width(clean(raw)))
    ),
    "score": lambda raw: bool(
        re.fullmatch(
            r"-[1-4]|1?\d{1,2}(?:\.\d+)?|缺考|违纪|通过|不?合格|无效|缺|未考", half_width(clean(raw)).removesuffix(".0")
        )
    ),
    "opinion": lambda raw: (
        clean(raw) in TICKS or bool(re.fullmatch("(?:不?同意|待复|无异议|有异议|不?通过).{0,6}", clean(raw)))
    ),
    "inspection": lambda raw: bool(
        re.fullmatch(".{0,3}(?:合格|未.{0,2}检|免检|年报|新成立|√|未参加).{0,4}", clean(raw))
    ),
    "public_post": lambda raw: bool(re.search("代表|委员|执委|常委|副?主席|理事|党代表", clean(raw))),
    "degree": lambda raw: bool(re.search("本科|大专|大学|硕士|学士|博士|研究生|高中|中专|初中", clean(raw))),
    "presence": lambda raw: clean(raw) in TICKS,
    "key": lambda raw: bool(re.fullmatch(r"[A-Za-z]{1,4}[-—]?\d{2,}", clean(raw))),
    "year": lambda raw: bool(re.fullmatch(r"(?:19|20)\d{2}(?:\.0)?(?:年度?)?", clean(raw))),
    "level_number": lambda raw: bool(
        re.search("初级|中级|高级|社会工作师|社工师", clean(raw)) and re.search(r"\d{6,}", clean(raw))
    ),
    "month_number": lambda raw: bool(re.fullmatch(r"(?:1[0-2]|0?[1-9])(?:\.0)?月?(?:份)?", clean(raw))),
    "day_number": lambda raw: bool(re.fullmatch(r"(?:[12]\d|3[01]|0?[1-9])(?:\.0)?[日号]?", clean(raw))),
    "swap": lambda raw: bool(re.search("原.{2,}|[替代].{2,}", clean(raw))),
}


def _unbracketed(text: str) -> str:
    return re.sub(r"[（(]([^（）()]*)[）)]$", r"\1", text)


@dataclass
class Profile:
    """How a column is filled: how many cells are, the distinct values of a sample, and of these the share that each
    kind makes up."""

    filled: int
    values: list[Any] = field(default_factory=list)
    _shares: dict[str, float] = field(default_factory=dict)

    def share(self, kind: str) -> float:
        if kind not in self._shares:
            fits = KINDS[kind]
            self._shares[kind] = sum(map(fits, self.values)) / len(self.values) if self.values else 0.0
        return self._shares[kind]

    def among(self, known: Collection[str]) -> float:
        """The share of the values that are among these words."""
        return sum(tidy_name(clean(v)) in known for v in self.values) / len(self.values) if self.values else 0.0


_SAMPLE = 60


def profile(cells: Sequence[Any]) -> Profile:
    """What a column holds, judged by its first distinct values."""
    filled = [v for v in cells if not is_blank(v)]
    distinct: dict[tuple[type, Any], Any] = {}
    for value in filled:
        distinct.setdefault((type(value), value), value)
        if len(distinct) >= _SAMPLE:
            break
    return Profile(len(filled), list(distinct.values()))


@cache
def _masks() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(r"(?<!\d)(\d{6})\d{8,11}([\dXx]{1,4})"), r"\1********\2"),
        (re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{3,4})(?!\d)"), r"\1****\2"),
        (re.compile(r"(?<!\d)(0\d{2,3})\d{4,6}(\d{2})(?!\d)"), r"\1****\2"),
        (re.compile(r"(?<![\w-])(?!20)([2-8]\d)\d{3,4}(\d{2})(?![\w-])"), r"\1****\2"),
    ]


def masked(raw: Any) -> str:
    """A sample to show: identity numbers and telephone numbers with their middle left out."""
    text = clean(raw).replace("\n", " ")
    text = half_width(text) if re.search("[０-９]", text) else text
    plain = re.sub(r"(?<=\d)[\s－—-](?=\d)", "", text)
    local = isinstance(raw, str) and re.search(r"(?<![\w-])(?!20)[2-8]\d{6,7}(?![\w-])", text)
    if re.search(r"\d{10,}", plain) or local:
        text = plain
        for pattern, shown in _masks():
            text = pattern.sub(shown, text)
    return text[:24] + ("…" if len(text) > 24 else "")
