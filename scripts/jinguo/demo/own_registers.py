"""The demo's rows as an office keeps them herself: her own sheets, titles and words, no numbers; to try `adopt` on."""

from __future__ import annotations

import datetime
from collections import defaultdict
from pathlib import Path
from typing import Any

from jinguo.common.writing import write_file
from jinguo.demo import AUTHOR, Rows, build
from jinguo.excel.writing.forms import write_form
from jinguo.excel.writing.registers import Register, write_registers
from jinguo.schema import WORKBOOKS
from jinguo.schema.vocabularies import VOCABULARIES

_SHORT_TYPES = {"社会团体": "社团", "民办非企业单位": "民非", "社区社会组织": "社区"}
_FOOT = ("填表人：陈晓      审核人：（签字）",)
_SHOWN_EVENTS = 6


def write_own(folder: Path) -> list[Path]:
    """Write the registers into `folder`, with a 设置.xlsx of ours that says who the office is; return their paths."""
    rows = build()
    books = {
        "女性社会组织台账（分镇街）.xlsx": _organisations(rows),
        "女性社会组织骨干花名册.xlsx": _people(rows),
        "2026年活动签到.xlsx": _attendance(rows),
        "社工考试成绩.xlsx": _exams(rows),
        "持证社工名单.xlsx": _certificates(rows),
        "公益项目情况.xlsx": _projects(rows),
        "年检情况汇总.xlsx": _inspections(rows),
        "镇街妇联联系名单.xlsx": _townships(rows),
    }
    written = []
    for name, sheets in books.items():
        written.append(folder / name)
        write_file(written[-1], write_registers(sheets, AUTHOR))
    settings = WORKBOOKS[-1]
    mine = {
        name: [] if name in ("townships", "letters", "done") else rows.get(name, [])
        for name in (t.name for t in settings.tables)
    }
    written.append(folder / settings.file)
    write_file(written[-1], write_form(settings, mine, VOCABULARIES, AUTHOR))
    return written


def _names(rows: Rows, table: str) -> dict[str, dict[str, Any]]:
    return {row["number"]: row for row in rows[table]}


def _titles(words: str) -> list[tuple[str, ...]]:
    """Titles of one row each."""
    return [(word,) for word in words.split()]


def _day(value: datetime.date | None) -> str:
    return f"{value.year}.{value.month}.{value.day}" if value else ""


def _posts_of(rows: Rows) -> dict[str, dict[str, Any]]:
    """The post each person holds now, the first where there are several."""
    found: dict[str, dict[str, Any]] = {}
    for post in rows["posts"]:
        if not post.get("to_month"):
            found.setdefault(post["person"], post)
    return found


def _organisations(rows: Rows) -> list[Register]:
    people, posts = _names(rows, "people"), _posts_of(rows)
    paths = [
        ("序号",), ("组织名称",), ("类别",), ("层级",), ("登记情况", "登记证号（备案号）"), ("登记情况", "登记（备案）时间"),
        ("负责人情况", "姓名及职务"), ("负责人情况", "联系电话"), ("会员人数",), ("活动资金（万元）",), ("党组织",), ("备注",),
    ]  # fmt: skip
    by_town: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for one in rows["organisations"]:
        head = people.get(one.get("head") or "")
        post = posts.get(one.get("head") or "", {}).get("post", "负责人")
        number = one.get("credit_code") or (
            f"{one['township'][:2]}备〔2022〕{len(by_town[one['township']]) + 1}号"
            if one["status"] == "已备案"
            else "无"
        )
        cells = [
            len(by_town[one["township"]]) + 1, one["name"], _SHORT_TYPES.get(one["type"], one["type"]), one["tier"].removesuffix("层"), number,
            _day(one.get("registered_on") or one.get("founded_on")), f"{head['name']} {post}" if head else "", one.get("phone") or "",
            one.get("individual_members"), one.get("funds"), "√" if one.get("party_organisation") in ("有", "联合") else "",
            "已注销" if one["status"] == "已注销" else "",
        ]  # fmt: skip
        by_town[one["township"]].append(cells)
    return [
        Register(town, [f"{town}女性社会组织登记表", f"填报单位：{town}妇联"], paths, cells, _FOOT, True)
        for town, cells in by_town.items()
    ]


def _people(rows: Rows) -> list[Register]:
    posts, organisations = _posts_of(rows), _names(rows, "organisations")
    paths = _titles("序号 姓名 性别 民族 出生年月 身份证号 文化程度 政治面貌 单位及职务 手机 居住镇街")
    cells = []
    for n, one in enumerate(rows["people"], 1):
        post = posts.get(one["number"])
        position = f"{organisations[post['organisation']]['name']}{post['post']}" if post else one.get("position") or ""
        cells.append([
            n, one["name"], one["sex"], one["nation"], str(one["born"]), one["id_number"], one["education"], one["politics"], position,
            one.get("mobile") or "", one.get("residence") or "",
        ])  # fmt: skip
    return [Register("在册", ["余姚市女性社会组织骨干花名册"], paths, cells, _FOOT, True)]


