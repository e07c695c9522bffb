"""Cells that hold two things, taken apart: 李敏 会长, 2023.1-2026.1, 余碧华13800002147, 组织（代管：某中心）.

Each function takes the words of a cell and gives what of them goes where, by table.field; what is not understood stays
whole in the first field, so that the cell is told and not lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from jinguo.intake.own.contents import SPAN, is_person, post_of
from jinguo.intake.own.words import WORDS
from jinguo.schema.cells import clean, half_width, is_blank
from jinguo.schema.types import tidy_name

Parts = dict[str, Any]
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ANY_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|(?:0\d{2,3}-?)?\d{7,8})(?!\d)")
_NOT_CODE = re.compile(r"备|〔|〕|\[|\]|号$")


class Cell(NamedTuple):
    """What a split goes by besides the cell: the fields asked for, and the titles above the column."""

    fields: Sequence[str]
    path: Sequence[str]


def _person_and_post(text: str, cell: Cell) -> Parts:
    plain = re.sub(r"\s+", " ", tidy_name(text))
    match = re.fullmatch(r"(.+?)\s*[（(]\s*(.+?)\s*[）)]", plain) or re.fullmatch(
        r"(.+?)\s*[/／、,，|｜]\s*(.+)", plain
    )
    name, post = match.groups() if match else (plain, "")
    if not match and (found := post_of(plain)):
        name, post = plain[: -len(found)].strip(), found
    if not is_person(name) and is_person(post):
        name, post = post, name
    return {"organisations.head": name, "posts.person": name, "posts.post": post, "posts.organisation": SAME_ROW}


#: The organisation of the row itself.
SAME_ROW = "\u0000"


def _organisation_and_post(text: str, cell: Cell) -> Parts:
    plain = re.sub(r"\s+", " ", tidy_name(text)).strip()
    parts: Parts = {
        "people.position": plain.replace("/", "").replace(" ", "") if "people.position" in cell.fields else None
    }
    match = re.fullmatch(r"(.+?)\s*[/／|｜、,，]\s*([^/／]+)", plain) or re.fullmatch(
        r"(.+?)\s*[（(]([^（(]+)[）)]", plain
    )
    if match and post_of(match[2]) == match[2]:
        organisation, post = match.groups()
    elif post := post_of(plain):
        organisation = plain[: -len(post)].strip(" /／")
    else:
        organisation, post = "", ""
    return parts | {"posts.organisation": organisation, "posts.post": post}


def _span(text: str, cell: Cell) -> Parts:
    """The two ends, in the order of the fields asked for; an end that is still open is left out."""
    first, last = cell.fields[0], cell.fields[-1]
    plain = re.sub(r"\s+", "", half_width(text))
    if match := re.fullmatch(r"(.+?)(?:起|以来)?至今(?:在任)?|(.+?)[-—–~至]+(?:今|现在|目前)", plain):
        return {first: match[1] or match[2], last: ""}
    match = SPAN.fullmatch(plain)
    if not match:
        return {first: text, last: ""}
    start, end = match.groups()
    if not re.match(r"\d{4}", end) and (year := re.match(r"(\d{4})", start)) and re.match(r"\d{1,2}(?!\d)", end):
        end = f"{year[1]}.{end}" if "年" not in start else f"{year[1]}年{end}"
    return {first: start, last: end}


def _person_and_phone(text: str, cell: Cell) -> Parts:
    phone = _ANY_PHONE.search(half_width(text))
    name = (text[: phone.start()] + text[phone.end() :]) if phone else text
    name = re.sub(r"[\s/／（()）:：、,，电话手机]+", "", name)
    return {f: (name if n == 0 else phone[0] if phone else "") for n, f in enumerate(cell.fields)}


def plain_name(value: Any) -> str:
    """A name without the spaces between its characters and the remark behind it."""
    text = clean(value)
    return text if text.isalnum() else re.sub(r"\s+", "", re.sub(r"[（(].*?[）)]$", "", tidy_name(text)))


def _first_phone(text: str, cell: Cell) -> Parts:
    return dict.fromkeys(cell.fields, first_phone(text))


def first_phone(text: str) -> str:
    """The mobile telephone among the numbers of a cell, else the first number, else the cell."""
    if len(text) == 11 and text.isdecimal() and text.isascii():
        return text
    plain = half_width(text)
    joined = re.sub(r"(?<=\d)[\s-](?=\d)", "", plain)
    mobile = _MOBILE.search(joined)
    if mobile:
        return mobile[0]
    numbers = re.split(r"[/／、,，;；\s]+", plain)
    return numbers[0] if len(numbers) > 1 and re.fullmatch(r"[\d-]{7,13}", numbers[0]) else text


def _registration(text: str, cell: Cell) -> Parts:
    """A code means that an organisation is registered, a number of record that it is on file, neither that it is not."""
    plain = re.sub(r"\s", "", half_width(text)).upper()
    if is_blank(text) or text in ("无", "没有", "未登记", "未备案", "否"):
        return {"organisations.credit_code": "", "organisations.status": "未登记", "organisations.remarks": ""}
    if _NOT_CODE.search(text):
        return {"organisations.credit_code": "", "organisations.status": "已备案", "organisations.remarks": text}
    # 9 begins the codes of businesses (GB 32100, table 1): not registered as a social organisation.
    if plain.startswith("9") and len(plain) == 18:
        return {
            "organisations.credit_code": "",
            "organisations.status": "未登记",
            "organisations.remarks": f"工商登记 {plain}",
        }
    return {"organisations.credit_code": text, "organisations.status": "已登记", "organisations.remarks": ""}


def _members(text: str, cell: Cell) -> Parts:
    number = re.search(r"\d+", half_width(text))
    units = bool(re.search("单位|家|团体", text))
    value = number[0] if number else text
    return {
        "organisations.individual_members": "" if units else value,
        "organisations.unit_members": value if units else "",
    }


def _contractor_and_agent(text: str, cell: Cell) -> Parts:
    match = re.fullmatch(r"(.+?)\s*[（(]\s*(?:由)?(?:代管|代签|代管组织|代管单位)\s*[:：]?\s*(.+?)\s*[）)]", text)
    return {"projects.contractor": match[1] if match else text, "projects.agent": match[2] if match else ""}


_LEVELS = (
    ("全国", "全国"),
    ("省", "省"),
    ("地级市", "地级市"),
    ("镇", "镇街"),
    ("街道", "镇街"),
    ("乡", "镇街"),
    ("村", "村社区"),
    ("社区", "村社区"),
    ("县", "市"),
    ("区", "市"),
    ("市", "市"),
)


def _public_post(text: str, cell: Cell) -> Parts:
    """县政协委员 is 政协委员 of our own level; of 市 it is for the office to say whether the city is its own."""
    plain = re.sub(r"\s", "", text)
    level = next((ours for word, ours in _LEVELS if plain.startswith(word)), "")
    post = re.sub(r"^(?:全国|省|地级市|市|县|区|镇|街道|乡|村|社区)?(?:第?[一二三四五六七八九十\d]+届)?", "", plain)
    post = re.sub(r"^妇联兼职", "妇联", post).replace("执行委员", "执委").replace("常务委员", "常委")
    post = {"执委": "妇联执委", "常委": "妇联常委", "副主席": "妇联副主席", "兼职副主席": "妇联副主席"}.get(post, post)
    return {"public_posts.post": post or plain, "public_posts.level": level or "市"}


def _education_and_degree(text: str, cell: Cell) -> Parts:
    degree = re.search("博士(?!研究生)|硕士(?!研究生)|学士", text)
    education = re.sub(
        "[/／、（()） ]+$|^[/／、（()） ]+", "", re.sub(r"(?:博士|硕士|学士)学?位?", "", text) if degree else text
    )
    return {"people.education": education or text, "people.degree": degree[0] if degree else ""}


def _level_and_number(text: str, cell: Cell) -> Parts:
    """初级/20240635200: the level of a certificate and its number."""
    number = re.search(r"[A-Za-z]{0,4}\d{6,}", text)
    level = re.sub(r"[\s/／、,，（()）:：]+", "", text.replace(number[0], "") if number else text)
    return {"certificates.level": level, "certificates.number": number[0] if number else ""}


def _swap(text: str, cell: Cell) -> Parts:
    """原爱心妈妈，调换: whose turn it was."""
    match = re.search(r"原(?:为|由|是)?[:：]?\s*(.+?)(?:[，,。；;（(]|值班|调换|换班|$)", text) or re.search(
        r"[替代]\s*(.+?)(?:值班|[，,。]|$)", text
    )
    if not match or not re.search("[换替代调原]", text):
        return {}
    return {"duty_swaps.organisation": match[1], "duty_swaps.substitute": SAME_ROW, "duty_swaps.reason": text}


Split = Callable[[str, Cell], Parts]
#: How a cell is split, by the name staff see in 对照.xlsx › 拆分.
SPLITS: dict[str, Split] = {
    "姓名＋职务": _person_and_post,
    "单位＋职务": _organisation_and_post,
    "起止": _span,
    "姓名＋电话": _person_and_phone,
    "取第一个号码": _first_phone,
    "登记证号或备案号": _registration,
    "会员数": _members,
    "承接＋代管": _contractor_and_agent,
    "社会职务": _public_post,
    "学历＋学位": _education_and_degree,
    "级别＋编号": _level_and_number,
    "原…换": _swap,
}


def presence(cells: Sequence[Any], name: str, words: dict[str, str]) -> tuple[str, Any]:
    """Whether somebody was there by the marks of one row, and the mark that nobody knows (None where there is none): one
    mark of several half days is enough; an own name is a signature; no mark at all is 缺席."""
    found = "缺席"
    for raw in cells:
        if is_blank(raw):
            continue
        text = tidy_name(clean(raw))
        meaning = words.get(text) or WORDS["attendance.presence"].get(text)
        if meaning is None and text in ("是", "到", "出席", "√"):
            meaning = "出席"
        if meaning is None and text in ("否", "缺席", "缺勤"):
            meaning = "缺席"
        if meaning is None and text == name and name:
            meaning = "出席"
        if meaning is None and text == "请假":
            meaning = "请假"
        if meaning is None or meaning == "？":
            return "", raw
        if meaning == "出席" or found == "缺席":
            found = meaning
    return found, None
