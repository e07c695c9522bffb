"""Nothing half-true is written as a document: batches without a basis, letters with holes, templates that bring something
along, people of one name; and every way of damage, tried on the demo."""

from __future__ import annotations

import datetime
import email
import json
import re
import shutil
import zipfile

import openpyxl
import pytest

from jinguo.documents.batch_gate import held_back
from jinguo.documents.batch_papers import KINDS, papers
from jinguo.documents.register import all_due
from jinguo.nominations.batch import skipped_batches
from jinguo.nominations.nominate import nominate
from tests.documents.damages import DAMAGES
from tests.helpers import (
    EXAMPLES,
    OFFICE_ROWS,
    ROOT,
    TODAY,
    change_cell,
    docx_text,
    find_cell,
    jinguo,
    office,
    registry,
    snapshot,
)
from tests.nominations.test_nominate import write_office

#: Without JINGUO_EXAMPLES=1 every fifth way of damage is tried: each takes some seconds.
_TRIED = list(DAMAGES) if EXAMPLES >= 1 else list(DAMAGES)[::5]


@pytest.fixture
def folder(tmp_path, generated):
    folder = office(tmp_path / "office")
    shutil.copytree(generated / "output", folder / "output")
    return folder


@pytest.mark.parametrize("name", _TRIED)
def test_no_damage_makes_anything_untrue_or_takes_away_what_is_valid(folder, name):
    before = {path for path in snapshot(folder / "output") if not path.startswith("校验/")}
    DAMAGES[name](folder)
    done = jinguo(folder, "all")
    assert "程序出错" not in done.stdout + done.stderr
    after = snapshot(folder / "output")
    assert before - set(after) == set()
    if done.returncode == 0:
        assert "不出：" not in done.stdout and "附注：" not in done.stdout
    for path in after:
        if path.endswith(".docx"):
            text = "\n".join(docx_text(folder / "output" / path))
            assert not re.search(r"参训0人次|××|联系人：；|受理电话：。|\{\{|没有签到记录，.*0人次", text), path
    for path in ("统计/2026年培训考试统计报告.docx",):
        text = "\n".join(docx_text(folder / "output" / path))
        assert "2026年没有报考记录" not in text


# batches ----------------------------------------------------------------------------------------------------------------

_BATCH = {
    "单位": OFFICE_ROWS,
    "推荐批次": "批次编号 | 推荐职务 | 名额 | 公示起始\nTJ2601 | 妇联执委 | 2 | 2026-12-07",
    "人员": "人员编号 | 姓名 | 出生年月\nRY0001 | 王红 | 1980.05\nRY0002 | 李静 | 1981.05\nRY0003 | 陈晨 | 1982.05",
    "人选": "批次编号 | 人员编号 | 推荐方式\n" + "\n".join(f"TJ2601 | RY000{n} | 自荐" for n in (1, 2, 3)),
    "资格条件": "批次编号 | 条件 | 比较 | 值\nTJ2601 | 年龄 | 不多于 | 60",
    "评分指标": "批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 考察评分 | 100 | 100",
}
_SCORED = "批次编号 | 人员编号 | 推荐方式 | 考察评分\n" + "\n".join(
    f"TJ2601 | RY000{n} | 自荐 | {70 + n}" for n in (1, 2, 3)
)


def worked_out(**sheets):
    book = registry(TODAY, **(_BATCH | sheets))
    (result,) = nominate(book)
    return book, result


def withheld(**sheets):
    """The kinds that do not go out, each with why."""
    book, result = worked_out(**sheets)
    return {kind: answer.reasons for kind, answer in held_back(book, result, KINDS).items()}


def test_a_batch_with_everything_goes_out():
    assert withheld(人选=_SCORED) == {}


def test_who_is_chosen_by_nothing_but_strokes_is_on_no_list():
    found = withheld()
    assert set(found) == {"推荐人选登记表", "推荐人选名单", "结构分析", "选择说明", "公示", "推荐报告"}
    assert found["公示"] == ("没有评分指标、考察评分，也没有人工确定，选谁没有依据",)
    # Where everybody is on the list there is no choice.
    assert withheld(推荐批次=_BATCH["推荐批次"].replace("| 2 |", "| 3 |")) == {}
    # And where people decided, they are the basis.
    pins = "批次编号 | 人员编号 | 人工确定\nTJ2601 | RY0001 | 入选\nTJ2601 | RY0002 | 入选\nTJ2601 | RY0003 |"
    assert withheld(人选=pins) == {}


