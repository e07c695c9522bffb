"""A batch from its rows to the list, the Word list and the 资格审查表, on small tables and on the demo."""

import io
import json
import re
import zipfile

import openpyxl
import pytest

from jinguo.nominations.nominate import TIE_RULE, nominate
from jinguo.reports.eligibility_report import eligibility_report
from tests.helpers import (
    OFFICE_ROWS,
    TODAY,
    change_cell,
    docx_text,
    find_cell,
    jinguo,
    office,
    registry,
    sheet,
    workbook_rows,
)

NAMES = {1: "田富", 2: "田大利", 3: "王宁", 4: "王小洪", 5: "丁一", 6: "李干杰"}


def people(count=4, **more):
    """RY0001 to RY000n of NAMES, born in 1980, and more columns by header."""
    header = " | ".join(["人员编号", "姓名", "出生年月", *more])
    rows = [
        " | ".join([f"RY{n:04d}", NAMES[n], "1980.05", *(v[n - 1] for v in more.values())]) for n in range(1, count + 1)
    ]
    return "\n".join([header, *rows])


def candidates(*assessments, pins=()):
    """A row of 人选 for RY0001, RY0002 … with these assessments and pins."""
    pins = (*pins, *[""] * (len(assessments) - len(pins)))
    rows = [f"TJ2601 | RY{n:04d} | {a} | {pin}" for n, (a, pin) in enumerate(zip(assessments, pins, strict=True), 1)]
    return "批次编号 | 人员编号 | 考察评分 | 人工确定\n" + "\n".join(rows)


WEIGHTS = "批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 考察评分 | 100 | 100"


def results(seats=2, count=4, assessments=(90, 80, 70, 60), pins=(), batch="", **sheets):
    """The batches of a registry with one batch of `seats` and these candidates, whose score is their assessment."""
    base = {
        "推荐批次": batch or f"批次编号 | 名额\nTJ2601 | {seats}",
        "人员": people(count),
        "人选": candidates(*assessments, pins=pins),
        "评分指标": WEIGHTS,
    }
    return nominate(registry(**(base | sheets)))


def listed(result):
    return [c.name for c in result.selected]


def notes(result):
    return {c.name: "；".join(c.reasons) for c in result.candidates}


def test_the_best_scored_are_listed_in_the_order_of_the_surname():
    (result,) = results(seats=3)
    assert listed(result) == ["王宁", "田富", "田大利"]
    assert [(c.name, c.rank, c.score) for c in result.candidates] == [
        ("王宁", 3, 70),
        ("王小洪", 4, 60),
        ("田富", 1, 90),
        ("田大利", 2, 80),
    ]
    assert notes(result) == {
        "王宁": "得分第 3 名，在名单人数以内", "王小洪": "得分第 4 名，名单人数以外；要选入须换下别人，名单总分减少 10 分",
        "田富": "得分第 1 名，在名单人数以内", "田大利": "得分第 2 名，在名单人数以内",
    }  # fmt: skip
    assert (result.trouble, result.quotas) == ([], [])


@pytest.mark.parametrize(
    ("office", "order", "expected"),
    [
        ("妇联执委", "", "王宁 王小洪 田富 田大利"),
        ("人大代表", "", "王小洪 王宁 田大利 田富"),
        ("政协委员", "姓名笔画", "王小洪 王宁 田大利 田富"),
        ("人大代表", "姓氏笔画", "王宁 王小洪 田富 田大利"),
        ("妇联执委", "得分", "田富 田大利 王宁 王小洪"),
        ("人大代表", "姓氏笔划", "王宁 王小洪 田富 田大利"),
    ],
)
def test_the_order_of_the_list(office, order, expected):
    (result,) = results(batch=f"批次编号 | 推荐职务 | 排序口径 | 名额\nTJ2601 | {office} | {order} | 4")
    assert " ".join(listed(result)) == expected


def test_the_list_has_the_extra_candidates_of_a_contested_election():
    (result,) = results(batch="批次编号 | 名额 | 差额(人)\nTJ2601 | 2 | 1")
    assert (result.batch.size, listed(result)) == (3, ["王宁", "田富", "田大利"])


def test_pins():
    (result,) = results(pins=("不选", "", "", "入选"))
    assert listed(result) == ["王小洪", "田大利"]
    assert notes(result) == {
        "王宁": "得分第 2 名，在名单人数以内，但名额给了人工确定入选的；要选入须换下别人，名单总分减少 10 分",
        "王小洪": "人工确定入选，得分第 3 名，不作这一确定，名单总分可高 10 分",
        "田富": "人工确定不选；如果可选，名单总分可高 10 分", "田大利": "得分第 1 名，在名单人数以内",
    }  # fmt: skip
    assert [(c.name, c.rank) for c in result.candidates] == [("王宁", 2), ("王小洪", 3), ("田富", 0), ("田大利", 1)]


