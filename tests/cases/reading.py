"""What reading alone finds: CELL- drawn as the cases of the rules are, REG- as workbooks of raw sheets.

A case of REG- is (workbooks, where it is found): workbooks by name, each its sheets by name, drawn; where as (workbook,
sheet, cell).
"""

from __future__ import annotations

import datetime
from typing import Any

CELLS: dict[str, tuple[str, str]] = {
    "CELL-001": ("【人员】人员编号 | 姓名\nRY0001 | ✘", "【人员】人员编号 | 姓名\nRY0001 | 王甲"),
    "CELL-002": ("【人员】人员编号\nRY0001\nRY0001 ✘", "【人员】人员编号\nRY0001\nRY0002"),
    "CELL-003": (
        "【人员】人员编号\nRY0001\n【任职】人员编号 | 组织编号\nRY0009 ✘ | ZZ0001\n【社会组织】组织编号\nZZ0001",
        "【人员】人员编号\nRY0001\n【任职】人员编号 | 组织编号\nRY0001 | ZZ0001\n【社会组织】组织编号\nZZ0001",
    ),
    "CELL-004": ("【人员】人员编号 | 性别\nRY0001 | 妇 ✘", "【人员】人员编号 | 性别\nRY0001 | 女"),
    "CELL-005": (
        "【社会组织】组织编号 | 登记日期\nZZ0001 | 2019-02-30 ✘",
        "【社会组织】组织编号 | 登记日期\nZZ0001 | 2019-02-28",
    ),
    "CELL-006": ("【人员】人员编号 | 出生年月\nRY0001 | 1980.13 ✘", "【人员】人员编号 | 出生年月\nRY0001 | 1980.12"),
    "CELL-007": ("【培训活动】活动编号 | 学时\nHD0001 | 半天 ✘", "【培训活动】活动编号 | 学时\nHD0001 | 4"),
    "CELL-008": ("【人员】人员编号 | 手机\nRY0001 | 1380013800 ✘", "【人员】人员编号 | 手机\nRY0001 | 13800138000"),
    "CELL-010": (
        "【人员】人员编号 | 身份证号\nRY0001 | 330281198005010020 ✘",
        "【人员】人员编号 | 身份证号\nRY0001 | 330281198005010024",
    ),
    "CELL-011": (
        "【社会组织】组织编号 | 统一社会信用代码\nZZ0001 | 51330281MJ92000001X ✘",
        "【社会组织】组织编号 | 统一社会信用代码\nZZ0001 | ",
    ),
    "CELL-012": (
        "【社会组织】组织编号 | 统一社会信用代码\nZZ0001 | 51330281MJ92000001 ✘",
        "【社会组织】组织编号 | 统一社会信用代码\nZZ0001 | 无",
    ),
    "CELL-013": ("【人员】人员编号 | 邮箱\nRY0001 | 王甲@ ✘", "【人员】人员编号 | 邮箱\nRY0001 | wang@example.org"),
    "CELL-014": ("【报考】人员编号 | 成绩\nRY0001 | 优 ✘", "【报考】人员编号 | 成绩\nRY0001 | 缺考"),
    "CELL-015": (
        "【人员】人员编号 | 身份证号\nRY0001 | 330281800501002 ✘",
        "【人员】人员编号 | 身份证号\nRY0001 | 330281198005010024",
    ),
    "CELL-017": (
        "【培训活动】活动编号 | 开始时间\nHD0001 | 2026-03-08 ✘",
        "【培训活动】活动编号 | 开始时间\nHD0001 | 2026-03-08 09:00",
    ),
    "CELL-021": (
        "【参数】参数 | 值\n报考年限截止 | 五月底 ✘\n考试日期 | 2026=六月 ✘",
        "【参数】参数 | 值\n报考年限截止 | 5月31日\n考试日期 | 2026=2026-06-14",
    ),
    "CELL-022": ("【人员】人员编号 | 身份证号\nRY0001 | H12345678 ✘", "【人员】人员编号 | 身份证号\nRY0001 | "),
    "CELL-023": ("【人员】人员编号 | 姓名\nRY0001 | ⻢兰 ✘", "【人员】人员编号 | 姓名\nRY0001 | 马兰"),
    "CELL-024": (
        "【社会组织】组织编号 | 活动资金(万元)\nZZ0001 | 30000 ✘",
        "【社会组织】组织编号 | 活动资金(万元)\nZZ0001 | 5000",
    ),
    "CELL-025": (
        "【人员】人员编号 | 身份证号 | 出生年月\nRY0001 | 330281198005010024 | 80年5月 ✘",
        "【人员】人员编号 | 身份证号 | 出生年月\nRY0001 | 330281198005010024 | 81年5月\nRY0002 | | 80年5月",
    ),
    "CELL-026": (
        f"【人员】人员编号 | 姓名 | 备注\nRY0001 | {'字' * 1001} ✘ | 无\nRY0002 | 王芳 | {'字' * 2000}",
        f"【人员】人员编号 | 姓名\nRY0001 | {'字' * 1000}",
    ),
    "CELL-018": ("【人员】人员编号 | 姓名\nRY0001 | #N/A ✘", "【人员】人员编号 | 姓名\nRY0001 | N/A"),
}

_PEOPLE = "人员编号 | 姓名 | 性别"
_ONE = f"{_PEOPLE}\nRY0001 | 王甲 | 女"
_ALL = ("社会组织台账", "人员台账", "培训考试台账", "项目台账", "值班台账", "推荐台账", "设置")
Workbooks = dict[str, dict[str, Any]]
Places = list[tuple[str, str, str]]


def _people(text: Any, sheet: str = "人员") -> Workbooks:
    return {"人员台账.xlsx": {sheet: text}}


