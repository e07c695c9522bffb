"""Which notices fall due and what they say: days, places, schedule, number, the message for the group."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.errors import JinguoError
from jinguo.documents.opening import open_template
from jinguo.documents.register import DOCUMENTS, DUE_KINDS
from jinguo.documents.training_notice import (
    allocate_places,
    due_notices,
    group_message,
    notice_context,
    notice_title,
    read_schedule,
)
from jinguo.registry.tables import Registry
from tests.helpers import (
    ROOT,
    TODAY,
    Drawn,
    change_cell,
    check_json,
    docx_text,
    examples,
    find_cell,
    has_chinese,
    jinguo,
    office,
    registry,
    template_of,
)

OFFICE = """
项目 | 内容
单位名称 | 余姚市妇女联合会
发文机关标志 | 余姚市妇女联合会文件
发文机关代字 | 余妇
联系人 | 陈晓
电话 | 0574-62700001
邮箱 | fulian@example.org
是否用印 | 是
"""
TOWNSHIPS = """
镇街 | 类别
阳明街道 | 街道
泗门镇 | 镇
鹿亭乡 | 乡
"""
ORGANISATIONS = """
组织编号 | 所属镇街 | 层级 | 登记状态
ZZ0001 | 泗门镇 | 核心层 | 未登记
ZZ0002 | 阳明街道 | 核心层 | 未登记
ZZ0003 | 阳明街道 | 紧密层 | 未登记
ZZ0004 | 阳明街道 | 大众层 | 未登记
ZZ0005 | 泗门镇 | 大众层 | 未登记
ZZ0006 | 鹿亭乡 | 核心层 | 已注销
"""


def events(text: Drawn, today: datetime.date = TODAY, **more: str) -> Registry:
    sheets = {"单位": OFFICE, "镇街": TOWNSHIPS, "社会组织": ORGANISATIONS, "培训活动": text} | more
    return registry(today, **sheets)


def context(text: Drawn, **more: str) -> dict:
    reg = events(text, **more)  # type: ignore[arg-type]
    return notice_context(reg, due_notices(reg)[0], "余妇〔2026〕6号")


def rendered(reg: Registry, tmp_path) -> list[str]:
    values = notice_context(reg, due_notices(reg)[0], "余妇〔2026〕6号")
    path = tmp_path / "培训通知.docx"
    path.write_bytes(template_of("培训通知", reg).render(values))
    return docx_text(path)


# Falling due


DAYS = """
活动编号 | 活动名称 | 开始时间
HD0001 | 昨天 | 2026-10-14 09:00
HD0002 | 今天 | 2026-10-15 08:00
HD0003 | 十五天 | 2026-10-30 23:00
HD0004 | 十六天 | 2026-10-31 00:30
HD0005 | 明天 | 2026-10-16 14:00
"""


def test_due_from_today_to_the_last_day_the_soonest_first():
    assert [(n.number, n.why) for n in due_notices(events(DAYS))] == [
        ("HD0002", "2026年10月15日举办，还有 0 天（15 天内要发通知）"),
        ("HD0005", "2026年10月16日举办，还有 1 天（15 天内要发通知）"),
        ("HD0003", "2026年10月30日举办，还有 15 天（15 天内要发通知）"),
    ]


@pytest.mark.parametrize(
    ("days", "due"),
    [("1", ["HD0002", "HD0005"]), ("14", ["HD0002", "HD0005"]), ("16", ["HD0002", "HD0005", "HD0003", "HD0004"])],
)
def test_the_office_sets_how_many_days_ahead(days, due):
    assert [n.number for n in due_notices(events(DAYS, 参数=f"参数 | 值\n通知提前天数 | {days}"))] == due


@pytest.mark.parametrize(("today", "due"), [("2026-10-16", 3), ("2026-10-30", 2), ("2026-10-31", 1), ("2026-11-01", 0)])
def test_the_day_decides(today, due):
    assert len(due_notices(events(DAYS, datetime.date.fromisoformat(today)))) == due


def test_a_row_that_cannot_be_read_gives_no_notice():
    """Its findings tell what is missing: number, name, time."""
    text = """
    活动编号 | 活动名称 | 开始时间
    | 没有编号 | 2026-10-20 09:00
    HD0002 | | 2026-10-20 09:00
    HD0003 | 没有时间 |
    HD0004 | 时间写错 | 2026-13-20 09:00
    HD0005 | 好的 | 2026-10-20 09:00
    """
    assert [n.number for n in due_notices(events(text))] == ["HD0005"]


def test_at_the_same_hour_the_number_decides_the_order():
    text = "活动编号 | 开始时间\nHD0009 | 2026-10-20 09:00\nHD0002 | 2026-10-20 09:00"
    assert [n.number for n in due_notices(events(text))] == ["HD0002", "HD0009"]


@pytest.mark.parametrize(
    ("kind", "name", "title"),
    [
        ("业务培训", "财务培训班", "余姚市妇女联合会关于举办财务培训班的通知"),
        ("外出参观学习", "赴慈溪市参观学习", "余姚市妇女联合会关于组织赴慈溪市参观学习的通知"),
    ],
)
def test_the_title_names_the_office_and_the_event(kind, name, title):
    reg = events(f"活动编号 | 活动名称 | 类型 | 开始时间\nHD0001 | {name} | {kind} | 2026-10-20 09:00")
    assert notice_title(reg, 0) == due_notices(reg)[0].title == title


# Places


@pytest.mark.parametrize(
    ("tiers", "places", "allocation"),
    [
        # Five organisations, three of them in 阳明街道: 40 are 24 and 16.
        ((), 40, [("阳明街道", 3, 24), ("泗门镇", 2, 16)]),
        # 7 × 3/5 = 4.2 and 7 × 2/5 = 2.8: the place left goes to the larger remainder.
        ((), 7, [("阳明街道", 3, 4), ("泗门镇", 2, 3)]),
        # A tie of 0.5 and 0.5 goes by the order of the townships in 设置.xlsx.
        (("核心层",), 1, [("阳明街道", 1, 1), ("泗门镇", 1, 0)]),
        (("核心层", "紧密层"), 30, [("阳明街道", 2, 20), ("泗门镇", 1, 10)]),
        (("紧密层",), 5, [("阳明街道", 1, 5)]),
        ((), 0, [("阳明街道", 3, 0), ("泗门镇", 2, 0)]),
    ],
)
def test_places_by_the_organisations_of_each_township(tiers, places, allocation):
    assert allocate_places(events("活动编号\nHD0001"), places, tiers) == allocation


def test_no_organisations_no_allocation():
    assert allocate_places(registry(单位=OFFICE, 镇街=TOWNSHIPS), 40, ()) == []


@given(st.lists(st.sampled_from(["阳明街道", "泗门镇", "鹿亭乡"]), min_size=1, max_size=12), st.integers(0, 500))
@settings(max_examples=examples(60), deadline=None)
def test_the_places_add_up_and_nobody_is_off_by_one(townships, places):
    rows = "组织编号 | 所属镇街\n" + "".join(f"ZZ{n:04d} | {t}\n" for n, t in enumerate(townships, 1))
    allocation = allocate_places(registry(镇街=TOWNSHIPS, 社会组织=rows), places, ())
    assert sum(share for _, _, share in allocation) == places
    assert {t: n for t, n, _ in allocation} == {t: townships.count(t) for t in townships}
    assert all(abs(share * len(townships) - places * n) < len(townships) for _, n, share in allocation)


# The schedule


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("09:00-10:30 政策解读 张老师", ("9:00—10:30", "政策解读", "张老师")),
        ("09:00～10:30　政策解读　张老师", ("9:00—10:30", "政策解读", "张老师")),
        ("9：00－10：30 | 政策解读 | 张老师", ("9：00—10：30", "政策解读", "张老师")),
        ("14:00 开班仪式", ("14:00", "开班仪式", "")),
        ("13:30-15:00 项目申报 与 修改 青竹社工", ("13:30—15:00", "项目申报 与 修改", "青竹社工")),
        ("报到", ("报到", "", "")),
        pytest.param(
            "9:00 - 10:30 政策解读 张老师",
            ("9:00—10:30", "政策解读", "张老师"),
        ),
        pytest.param(
            "上午 9:00-10:30 政策解读 张老师",
            ("上午9:00—10:30", "政策解读", "张老师"),
        ),
    ],
)
def test_a_line_of_the_schedule(line, row):
    assert [tuple(r.values()) for r in read_schedule(line)] == [row]


def test_a_schedule_has_a_row_a_line_and_none_for_blank_ones():
    rows = read_schedule("09:00 开班\n\n   \n10:00 讲课 王老师\r\n")
    assert [r["时间"] for r in rows] == ["9:00", "10:00"]
    assert read_schedule(None) == read_schedule("") == []


@given(st.text(max_size=60))
@settings(max_examples=examples(60), deadline=None)
def test_any_schedule_is_read(text):
    for row in read_schedule(text):
        assert list(row) == ["时间", "内容", "主讲"] and row["时间"]


# What the notice says


FULL = [
    ["活动编号", "活动名称", "类型", "开始时间", "结束时间", "地点", "学时", "名额", "报名截止", "面向层级", "日程", "联系人", "联系电话", "食宿安排"],
    ["HD0001", "财务培训班", "业务培训", "2026-10-22 09:00", "2026-10-22 16:30", "三楼会议室", 6, 30, "2026-10-19", "核心层、紧密层", "9:00-10:30 政策解读 市民政局", "李晓", "0574-62700009", "午餐自理"],
]  # fmt: skip


def test_the_whole_notice(tmp_path):
    assert [line for line in rendered(events(FULL), tmp_path) if line.strip()][:46] == [
        "余姚市妇女联合会文件",
        "余妇〔2026〕6号",
        "余姚市妇女联合会关于举办财务培训班的通知",
        "各乡镇（街道）妇联，各有关女性社会组织：",
        "为提升女性社会组织负责人的业务能力和管理水平，经研究，决定举办财务培训班。现将有关事项通知如下：",
        "一、时间和地点",
        "时间：2026年10月22日（星期四）9:00—16:30。",
        "地点：三楼会议室。",
        "二、参加人员",
        "核心层、紧密层女性社会组织负责人和工作人员，共30名，名额分配见附件1。",
        "三、内容安排",
        "本次活动计6学时，日程安排如下：",
        "时间", "内容", "主讲（主持）",
        "9:00—10:30", "政策解读", "市民政局",
        "四、报名方式",
        "请各单位确定参加人员，于2026年10月19日前将报名回执（见附件2）发至fulian@example.org。",
        "联系人：李晓；联系电话：0574-62700009。",
        "附件：1.财务培训班名额分配表",
        "\u3000\u3000\u30002.财务培训班报名回执",
        "余姚市妇女联合会",
        "2026年10月15日",
        "附件1",
        "财务培训班名额分配表",
        "序号", "镇街", "面向的组织（家）", "名额（人）",
        "1", "阳明街道", "2", "20",
        "2", "泗门镇", "1", "10",
        "合计", "3", "30",
        "附件2",
        "财务培训班报名回执",
        "填报单位：",
        "序号",
    ]  # fmt: skip


def test_what_the_event_leaves_open_comes_from_the_office():
    values = context("活动编号 | 活动名称 | 开始时间\nHD0001 | 培训班 | 2026-10-22 09:00")
    assert {k: values[k] for k in ("联系人", "联系电话", "回执邮箱", "参加人员", "日程", "时间")} == {
        "联系人": "陈晓",
        "联系电话": "0574-62700001",
        "回执邮箱": "fulian@example.org",
        "参加人员": "各女性社会组织负责人和工作人员",
        "日程": [],
        "时间": "2026年10月22日（星期四）9:00",
    }


def test_every_value_is_words():
    """Nothing reaches a template as None, a number or a date."""

    def texts(value):
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
            if isinstance(item, dict | list):
                yield from texts(item)
            else:
                yield item

    found = list(texts(context(FULL)))
    assert len(found) >= 40 and all(isinstance(text, str) for text in found)


def test_a_column_of_the_office_s_own_can_be_placed_in_the_template(tmp_path):
    import docx

    folder = office(tmp_path / "office", demo=False)
    path = folder / "templates" / "培训通知.docx"
    document = docx.Document(str(path))
    document.paragraphs[0].add_run("{{ 食宿安排 }}")
    document.save(str(path))
    reg = events(FULL)
    values = notice_context(reg, due_notices(reg)[0], "余妇〔2026〕6号")
    path.write_bytes(template_of("培训通知", reg, folder=folder / "templates").render(values))
    assert docx_text(path)[0] == "余姚市妇女联合会文件午餐自理"


def test_a_date_in_a_column_of_the_office_s_own_is_words_too():
    rows = [
        ["活动编号", "活动名称", "开始时间", "集合日期"],
        ["HD0001", "培训班", "2026-10-22 09:00", datetime.date(2026, 10, 20)],
    ]
    assert context(rows)["集合日期"] == "2026年10月20日"


def test_without_a_schedule_it_follows_later(tmp_path):
    lines = rendered(events("活动编号 | 活动名称 | 开始时间\nHD0001 | 培训班 | 2026-10-22 09:00"), tmp_path)
    assert "本次活动计6学时，具体日程另行通知。" in lines
    assert "主讲（主持）" not in lines


def test_without_a_deadline_the_sentence_is_still_good(tmp_path):
    text = "\n".join(rendered(events("活动编号 | 活动名称 | 开始时间\nHD0001 | 培训班 | 2026-10-22 09:00"), tmp_path))
    assert "报名回执" in text
    assert not re.search("前三天前", text)


def test_without_places_there_is_no_table_of_zeros(tmp_path):
    lines = rendered(events("活动编号 | 活动名称 | 开始时间\nHD0001 | 培训班 | 2026-10-22 09:00"), tmp_path)
    assert "培训班报名回执" in lines
    assert "0" not in lines


@pytest.mark.parametrize(
    "nasty", ["A&B公司", "成绩<60分", "“三八”", 'a"b', "it's", "{{ 标题 }}", "{% if x %}", "100%", "[/x]"]
)
def test_what_a_cell_holds_is_text_and_nothing_else(nasty, tmp_path):
    rows = [["活动编号", "活动名称", "开始时间", "地点"], ["HD0001", f"{nasty}培训班", "2026-10-22 09:00", nasty]]
    lines = rendered(events(rows), tmp_path)
    assert f"地点：{nasty}。" in lines
    assert any(f"决定举办{nasty}培训班。" in line for line in lines)


# The message for the group


def test_the_message_for_the_group():
    reg = events(FULL)
    assert group_message(reg, due_notices(reg)[0]) == (
        "【通知】举办财务培训班\n时间：2026年10月22日（星期四）9:00—16:30\n地点：三楼会议室\n学时：6\n"
        "请于2026年10月19日前把报名回执发到余姚市妇女联合会邮箱。\n详见正式通知。"
    )


def test_the_message_without_a_deadline():
    reg = events("活动编号 | 活动名称 | 类型 | 开始时间\nHD0001 | 赴慈溪参观 | 外出参观学习 | 2026-10-22 09:00")
    assert group_message(reg, due_notices(reg)[0]).splitlines() == [
        "【通知】组织赴慈溪参观",
        "时间：2026年10月22日（星期四）9:00",
        "地点：会议室",
        "学时：6",
        "详见正式通知。",
    ]


@pytest.mark.parametrize("length", [10, 200, 250, 299, 300, 5000])
def test_the_message_stays_under_300_characters(length):
    rows = [["活动编号", "活动名称", "开始时间"], ["HD0001", "培" * length, "2026-10-22 09:00"]]
    reg = events(rows)
    message = group_message(reg, due_notices(reg)[0])
    assert len(message) < 300
    assert message.startswith("【通知】举办培")


def test_the_message_names_nobody():
    reg = events(
        "活动编号 | 开始时间 | 主讲人 | 联系人 | 联系电话\nHD0001 | 2026-10-22 09:00 | 王老师 | 李晓 | 13800001111"
    )
    message = group_message(reg, due_notices(reg)[0])
    assert not re.search(r"王老师|李晓|陈晓|\d{7,}", message)


def test_a_mobile_number_typed_into_the_place_stays_out_of_the_message():
    reg = events("活动编号 | 开始时间 | 地点\nHD0001 | 2026-10-22 09:00 | 阳明街道会议室（联系13800001111）")
    message = group_message(reg, due_notices(reg)[0])
    assert "阳明街道会议室" in message
    assert not re.search(r"1[3-9]\d{9}", message)


# The register of documents


def test_every_document_has_its_template():
    assert {"培训通知": "培训通知.docx", "年检提醒函": "年检提醒函.docx"}.items() <= {
        d.kind: d.template for d in DOCUMENTS.values()
    }.items()
    assert all((ROOT / "templates" / d.template).is_file() and has_chinese(d.readers) for d in DOCUMENTS.values())


def test_a_template_that_is_not_there(tmp_path):
    with pytest.raises(JinguoError) as caught:
        open_template("培训通知", tmp_path, registry())
    assert (
        caught.value.paragraph()
        == "templates › 培训通知.docx：模板不见了\n请这样做：运行 jinguo lint --restore 培训通知，恢复原来的模板。"
    )


# The command


def test_the_demo_s_notices(generated):
    folder = generated / "output" / "通知"
    names = ["2026-10-22 女性社会组织规范化建设专题培训班 培训通知", "2026-10-28 “家门口的公益”主题沙龙 培训通知"]
    assert sorted(p.name for p in folder.iterdir() if "培训通知" in p.name) == sorted(
        [*(f"{n}.docx" for n in names), *(f"{n} 群消息.txt" for n in names)]
    )
    assert [docx_text(folder / f"{n}.docx")[3] for n in names] == ["余妇〔2026〕6号", "余妇〔2026〕7号"]
    for name in names:
        data = (folder / f"{name} 群消息.txt").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n") == 5
        assert len(data.decode("utf-8-sig")) < 300


@pytest.fixture(scope="module")
def workplace(tmp_path_factory):
    return office(tmp_path_factory.mktemp("notices") / "office")


def test_the_command_says_what_is_due_and_why(workplace):
    done = jinguo(workplace, "notices", "培训通知")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == [
        "到期：余姚市妇女联合会关于举办女性社会组织规范化建设专题培训班的通知",
        "    HD0018，余妇〔2026〕6号，2026年10月22日举办，还有 7 天（15 天内要发通知）",
    ]
    assert done.stdout.splitlines()[-1].startswith("下一步：")


def test_the_day_given_on_the_command_line_is_the_day(workplace):
    done = jinguo(workplace, "--today", "2026-11-04", "notices", "培训通知")
    assert [line for line in done.stdout.splitlines() if "到期" in line] == [
        "到期：余姚市妇女联合会关于组织赴慈溪市女性社会组织参观学习的通知"
    ]


def test_nothing_due_is_said_with_a_next_step(workplace):
    done = jinguo(workplace, "--today", "2026-12-01", "--output", str(workplace / "later"), "notices", "培训通知")
    assert done.returncode == 0
    assert done.stdout == "没有符合所写条件的到期通知。去掉条件可以看到全部到期的。\n"


def test_an_unknown_kind_is_told_with_the_known_ones(workplace):
    done = jinguo(workplace, "notices", "催款函")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"【不能继续】没有“催款函”这种通知\n请这样做：可以写的种类：{'、'.join(DUE_KINDS)}。\n"


def test_two_events_of_one_name_on_one_day_give_two_notices(tmp_path):
    """The same course for two groups, in the morning and in the afternoon."""
    folder = office(tmp_path / "office")
    book = folder / "workbooks" / "培训考试台账.xlsx"
    for column in ("活动名称", "开始时间", "结束时间", "报名截止"):
        change_cell(book, "培训活动", find_cell(book, "培训活动", column, "HD0019"), None)
    change_cell(book, "培训活动", find_cell(book, "培训活动", "活动名称", "HD0019"), "女性社会组织规范化建设专题培训班")
    change_cell(book, "培训活动", find_cell(book, "培训活动", "开始时间", "HD0019"), "2026-10-22 14:00")
    assert jinguo(folder, "notices", "培训通知").stdout.count("到期：") == 2
    assert len(list((folder / "output" / "通知").glob("*.docx"))) == 2


@pytest.mark.parametrize("name", ["[zoom]直播课", "直播课[/入门]"])
def test_square_brackets_in_a_name_are_shown(tmp_path, name):
    folder = office(tmp_path / "office")
    book = folder / "workbooks" / "培训考试台账.xlsx"
    change_cell(book, "培训活动", find_cell(book, "培训活动", "活动名称", "HD0018"), name)
    done = jinguo(folder, "notices", "培训通知")
    assert done.returncode == 0
    assert f"到期：余姚市妇女联合会关于举办{name}的通知" in done.stdout


def test_the_help_names_every_kind(workplace):
    text = "".join(jinguo(workplace, "notices", "--help").stdout.split())
    assert [kind for kind in DUE_KINDS if kind not in text] == []


def test_a_line_break_in_a_name_breaks_neither_title_nor_sentence(tmp_path):
    """Alt+Enter in 活动名称 and 地点: told by check, put right by fix, read as one line meanwhile."""
    folder = office(tmp_path / "office")
    path = folder / "workbooks" / "培训考试台账.xlsx"
    cells = {column: find_cell(path, "培训活动", column, "HD0018") for column in ("活动名称", "地点")}
    change_cell(path, "培训活动", cells["活动名称"], "项目申报\n和管理培训班")
    change_cell(path, "培训活动", cells["地点"], "服务中心\n三楼")
    assert jinguo(folder, "notices", "培训通知", "--event", "HD0018").returncode == 0
    (made,) = (p for p in (folder / "output" / "通知").glob("*.docx"))
    lines = docx_text(made)
    assert "项目申报和管理培训班" in made.name
    title = next(line for line in lines if line.startswith("余姚市妇女联合会关于"))
    assert "项目申报和管理培训班" in title.replace("\n", "")
    assert any("服务中心三楼" in line for line in lines)
    _, found = check_json(folder)
    assert [f["cell"] for f in found if f["code"] == "CELL-019"] == sorted(cells.values())
    jinguo(folder, "fix")
    assert jinguo(folder, "fix", "--write").returncode == 0
    assert not any(f["code"] == "CELL-019" for f in check_json(folder)[1])