def test_a_pin_does_not_help_someone_who_is_not_eligible():
    (result,) = results(pins=("", "", "", "入选"), 人员=people(3) + "\nRY0004 | 王小洪 | 2010.05")
    said = "王小洪人工确定入选，但不符合必备条件，没有列入：截止日期时 16 周岁"
    assert (listed(result), result.trouble) == (["田富", "田大利"], [said])
    assert notes(result)["王小洪"] == "截止日期时 16 周岁；人工确定入选，但有必备条件不符合或缺材料，没有列入"


def test_more_pins_than_places():
    (result,) = results(pins=("入选", "入选", "入选"))
    assert (listed(result), result.trouble) == ([], ["人工确定入选的有 3 人，超过名单的 2 人"])


QUOTA = "批次编号 | 维度 | 取值 | 最少 | 最多\n"
NATIONS = people(4, 民族=["汉族", "汉族", "汉族", "畲族"])


def test_a_quota_brings_in_a_lower_ranked_candidate():
    (result,) = results(人员=NATIONS, 结构要求=QUOTA + "TJ2601 | 民族 | 畲族、回族 | 1 |")
    assert listed(result) == ["王小洪", "田富"]
    assert notes(result) == {
        "王宁": "得分第 3 名，名单人数以外；要选入须换下别人，名单总分减少 20 分",
        "王小洪": "得分第 4 名，名单人数以外；“民族：畲族、回族”至少要 1 人，因此入选", "田富": "得分第 1 名，在名单人数以内",
        "田大利": "得分第 2 名，在名单人数以内，但受“民族：畲族、回族”（至少 1 人）限制；要选入须换下别人，名单总分减少 10 分",
    }  # fmt: skip
    assert [(q.label, q.least, q.most, q.achieved, q.met) for q in result.quotas] == [
        ("民族：畲族、回族", 1, None, 1, True)
    ]


@pytest.mark.parametrize(
    ("quota", "limits", "expected"),
    [
        ("民族 | 汉族 | | 50%", (None, 1, 1), "王小洪 田富"),
        ("民族 | 汉族 | | 49%", (None, 0, 0), ""),
        ("民族 | 畲族 | 1% |", (1, None, 1), "王小洪 田富"),
        ("民族 | 畲族 | 0 | 0", (0, 0, 0), "田富 田大利"),
        ("年龄 | 不多于46 | 2 |", (2, None, 2), "田富 田大利"),
        ("年龄 | ≥47 | | 0", (None, 0, 0), "田富 田大利"),
    ],
)
def test_quotas_in_people_and_percent_of_the_list(quota, limits, expected):
    (result,) = results(人员=NATIONS, 结构要求=QUOTA + f"TJ2601 | {quota}")
    assert " ".join(listed(result)) == expected
    assert [(q.least, q.most, q.achieved) for q in result.quotas] == [limits]


@pytest.mark.parametrize(
    ("pins", "quota", "said"),
    [
        (("入选", "入选"), "民族 | 畲族 | 1 |", "把“民族：畲族”的最少由 1 人改为 0 人"),
        (("", "", "", "不选"), "民族 | 畲族 | 1 |", "把“民族：畲族”的最少由 1 人改为 0 人"),
        (("入选",), "民族 | 畲族 | 2 |", "把“民族：畲族”的最少由 2 人改为 1 人"),
    ],
)
def test_what_pins_do_to_a_quota_is_said(pins, quota, said):
    (result,) = results(pins=pins, 人员=NATIONS, 结构要求=QUOTA + f"TJ2601 | {quota}")
    assert (listed(result), result.trouble) == ([], [f"结构要求不能同时满足。改动最少的办法：{said}"])


def test_an_impossible_quota_is_named_and_there_is_no_list():
    (result,) = results(人员=NATIONS, 结构要求=QUOTA + "TJ2601 | 民族 | 畲族 | 2 |")
    assert (listed(result), result.trouble) == (
        [],
        ["结构要求不能同时满足。改动最少的办法：把“民族：畲族”的最少由 2 人改为 1 人"],
    )
    assert [(q.achieved, q.met) for q in result.quotas] == [(0, False)]


@pytest.mark.parametrize(
    "quota", ["民族 | 汉族 | 1 |", "颜值 | 高 | 2 |", "年龄 | 四十五以下 | 2 |", "学历 | 清华 | 2 |", " | 汉族 | 2 |"]
)
def test_a_quota_that_cannot_be_read_or_is_another_batch_s_is_left_out(quota):
    batch = "TJ2602" if quota.startswith("民族") else "TJ2601"
    result = results(
        人员=NATIONS, batch="批次编号 | 名额\nTJ2601 | 2\nTJ2602 | 2", 结构要求=QUOTA + f"{batch} | {quota}"
    )[0]
    assert (listed(result), result.quotas) == (["田富", "田大利"], [])


