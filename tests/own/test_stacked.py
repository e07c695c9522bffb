"""Several tables one below the other on a sheet: said, and nothing of it read as if it were one."""

from __future__ import annotations

import pytest

from jinguo.excel.raw import RawSheet
from jinguo.intake.own.frame import frame_of
from jinguo.intake.own.stacked import another_table

_HEADER = ["序号", "姓名", "单位", "签到"]


def rows(names: str) -> list[list]:
    return [[n, name, "茶艺协会", "√"] for n, name in enumerate(names.split(), 1)]


def found(*lines: list) -> int | None:
    width = max(map(len, lines))
    frame = frame_of(RawSheet("签到.xlsx", "签到", [[*line, *[""] * (width - len(line))] for line in lines]))
    assert frame is not None
    return another_table(frame)


def test_a_second_event_below_the_first_is_another_table():
    first = [["年检培训签到表"], ["时间：2026年4月8日"], _HEADER, *rows("王芳 李敏 何人")]
    assert found(*first, [], ["项目申报培训签到表"], ["时间：2026年6月22日"], _HEADER, *rows("张一 张二 张三")) == 10
    assert found(*first) is None


def test_a_second_header_with_other_columns_is_another_table():
    senior = ["序号", "姓名", "单位", "综合能力", "实务", "法规与政策"]
    junior = ["序号", "姓名", "单位", "综合能力", "实务"]
    body = [[n, name, "茶艺协会", 60, 70] for n, name in enumerate(("王芳", "李敏", "何人"), 1)]
    assert found(["2026年初级"], junior, *body, senior, *([*row, 80] for row in body)) in (2, 6)


def test_a_full_table_above_the_header_that_was_taken_is_another_table():
    short = ["序号", "组织名称", "负责人"]
    full = ["序号", "组织名称", "登记状态", "组织类型", "层级", "所属镇街", "负责人", "联系电话"]
    body = [[n, f"某协会{n}", "王芳"] for n in range(1, 6)]
    assert found(
        ["名录"],
        short,
        *body,
        [],
        ["附：新增组织"],
        full,
        [1, "新协会", "未登记", "其他", "大众层", "甲镇", "李敏", "139"],
    )


@pytest.mark.parametrize("between", [[], ["年检培训签到表"], ["第2页，共3页"]])
def test_a_header_that_is_repeated_for_the_next_page_is_none(between):
    first = [["年检培训签到表"], _HEADER, *rows("王芳 李敏 何人")]
    assert found(*first, between, _HEADER, *rows("张一 张二")) is None