def test_without_requirements_nobody_was_reviewed():
    found = withheld(人选=_SCORED, 资格条件="批次编号 | 条件 | 比较 | 值")
    assert found["公示"] == found["推荐人选名单"] == ("这一批没有资格条件，没有审查过",)


@pytest.mark.parametrize(
    ("columns", "values", "reason"),
    [
        ("公示起始", "2027-02-03", "2027 年的放假安排还不知道，算不出公示到哪一天"),
        ("公示起始 | 公示工作日数", "2026-12-07 | 3", "公示 3 个工作日，少于 5 个"),
        ("公示起始", "2026-11-30", "公示起始 2026-11-30 不在截止日期 2026-11-30 以后"),
        ("公示起始", "2026-12-28", "2027 年的放假安排还不知道"),
    ],
)
def test_a_public_notice_whose_days_are_wrong_or_not_known(columns, values, reason):
    found = withheld(人选=_SCORED, 推荐批次=f"批次编号 | 名额 | {columns}\nTJ2601 | 2 | {values}")
    assert list(found) == ["公示"]
    assert found["公示"][0].startswith(reason)


def test_the_holidays_of_a_year_make_its_notices_possible():
    batch = "批次编号 | 名额 | 公示起始\nTJ2601 | 2 | 2027-02-03"
    holidays = "日期 | 类别\n2027-02-05 | 放假"
    assert withheld(人选=_SCORED, 推荐批次=batch, 节假日=holidays) == {}


def test_a_report_claims_only_what_was_done():
    book, result = worked_out(人选=_SCORED)
    (report,) = papers(book, result, ("推荐报告",))
    assert report.context["程序"] == "自荐报名、资格审查、集体研究"
    assert report.context["提名"] == "自荐报名3人"
    assert report.context["结构要求"] == ""
    book, result = worked_out(人选=_SCORED.replace("RY0001 | 自荐", "RY0001 | 团体推荐"))
    (report,) = papers(book, result, ("推荐报告",))
    assert (report.context["程序"], report.context["提名"]) == (
        "民主推荐、资格审查、集体研究",
        "各单位提名1人，自荐2人，共3人",
    )


_SAID = "批次编号 | 人员编号 | 部门 | 意见 | 日期\n"


@pytest.mark.parametrize(
    ("rows", "parameter", "eligible"),
    [
        # A department that said nothing of somebody has not agreed.
        ("TJ2601 | RY0001 | 公安局 | 同意 | 2026-10-09", "", ["RY0001"]),
        # Nor has one that the office names itself.
        ("", "公安局", []),
        ("TJ2601 | RY0001 | 余姚市公安局 | 同意 | 2026-10-09", "公安局", ["RY0001"]),
        # One agrees with a day, another row refuses without: nobody knows which came later.
        ("TJ2601 | RY0001 | 公安局 | 同意 | 2026-10-09\nTJ2601 | RY0001 | 公安局 | 不同意 |", "", []),
        # With days the later one counts.
        (
            "TJ2601 | RY0001 | 公安局 | 不同意 | 2026-10-08\nTJ2601 | RY0001 | 公安局 | 同意 | 2026-10-09",
            "",
            ["RY0001"],
        ),
        ("TJ2601 | RY0001 | 公安局 | 同意 | 2026-10-08\nTJ2601 | RY0001 | 公安局 | 不同意 | 2026-10-09", "", []),
    ],
)
def test_a_department_that_has_not_agreed_has_not_agreed(rows, parameter, eligible):
    _, result = worked_out(人选=_SCORED, 联审意见=_SAID + rows, 参数=f"参数 | 值\n联审部门 | {parameter}")
    assert [c.person for c in result.candidates if c.eligible] == eligible


def test_two_batches_of_one_number_are_not_worked_out():
    """Both would have the same candidates."""
    book = registry(TODAY, **(_BATCH | {"推荐批次": _BATCH["推荐批次"] + "\nTJ2601 | 妇联常委 | 1 |"}))
    assert nominate(book) == []
    assert skipped_batches(book) == [
        f"推荐台账.xlsx › 推荐批次 › A{row} TJ2601 的批次编号重复，分不清人选是哪一批的" for row in (2, 3)
    ]


@pytest.mark.parametrize(("header", "value"), [("阶段", "快好了"), ("差额", "两三个"), ("排序口径", "随便")])
def test_a_batch_with_a_cell_that_cannot_be_read_is_not_worked_out(header, value):
    book = registry(TODAY, **(_BATCH | {"推荐批次": f"批次编号 | {header}\nTJ2601 | {value}"}))
    assert nominate(book) == []
    assert skipped_batches(book)[0].endswith(f"的{book['batches'].spec.field_of(header).header}没有填或读不出")