def test_a_quota_with_a_bound_that_cannot_be_read_is_not_applied_by_halves_and_is_said():
    (result,) = results(人员=NATIONS, 结构要求=QUOTA + "TJ2601 | 民族 | 汉族 | 若干 | 1")
    assert (listed(result), result.quotas) == (["田富", "田大利"], [])
    (said,) = result.trouble
    assert said.endswith(" 的结构要求没有填全或读不出，没有按它审查，请改正后再运行")


def test_not_enough_eligible_candidates():
    requirement = "批次编号 | 条件 | 比较 | 值\nTJ2601 | 民族 | 等于 | 畲族"
    (result,) = results(人员=NATIONS, 资格条件=requirement)
    assert (listed(result), result.trouble) == ([], ["合格的人选只有 1 人，名单要 2 人，还差 1 人"])
    assert notes(result)["田富"] == "民族为汉族，要求为畲族"


def test_why_an_eligible_candidate_is_not_listed_where_there_is_no_list():
    requirement = "批次编号 | 条件 | 比较 | 值\nTJ2601 | 民族 | 等于 | 畲族"
    (result,) = results(人员=NATIONS, 资格条件=requirement)
    assert "要选入" not in notes(result)["王小洪"]


@pytest.mark.parametrize("row", ["年龄 | 不多于 | 四十", "年齢 | 不多于 | 40"])
def test_a_requirement_that_was_not_applied_is_said(row):
    (result,) = results(资格条件=f"批次编号 | 条件 | 比较 | 值\nTJ2601 | {row}")
    assert any("年" in text for text in result.trouble)


def test_a_person_twice_in_a_batch_is_one_candidate_by_her_first_row():
    rows = candidates(90, 80) + "\nTJ2601 | RY0002 | 99 | 不选\nTJ2601 | RY0404 | 99 |\nTJ2602 | RY0003 | 99 |"
    result = results(batch="批次编号 | 名额\nTJ2601 | 2\nTJ2602 | 1", 人选=rows)[0]
    assert [(c.person, c.index, c.pin, c.score, c.selected) for c in result.candidates] == [
        ("RY0001", 0, None, 90, True),
        ("RY0002", 1, None, 80, True),
    ]


@pytest.mark.parametrize(
    ("assessments", "weights", "expected"),
    [
        ((80, 80, 80, 80), WEIGHTS, "王宁 王小洪 田富 田大利"),
        ((80, 80, 80, 90), WEIGHTS, "王小洪 王宁 田富 田大利"),
        ((80, 85, 80, 80), WEIGHTS + "\nTJ2601 | 学时 | 5 | 6", "田大利 王宁 王小洪 田富"),
    ],
    ids=["by strokes", "by score", "by assessment"],
)
def test_equal_scores(assessments, weights, expected):
    """In the last row 田大利 has 85 and 王宁 80 and 5 for her hours."""
    sheets = {"培训活动": "活动编号\nHD0001", "签到": "活动编号 | 人员编号\nHD0001 | RY0003"}
    (result,) = results(
        assessments=assessments, batch="批次编号 | 名额 | 排序口径\nTJ2601 | 4 | 得分", 评分指标=weights, **sheets
    )
    assert " ".join(listed(result)) == expected


def test_equal_scores_are_settled_by_the_assessment_even_where_it_has_no_weight():
    assert TIE_RULE.startswith("得分相同的，先比考察评分")
    (result,) = results(
        seats=1, assessments=(60, 60, 60, 95), 评分指标="批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 学时 | 30 | 40"
    )
    assert listed(result) == ["王小洪"]


def test_people_of_one_name_keep_the_order_of_the_sheet_and_it_is_said():
    """domain.md §3.6 ⑤: 同名同姓由组织部门另定（软件：保持原序并提示）."""
    rows = "批次编号 | 人员编号\nTJ2601 | RY0002\nTJ2601 | RY0001"
    (result,) = results(人员="人员编号 | 姓名 | 出生年月\nRY0001 | 王凯 | 1980.05\nRY0002 | 王凯 | 1981.05", 人选=rows)
    assert [c.person for c in result.selected] == ["RY0002", "RY0001"]
    assert any("王凯" in text for text in result.trouble)


def test_a_character_without_strokes_is_said():
    sheets = {
        "人员": "人员编号 | 姓名 | 出生年月\nRY0001 | 王䶮 | 1980.05\nRY0002 | 王龙 | 1981.05",
        "人选": candidates(90, 80),
    }
    said = "“䶮”不在笔画表里，含有它的姓名排在最后，请在参数“生僻字笔画”里写明排在哪个字后面，再人工核对名单顺序"
    (result,) = results(**sheets)
    assert (listed(result), result.trouble) == (["王龙", "王䶮"], [said])
    (by_score,) = results(batch="批次编号 | 名额 | 排序口径\nTJ2601 | 2 | 得分", **sheets)
    assert (listed(by_score), by_score.trouble) == (["王䶮", "王龙"], [])


TWO_BATCHES = "批次编号 | 名称 | 推荐职务 | 名额\nTJ2601 | 代表推荐 | {} | 2\nTJ2602 | 委员推荐 | {} | 2"
BOTH = "批次编号 | 人员编号\n" + "\n".join(
    f"{b} | RY{n:04d}" for b, people in (("TJ2601", (1, 2)), ("TJ2602", (2, 3))) for n in people
)


