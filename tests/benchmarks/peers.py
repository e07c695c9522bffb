"""What the benchmarks are compared with: the same work as an analyst would write it with pandas, pandera, stdnum and
openpyxl.

Of the rules, those that say something about the columns the generated registries have.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any


def read_with_calamine(folder: Path) -> dict[str, list]:
    """Merely the values as Python lists."""
    import python_calamine

    found = {}
    for path in sorted(folder.glob("*.xlsx")):
        with path.open("rb") as stream:
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
            for name in book.sheet_names:
                found[name] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return found


def read_with_pandas(folder: Path) -> dict[str, Any]:
    """Every sheet by pandas.read_excel with openpyxl, as text."""
    import pandas

    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.xlsx")):
        found |= pandas.read_excel(path, sheet_name=None, engine="openpyxl", dtype=str)
    return found


def report_with_xlsxwriter(title: str, sheets: list[Any], author: str) -> bytes:
    """A report (jinguo.excel.writing.report) whose rows, too, are written by XlsxWriter."""
    from unittest.mock import patch

    from jinguo.excel.writing import report

    begun = report._write_sheet

    def whole(book: Any, target: Any, sheet: Any, looks: Any) -> None:
        begun(book, target, sheet, looks)
        first = 3 if sheet.note else 2
        del target.table[first]
        for row, values in enumerate(sheet.rows, first):
            for column, value in enumerate(values):
                _write_cell(target, row, column, value, looks)

    with patch.object(report, "_write_sheet", whole), patch.object(report, "put_in_rows", lambda data, tables: data):
        return report.write_report(title, sheets, author)


def _write_cell(target: Any, row: int, column: int, value: Any, looks: Any) -> None:
    from decimal import Decimal

    from jinguo.excel.writing.cell_values import CellLink, Marked, Percent

    formats, fills = looks.formats, looks.fills
    if isinstance(value, CellLink):
        target.write_url(row, column, value.target, formats["link"], value.text)
    elif isinstance(value, Marked):
        target.write_string(row, column, value.text, formats["marked"])
    elif isinstance(value, Percent) and value.value is not None:
        target.write_number(row, column, float(value.value), formats["percent"])
    elif isinstance(value, Percent):
        target.write_string(row, column, "—", formats["number"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        target.write_number(row, column, float(value), formats["number"])
    else:
        text = "" if value is None else str(value)
        target.write_string(row, column, text, fills.get(text, formats["text"]))


def check_with_pandera(sheets: dict[str, Any]) -> int:
    """The rules in pandera, all sheets; how many cells fail."""
    import pandera.errors

    failed = 0
    for name, schema in (_organisations(sheets) | _people(sheets) | _training(sheets)).items():
        try:
            schema.validate(sheets[name], lazy=True)
        except pandera.errors.SchemaErrors as errors:
            failed += len(errors.failure_cases)
    return failed


def _organisations(sheets: dict[str, Any]) -> dict[str, Any]:
    import pandas
    import pandera.pandas as pa
    from stdnum.cn import uscc

    people, townships = set(sheets["人员"]["人员编号"]), set(sheets["镇街"]["镇街"])
    registered = lambda f: f["登记状态"] == "已登记"  # noqa: E731
    code = pa.Column(str, pa.Check(lambda s: s.map(uscc.is_valid)), nullable=True, unique=True)
    schema = pa.DataFrameSchema(
        {
            "组织编号": pa.Column(str, pa.Check.str_matches(r"ZZ\d{4,}$"), unique=True),
            "组织名称": pa.Column(str, unique=True),
            "登记状态": pa.Column(str, pa.Check.isin(["未登记", "已备案", "已登记", "已注销"])),
            "组织类型": pa.Column(str, pa.Check.isin(["社会团体", "民办非企业单位", "基金会", "社区社会组织", "其他"])),
            "统一社会信用代码": code,
            "登记日期": pa.Column(
                str, pa.Check(lambda s: pandas.to_datetime(s, errors="coerce").notna()), nullable=True
            ),
            "层级": pa.Column(str, pa.Check.isin(["核心层", "紧密层", "大众层"])),
            "级别": pa.Column(str, pa.Check.isin(["市级", "乡镇街道", "村社区"])),
            "所属镇街": pa.Column(str, pa.Check.isin(townships)),
            "负责人": pa.Column(str, pa.Check.isin(people)),
            "联系电话": pa.Column(str, pa.Check.str_matches(r"0\d{2,3}-\d{7,8}$")),
        },
        checks=[
            pa.Check(lambda f: ~registered(f) | f["统一社会信用代码"].notna()),
            pa.Check(lambda f: registered(f) | f["统一社会信用代码"].isna()),
            pa.Check(lambda f: ~registered(f) | (f["登记日期"].notna() & f["登记机关"].notna())),
            pa.Check(lambda f: ~(f["统一社会信用代码"].str[:2] == "52") | (f["组织类型"] == "民办非企业单位")),
            pa.Check(
                lambda f: (
                    pandas.to_datetime(f["登记日期"], errors="coerce").fillna(pandas.Timestamp(0))
                    <= pandas.Timestamp.today()
                )
            ),
            pa.Check(lambda f: ~f.duplicated("联系电话")),
        ],
    )
    return {"社会组织": schema}


def _people(sheets: dict[str, Any]) -> dict[str, Any]:
    import pandera.pandas as pa
    from stdnum.iso7064 import mod_11_2

    month = pa.Check.str_matches(r"\d{4}\.(0[1-9]|1[0-2])$")
    valid = pa.Check(lambda s: s.map(lambda n: len(n) == 18 and mod_11_2.is_valid(n)))
    schema = pa.DataFrameSchema(
        {
            "人员编号": pa.Column(str, pa.Check.str_matches(r"RY\d{4,}$"), unique=True),
            "姓名": pa.Column(str, pa.Check.str_matches(r"\S+$")),
            "性别": pa.Column(str, pa.Check.isin(["男", "女"])),
            "出生年月": pa.Column(str, month),
            "身份证号": pa.Column(str, valid, unique=True),
            "政治面貌": pa.Column(str, pa.Check.isin(["中共党员", "中共预备党员", "共青团员", "群众"])),
            "学历": pa.Column(
                str, pa.Check.isin(["小学", "初中", "高中", "中专", "大专", "本科", "硕士研究生", "博士研究生"])
            ),
            "参加工作时间": pa.Column(str, month),
            "手机": pa.Column(str, pa.Check.str_matches(r"1[3-9]\d{9}$")),
            "居住镇街": pa.Column(str, pa.Check.isin(set(sheets["镇街"]["镇街"]))),
        },
        checks=[
            pa.Check(lambda f: f["身份证号"].str[6:10] + "." + f["身份证号"].str[10:12] == f["出生年月"]),
            pa.Check(lambda f: (f["身份证号"].str[16].astype(int) % 2 == 0) == (f["性别"] == "女")),
            pa.Check(lambda f: f["参加工作时间"].str[:4].astype(int) - f["出生年月"].str[:4].astype(int) >= 14),
            pa.Check(lambda f: ~f.duplicated("姓名")),
            pa.Check(lambda f: ~f.duplicated("手机")),
        ],
    )
    return {"人员": schema}


def _training(sheets: dict[str, Any]) -> dict[str, Any]:
    import pandas
    import pandera.pandas as pa

    people, events = set(sheets["人员"]["人员编号"]), sheets["培训活动"].set_index("活动编号")
    names = dict(zip(sheets["人员"]["人员编号"], sheets["人员"]["姓名"], strict=True))
    date = pa.Check(lambda s: pandas.to_datetime(s, errors="coerce").notna())
    number = pa.Check(lambda s: pandas.to_numeric(s, errors="coerce").ge(0))
    named = pa.Check(lambda f: f["人员编号"].map(names) == f["姓名"])
    starts, hours = pandas.to_datetime(events["开始时间"]), pandas.to_numeric(events["学时"])
    places = pandas.to_numeric(events["名额"])
    present = lambda f: f[f["出勤"] == "出席"].groupby("活动编号").size()  # noqa: E731
    own = lambda f: pandas.to_numeric(f["学时"])  # noqa: E731
    return {
        "培训活动": pa.DataFrameSchema(
            {
                "活动编号": pa.Column(str, unique=True),
                "类型": pa.Column(str, pa.Check.isin(["主题沙龙", "业务培训", "外出参观学习", "考前辅导", "项目大赛", "风采展示"])),
                "开始时间": pa.Column(str, date), "结束时间": pa.Column(str, date), "学时": pa.Column(str, number), "名额": pa.Column(str, number),
            },
            checks=[pa.Check(lambda f: f["结束时间"] >= f["开始时间"]), pa.Check(lambda f: ~f.duplicated(["地点", "开始时间"]))],
        ),
        "签到": pa.DataFrameSchema(
            {
                "活动编号": pa.Column(str, pa.Check.isin(set(events.index))),
                "人员编号": pa.Column(str, pa.Check.isin(people)),
                "报名": pa.Column(str, pa.Check.isin(["是", "否"])),
                "出勤": pa.Column(str, pa.Check.isin(["出席", "请假", "缺席"])),
                "学时": pa.Column(str, number, nullable=True),
            },
            checks=[
                named,
                pa.Check(lambda f: ~f.duplicated(["活动编号", "人员编号"])),
                pa.Check(lambda f: own(f).fillna(0) <= f["活动编号"].map(hours).fillna(1000)),
                pa.Check(lambda f: (f["出勤"] == "出席") | f["学时"].isna()),
                pa.Check(lambda f: (f["出勤"] != "出席") | (f["活动编号"].map(starts) <= pandas.Timestamp.today())),
                pa.Check(lambda f: f["活动编号"].map(present(f)).fillna(0) <= f["活动编号"].map(places).fillna(10**6)),
                pa.Check(lambda f: f["活动编号"].map(f[f["报名"] == "是"].groupby("活动编号").size()).fillna(0) <= f["活动编号"].map(places).fillna(10**6)),
            ],
        ),
        "报考": pa.DataFrameSchema(
            {
                "年度": pa.Column(str, number),
                "级别": pa.Column(str, pa.Check.isin(["初级", "中级", "高级"])),
                "人员编号": pa.Column(str, pa.Check.isin(people)),
                "科目": pa.Column(str, pa.Check.isin(["社会工作综合能力", "社会工作实务"])),
                "成绩": pa.Column(str, pa.Check.str_matches(r"-?\d+$")),
            },
            checks=[
                named,
                pa.Check(lambda f: ~f.duplicated(["年度", "级别", "人员编号", "科目"])),
                pa.Check(lambda f: pandas.to_numeric(f["成绩"], errors="coerce").fillna(0) <= 100),
                pa.Check(lambda f: f.groupby(["年度", "人员编号"])["科目"].transform("size") == 2),
            ],
        ),
    }  # fmt: skip


def report_with_pandas(findings: list[Any]) -> bytes:
    """The findings as a workbook."""
    import pandas

    stream = io.BytesIO()
    pandas.DataFrame([f.as_dict() for f in findings]).to_excel(stream, index=False)
    return stream.getvalue()


def mark_with_openpyxl(path: Path, findings: list[Any]) -> bytes:
    """Load, colour and comment the same cells, save."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = openpyxl.load_workbook(path)
    fill = PatternFill("solid", fgColor="F8CBAD")
    for finding in findings:
        cell = book[finding.sheet][finding.cell]
        cell.fill = fill
        cell.comment = Comment(f"{finding.code}\n{finding.message}", "jinguo")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def check_people_with_pandera(people: Any, townships: Any) -> None:
    """The rules about people alone, on a frame already read."""
    import pandera.errors

    with contextlib.suppress(pandera.errors.SchemaErrors):
        _people({"镇街": townships})["人员"].validate(people, lazy=True)


def check_identity_with_stdnum(numbers: list[str]) -> int:
    """A loop of stdnum over the identity numbers, and nothing else; how many are wrong."""
    from stdnum.cn import ric

    return sum(not ric.is_valid(number) for number in numbers)
