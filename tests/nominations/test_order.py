"""Names by strokes: the published list of 205, the two rules, and how a name stands in a list."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.nominations.order import (
    FULL_NAME,
    SURNAME,
    default_rule,
    list_notes,
    name_key,
    name_letters,
    own_ranks,
    sort_names,
    spaced,
    stroke_ranks,
    unknown_characters,
)
from tests.helpers import ROOT, change_cell, examples, find_cell, jinguo, office

_LINES = (ROOT / "tests" / "data" / "中央委员_205人_姓氏笔画.txt").read_text("utf-8").splitlines()
PUBLISHED = [line for line in _LINES if line and not line.startswith("#")]

RULES = pytest.mark.parametrize("rule", [SURNAME, FULL_NAME])


def test_the_published_list_is_whole():
    assert (len(PUBLISHED), PUBLISHED[0], PUBLISHED[-1]) == (205, "丁学东", "潘岳")


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(40))
def test_any_shuffle_of_the_published_list_sorts_back(random):
    names = PUBLISHED[:]
    random.shuffle(names)
    assert sort_names(names, SURNAME) == PUBLISHED


def test_the_published_list_backwards_sorts_back():
    assert sort_names(PUBLISHED[::-1], SURNAME) == PUBLISHED


def test_every_character_of_the_published_list_has_a_rank():
    assert unknown_characters(PUBLISHED) == []


def test_the_published_list_is_not_in_the_order_of_the_full_name():
    """王宁 stands before 王小洪 by surname; by full name 小 (3 strokes) comes before 宁 (5)."""
    assert sort_names(["王小洪", "王宁"], FULL_NAME) == ["王小洪", "王宁"]
    assert PUBLISHED.index("王宁") < PUBLISHED.index("王小洪")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SURNAME, "田富 田大利"),
        (FULL_NAME, "田大利 田富"),
        (SURNAME, "王一 王十 王一一"),
        (FULL_NAME, "王一 王一一 王十"),
        (SURNAME, "李一 李麟 李干杰"),
        (FULL_NAME, "李一 李干杰 李麟"),
        (SURNAME, "丁一一 王一 王一一 李一"),
        (FULL_NAME, "丁一一 王一 王一一 李一"),
    ],
)
def test_two_character_names_under_each_rule(rule, expected):
    for names in permutations(expected.split()):
        assert " ".join(sort_names(names, rule)) == expected


#: domain.md §3.6, one of each group of surnames with the same strokes.
SURNAMES = "丁于王韦水毛文方尹孔邓叶田史冯司吕朱任华向刘许阮孙李杨吴何余沈宋张陆陈邵林欧罗金周郑赵胡查柳俞施洪祝姚夏钱倪徐翁高郭"


@RULES
def test_surnames_by_count_and_then_by_each_stroke(rule):
    names = [f"{surname}红霞" for surname in SURNAMES]
    assert sort_names(sorted(names), rule) == names


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("邓", "叶"),  # 4 and 5: the left ear 阝 and right ear 阝 have two strokes
        ("阮", "李"),  # 6 and 7
        ("陈", "林"),  # 7 and 8
        ("郑", "赵"),  # 8 and 9
        ("范", "赵"),  # 8 and 9
        ("王", "尹"),  # both 4: 横 before 折
        ("石", "达"),  # 5 and 6
        ("边", "达"),  # 5 and 6
        ("灰", "达"),  # both 6: 横撇点撇 before 横撇点点
        ("达", "戍"),  # both 6: 横撇点 before 横撇折
        ("达", "成"),  # both 6: 横撇点 before 横撇折
        ("达", "毕"),  # both 6: 横撇 before 横折
        ("达", "李"),  # 6 and 7
    ],
)
def test_where_other_tables_go_wrong(first, second):
    """ICU counts 阝 as three; PyPI strokes counts 范 as nine; cn-sort has 达 among those of five."""
    ranks = stroke_ranks()
    assert ranks[first] < ranks[second]


def test_a_misplaced_character_would_show_in_a_name_of_two():
    assert sort_names(["王成", "王达", "王石"], SURNAME) == ["王石", "王达", "王成"]


def test_every_character_stands_once_in_the_table():
    ranks = stroke_ranks()
    assert sorted(ranks.values()) == list(range(len(ranks)))
    assert [c for c in ranks if c.isspace()] == []


def test_every_common_character_is_in_the_table():
    """The 3,755 characters of GB 2312 level 1 and the 3,008 of level 2."""
    common = {bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)} - {""}
    assert len(common) == 6763
    assert common - set(stroke_ranks()) == set()


@RULES
def test_compound_surnames_stand_by_their_first_character(rule):
    expected = ["于云霞", "上官文静", "马佳琪", "林一", "欧阳雪", "罗一一"]
    for names in permutations(expected):
        assert sort_names(names, rule) == expected


@pytest.mark.parametrize("dot", ["·", "•", "．", "・"])
def test_the_dot_of_a_name_is_not_compared(dot):
    assert name_letters(f"艾尔肯{dot}吐尼亚孜") == "艾尔肯吐尼亚孜"
    assert name_key(f"阿依{dot}古丽", SURNAME) == name_key("阿依古丽", SURNAME)


@pytest.mark.parametrize(
    "written",
    ["王宁（女）", "王宁(女)", "王　宁", "王 宁", "王宁（女，回族）", "王\n宁", "王宁（原名王一宁）", "（女）王宁"],
)
def test_notes_and_spaces_do_not_count_as_characters(written):
    """With its note counted, 王宁（女） would not be a two-character name and would fall behind 王一宁."""
    assert name_letters(written) == "王宁"
    assert sort_names(["王一宁", written], SURNAME) == [written, "王一宁"]


@RULES
def test_equal_names_keep_the_order_they_came_in(rule):
    names = ["王宁（乙）", "丁一", "王宁（甲）", "王宁", "丁一（女）"]
    assert sort_names(names, rule) == ["丁一", "丁一（女）", "王宁（乙）", "王宁（甲）", "王宁"]


@RULES
def test_a_character_without_a_rank_comes_last_in_its_place(rule):
    assert sort_names(["王㛃", "王龘", "王䶮", "赵一"], rule) == ["王龘", "王㛃", "王䶮", "赵一"]


def test_unknown_characters_are_each_named_once():
    assert unknown_characters(["龚䶮", "王㛃（女）", "李䶮", "𬭛红", "赵敏"]) == ["㛃", "䶮", "𬭛"]


def test_notes_and_dots_are_not_unknown_characters():
    assert unknown_characters(["艾尔肯·吐尼亚孜（男，A组）", "王　宁"]) == []


def test_letters_and_an_open_bracket_are_unknown():
    assert unknown_characters(["Anna", "王宁（女"]) == ["A", "a", "n", "（"]


def test_no_unknown_characters_in_no_names():
    assert unknown_characters([]) == []


@given(st.lists(st.text(max_size=6), max_size=8), st.sampled_from([SURNAME, FULL_NAME]))
@settings(max_examples=examples(60))
def test_any_text_can_be_sorted_and_nothing_is_lost(names, rule):
    once = sort_names(names, rule)
    assert sorted(once) == sorted(names)
    assert sort_names(once, rule) == once


_NAMES = st.lists(
    st.text("丁王李达艾一富大利宁·", min_size=2, max_size=4), min_size=2, max_size=6, unique_by=name_letters
)


@given(_NAMES, st.sampled_from([SURNAME, FULL_NAME]))
@settings(max_examples=examples(60))
def test_the_order_does_not_depend_on_the_order_of_entry(names, rule):
    assert sort_names(names[::-1], rule) == sort_names(names, rule)


@given(st.text(SURNAMES, min_size=3, max_size=4), st.text(SURNAMES, min_size=3, max_size=4))
@settings(max_examples=examples(60))
def test_both_rules_agree_on_longer_names(one, other):
    assert sort_names([one, other], SURNAME) == sort_names([one, other], FULL_NAME)


@pytest.mark.parametrize(
    ("office", "rule"),
    [
        ("人大代表", "姓名笔画"),
        ("政协委员", "姓氏笔画"),
        ("妇联副主席", "姓氏笔画"),
        ("妇联常委", "姓氏笔画"),
        ("妇联执委", "姓氏笔画"),
        ("团体会员代表", "姓氏笔画"),
    ],
)
def test_the_rule_of_an_office(office, rule):
    assert default_rule(office) == rule


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王宁", "王\u3000宁"),
        ("王小洪", "王小洪"),
        ("上官文静", "上官文静"),
        ("艾尔肯·吐尼亚孜", "艾尔肯·吐尼亚孜"),
        ("丁", "丁"),
        ("", ""),
    ],
)
def test_two_character_names_are_spaced(name, shown):
    assert spaced(name) == shown


@pytest.mark.parametrize(
    ("sex", "nation", "note"),
    [
        ("女", "汉族", "（女）"),
        ("女", "汉", "（女）"),
        ("女", None, "（女）"),
        ("女", "", "（女）"),
        ("女", "回族", "（女，回族）"),
        ("男", "回族", "（回族）"),
        ("男", "汉族", ""),
        (None, None, ""),
    ],
)
def test_notes_behind_a_name(sex, nation, note):
    assert list_notes({"sex": sex, "nation": nation}) == note


def test_a_record_without_sex_and_nation_has_no_note():
    assert list_notes({}) == ""


# The command


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(("rule", "expected"), [("姓氏笔画", ["田富", "田大利"]), ("姓名笔画", ["田大利", "田富"])])
def test_sort_names_reads_a_file_and_prints_a_name_a_line(tmp_path, encoding, rule, expected):
    path = tmp_path / "名单.txt"
    path.write_bytes("\n田大利\n  田富 \r\n".encode(encoding))
    done = jinguo(tmp_path, "sort-names", str(path), "--rule", rule)
    assert (done.returncode, done.stdout.split()) == (0, expected)


def test_sort_names_of_the_published_list(tmp_path):
    source = ROOT / "tests" / "data" / "中央委员_205人_姓氏笔画.txt"
    published = [line for line in source.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    path = tmp_path / "名单.txt"
    path.write_text("\n".join(sorted(published)), encoding="utf-8")
    assert jinguo(tmp_path, "sort-names", str(path)).stdout.splitlines() == published


def test_sort_names_reports_what_it_does_not_know(tmp_path):
    path = tmp_path / "名单.txt"
    path.write_text("张䶮\n丁一\n", encoding="utf-8")
    done = jinguo(tmp_path, "sort-names", str(path))
    assert (done.returncode, done.stdout.split()) == (1, ["丁一", "张䶮"])
    assert "“䶮”不在笔画表里" in done.stderr


def test_sort_names_of_a_file_that_is_not_there(tmp_path):
    done = jinguo(tmp_path, "sort-names", "没有.txt")
    assert done.returncode == 2
    assert "找不到或打不开这个文件" in done.stderr


def test_every_character_of_the_basic_block_has_a_rank():
    ranks = stroke_ranks()
    assert [chr(c) for c in range(0x4E00, 0xA000) if chr(c) not in ranks] == []
    assert len(set(ranks.values())) == len(ranks) == 20992


def test_the_audit_names_what_was_moved_added_or_disagrees():
    lines = [
        line.split("\t") for line in (ROOT / "scripts/maintenance/strokes_audit.txt").read_text("utf-8").splitlines()
    ]
    assert Counter(line[0] for line in lines) == {"改正": 1, "不合": 31, "补入": 95}
    assert lines[0][:2] == ["改正", "达"]


@pytest.mark.parametrize(
    ("pairs", "order"),
    [
        # 㛃 has eight strokes: behind 姐, or at the end of the eights; without either at the very end.
        ({}, ["王红", "周红", "郑红", "赵红", "㛃红"]),
        ({"㛃": "姐"}, ["王红", "周红", "郑红", "㛃红", "赵红"]),
        ({"㛃": "8"}, ["王红", "周红", "郑红", "㛃红", "赵红"]),
        ({"㛃": "4画"}, ["王红", "㛃红", "周红", "郑红", "赵红"]),
        ({"㛃": "不详"}, ["王红", "周红", "郑红", "赵红", "㛃红"]),
        ({"周": "王"}, ["王红", "周红", "郑红", "赵红", "㛃红"]),
    ],
)
def test_a_rare_character_stands_where_the_office_says(pairs, order):
    own = own_ranks(pairs)
    assert sort_names(["赵红", "㛃红", "郑红", "王红", "周红"], "姓氏笔画", own) == order
    assert unknown_characters(["㛃红"], own) == ([] if "㛃" in own else ["㛃"])


def test_the_parameter_reaches_the_command(tmp_path):
    folder = office(tmp_path)
    path = folder / "workbooks" / "设置.xlsx"
    (folder / "names.txt").write_text("赵红\n㛃红\n王红\n", "utf-8")
    done = jinguo(folder, "sort-names", "names.txt")
    assert (done.returncode, done.stdout.split()) == (1, ["王红", "赵红", "㛃红"]) and "生僻字笔画" in done.stderr
    change_cell(path, "参数", find_cell(path, "参数", "值", "生僻字笔画"), "㛃=8")
    done = jinguo(folder, "sort-names", "names.txt")
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["王红", "㛃红", "赵红"], "")