def test_one_person_in_two_batches_that_exclude_each_other_is_named_in_both():
    first, second = results(batch=TWO_BATCHES.format("人大代表", "政协委员"), 人选=BOTH)
    assert first.trouble == ["田大利同时列入“委员推荐”，两项职务不得兼任，请在其中一批人工确定“不选”"]
    assert second.trouble == ["田大利同时列入“代表推荐”，两项职务不得兼任，请在其中一批人工确定“不选”"]


@pytest.mark.parametrize("offices", [("人大代表", "妇联执委"), ("人大代表", "人大代表"), ("妇联执委", "妇联常委")])
def test_batches_that_may_share_people(offices):
    assert [r.trouble for r in results(batch=TWO_BATCHES.format(*offices), 人选=BOTH)] == [[], []]


def test_a_candidate_of_two_exclusive_batches_who_is_listed_once_is_no_trouble():
    found = results(
        batch=TWO_BATCHES.format("人大代表", "政协委员"),
        人选=BOTH + "\nTJ2602 | RY0004\nTJ2601 | RY0004",
        联审意见="批次编号 | 人员编号 | 部门 | 意见\nTJ2601 | RY0002 | 公安局 | 不同意\n"
        + "\n".join(f"TJ2601 | RY000{n} | 公安局 | 同意" for n in (1, 4)),
    )
    assert (listed(found[0]), listed(found[1])) == (["王小洪", "田富"], ["王宁", "王小洪"])
    assert [("田大利" in t, "王小洪" in t) for r in found for t in r.trouble] == [(False, True), (False, True)]


def test_a_candidate_who_is_not_eligible_has_a_cell_that_says_so():
    """Two opinions without days contradict each other: what she lacks is told, not what she failed."""
    opinions = "批次编号 | 人员编号 | 部门 | 意见\nTJ2601 | RY0001 | 公安局 | 不同意\nTJ2601 | RY0001 | 公安局 | 同意"
    (result,) = results(seats=1, count=1, assessments=(90,), 联审意见=opinions)
    rows = openpyxl.load_workbook(io.BytesIO(eligibility_report(result, "市妇联")))["资格审查"].iter_rows(
        min_row=4, values_only=True
    )
    (row,) = rows
    assert ("不合格" in row, "不符合" in row) in ((True, True), (True, False))


@pytest.mark.parametrize("command", ["nominate", "check"])
def test_more_or_less_of_a_list_of_choices_does_not_end_the_command(tmp_path, command):
    folder = write_office(
        tmp_path / "妇联",
        推荐批次="批次编号\nTJ2601",
        人员=people(1),
        人选=candidates(90),
        社会组织="组织编号 | 服务领域 | 负责人\nZZ0001 | 为老服务、助残服务 | RY0001",
        资格条件="批次编号 | 条件 | 比较 | 值\nTJ2601 | 服务领域 | 不少于 | 为老服务",
    )
    done = jinguo(folder, "--today", f"{TODAY}", command)
    assert done.returncode == (2 if command == "nominate" else 1), done.stdout + done.stderr
    if command == "nominate":
        (told,) = (line for line in done.stdout.splitlines() if line.startswith("不出："))
        kinds, _, why = told.removeprefix("不出：").partition("。")
        assert kinds.split("、") == [
            f"TJ2601 {kind}" for kind in ("推荐人选登记表", "推荐人选名单", "结构分析", "选择说明", "推荐报告")
        ]
        assert why.startswith("推荐台账.xlsx › 资格条件 › D2 的“服务领域不少于为老服务”读不懂")


def write_office(folder, **sheets):
    """An office whose workbooks hold these small sheets."""
    place = office(folder, demo=False)
    books = {}  # type: ignore[var-annotated]
    for name, rows in ({"单位": OFFICE_ROWS} | sheets).items():
        raw = sheet(name, rows)
        book = books.setdefault(raw.workbook, openpyxl.Workbook())
        target = book.active if book.active.title == "Sheet" else book.create_sheet()
        target.title = name
        for row in raw.rows:
            target.append([v if v != "" else None for v in row])
    for file, book in books.items():
        book.save(place / "workbooks" / file)
    return place