#: Rows with a gap of so many blank ones below the first.
def _gapped(blank: int) -> list[list[Any]]:
    return [["人员编号", "姓名", "性别"], ["RY0001", "王甲", "女"], *[["", "", ""]] * blank, ["RY0002", "李乙", "女"]]


FILES: dict[str, tuple[tuple[Workbooks, Places], Workbooks]] = {
    "CELL-019": (
        (
            {
                "培训考试台账.xlsx": {
                    "培训活动": [["活动编号", "活动名称", "地点"], ["HD0001", "负责人\n培训班", "三楼\n会议室"]]
                }
            },
            [("培训考试台账.xlsx", "培训活动", "B2"), ("培训考试台账.xlsx", "培训活动", "C2")],
        ),
        {
            "培训考试台账.xlsx": {
                "培训活动": [["活动编号", "活动名称", "日程"], ["HD0001", "负责人培训班", "09:00 开班\n10:00 上课"]]
            }
        },
    ),
    "CELL-009": (
        (
            _people([["人员编号", "姓名", "性别", "身份证号"], ["RY0001", "王甲", "女", 330281198005010000.0]]),
            [("人员台账.xlsx", "人员", "D2")],
        ),
        _people([["人员编号", "姓名", "性别", "身份证号"], ["RY0001", "王甲", "女", "330281198005010024"]]),
    ),
    "CELL-016": (
        (
            {"社会组织台账.xlsx": {"社会组织": [["组织编号", "组织名称", "登记日期"], ["ZZ0001", "甲社", 43678]]}},
            [("社会组织台账.xlsx", "社会组织", "C2")],
        ),
        {
            "社会组织台账.xlsx": {
                "社会组织": [["组织编号", "组织名称", "登记日期"], ["ZZ0001", "甲社", datetime.date(2019, 8, 1)]]
            }
        },
    ),
    "REG-001": (
        (_people(_ONE), [(f"{name}.xlsx", "", "") for name in _ALL if name != "人员台账"]),
        {f"{name}.xlsx": {"说明": ""} for name in _ALL},
    ),
    "REG-002": (
        (
            _people(_ONE),
            [("人员台账.xlsx", "任职", ""), ("人员台账.xlsx", "家庭成员", ""), ("人员台账.xlsx", "社会职务", "")],
        ),
        {"人员台账.xlsx": {"人员": _ONE, **dict.fromkeys(("任职", "社会职务", "家庭成员"), "")}},
    ),
    "REG-003": ((_people("人员编号 | 姓名\nRY0001 | 王甲"), [("人员台账.xlsx", "人员", "")]), _people(_ONE)),
    "REG-004": (
        (_people(f"{_PEOPLE} | 政治面貎\nRY0001 | 王甲 | 女 | 群众"), [("人员台账.xlsx", "人员", "D1")]),
        _people(f"{_PEOPLE} | 血型\nRY0001 | 王甲 | 女 | 甲型"),
    ),
    "REG-005": (
        (_people(f"{_PEOPLE} | 手机 | 手机号码\nRY0001 | 王甲 | 女 | | "), [("人员台账.xlsx", "人员", "E1")]),
        _people(f"{_PEOPLE} | 手机\nRY0001 | 王甲 | 女 | "),
    ),
    "REG-007": ((_people("说明\n请认真填写"), [("人员台账.xlsx", "人员", "")]), _people("")),
    "REG-008": (
        (
            {"人员台账.xlsx": {"人员": _ONE}, "旧.xlsx": {"人员": _ONE}, "名册.xlsx": {"人员": _ONE}},
            [("旧.xlsx", "", ""), ("名册.xlsx", "人员", "")],
        ),
        {"人员台账.xlsx": {"人员": _ONE}, "旧.xlsx": {"说明": ""}},
    ),
    "REG-009": (
        ({"设置.xlsx": {"单位": "项目 | 内容\n联糸人 | 陈晓"}}, [("设置.xlsx", "单位", "A2")]),
        {"设置.xlsx": {"单位": "项目 | 内容\n联系人 | 陈晓"}},
    ),
    "REG-011": ((_people(f"{_ONE}\n合计 | 1 | "), [("人员台账.xlsx", "人员", "A3")]), _people(_ONE)),
    "REG-013": ((_people(_gapped(1)), [("人员台账.xlsx", "人员", "A4")]), _people(_gapped(0))),
    "REG-014": ((_people(_ONE, "花名册"), [("人员台账.xlsx", "花名册", "")]), _people(_ONE)),
    "REG-015": (
        (
            {
                "培训考试台账.xlsx": {
                    "签到": "活动编号 | 人员编号 | 出勤 | 活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 出席 | HD0001 | RY0002 | 出席"
                }
            },
            [("培训考试台账.xlsx", "签到", "A1")],
        ),
        {"培训考试台账.xlsx": {"签到": "活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 出席"}},
    ),
}
#: Told of a whole file, or of what only a real one has; each has its tests through the real command or a real workbook.
ELSEWHERE = {
    "REG-006": "commands/test_console.py::test_a_workbook_that_cannot_be_opened_exits_2_and_the_rest_is_read",
    "REG-010": "intake/test_layout_rows.py",
    "REG-012": "intake/test_layout_rows.py",
    "REG-016": "commands/test_check_files.py",
    "CELL-020": "intake/test_sources.py",
    "REG-018": "intake/test_sources.py",
    "REG-017": "commands/test_check_files.py",
    "REG-019": "own/test_reading.py",
    "REG-020": "own/test_reading.py",
    "REG-021": "own/test_reading.py",
    "REG-022": "own/test_reading.py",
    "REG-023": "own/test_reading.py",
    "REG-024": "own/test_reading.py",
    "REG-025": "own/test_reading.py",
    "REG-026": "own/test_reading.py",
    "REG-027": "own/test_reading.py",
}
