"""What an office's sheets and columns are taken for: registers shuffled at random, and the small ones that real sheets taught."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jinguo.excel.raw import RawSheet
from jinguo.excel.reading.read import read_workbook
from jinguo.intake.own.mapping import IGNORED, OPEN, TAKEN, Mapping
from jinguo.intake.own.propose import is_ours, propose
from tests.helpers import examples, table
from tests.own.generator import KINDS, MadeSheet, World, workbook

#: Sheets of one's own making: at least sixty, at every run.
_SEEDS = max(6, examples(10))
_NOTHING = {"own", "ignore"}


def made_and_proposed(folder: Path) -> Iterator[tuple[MadeSheet, Mapping]]:
    """Every kind of register made with several seeds, and what is proposed of it."""
    for seed in range(_SEEDS):
        for kind in KINDS:
            made = kind(World(seed))
            path = folder / made.file
            path.write_bytes(workbook(made, serial=seed % 3 != 2))
            yield made, propose({made.file: read_workbook(path)})


def given(mapping: Mapping, made, path) -> set[str]:
    column = mapping.column_of(made.file, made.sheet, "›".join(path))
    assert column is not None, path
    return {"ignore"} if column.action == IGNORED else set(column.fields) or {"own"}


def agrees(given: set[str], means: set[str]) -> bool:
    """Whether a column is taken for what it is; of a composed one a part is enough, own and ignored are alike."""
    if given <= _NOTHING or means <= _NOTHING:
        return given <= _NOTHING and means <= _NOTHING
    return bool(given & means)


@pytest.mark.long
@pytest.mark.slow
def test_sixty_registers_shuffled_are_taken_for_what_they_are(tmp_path):
    """Every sheet; of the columns said to be certain 97 in a hundred, of those that mean something 85 are proposed; and
    what the titles above say for every row."""
    count, certain, right, meaning, proposed_right = 0, 0, 0, 0, 0
    for made, mapping in made_and_proposed(tmp_path):
        count += 1
        source = mapping.source_of(made.file, made.sheet)
        assert (source.main, source.header, source.action) == (made.table, made.header, TAKEN), (made.sheet, source)
        for name, value in made.facts.items():
            assert source.fact(name).value == value, (made.lines, name)
        for column in made.columns:
            found, means = given(mapping, made, column.path), set(column.means)
            if mapping.column_of(made.file, made.sheet, "›".join(column.path)).sureness == "确定":
                certain += 1
                right += agrees(found, means)
            if not means <= _NOTHING:
                meaning += 1
                proposed_right += agrees(found, means)
    assert count >= 60
    assert right >= certain * 0.97
    assert proposed_right >= meaning * 0.85


def proposed(*sheets: tuple[str, str], book: str = "登记.xlsx") -> Mapping:
    """What is proposed of sheets drawn as tables."""
    return propose({book: [RawSheet(book, name, table(text)) for name, text in sheets]})


def columns(mapping: Mapping) -> dict[str, tuple[str, ...]]:
    return {c.title: c.fields for c in mapping.columns if c.action == TAKEN}


def test_the_same_sheets_give_the_same_proposal():
    world = World(3)
    made = KINDS[0](world)
    cells = [[c.path[-1] for c in made.columns], *map(list, zip(*(c.cells for c in made.columns), strict=True))]
    sheets = {"a.xlsx": [RawSheet("a.xlsx", "一览", cells)]}
    assert propose(sheets) == propose(sheets)


@pytest.mark.parametrize(
    ("title", "cells", "field"),
    [
        ("企业名称", ("澄江县茶艺协会", "澄江县女企业家协会"), "organisations.name"),
        ("法人代表", ("王芳", "李敏"), "organisations.legal_representative"),
        ("联系方式（手机）", ("13800001111", "13800001112"), "organisations.phone"),
    ],
)
def test_names_that_real_sheets_have_for_columns_of_organisations(title, cells, field):
    base = {
        "企业名称": ("澄江县茶艺协会", "澄江县女企业家协会"),
        "组织类型": ("社团", "民非"),
        "层级": ("核心层", "大众层"),
    }
    base[title] = cells
    rows = [list(base), *map(list, zip(*base.values(), strict=True))]
    found = propose({"a.xlsx": [RawSheet("a.xlsx", "社会组织名录", rows)]})
    assert columns(found)[title][0] == field


@pytest.mark.parametrize(
    ("title", "cells", "field"),
    [
        ("中文名", ("王芳", "李敏"), "people.name"),
        ("最高学历", ("本科", "大专"), "people.education"),
        ("毕业学校", ("浙江大学", "宁波大学"), "people.school"),
        ("职称", ("社会工作师", "助理社会工作师"), "people.title"),
        ("所在单位", ("县妇联", "县民政局"), "people.position"),
        ("工作单位名称", ("县妇联", "县民政局"), "people.position"),
    ],
)
def test_names_that_real_sheets_have_for_columns_of_people(title, cells, field):
    base = {"姓名": ("王芳", "李敏"), "性别": ("女", "女"), "政治面貌": ("群众", "中共党员")}
    if field == "people.name":
        del base["姓名"]
    base[title] = cells
    rows = [list(base), *map(list, zip(*base.values(), strict=True))]
    found = propose({"a.xlsx": [RawSheet("a.xlsx", "骨干名册", rows)]})
    assert columns(found)[title][0] == field


def test_somebody_else_s_name_and_sex_do_not_make_a_list_of_branches_a_list_of_people():
    found = proposed(
        (
            "党支部",
            "支部名称 | 党组织负责人姓名 | 书记性别 | 党员人数\n茶艺协会党支部 | 王芳 | 女 | 5\n企业家协会党支部 | 李敏 | 女 | 8",
        )
    )
    assert found.sources[0].main != "people"


def test_a_dictionary_of_options_is_no_register():
    found = proposed(("下拉选项", "政治面貌 | 学历 | 性别\n群众 | 本科 | 女\n中共党员 | 大专 | 男"))
    assert [(s.action, s.reason) for s in found.sources] == [(IGNORED, "是说明或选项，不是登记表")]


def test_a_sheet_without_a_header_is_proposed_not_to_be_read_with_the_reason():
    found = proposed(("说 明", "请各镇街于月底前报送。"))
    assert found.sources[0].action == IGNORED
    assert found.sources[0].reason


def test_an_old_copy_is_proposed_not_to_be_read_where_there_is_a_newer_one():
    rows = "组织名称 | 组织类型 | 层级\n澄江县茶艺协会 | 社团 | 核心层\n澄江县女企业家协会 | 社团 | 大众层"
    sheets = {
        "台账（旧）.xlsx": [RawSheet("台账（旧）.xlsx", "一览", table(rows + "\n澄江县木兰协会 | 社团 | 大众层"))],
        "台账.xlsx": [RawSheet("台账.xlsx", "一览", table(rows))],
    }
    found = propose(sheets)
    assert {s.workbook: s.action for s in found.sources} == {"台账（旧）.xlsx": IGNORED, "台账.xlsx": TAKEN}


def test_the_newest_is_read_although_its_name_says_old_where_there_is_no_other():
    found = proposed(
        ("一览", "组织名称 | 组织类型 | 层级\n澄江县茶艺协会 | 社团 | 核心层\n澄江县木兰协会 | 社团 | 核心层"),
        book="台账（旧）.xlsx",
    )
    assert found.sources[0].action == TAKEN


def test_our_own_tables_are_ours_and_one_that_only_has_the_name_is_not():
    ours = RawSheet("年检.xlsx", "年检", table("组织编号 | 年度 | 结论\nZZ0001 | 2025 | 合格"))
    hers = RawSheet("年检.xlsx", "年检", table("组织名称 | 2024年检 | 2025年检\n澄江县茶艺协会 | 合格 | 未检"))
    assert is_ours(ours)
    assert not is_ours(hers)


def test_a_column_of_scores_titled_subject_is_no_subject():
    found = proposed(
        (
            "2025年成绩",
            "姓名 | 级别 | 综合能力 | 实务\n王芳 | 初级 | 66 | 71\n李敏 | 初级 | 58 | 缺考\n张燕 | 中级 | 80 | 61",
        )
    )
    assert columns(found)["综合能力"] == ("exam_entries.subject", "exam_entries.score")


def test_identity_and_telephone_numbers_are_masked_in_the_samples():
    found = proposed(
        (
            "名册",
            "姓名 | 身份证号 | 手机\n王芳 | 330799198505051234 | 13800001111\n李敏 | 330799198606061234 | 138-0000-1112",
        )
    )
    text = " ".join(c.samples for c in found.columns)
    assert "19850505" not in text
    assert "0000" not in text
    assert "330799********4" in text


def test_what_nobody_is_sure_of_waits():
    found = proposed(("名单", "姓名 | 单位\n王芳 | 茶艺协会\n李敏 | 木兰协会"))
    assert all(s.action in (OPEN, IGNORED) for s in found.sources)
    assert all(c.action != TAKEN or c.sureness for c in found.columns)