def run(folder, *arguments):
    return jinguo(folder, "--today", f"{TODAY}", "nominate", *arguments)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """An office with a batch of four, two of whom are no Han, and one that cannot be filled; after `nominate`."""
    folder = write_office(
        tmp_path_factory.mktemp("small") / "妇联",
        推荐批次="批次编号 | 名称 | 推荐职务 | 名额 | 届次\nTJ2601 | 第十九届代表<推荐>&人选 | 人大代表 | 3 | 第十九届\nTJ2602 | 委员推荐人选 | 政协委员 | 9 |",
        人员=people(4, 民族=["汉族", "回族", "汉族", "畲族"], 性别=["女", "女", "男", "男"], 身份证号=["330281198005080022", "", "", ""],
                    手机=["13800000001", "13800000002", "", ""], 工作单位及职务=["甲公司<经理>&店长", "", "", ""]),
        人选=candidates(90, 80, 70, 60) + "\nTJ2602 | RY0001 | 50 |",
        评分指标=WEIGHTS + "\nTJ2602 | 考察评分 | 100 | 100",
        资格条件="批次编号 | 条件 | 比较 | 值 | 性质 | 加分\nTJ2601 | 民族 | 不等于 | 汉族 | 优先 | 2\nTJ2601 | 学历 | 不少于 | 大专 | 优先 | 5\nTJ2601 | 户籍地 | 为空 | | 必备 |\nTJ2602 | 年龄 | 不多于 | 60 | 必备 |",
        结构要求=QUOTA + "TJ2601 | 民族 | 畲族 | 1 | 50%",
        联审意见="批次编号 | 人员编号 | 部门 | 意见\nTJ2601 | RY0003 | 公安局 | 待复\n" + "\n".join(f"TJ2601 | RY000{n} | 公安局 | 同意" for n in (1, 2, 4)),
    )  # fmt: skip
    return folder, run(folder, "--json", str(folder / "n.json"))


def test_a_batch_without_a_list_ends_with_1_and_says_why(small):
    _, done = small
    assert done.returncode == 1, done.stdout + done.stderr
    assert "TJ2601 第十九届代表<推荐>&人选：人选 4 人，合格 3 人，名单 3 人（应 3 人，以姓名笔画为序）" in done.stdout
    assert "    王小洪、田大利、田富" in done.stdout
    assert "注意：合格的人选只有 1 人，名单要 9 人，还差 8 人" in done.stdout
    assert done.stdout.splitlines()[-1] == "下一步：按上面的“注意”调整人选、名额或结构要求，再运行一次。"


def test_what_is_written_for_each_batch(small):
    """The second batch has no list: nothing that would name one."""
    folder = small[0] / "output" / "推荐"
    written = {str(p.relative_to(folder)) for p in folder.rglob("*.*")}
    assert {name for name in written if name.startswith("TJ2601") and "/征求意见/" not in name and "/登记表/" not in name} == {
        f"TJ2601 人大代表/{name}" for name in (
            "第十九届代表〈推荐〉&人选 资格审查表.xlsx", "第十九届代表〈推荐〉&人选名单.docx", "第十九届代表〈推荐〉&人选结构分析.docx",
            "第十九届代表〈推荐〉&人选选择说明.docx", "关于推荐第十九届代表〈推荐〉&人选的报告.docx",
        )
    }  # fmt: skip
    assert {name for name in written if name.startswith("TJ2602") and "/征求意见/" not in name} == {
        "TJ2602 政协委员/委员推荐人选 资格审查表.xlsx", "TJ2602 政协委员/委员推荐人选选择说明.docx",
    }  # fmt: skip
    assert sum("/登记表/" in name for name in written) == 3


def test_the_word_list_of_the_small_batch(small):
    text = docx_text(small[0] / "output/推荐/TJ2601 人大代表/第十九届代表〈推荐〉&人选名单.docx")
    assert text[0].replace("\n", "") == "第十九届代表<推荐>&人选名单"
    assert text[1] == "（3名，以姓名笔画为序）"
    assert [t for t in text if "（女" in t or t.endswith("族）")] == [
        "王小洪（畲族）",
        "田大利（女，回族）",
        "田\u3000富（女）",
    ]
    start = text.index("1")
    assert text[start : start + 9] == ["1", "王小洪", "男", "畲族", "1980.05", "", "", "", "市妇联"]
    assert text[start + 18 : start + 27] == [
        "3",
        "田\u3000富",
        "女",
        "汉族",
        "1980.05",
        "",
        "",
        "甲公司<经理>&店长",
        "市妇联",
    ]
    assert text[-1] == "2026年10月15日"


def test_the_review_sheet_of_the_small_batch(small):
    rows = workbook_rows(small[0] / "output/推荐/TJ2601 人大代表/第十九届代表〈推荐〉&人选 资格审查表.xlsx", "资格审查")
    assert rows[0][0] == "第十九届代表<推荐>&人选资格审查表"
    assert rows[1][0] == "排序：姓名笔画。缺材料不算符合。共 4 人，合格 3 人，入选 3 人。"
    header = ["序号", "姓名", "人员编号", "资格", "结果", "年满 18 周岁", "没有不得兼任的社会职务"]
    own = ["优先：民族不等于汉族", "优先：学历不少于大专", "户籍地为空"]
    assert rows[2][:7] == header
    assert sorted(rows[2][7:-1]) == sorted([*own, "联审：公安局", "没有同时担任其他地区的人大代表"])
    assert rows[2][-1] == "说明"
    shown = [
        [row[1], row[3], row[4] or ""] + [row[rows[2].index(h)] for h in ["联审：公安局", *own]] + [row[-1]]
        for row in rows[3:]
    ]
    assert shown == [
        ["王小洪", "合格", "入选", "符合", "加 2 分", "不加分", "符合", "得分第 3 名，在名单人数以内"],
        ["王宁", "不合格", "", "缺材料", "不加分", "不加分", "符合", "公安局的意见是“待复”"],
        ["田大利", "合格", "入选", "符合", "加 2 分", "不加分", "符合", "得分第 2 名，在名单人数以内"],
        ["田富", "合格", "入选", "符合", "不加分", "不加分", "符合", "得分第 1 名，在名单人数以内"],
    ]


