"""Registries of three sizes for the benchmarks: invented rows, the same every time, with mistakes in about 2 % of them.

S: 200 organisations, 1,000 people, 10,000 attendance rows, 500 exam rows; M: ×10, ×20, ×20, ×10; L: 10,000, 100,000,
1,000,000, 50,000.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from jinguo.demo.organisations import credit_code
from jinguo.demo.people import id_number
from jinguo.excel.raw import RawSheet
from jinguo.schema import TABLES


class Size(NamedTuple):
    organisations: int
    people: int
    attendance: int
    exams: int

    @property
    def rows(self) -> int:
        return sum(self)


SIZES = {
    "S": Size(200, 1_000, 10_000, 500),
    "M": Size(2_000, 20_000, 200_000, 5_000),
    "L": Size(10_000, 100_000, 1_000_000, 50_000),
}
_TOWNSHIPS = [f"第{n}镇" for n in range(1, 22)]
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗", "秀丽华敏静燕秋月红霞雪梅佳琪雅芳玲文娟美珍海"
#: Two rows in a hundred are wrong somewhere.
_MISTAKES = 0.02


def write_registry(folder: Path, size: Size, shared: bool = False) -> list[Path]:
    """Write the workbooks of a registry of this size, its words in the cells or in one table for all; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(size.rows)
    names = [_name(n) for n in range(size.people)]
    events = max(size.attendance // 50, 1)
    books = {
        "设置.xlsx": {"townships": ({"name": t, "kind": "镇"} for t in _TOWNSHIPS)},
        "社会组织台账.xlsx": {"organisations": _organisations(size, chance)},
        "人员台账.xlsx": {"people": _people(names, chance)},
        "培训考试台账.xlsx": {
            "events": _events(events),
            "attendance": _attendance(size, events, names, chance),
            "exam_entries": _exams(size, names, chance),
        },
    }
    paths = []
    for file, tables in books.items():
        book = xlsxwriter.Workbook(
            str(folder / file), {"constant_memory": not shared, "default_date_format": "yyyy-mm-dd"}
        )
        for table, rows in tables.items():  # type: ignore[attr-defined]
            _write_sheet(book, table, rows)
        book.close()
        paths.append(folder / file)
    return paths


#: The same tables as an office titles them: no numbers, people and organisations by their names.
_OWN = {
    "organisations": ("组织一览.xlsx", {"name": "组织名称", "type": "组织性质", "tier": "层级", "status": "登记情况", "credit_code": "社会信用代码", "registered_on": "登记时间", "township": "所在乡镇", "head": "负责人姓名", "phone": "联系方式"}),
    "people": ("花名册.xlsx", {"name": "姓名", "sex": "性别", "nation": "民族", "born": "出生年月", "id_number": "身份证号码", "politics": "政治面貌", "education": "文化程度", "working_since": "参加工作时间", "mobile": "手机号码", "residence": "居住乡镇", "position": "工作单位及职务"}),
    "events": ("培训一览.xlsx", {"name": "培训名称", "type": "培训类型", "starts": "培训时间", "place": "培训地点", "hours": "课时", "host": "主办"}),
    "attendance": ("签到总表.xlsx", {"event": "培训名称", "name": "姓名", "enrolled": "是否报名", "presence": "签到情况", "hours": "获得学时"}),
    "exam_entries": ("考试成绩.xlsx", {"year": "考试年份", "level": "报考级别", "name": "姓名", "subject": "考试科目", "score": "分数"}),
}  # fmt: skip


def write_own_registers(folder: Path, size: Size) -> list[Path]:
    """The same rows as an office keeps them herself, and a 设置.xlsx of ours with the townships; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(size.rows)
    names = [_name(n) for n in range(size.people)]
    events = max(size.attendance // 50, 1)
    rows: dict[str, Iterator[dict[str, Any]]] = {
        "organisations": ({**row, "head": names[int(row["head"][2:]) - 1]} for row in _organisations(size, chance)),
        "people": _people(names, chance),
        "events": _events(events),
        "attendance": (
            {**row, "event": f"第{int(row['event'][2:])}期培训"} for row in _attendance(size, events, names, chance)
        ),
        "exam_entries": _exams(size, names, chance),
    }
    paths = []
    for table, (file, titles) in _OWN.items():
        book = xlsxwriter.Workbook(str(folder / file), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, list(titles.values()))
        for number, row in enumerate(rows[table], 1):
            for column, name in enumerate(titles):
                if row[name] is not None:
                    sheet.write(number, column, row[name])
        book.close()
        paths.append(folder / file)
    book = xlsxwriter.Workbook(str(folder / "设置.xlsx"))
    _write_sheet(book, "townships", ({"name": t, "kind": "镇"} for t in _TOWNSHIPS))
    book.close()
    return paths


def _name(n: int) -> str:
    """A name no other number has: a surname and as many given characters as it takes."""
    letters = _SURNAMES[n % len(_SURNAMES)]
    n //= len(_SURNAMES)
    while n:
        letters += _GIVEN[n % len(_GIVEN)]
        n //= len(_GIVEN)
    return f"{letters}英" if len(letters) == 1 else letters


def _write_sheet(book: Any, table: str, rows: Iterator[dict[str, Any]]) -> None:
    spec = TABLES[table]
    sheet = book.add_worksheet(spec.sheet)
    first = next(iter(rows))
    fields = [f for f in spec.fields if f.name in first]
    sheet.write_row(0, 0, [f.header for f in fields])
    for number, row in enumerate([first], 1):
        sheet.write_row(number, 0, [row[f.name] for f in fields])
    for number, row in enumerate(rows, 2):
        for column, f in enumerate(fields):
            value = row[f.name]
            if value is not None:
                sheet.write(number, column, value)


def _wrong(chance: random.Random, good: Any, bad: Any) -> Any:
    return bad if chance.random() < _MISTAKES / 2 else good


def _organisations(size: Size, chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(1, size.organisations + 1):
        registered = n % 3 == 0
        yield {
            "number": f"ZZ{n:05d}", "name": f"{chance.choice(_TOWNSHIPS)}{''.join(chance.sample(_GIVEN, 4))}会{n}",
            "status": "已登记" if registered else "未登记", "type": "民办非企业单位" if registered else "其他",
            "credit_code": credit_code("民办非企业单位", 100000 + n) if registered else None,
            "registered_with": "市民政局" if registered else None, "registered_on": datetime.date(2015, 1 + n % 12, 5) if registered else None,
            "tier": ("核心层", "紧密层", "大众层")[n % 3], "level": "村社区", "township": _wrong(chance, chance.choice(_TOWNSHIPS), "没有的镇"),
            "head": f"RY{n:06d}", "phone": f"0574-6{n:07d}",
        }  # fmt: skip


def _people(names: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for n, name in enumerate(names, 1):
        born = datetime.date(1960 + n % 40, 1 + n % 12, 1 + n % 28)
        number = id_number(born, n // 840 % 500 * 2)
        yield {
            "number": f"RY{n:06d}", "name": name, "sex": _wrong(chance, "女", "妇"), "nation": "汉族", "born": f"{born:%Y.%m}",
            "id_number": _wrong(chance, number, number[:17] + ("0" if number[17] != "0" else "1")), "politics": ("中共党员", "群众")[n % 2],
            "education": ("大专", "本科", "高中")[n % 3], "working_since": f"{born.year + 22}.08", "mobile": f"199{n:08d}",
            "residence": _TOWNSHIPS[n % 21], "position": "某公司职员",
        }  # fmt: skip


def _events(count: int) -> Iterator[dict[str, Any]]:
    for n in range(1, count + 1):
        start = datetime.datetime(2020 + n % 6, 1 + n % 12, 1 + n % 28, 9)
        yield {"number": f"HD{n:05d}", "name": f"第{n}期培训", "type": "业务培训", "starts": start, "ends": start + datetime.timedelta(hours=7),
               "place": f"第{n}会议室", "hours": 6, "host": "市妇联", "places": 60}  # fmt: skip


def _attendance(size: Size, events: int, names: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(size.attendance):
        # Fifty people in a row at each event, so that nobody is at one twice.
        person = (n // events + n % events * 53) % size.people
        presence = ("出席", "出席", "请假")[n % 3]
        yield {"event": f"HD{n % events + 1:05d}", "person": _wrong(chance, f"RY{person + 1:06d}", "RY999999"),
               "name": _wrong(chance, names[person], "张三丰"), "enrolled": "是", "presence": presence, "hours": 3 if presence == "出席" and n % 5 == 0 else None}  # fmt: skip


def _exams(size: Size, names: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(size.exams):
        person = n // 2 % size.people
        yield {"year": 2020 + n // 2 % 6, "level": "初级", "person": f"RY{person + 1:06d}", "name": names[person],
               "subject": ("社会工作综合能力", "社会工作实务")[n % 2], "score": _wrong(chance, 40 + n % 60, "良好")}  # fmt: skip


def many_organisations(count: int) -> dict[str, list[RawSheet]]:
    """The sheets of so many organisations named as they are in a county: a place, a field, a form; a few typed
    twice."""
    chance = random.Random(count)
    rows: list[list[Any]] = [["组织编号", "组织名称"]]
    for n in range(1, count + 1):
        core = "".join(chance.sample(_GIVEN, 3)) + chance.choice(["家庭教育", "为老服务", "公益", "志愿服务", "创业"])
        name = f"余姚市{core}{chance.choice(['协会', '中心', '服务队', '促进会'])}"
        rows.append([f"ZZ{n:05d}", rows[-1][1].replace("余姚市", "") if n % 100 == 50 else name])
    place = RawSheet("设置.xlsx", "单位", [["项目", "内容"], ["行政区划", "余姚市"]])
    return {"社会组织台账.xlsx": [RawSheet("社会组织台账.xlsx", "社会组织", rows)], "设置.xlsx": [place]}