def test_a_person_whose_number_stands_twice_is_nobody():
    people = _BATCH["人员"] + "\nRY0001 | 赵兰 | 1985.05"
    _, result = worked_out(人员=people, 人选=_SCORED)
    assert [c.person for c in result.candidates if not c.eligible] == ["RY0001"]
    assert "分不清是谁" in " ".join(next(c for c in result.candidates if c.person == "RY0001").reasons)


def test_candidates_nobody_knows_are_told_in_the_papers(tmp_path):
    """提名 44, of whom two are in no list of people: the report says so, and there is no public notice."""
    place = write_office(tmp_path / "office", **(_BATCH | {"人选": _SCORED + "\nTJ2601 | RY0098 | 团体推荐 | 60"}))
    done = jinguo(place, "--today", f"{TODAY}", "nominate", "--json", str(place / "n.json"))
    assert done.returncode == 2
    assert "不出：TJ2601 公示。“人选”表另有1行未能识别，未计入（推荐台账.xlsx › 人选 › A5）" in done.stdout
    (report,) = (place / "output" / "推荐").rglob("关于推荐*.docx")
    assert any(text.startswith("（附注：“人选”表另有1行未能识别，未计入") for text in docx_text(report))
    assert "“人选”表另有1行未能识别" in (place / "n.json").read_text("utf-8")
    review = openpyxl.load_workbook(next((place / "output").rglob("*资格审查表.xlsx")))
    assert any("未能识别" in str(cell.value) for row in review["结构要求"].iter_rows() for cell in row)


def test_rows_nobody_understood_are_told_in_every_figure(folder):
    path = folder / "workbooks" / "培训考试台账.xlsx"
    book = openpyxl.load_workbook(path)
    column = [cell.value for cell in book["签到"][1]].index("人员编号") + 1
    for row in range(2, 12):
        book["签到"].cell(row, column).value = f"RY9{row:03d}"
    book.save(path)
    done = jinguo(folder, "stats", "--json", str(folder / "n.json"))
    said = "“签到”表另有10行未能识别，未计入有关数字（人员编号10行）"
    assert done.returncode == 1
    assert f"附注：{said}" in done.stdout
    figures = json.loads((folder / "n.json").read_text("utf-8"))
    assert {f["note"] for f in figures if f["name"] == "参训人次"} == {said}
    assert {f["note"] for f in figures if f["name"] == "报考科次"} == {""}
    assert any(said in text for text in docx_text(folder / "output" / "统计" / "2026年培训考试统计报告.docx"))
    sheet = openpyxl.load_workbook(folder / "output" / "统计" / "培训考试统计.xlsx")["培训总体"]
    assert any(said in str(cell.value) for row in sheet.iter_rows(max_row=2) for cell in row)


# letters ----------------------------------------------------------------------------------------------------------------


def test_a_reply_is_not_asked_for_by_a_day_that_is_past(folder):
    path = folder / "workbooks" / "培训考试台账.xlsx"
    change_cell(path, "培训活动", find_cell(path, "培训活动", "报名截止", "HD0018"), datetime.datetime(2026, 10, 14))
    done = jinguo(folder, "notices", "培训通知")
    assert done.returncode == 2
    assert "培训通知。要求办理的日期 2026-10-14 已经过了" in done.stdout


@pytest.mark.parametrize("item", ["联系人", "电话"])
def test_a_letter_that_says_whom_to_ask_says_whom(folder, item):
    path = folder / "workbooks" / "设置.xlsx"
    change_cell(path, "单位", find_cell(path, "单位", "内容", item), None)
    done = jinguo(folder, "notices", "年检提醒函", "换届提醒函")
    assert done.returncode == 2
    assert f"不出：换届提醒函。没有填{item}（设置.xlsx › 单位）" in done.stdout


def test_without_its_name_nothing_of_an_office_goes_out(tmp_path):
    place = write_office(
        tmp_path / "office",
        **{k: v for k, v in _BATCH.items() if k != "单位"},
        单位="项目 | 内容\n电话 | 0574-62700000",
    )
    done = jinguo(place, "--today", f"{TODAY}", "nominate")
    assert done.returncode == 2
    assert "没有填单位名称" in done.stdout
    assert list((place / "output").rglob("*.docx")) == []
    warned = jinguo(write_office(tmp_path / "other", 人员=_BATCH["人员"]), "check")
    assert "可以不必理会" not in warned.stdout