def test_the_points_and_quota_sheets_of_the_small_batch(small):
    path = small[0] / "output/推荐/TJ2601 人大代表/第十九届代表〈推荐〉&人选 资格审查表.xlsx"
    points = workbook_rows(path, "得分")
    assert points[2] == ["名次", "姓名", "考察评分（原值）", "考察评分（得分）", "优先加分", "总分", "结果"]
    assert [row[:6] for row in points[3:]] == [
        [1, "田富", 90, 90, 0, 90],
        [2, "田大利", 80, 80, 2, 82],
        [3, "王小洪", 60, 60, 2, 62],
        ["—", "王宁", 70, 70, 0, 70],
    ]
    assert points[1][0].endswith(f"{TIE_RULE}。")
    quotas = workbook_rows(path, "结构要求")
    assert quotas[1][0] == "名单 3 人。百分比按名单人数折算：最少的进位，最多的舍去。"
    assert quotas[3:] == [["民族：畲族", 1, 1, 1, "符合"]]


def test_the_trouble_stands_in_the_review_workbook_too(small):
    quotas = workbook_rows(small[0] / "output/推荐/TJ2602 政协委员/委员推荐人选 资格审查表.xlsx", "结构要求")
    assert [[row[0], row[4]] for row in quotas[3:]] == [
        ["注意", "合格的人选只有 1 人，名单要 9 人，还差 8 人"],
    ]


def test_the_json_of_the_small_batch(small):
    found = json.loads((small[0] / "n.json").read_text("utf-8"))
    assert {k: v for k, v in found[0].items() if k != "candidates"} == {
        "batch": "TJ2601",
        "name": "第十九届代表<推荐>&人选",
        "size": 3,
        "order": "姓名笔画",
        "trouble": [],
        "gaps": [],
        "remarks": [],
        "hints": [],
        "quotas": [{"quota": "民族：畲族", "least": 1, "most": 1, "achieved": 1, "met": True}],
    }
    assert found[0]["candidates"][:2] == [
        {
            "person": "RY0004",
            "name": "王小洪",
            "eligible": True,
            "reasons": ["得分第 3 名，在名单人数以内"],
            "score": 62.0,
            "rank": 3,
            "selected": True,
        },
        {
            "person": "RY0003",
            "name": "王宁",
            "eligible": False,
            "reasons": ["公安局的意见是“待复”"],
            "score": 70.0,
            "rank": None,
            "selected": False,
        },
    ]
    assert [(c["name"], c["score"]) for c in found[0]["candidates"][2:]] == [("田大利", 82.0), ("田富", 90.0)]


