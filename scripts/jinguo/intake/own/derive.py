"""What an organisation's row leaves out and the rest of it says: status, type and level, by the code, the record, the name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jinguo.intake.own.names_known import township_stem
from jinguo.intake.own.part import Part
from jinguo.schema.cells import clean, half_width, is_blank
from jinguo.schema.codes import CODE_CLASSES

_STRUCK_OFF = re.compile(r"(?<!未)(?<!拟)注销|已?撤销登记|已解散")
_SOCIETY = re.compile("(?:协会|学会|研究会|促进会|联谊会|联合会|商会|同学会)$")


def complete_organisations(part: Part, townships: Sequence[str], places: Sequence[str]) -> dict[str, str]:
    """Fill what the register does not say of its organisations; gives what was worked out, by the header of the column."""
    told: dict[str, str] = {}
    values, count = part.values, len(part.rows)
    home = part.letters.get("name", "A")
    blank = [""] * count
    codes, remarks = values.get("credit_code", blank), values.get("remarks", blank)
    if "status" not in values and "credit_code" in values:
        part.put(
            "status",
            ["已登记" if _code(c) and _code(c)[0] == "5" else "" for c in codes],
            part.letters["credit_code"],
            True,
        )
        told["登记状态"] = "有信用代码的作已登记"
    if "status" in values:
        struck = [bool(_STRUCK_OFF.search(clean(r))) for r in remarks]
        if any(struck):
            values["status"] = ["已注销" if gone else s for s, gone in zip(values["status"], struck, strict=True)]
            told["登记状态"] = "备注里说已注销的作已注销"
            part.derived.add("status")
    status = values.get("status", blank)
    names = [re.sub(r"\s", "", clean(n)) for n in values.get("name", blank)]
    types = values.get("type", blank)
    if any(map(is_blank, types)) or "type" not in values:
        found = [
            t if not is_blank(t) else _type(_code(c), clean(s), n)
            for t, c, s, n in zip(types, codes, status, names, strict=True)
        ]
        part.values["type"] = found
        part.letters.setdefault("type", part.letters.get("credit_code", home))
        part.derived.add("type")
        told["组织类型"] = "空着的按信用代码、备案和名称认"
    _day_of_registration_or_record(part)
    if "level" not in values:
        part.put(
            "level", [_level(n, clean(s), townships, places) for n, s in zip(names, status, strict=True)], home, True
        )
        told["级别"] = "名称以县市名打头的作市级，以镇街名打头的作乡镇街道，村、社区的作村社区"
    return told


def _day_of_registration_or_record(part: Part) -> None:
    """A column of days of registration (or of record) gives the one where an organisation is registered, the other where
    it is not."""
    registered, founded = part.values.get("registered_on"), part.values.get("founded_on")
    if registered is None or founded is None or part.letters["registered_on"] != part.letters["founded_on"]:
        return
    status = [clean(s) for s in part.values.get("status", [""] * len(part.rows))]
    codes = [_code(c) for c in part.values.get("credit_code", [""] * len(part.rows))]
    is_registered = [s in ("已登记", "登记") or (s == "已注销" and bool(c)) for s, c in zip(status, codes, strict=True)]
    part.values["registered_on"] = [day if mine else "" for day, mine in zip(registered, is_registered, strict=True)]
    part.values["founded_on"] = ["" if mine else day for day, mine in zip(founded, is_registered, strict=True)]
    part.derived |= {"registered_on", "founded_on"}


def _code(value: object) -> str:
    text = re.sub(r"\s", "", half_width(clean(value))).upper()
    return text if re.fullmatch(r"[0-9A-Z]{18}", text) else ""


def _type(code: str, status: str, name: str) -> str:
    if code[:2] in CODE_CLASSES:
        return CODE_CLASSES[code[:2]]
    if status in ("已备案", "备案"):
        return "社区社会组织"
    if status in ("已登记", "登记") and _SOCIETY.search(name):
        return "社会团体"
    return "其他"


def _level(name: str, status: str, townships: Sequence[str], places: Sequence[str]) -> str:
    if any(name.startswith(place) for place in places if place):
        return "市级"
    for town in townships:
        stem = township_stem(town)
        rest = (
            name.removeprefix(town)
            if name.startswith(town)
            else name.removeprefix(stem)
            if len(stem) > 1 and name.startswith(stem)
            else None
        )
        if rest is not None:
            return (
                "村社区"
                if re.match(r".{1,4}?[村社](?:区)?", rest) and re.match(r".{1,4}?(?:村|社区)", rest)
                else "乡镇街道"
            )
    if re.match(r".{1,5}?(?:村|社区)", name):
        return "村社区"
    return "市级" if status in ("已登记", "登记", "已注销") else "乡镇街道"


def complete_people(part: Part, numbers: Mapping[int, str]) -> dict[str, str]:
    """Sex and month of birth out of the identity number, where the register has no column for them."""
    from jinguo.schema.codes import birth_month, id_sex

    told = {}
    for name, header, take in (("sex", "性别", id_sex), ("born", "出生年月", lambda n: str(birth_month(n)))):
        if name not in part.values and numbers:
            part.put(
                name,
                [take(numbers[i]) if i in numbers else "" for i in range(len(part.rows))],
                part.letters.get("id_number", "A"),
                True,
            )
            told[header] = "按身份证号认"
    return told


def former_name(remark: str) -> str:
    """The former name a remark gives: 原名青渚县乡村女性发展促进会."""
    match = re.search(
        r"(?:原名|曾用名|原名称|更名前)[:：为]?\s*[“\"]?([\u4e00-\u9fff（）]{4,30}?)[”\"]?(?:[，,。；;]|$)", remark
    )
    return match[1] if match else ""
