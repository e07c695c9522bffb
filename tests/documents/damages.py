"""Ways in which an office's folder is damaged: a sheet or a workbook missing, renamed, doubled, cut; a column missing or
renamed; a required setting empty; a template spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.helpers import ROOT

Damage = Callable[[Path], None]
_BOOKS = {
    "人员": "人员台账", "任职": "人员台账", "社会职务": "人员台账", "社会组织": "社会组织台账", "年检": "社会组织台账", "入会申请": "社会组织台账",
    "服务活动": "社会组织台账", "登记孵化": "社会组织台账", "培训活动": "培训考试台账", "签到": "培训考试台账", "报考": "培训考试台账", "合格标准": "培训考试台账",
    "证书": "培训考试台账", "继续教育": "培训考试台账", "推荐批次": "推荐台账", "资格条件": "推荐台账", "结构要求": "推荐台账", "评分指标": "推荐台账",
    "人选": "推荐台账", "联审意见": "推荐台账", "项目": "项目台账", "征集": "项目台账", "评分": "项目台账", "单位": "设置", "镇街": "设置", "节假日": "设置", "参数": "设置",
    "值班单位": "值班台账",
}  # fmt: skip


def _book(folder: Path, sheet: str) -> Path:
    return folder / "workbooks" / f"{_BOOKS[sheet]}.xlsx"


def _changed(sheet: str, change: Callable[[openpyxl.Workbook], None]) -> Damage:
    def damage(folder: Path) -> None:
        path = _book(folder, sheet)
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)

    return damage


def missing_workbook(name: str) -> Damage:
    return lambda folder: (folder / "workbooks" / f"{name}.xlsx").unlink()


def cut_workbook(name: str) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "workbooks" / f"{name}.xlsx"
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def doubled_workbook(name: str) -> Damage:
    def damage(folder: Path) -> None:
        shutil.copy(folder / "workbooks" / f"{name}.xlsx", folder / "workbooks" / f"{name} - 副本.xlsx")

    return damage


def missing_sheet(sheet: str) -> Damage:
    return _changed(sheet, lambda book: book.remove(book[sheet]))


def renamed_sheet(sheet: str, name: str) -> Damage:
    def rename(book: openpyxl.Workbook) -> None:
        book[sheet].title = name

    return _changed(sheet, rename)


def emptied_sheet(sheet: str) -> Damage:
    return _changed(sheet, lambda book: book[sheet].delete_rows(2, book[sheet].max_row))


def blank_sheet(sheet: str) -> Damage:
    return _changed(sheet, lambda book: book[sheet].delete_rows(1, book[sheet].max_row))


def _column(book: openpyxl.Workbook, sheet: str, header: str) -> int:
    return [cell.value for cell in book[sheet][1]].index(header) + 1


def missing_column(sheet: str, header: str) -> Damage:
    return _changed(sheet, lambda book: book[sheet].delete_cols(_column(book, sheet, header)))


def renamed_column(sheet: str, header: str, name: str) -> Damage:
    def rename(book: openpyxl.Workbook) -> None:
        book[sheet].cell(1, _column(book, sheet, header)).value = name

    return _changed(sheet, rename)


def rows_gone(sheet: str, header: str, *values: str) -> Damage:
    """The rows in which a column holds one of these values."""

    def remove(book: openpyxl.Workbook) -> None:
        column = _column(book, sheet, header)
        for row in range(book[sheet].max_row, 1, -1):
            if book[sheet].cell(row, column).value in values:
                book[sheet].delete_rows(row)

    return _changed(sheet, remove)


def item(name: str, value: str | None, sheet: str = "单位") -> Damage:
    def change(book: openpyxl.Workbook) -> None:
        row = next(row for row in book[sheet].iter_rows(min_row=2) if row[0].value == name)
        row[1].value = value

    return _changed(sheet, change)


def template(kind: str, data: str | None) -> Damage:
    """A template that is gone, or one of those kept for this in tests/data."""

    def damage(folder: Path) -> None:
        path = folder / "templates" / f"{kind}.docx"
        if data is None:
            path.unlink()
        else:
            path.write_bytes((ROOT / "tests" / "data" / "模板" / data).read_bytes())

    return damage


DAMAGES: dict[str, Damage] = {
    "人员台账不见了": missing_workbook("人员台账"),
    "社会组织台账不见了": missing_workbook("社会组织台账"),
    "培训考试台账不见了": missing_workbook("培训考试台账"),
    "推荐台账不见了": missing_workbook("推荐台账"),
    "设置不见了": missing_workbook("设置"),
    "社会组织台账只拷了一半": cut_workbook("社会组织台账"),
    "人员台账只拷了一半": cut_workbook("人员台账"),
    "设置只拷了一半": cut_workbook("设置"),
    "人员台账有副本": doubled_workbook("人员台账"),
    "培训考试台账有副本": doubled_workbook("培训考试台账"),
    "签到表删了": missing_sheet("签到"),
    "任职表删了": missing_sheet("任职"),
    "报考表删了": missing_sheet("报考"),
    "继续教育表删了": missing_sheet("继续教育"),
    "年检表删了": missing_sheet("年检"),
    "签到改名": renamed_sheet("签到", "签到表"),
    "人员改名": renamed_sheet("人员", "花名册"),
    "社会组织改名": renamed_sheet("社会组织", "Sheet1"),
    "人员清空": emptied_sheet("人员"),
    "签到清空": emptied_sheet("签到"),
    "社会组织清空": emptied_sheet("社会组织"),
    "资格条件清空": emptied_sheet("资格条件"),
    "联审意见清空": emptied_sheet("联审意见"),
    "评分指标清空": emptied_sheet("评分指标"),
    "年检清空": emptied_sheet("年检"),
    "单位清空": emptied_sheet("单位"),
    "培训活动清空": blank_sheet("培训活动"),
    "人选的人员编号一栏没有了": missing_column("人选", "人员编号"),
    "报考的科目一栏没有了": missing_column("报考", "科目"),
    "签到的出勤一栏没有了": missing_column("签到", "出勤"),
    "学历写成学力": renamed_column("人员", "学历", "学力"),
    "民族写成民簇": renamed_column("人员", "民族", "民簇"),
    "所属镇街写成所在镇（街道）": renamed_column("社会组织", "所属镇街", "所在镇（街道）"),
    "出勤写成出席没有": renamed_column("签到", "出勤", "出席没有"),
    "公安局税务局的意见没有了": rows_gone("联审意见", "部门", "余姚市公安局", "余姚市税务局"),
    "人员少了十个": rows_gone("人员", "人员编号", *(f"RY{n:04d}" for n in range(1, 11))),
    "单位名称没有填": item("单位名称", None),
    "电话没有填": item("电话", None),
    "公示少于五个工作日": item("公示最少工作日", "20", "参数"),
    "培训通知模板不见了": template("培训通知", None),
    "培训通知模板有批注": template("培训通知", "培训通知_有批注.docx"),
    "培训通知模板有修订": template("培训通知", "培训通知_有修订.docx"),
}