def test_people_who_may_not_be_in_a_public_list_have_no_number_or_phone_anywhere(small):
    for path in (small[0] / "output" / "推荐").rglob("*.*"):
        with zipfile.ZipFile(path) as package:
            whole = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "ignore")
        assert re.findall(r"330281198005080022|1380000000[12]", whole) == [], path.name


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo office after `nominate --json`."""
    folder = office(tmp_path_factory.mktemp("demo") / "余姚 妇联")
    done = jinguo(folder, "nominate", "--json", str(folder / "n.json"))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, json.loads((folder / "n.json").read_text("utf-8")), done


def test_the_shape_of_the_demo_s_json(demo):
    found = demo[1]
    assert [(b["batch"], b["size"], b["order"], b["trouble"], len(b["candidates"])) for b in found] == [
        ("TJ2601", 3, "姓名笔画", [], 16),
        ("TJ2602", 5, "姓氏笔画", [], 17),
        ("TJ2603", 14, "姓氏笔画", [], 29),
    ]
    for b in found:
        assert [set(c) for c in b["candidates"]] == [
            {"person", "name", "eligible", "reasons", "score", "rank", "selected"}
        ] * len(b["candidates"])
        assert sum(c["selected"] for c in b["candidates"]) == b["size"]
        assert [c["name"] for c in b["candidates"] if c["selected"] and not c["eligible"]] == []
        assert [c["name"] for c in b["candidates"] if not c["eligible"] and not c["reasons"]] == []
        assert [q["quota"] for q in b["quotas"] if not q["met"]] == []
        ranked = sorted((c for c in b["candidates"] if c["rank"]), key=lambda c: c["rank"])
        assert [c["rank"] for c in ranked] == list(range(1, len(ranked) + 1))
        assert [c["score"] for c in ranked] == sorted((c["score"] for c in ranked), reverse=True)


def test_the_names_of_the_demo_in_their_order(demo):
    names = {b["batch"]: [c["name"] for c in b["candidates"] if c["selected"]] for b in demo[1]}
    assert names["TJ2602"] == ["岑佩芬", "章珊珊", "蒋倩", "谢菊芬", "潘红霞"]
    assert names["TJ2601"] == ["杜菊芬", "陈国英", "黎月娥"]
    all_names = [c["name"] for c in demo[1][0]["candidates"]]
    assert all_names == [
        "于云霞",
        "马佳琪",
        "吕国英",
        "任红霞",
        "孙婷",
        "杜菊芬",
        "杨爱娣",
        "阿依古丽·买买提",
        "陈国英",
        "郝凤仙",
        "姚晨",
        "高丹",
        "程银萍",
        "谢文娟",
        "熊冬梅",
        "黎月娥",
    ]


def test_the_reasons_of_the_demo(demo):
    reasons = {(b["batch"], c["name"]): c["reasons"] for b in demo[1] for c in b["candidates"]}
    assert reasons["TJ2601", "姚晨"][0] == "余姚市税务局的意见是“待复”"
    assert reasons["TJ2601", "谢文娟"] == ["现任政协委员，不得同时担任人大代表"]
    assert reasons["TJ2602", "姜秋月"] == ["现任人大代表，不得同时担任政协委员"]
    assert reasons["TJ2603", "徐晓红"] == ["性别为男，要求为女"]
    assert reasons["TJ2603", "孙婷"] == ["人工确定入选，得分第 9 名，不作这一确定，名单总分也不变"]


def test_a_score_of_the_demo_by_hand(demo):
    """杜菊芬: 36 of 40 hours × 30, all events × 10, 初级 ⅓ × 10, 547 of 554 services × 20, 93.5 % × 30, bonus 2 and 1."""
    best = next(c for c in demo[1][0]["candidates"] if c["name"] == "杜菊芬")
    assert best["score"] == pytest.approx(27 + 10 + 3.33 + 19.75 + 28.05 + 3, abs=1e-9)
    rows = workbook_rows(next((demo[0] / "output").rglob("TJ2601*/*.xlsx")), "得分")
    assert rows[3] == [1, "杜菊芬", 36, 27, 100, 10, 1, 3.33, 547, 19.75, 93.5, 28.05, 3, 91.13, "入选"]


@pytest.mark.parametrize(("name", "wrong"), [("资格审查", "2.0 分"), ("得分", "满分值 40.0 得 30.0 分")])
def test_bonus_and_weights_are_shown_as_people_write_them(demo, name, wrong):
    rows = workbook_rows(next((demo[0] / "output").rglob("TJ2601*/*.xlsx")), name)
    assert wrong not in " ".join(str(v) for row in rows for v in row)


def _word_names(folder, number):
    text = docx_text(next((folder / "output").rglob(f"{number}*/*名单.docx")))
    return text, [t for t in text[: text.index("推荐人选基本情况")] if "女" in t]


def test_the_word_lists_of_the_demo_read_back(demo):
    text, names = _word_names(demo[0], "TJ2603")
    assert text[0].replace("\n", "") == "余姚市妇联第十七届执行委员会委员推荐人选名单"
    assert text[1] == "（14名，以姓氏笔画为序）"
    assert names == ["上官文静（女）", "马佳琪（女）", "孙\u3000婷（女）", "杨红霞（女，畲族）", "杨桂花（女）", "沈晓红（女，回族）", "陆慧芳（女）", "郝凤仙（女）",
                     "姜晓红（女）", "高桂花（女）", "章锦绣（女，土家族）", "程银萍（女）", "谢文娟（女）", "黎月娥（女）"]  # fmt: skip
    assert _word_names(demo[0], "TJ2601")[0][1] == "（3名，以姓名笔画为序）"
    assert _word_names(demo[0], "TJ2602")[1] == [
        "岑佩芬（女）",
        "章珊珊（女）",
        "蒋\u3000倩（女）",
        "谢菊芬（女）",
        "潘红霞（女）",
    ]


def test_word_excel_and_json_name_the_same_people(demo):
    for b in demo[1]:
        selected = [c["name"] for c in b["candidates"] if c["selected"]]
        _, names = _word_names(demo[0], b["batch"])
        rows = workbook_rows(next((demo[0] / "output").rglob(f"{b['batch']}*/*.xlsx")), "资格审查")[3:]
        assert [re.sub(r"（.*|\u3000", "", n) for n in names] == selected
        assert [row[1] for row in rows] == [c["name"] for c in b["candidates"]]
        assert [row[1] for row in rows if row[4] == "入选"] == selected
        assert [row[1] for row in rows if row[3] == "合格"] == [c["name"] for c in b["candidates"] if c["eligible"]]


def test_no_identity_number_and_no_phone_in_any_part_of_any_file(demo):
    cells = workbook_rows(demo[0] / "workbooks" / "人员台账.xlsx", "人员")
    secret = {str(row[cells[0].index(h)]) for row in cells[1:] for h in ("身份证号", "手机")} - {"None"}
    assert len(secret) > 200
    files = [p for p in (demo[0] / "output" / "推荐").rglob("*") if p.is_file()]
    assert len(files) == 49
    for path in files:
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode("utf-8", "ignore") for name in package.namelist()]
        joined = [re.sub(r"<[^>]*>", "", part) for part in parts]
        assert [s for s in secret if any(s in part for part in joined)] == [], path.name
        apart = " ".join(re.sub(r"<[^>]*>", " ", part) for part in parts)
        assert re.findall(r"(?<![\d.])(?:\d{17}[\dX]|1[3-9]\d{9})(?!\d)", apart) == [], path.name


def test_the_last_line_says_what_to_do_next(demo):
    last = demo[2].stdout.splitlines()[-1]
    assert last.startswith("下一步：打开 ")
    assert last.endswith("核对名单和资格审查表；要改由单位决定的，在 推荐台账.xlsx › 人选 的“人工确定”里填。")


def test_one_batch_by_its_number_in_small_letters(tmp_path):
    folder = office(tmp_path / "妇联")
    done = run(folder, "tj2602", "--json", str(tmp_path / "n.json"))
    assert done.returncode == 0
    assert [b["batch"] for b in json.loads((tmp_path / "n.json").read_text("utf-8"))] == ["TJ2602"]
    assert [p.name for p in (folder / "output" / "推荐").iterdir()] == ["TJ2602 政协委员"]


def test_a_batch_that_is_not_there(tmp_path):
    folder = office(tmp_path / "妇联")
    done = run(folder, "TJ2699")
    assert done.returncode == 2
    said = done.stdout + done.stderr
    assert "没有批次“TJ2699”" in said
    assert "现有批次：TJ2601、TJ2602、TJ2603。" in said
    assert not (folder / "output" / "推荐").exists()


def test_no_batches_at_all(tmp_path):
    folder = write_office(tmp_path / "妇联", 人员=people(1))
    done = run(folder)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "台账里没有推荐批次。下一步：在 推荐台账.xlsx › 推荐批次 里写一行。",
    )


def test_a_batch_that_cannot_be_worked_out_is_named(tmp_path):
    folder = write_office(
        tmp_path / "妇联", 人员=people(1), 推荐批次="批次编号 | 截止日期\nTJ2601 | 十一月底", 人选=candidates(90)
    )
    done = run(folder)
    assert "台账里没有推荐批次" not in done.stdout
    assert "推荐台账.xlsx › 推荐批次 › A2 TJ2601 的截止日期没有填或读不出，没有生成" in done.stdout
    assert done.returncode == 2


def test_a_pin_in_the_workbook_changes_the_list(tmp_path):
    folder = office(tmp_path / "妇联")
    book = folder / "workbooks" / "推荐台账.xlsx"
    rows = workbook_rows(book, "人选")
    row = next(n for n, r in enumerate(rows, 1) if r[:2] == ["TJ2602", "RY0073"])
    column = find_cell(book, "人选", "人工确定", "TJ2602").rstrip("0123456789")
    change_cell(book, "人选", f"{column}{row}", "不选")
    done = run(folder, "TJ2602", "--json", str(tmp_path / "n.json"))
    assert done.returncode == 0, done.stdout
    (batch,) = json.loads((tmp_path / "n.json").read_text("utf-8"))
    pinned = next(c for c in batch["candidates"] if c["person"] == "RY0073")
    assert (pinned["selected"], pinned["rank"], pinned["eligible"], pinned["reasons"]) == (
        False,
        None,
        True,
        ["人工确定不选；如果可选，名单总分可高 15.51 分"],
    )
    assert sum(c["selected"] for c in batch["candidates"]) == 5
    assert "章珊珊（女）" not in _word_names(folder, "TJ2602")[1]


@pytest.mark.parametrize(
    "numbers",
    [(), pytest.param(("TJ2602",))],
    ids=["all", "one named"],
)
def test_a_list_that_no_longer_holds_is_not_left_lying_there(tmp_path, numbers):
    folder = office(tmp_path / "妇联")
    assert run(folder, *numbers).returncode == 0
    book = folder / "workbooks" / "推荐台账.xlsx"
    change_cell(book, "推荐批次", find_cell(book, "推荐批次", "名额", "TJ2602"), 99)
    assert run(folder, *numbers).returncode == 1
    written = {p.name for p in (folder / "output" / "推荐").rglob("TJ2602*/*") if p.is_file()}
    assert written == {
        "政协余姚市第十五届委员会委员推荐人选 资格审查表.xlsx",
        "政协余姚市第十五届委员会委员推荐人选选择说明.docx",
    }
    assert not list((folder / "output" / "推荐").rglob("TJ2602*/登记表/*"))