def _attendance(rows: Rows) -> list[Register]:
    people, posts, organisations = _names(rows, "people"), _posts_of(rows), _names(rows, "organisations")
    by_event: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for one in rows["attendance"]:
        person, post = people[one["person"]], posts.get(one["person"])
        unit = organisations[post["organisation"]]["name"] if post else ""
        mark = {"出席": "√", "缺席": "", "请假": "请假"}[one["presence"]]
        by_event[one["event"]].append([len(by_event[one["event"]]) + 1, person["name"], unit, mark])
    sheets = []
    events = [e for e in rows["events"] if len(by_event[e["number"]]) > 5 and e["starts"].year == 2026]
    for event in events[:_SHOWN_EVENTS]:
        day = event["starts"]
        when = f"{day.year}年{day.month}月{day.day}日 {day:%H:%M}"
        line = f"时间：{when}      地点：{event['place']}      共{event['hours']}学时"
        name = f"{day.month}.{day.day}{event['type']}"
        paths = [("序号",), ("姓名",), ("单位",), ("签到",)]
        sheets.append(Register(name, [f"{event['name']}签到表", line], paths, by_event[event["number"]]))
    return sheets


def _exams(rows: Rows) -> list[Register]:
    people = _names(rows, "people")
    by_year: defaultdict[int, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
    for one in rows["exam_entries"]:
        entry = by_year[one["year"]].setdefault((one["person"], one["level"]), {})
        word = next((w for w in ("综合能力", "实务", "法规与政策") if w in one["subject"]), one["subject"])
        entry[word] = one.get("score")
    paths = [
        ("序号",),
        ("姓名",),
        ("身份证号",),
        ("报考级别",),
        ("成绩", "综合能力"),
        ("成绩", "实务"),
        ("成绩", "法规与政策"),
    ]
    sheets = []
    for year, entries in sorted(by_year.items()):
        cells = [
            [
                n,
                people[person]["name"],
                people[person]["id_number"],
                level,
                *(e.get(w, "—") for w in ("综合能力", "实务", "法规与政策")),
            ]
            for n, ((person, level), e) in enumerate(((k, e) for k, e in entries.items() if k[1] != "高级"), 1)
        ]
        sheets.append(
            Register(f"{year}年", [f"{year}年度全国社会工作者职业水平考试成绩登记表"], paths, cells, (), True)
        )
    return sheets


def _certificates(rows: Rows) -> list[Register]:
    people = _names(rows, "people")
    paths = _titles("序号 姓名 证书级别 证书编号 取得时间 登记有效期")
    cells = [
        [
            n, people[one["person"]]["name"], one["level"], one["number"], _day(one["obtained_on"]),
            f"{_day(one['registered_on'])}-{_day(one['registered_until'])}" if one.get("registered_on") and one.get("registered_until") else "",
        ]
        for n, one in enumerate(rows["certificates"], 1)
    ]  # fmt: skip
    return [Register("持证人员", ["持证社会工作者名单"], paths, cells)]


def _projects(rows: Rows) -> list[Register]:
    organisations = _names(rows, "organisations")
    words = {"实施": "在做", "结项": "完成", "立项": "刚批"}
    paths = _titles("序号 项目名称 类型 购买主体 承接组织 起止时间 合同金额（万元） 进展 受益人次")
    cells = []
    for n, one in enumerate(rows["projects"], 1):
        contractor = organisations[one["contractor"]]["name"]
        agent = organisations[one["agent"]]["name"] if one.get("agent") else ""
        cells.append([
            n, one["name"], one["type"], one["buyer"], f"{contractor}（代管：{agent}）" if agent else contractor,
            f"{_day(one['starts'])}-{_day(one['ends'])}", one["amount"] / 10000 if one.get("amount") else "", words.get(one["status"], one["status"]), one.get("beneficiaries") or "",
        ])  # fmt: skip
    return [Register("2026年", ["2026年度公益项目情况表"], paths, cells, (), False)]


def _inspections(rows: Rows) -> list[Register]:
    organisations = _names(rows, "organisations")
    years = sorted({one["year"] for one in rows["inspections"]})
    by_one: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for one in rows["inspections"]:
        by_one[one["organisation"]][one["year"]] = "未检" if one["result"] == "未参检" else one["result"]
    paths = [("序号",), ("组织名称",), *((f"{year}年检",) for year in years)]
    cells = [
        [n, organisations[key]["name"], *(results.get(year, "—") for year in years)]
        for n, (key, results) in enumerate(by_one.items(), 1)
    ]
    return [Register("年检", ["余姚市女性社会组织年度检查情况"], paths, cells, ("注：2025年检为2026年上半年办理。",))]


def _townships(rows: Rows) -> list[Register]:
    paths = _titles("乡镇街道 联系人 联系电话 电子邮箱")
    cells = [[one["name"], one["contact"], one["phone"], one["email"]] for one in rows["townships"]]
    return [Register("名单", ["各镇（街道）妇联联系名单"], paths, cells)]
