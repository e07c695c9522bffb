"""Document numbers: the register's stay, the next ones are reserved in turn."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.office.letters import reserve_numbers
from tests.helpers import TODAY, examples, registry

OFFICE = """
项目 | 内容
单位名称 | 余姚市妇女联合会
发文机关代字 | 余妇
"""


def numbers(letters: str, titles: list[str], today: datetime.date = TODAY) -> list[str]:
    return reserve_numbers(registry(today, 单位=OFFICE, 发文登记=letters), titles)


REGISTER = """
发文字号 | 日期 | 标题
余妇〔2026〕1号 | 2026-01-12 | 关于做好2026年女性社会组织培育工作的通知
余妇〔2026〕5号 | 2026-09-08 | 关于推荐出席市妇女代表大会执委人选的通知
余妇〔2025〕41号 | 2025-12-30 | 关于表彰先进的通报
余妇办〔2026〕9号 | 2026-09-10 | 关于值班安排的通知
"""


def test_the_next_numbers_follow_the_highest_of_the_year_and_the_code():
    assert numbers(REGISTER, ["甲", "乙", "丙"]) == ["余妇〔2026〕6号", "余妇〔2026〕7号", "余妇〔2026〕8号"]


def test_a_new_year_begins_at_one():
    assert numbers(REGISTER, ["甲"], datetime.date(2027, 1, 4)) == ["余妇〔2027〕1号"]


def test_an_empty_register_begins_at_one():
    assert reserve_numbers(registry(单位=OFFICE), ["甲"]) == ["余妇〔2026〕1号"]


def test_without_titles_there_are_no_numbers():
    assert numbers(REGISTER, []) == []


def test_the_code_of_an_office_that_set_none():
    assert reserve_numbers(registry(), ["甲"]) == ["×妇〔2026〕1号"]


def test_a_registered_title_keeps_its_number_and_takes_none_from_the_others():
    titles = ["甲", "关于推荐出席市妇女代表大会执委人选的通知", "乙"]
    assert numbers(REGISTER, titles) == ["余妇〔2026〕6号", "余妇〔2026〕5号", "余妇〔2026〕7号"]


def test_a_number_once_registered_stays_in_the_next_run():
    """The clerk copies the reserved number and the title of the notice into the register; nothing moves."""
    title = "余姚市妇女联合会关于举办培训班的通知"
    first = numbers(REGISTER, [title, "乙"])
    again = numbers(REGISTER + f"{first[0]} | 2026-10-15 | {title}\n", [title, "乙"])
    assert again == first == ["余妇〔2026〕6号", "余妇〔2026〕7号"]


def test_a_title_registered_without_the_office_name_is_the_same_title():
    letters = REGISTER + "余妇〔2026〕6号 | 2026-10-15 | 关于举办培训班的通知\n"
    assert numbers(letters, ["余姚市妇女联合会关于举办培训班的通知"]) == ["余妇〔2026〕6号"]


def test_the_same_title_of_last_year_is_another_letter():
    title = "余姚市妇女联合会关于举办年检培训班的通知"
    letters = REGISTER + f"余妇〔2025〕12号 | 2025-10-20 | {title}\n"
    assert numbers(letters, [title]) == ["余妇〔2026〕6号"]


@pytest.mark.parametrize(
    "number",
    [
        "余妇〔2026〕11号",
        "余妇[2026]11号",
        "余妇［2026］11号",
        "余妇(2026)11号",
        "余妇（2026）11号",
        "余妇〔2026〕011号",
        "余妇 〔2026〕 11 号",
        "余妇〔２０２６〕１１号",
        pytest.param("余妇〔2026〕第11号"),
        pytest.param("余妇【2026】11号"),
        pytest.param("余妇〔2026〕11"),
    ],
)
def test_a_number_is_used_however_it_is_written(number):
    """A number that is not read would be given away twice."""
    assert numbers(REGISTER + f"{number} | 2026-10-01 | 关于某事的通知\n", ["甲"]) == ["余妇〔2026〕12号"]


@given(st.lists(st.integers(1, 400), unique=True, max_size=8), st.integers(0, 6))
@settings(max_examples=examples(40), deadline=None)
def test_no_number_is_given_twice(used, count):
    letters = "发文字号 | 标题\n" + "".join(f"余妇〔2026〕{n}号 | 第{n}件\n" for n in used)
    given_out = numbers(letters, [f"新{n}" for n in range(count)])
    assert len({*given_out, *(f"余妇〔2026〕{n}号" for n in used)}) == len(used) + count
