"""A document bears the day its stage is at; what was written once stays as it is, and what is done with does not come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import change_cell, docx_text, find_cell, jinguo, office, snapshot, workbook_rows


def on(folder: Path, day: str, *arguments: str) -> str:
    done = jinguo(folder, "--today", day, *arguments)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def written(folder: Path, below: str) -> dict[str, bytes]:
    return {
        name: data for name, data in snapshot(folder / "output" / below).items() if name.endswith((".docx", ".txt"))
    }


@pytest.fixture
def demo(tmp_path):
    return office(tmp_path)


def day_of(path: Path) -> str:
    return next(text for text in reversed(docx_text(path)) if text.startswith("2026年") and text.endswith("日"))


def test_a_letter_keeps_its_day_and_its_deadline_while_it_says_the_same(demo):
    on(demo, "2026-10-12", "notices", "项目提醒函", "换届提醒函", "培训通知")
    first = written(demo, "通知")
    assert first
    on(demo, "2026-10-13", "notices", "项目提醒函", "换届提醒函", "培训通知")
    assert {name: written(demo, "通知")[name] for name in first} == first
    letter = next((demo / "output/通知").glob("*项目提醒函.docx"))
    assert day_of(letter) == "2026年10月12日"


def test_a_letter_that_says_something_else_bears_the_new_day(demo):
    on(demo, "2026-10-12", "notices", "换届提醒函")
    path = demo / "workbooks/设置.xlsx"
    change_cell(path, "单位", find_cell(path, "单位", "内容", "联系人", "项目"), "林一")
    on(demo, "2026-10-13", "notices", "换届提醒函")
    letter = next((demo / "output/通知").glob("*换届提醒函.docx"))
    assert day_of(letter) == "2026年10月13日" and any("林一" in text for text in docx_text(letter))


def test_after_the_days_of_the_parameter_it_is_a_new_letter(demo):
    on(demo, "2026-10-12", "notices", "换届提醒函")
    on(demo, "2026-11-20", "notices", "换届提醒函")
    assert day_of(next((demo / "output/通知").glob("*换届提醒函.docx"))) == "2026年11月20日"


def test_a_registered_notice_bears_the_day_of_its_number(demo):
    on(demo, "2026-10-12", "notices", "培训通知", "--register")
    first = written(demo, "通知")
    rows = workbook_rows(demo / "workbooks/设置.xlsx", "发文登记")
    assert str(rows[-1][1]).startswith("2026-10-12")
    on(demo, "2026-10-20", "notices", "培训通知")
    # Its deadline is past by then, which is nothing to hold back what went out on its day.
    assert {name: written(demo, "通知")[name] for name in first} == first


def test_what_is_done_with_is_written_no_more(demo):
    on(demo, "2026-10-12", "notices")
    letter = next((demo / "output/通知").glob("*换届提醒函.docx"))
    said = on(demo, "2026-10-12", "notices", "--done", str(letter))
    assert "已记下 1 件已办" in said and "备份" in said
    assert workbook_rows(demo / "workbooks/设置.xlsx", "已办")[-1][0] == letter.stem
    letter.unlink()
    assert letter.stem not in on(demo, "2026-10-13", "notices")
    assert not letter.exists()
    # Ticked once more it is there already.
    unknown = jinguo(demo, "--today", "2026-10-13", "notices", "--done", letter.name)
    assert unknown.returncode == 2 and "到期的里面没有" in unknown.stderr


def test_the_notice_to_the_public_bears_its_first_day_and_a_second_run_changes_nothing(demo):
    on(demo, "2026-10-12", "nominate")
    first = written(demo, "推荐")
    path = next((demo / "output/推荐").rglob("*TJ2601*/*公示.docx"), None) or next(
        (demo / "output/推荐").rglob("*公示.docx")
    )
    text = docx_text(path)
    begins = next(t for t in text if t.startswith("公示时间："))
    assert begins.startswith(f"公示时间：{day_of(path)}至")
    on(demo, "2026-10-14", "nominate")
    assert written(demo, "推荐") == first