def test_a_name_with_quotation_marks_stands_in_single_ones():
    from jinguo.word.last_look import quoted_once

    assert quoted_once("<w:p><w:t>承接的““家门口”项目”（</w:t></w:p>") == "<w:p><w:t>承接的“‘家门口’项目”（</w:t></w:p>"
    assert quoted_once("<w:p><w:t>“甲”“乙”</w:t></w:p>") == "<w:p><w:t>“甲”“乙”</w:t></w:p>"


@pytest.mark.parametrize(
    ("text", "hole"),
    [
        ("联系人：；联系电话：62700000。", True), ("联系人：王红；联系电话：。", True), ("受理电话：。", True), ("联系人：　　　联系电话：", False),
        ("本次活动计学时，具体另行通知。", True), ("请于2026年10月14日前报名。", True), ("请于2026年10月15日前报名。", False),
        ("时间：2026年10月20日上午9时。", False), ("值{{ 名 }}", True), ("培训于2026年3月1日前结束。", False), ("None", True), ("各单位：", False),
        ("根据“”的要求", True),
    ],
)  # fmt: skip
def test_the_last_look(text, hole):
    from jinguo.word.last_look import holes

    assert bool(list(holes(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", TODAY))) == hole


def test_results_that_are_not_out_are_told_beside_the_rate():
    from jinguo.documents.statistics_report import exam_sentences
    from jinguo.exams.exam_statistics import exam_figures

    rows = "\n".join(
        f"2026|初级|RY000{n}|{subject}|{score}"
        for n, score in ((1, "80"), (2, ""), (3, ""))
        for subject in ("社会工作综合能力", "社会工作实务")
    )
    found = exam_figures(
        registry(人员="人员编号|姓名\nRY0001|甲\nRY0002|乙\nRY0003|丙", 报考=f"年度|级别|人员编号|科目|成绩\n{rows}")
    )
    assert exam_sentences(found, "2026") == [
        "初级报考3人，实考1人，取得初级资格1人，合格率100.0%（1/1）；还有2人有科目成绩没有公布。"
    ]


# templates --------------------------------------------------------------------------------------------------------------

_SPOILT = {
    "有批注": "带有批注", "有修订": "带有修订痕迹", "有MERGEFIELD": "有 Word 的域 MERGEFIELD", "美元花括号": "不是程序认得的标记",
    "没有一个标记": "里面没有一个标记", "其实是dotx": "不是 Word 文档（.docx）", "DDEAUTO": "有不允许的域 DDEAUTO", "坏一个比特": "模板打不开",
    "内存": "不允许的写法", "死循环": "不允许的写法",
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", _SPOILT)
def test_a_spoilt_template_is_told_and_keeps_back_no_other(folder, name):
    shutil.copy(ROOT / "tests" / "data" / "模板" / f"培训通知_{name}.docx", folder / "templates" / "培训通知.docx")
    before = snapshot(folder / "output" / "通知")
    linted = jinguo(folder, "lint")
    assert linted.returncode == 1
    assert _SPOILT[name] in linted.stdout
    done = jinguo(folder, "notices")
    assert done.returncode == 2
    assert _SPOILT[name] in done.stdout
    assert "不出：培训通知。模板" in done.stdout
    assert "年检提醒函" not in done.stdout.split("不出：")[1]
    assert {p: d for p, d in snapshot(folder / "output" / "通知").items() if p in before} == before


def test_hidden_text_and_a_split_field_are_found():
    from jinguo.common.ooxml import read_parts
    from jinguo.word.leftovers import leftovers

    parts = read_parts((ROOT / "templates" / "培训通知.docx").read_bytes())
    assert list(leftovers(parts)) == []
    body = parts["word/document.xml"]
    hidden = body.replace(b"<w:sectPr", b"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p><w:sectPr", 1)
    assert [what for what, _ in leftovers(parts | {"word/document.xml": hidden})] == ["有隐藏的文字"]
    field = b"".join(
        b'<w:r><w:fldChar w:fldCharType="%s"/></w:r>%s' % (kind, inner)
        for kind, inner in (
            (
                b"begin",
                b"<w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT c:\\x</w:instrText></w:r>",
            ),
            (b"separate", b"<w:r><w:t>x</w:t></w:r>"),
            (b"end", b""),
        )
    )
    split = body.replace(b"<w:sectPr", b"<w:p>%s</w:p><w:sectPr" % field.replace(b"\\", b"\\\\"), 1)
    assert [what for what, _ in leftovers(parts | {"word/document.xml": split})] == [
        "有 Word 的域 INCLUDETEXT，程序不会填它"
    ]


# people of one name -----------------------------------------------------------------------------------------------------


def _namesakes(folder):
    """Two people of one name, each short of hours, and two events of one name on one day."""
    path = folder / "workbooks" / "人员台账.xlsx"
    change_cell(path, "人员", find_cell(path, "人员", "姓名", "RY0062"), "蒋倩")
    return path


def test_two_people_of_one_name_get_each_their_own_letter(folder):
    sheets = {
        "单位": OFFICE_ROWS,
        "人员": "人员编号 | 姓名 | 邮箱\nRY0001 | 蒋倩 | a@example.org\nRY0002 | 蒋倩 | b@example.org",
        "证书": "人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\n"
        + "\n".join(f"RY000{n} | 初级 | 2023-09-20 | 2023-11-15 | 2026-11-14" for n in (1, 2)),
        "继续教育": "人员编号 | 日期 | 内容 | 学时\nRY0001 | 2024-03-08 | 网络课程 | 40\nRY0002 | 2024-03-08 | 网络课程 | 20",
        "培训活动": "活动编号 | 开始时间\nHD0001 | 2026-03-08 09:00\nHD0002 | 2026-10-20 09:00\nHD0003 | 2026-10-20 14:00",
        "签到": "活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 缺席",
    }
    due = all_due(registry(TODAY, **sheets))
    assert [d.file for d in due if d.kind == "继续教育提醒"] == [
        "2026-11-14 蒋倩 继续教育提醒（RY0001）", "2026-11-14 蒋倩 继续教育提醒（RY0002）",
    ]  # fmt: skip
    place = write_office(folder.parent / "namesakes", **sheets)
    assert jinguo(place, "--today", f"{TODAY}", "notices", "继续教育提醒").returncode == 0
    assert jinguo(place, "--today", f"{TODAY}", "mail", "继续教育提醒").returncode == 0
    mails = sorted((place / "output" / "邮件").glob("*.eml"))
    assert [path.name for path in mails] == ["蒋倩（RY0001）.eml", "蒋倩（RY0002）.eml"]
    for path, hours in zip(mails, ("40", "20"), strict=True):
        message = email.message_from_bytes(path.read_bytes())
        (part,) = [p for p in message.walk() if p.get_filename()]
        document = place / "letter.docx"
        document.write_bytes(part.get_payload(decode=True))
        assert f"已有{hours}学时" in "".join(docx_text(document))


def test_two_events_of_one_name_on_one_day_are_two_notices():
    events = "活动编号 | 活动名称 | 开始时间\nHD0001 | 沙龙 | 2026-10-20 09:00\nHD0002 | 沙龙 | 2026-10-20 14:00"
    due = all_due(registry(TODAY, 单位=OFFICE_ROWS, 培训活动=events))
    assert [d.file for d in due] == ["2026-10-20 沙龙 培训通知（HD0001）", "2026-10-20 沙龙 培训通知（HD0002）"]


def test_a_mail_is_not_made_of_what_the_registry_no_longer_says(folder):
    path = folder / "workbooks" / "培训考试台账.xlsx"
    change_cell(path, "培训活动", find_cell(path, "培训活动", "地点", "HD0018"), "新的会议室")
    done = jinguo(folder, "mail", "培训通知")
    assert done.returncode == 2
    assert "台账在它生成以后变了，请先运行“生成通知”" in done.stdout
    assert list((folder / "output" / "邮件").glob("*.eml")) == []
    assert jinguo(folder, "notices").returncode == 0
    assert jinguo(folder, "mail", "培训通知").returncode in (0, 1)
    assert list((folder / "output" / "邮件").glob("*.eml"))


def test_a_document_that_staff_edited_before_the_registry_changed_waits_for_them(folder):
    path = folder / "workbooks" / "培训考试台账.xlsx"
    (document,) = (folder / "output" / "通知").glob("2026-10-22*.docx")
    with zipfile.ZipFile(document, "a") as package:
        package.writestr("docProps/own.txt", "改过")
    assert jinguo(folder, "mail", "培训通知").returncode in (0, 1)
    change_cell(path, "培训活动", find_cell(path, "培训活动", "地点", "HD0018"), "新的会议室")
    jinguo(folder, "notices")
    done = jinguo(folder, "mail", "培训通知")
    assert done.returncode == 2 and "您改过它，台账后来又变了，新的在旁边" in done.stdout
    next((folder / "output" / "通知").glob("2026-10-22*（新生成）.docx")).unlink()
    assert jinguo(folder, "mail", "培训通知").returncode in (0, 1)


def test_the_demo_is_whole(folder):
    done = jinguo(folder, "all")
    assert done.returncode == 0, done.stdout
    assert "不出" not in done.stdout and "附注" not in done.stdout
    assert "今天能出：统计表和报告、培训通知 2 份" in jinguo(folder, "check").stdout
