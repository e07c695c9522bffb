"""Letters that remind: when each is due, for whom, what it says; and numbers that are registered without losing a
byte."""

from __future__ import annotations

import datetime
import re

import openpyxl
import pytest

from jinguo.checks import RULES
from jinguo.common.ooxml import read_parts
from jinguo.documents.register import DOCUMENTS, DUE_KINDS, all_due
from tests.helpers import (
    ROOT,
    TODAY,
    change_cell,
    docx_text,
    jinguo,
    office,
    registry,
    snapshot,
    template_of,
    workbook_rows,
)

OFFICE = "项目 | 内容\n单位名称 | 余姚市妇女联合会\n联系人 | 陈晓\n电话 | 0574-62700001"


def due(kind: str, today: datetime.date = TODAY, **sheets: str) -> list[tuple[str, dict]]:
    """(recipient, what the template may place) of everything of this kind that is due."""
    found = all_due(registry(today, 单位=OFFICE, **sheets))
    return [(d.to, d.context("")) for d in found if d.kind == kind]


_ORGANISATIONS = """
    组织编号 | 组织名称 | 登记状态 | 登记日期   | 登记机关     | 所属镇街
    ZZ0001   | 旗袍协会 | 已登记   | 2015-06-18 | 余姚市民政局 | 梨洲街道
    ZZ0002   | 红娘中心 | 已登记   | 2015-06-18 |              | 阳明街道
    ZZ0003   | 新来的   | 已登记   | 2026-07-01 | 余姚市民政局 | 阳明街道
    ZZ0004   | 舞蹈队   | 已备案   |            |              | 阳明街道
"""
_INSPECTIONS = "组织编号 | 年度 | 结论\nZZ0001 | 2025 | 基本合格\nZZ0002 | 2026 | 合格"


@pytest.mark.parametrize(("day", "count"), [("2027-01-01", 1), ("2027-05-31", 1), ("2027-06-01", 0), ("2026-12-31", 0)])
def test_the_inspection_is_due_from_january_to_the_end_of_may(day, count):
    found = due("年检提醒函", datetime.date.fromisoformat(day), 社会组织=_ORGANISATIONS, 年检=_INSPECTIONS)
    assert len(found) == count


def test_the_inspection_letter_says_the_year_the_end_and_the_last_result():
    ((to, said),) = due("年检提醒函", datetime.date(2027, 3, 1), 社会组织=_ORGANISATIONS, 年检=_INSPECTIONS)
    assert to == said["主送机关"] == "旗袍协会"
    assert (said["年度"], said["截止日期"], said["上次年度"], said["上次结论"], said["登记机关"]) == (
        "2026",
        "2027年5月31日",
        "2025",
        "基本合格",
        "余姚市民政局",
    )


def _letter(kind: str, today: datetime.date, **sheets: str) -> str:
    """The text of the one letter of a kind that is due."""
    book = registry(today, 单位=OFFICE, **sheets)
    (found,) = [d for d in all_due(book) if d.kind == kind]
    data = template_of(kind, book).render(found.context(""))
    return "".join(re.findall(r"<w:t[ >][^<]*", read_parts(data)["word/document.xml"].decode())).replace(
        '<w:t xml:space="preserve">', ""
    )


_ONE = "组织编号 | 组织名称 | 组织类型 | 登记状态 | 登记日期 | 登记机关 | 业务主管单位 | 慈善组织 | 本届到期\nZZ0001 | 红娘中心 | {} | 已登记 | 2015-06-18 | 余姚市民政局 | {} | {} | 2027-03-01"
_OTHERS = "组织编号 | 年度 | 结论\nZZ0001 | 2025 | 基本合格"


@pytest.mark.parametrize(
    ("kind", "supervisor", "charity", "says", "never"),
    [
        ("社会团体", "余姚市妇女联合会", "否", ["《社会团体登记管理条例》第二十八条", "于2027年3月31日前送余姚市妇女联合会初审", "于2027年5月31日前报余姚市民政局"], ["民办非企业", "年度报告"]),
        ("民办非企业单位", "", "否", ["《民办非企业单位登记管理暂行条例》第二十三条", "于2027年5月31日前报余姚市民政局"], ["社会团体", "初审", "业务主管单位"]),
        ("民办非企业单位", "", "是", ["《中华人民共和国慈善法》第十三条", "年度工作报告和财务会计报告", "关于报送2026年度工作报告的提醒函"], ["年检", "年度检查", "撤销登记"]),
    ],
)  # fmt: skip
def test_the_yearly_letter_cites_the_law_of_its_kind(kind, supervisor, charity, says, never):
    text = _letter(
        "年检提醒函", datetime.date(2027, 3, 1), 社会组织=_ONE.format(kind, supervisor, charity), 年检=_OTHERS
    )
    assert [words for words in says if words not in text] == [], text
    assert [words for words in [*never, "我们", "台账"] if words in text] == [], text
    assert text.startswith("余姚市妇女联合会关于")


def test_after_march_the_supervisor_s_day_is_not_asked_for():
    sheets = {"社会组织": _ONE.format("社会团体", "余姚市妇女联合会", "否"), "年检": _OTHERS}
    assert "尽快送余姚市妇女联合会初审" in _letter("年检提醒函", datetime.date(2027, 4, 2), **sheets)


@pytest.mark.parametrize(
    ("kind", "says", "never"),
    [
        ("社会团体", ["《社会团体登记管理条例》第二十七条", "召开会员（代表）大会"], ["民办非企业"]),
        ("民办非企业单位", ["《民办非企业单位登记管理暂行条例》第二十二条", "召开理事会"], ["社会团体", "会员（代表）大会"]),
        ("基金会", ["《基金会管理条例》第三十七条", "召开理事会"], ["社会团体", "民办非企业", "会员（代表）大会"]),
        ("其他", ["宜先进行财务审计"], ["条例》", "会员（代表）大会"]),
    ],
)  # fmt: skip
def test_the_letter_about_a_term_cites_the_law_of_its_kind(kind, says, never):
    text = _letter("换届提醒函", datetime.date(2027, 1, 4), 社会组织=_ONE.format(kind, "", "否"))
    assert [words for words in says if words not in text] == [], text
    assert [words for words in [*never, "我们", "台账"] if words in text] == [], text


def test_a_registration_that_has_ended_is_said_to_have_ended():
    sheets = {
        "人员": "人员编号 | 姓名\nRY0001 | 蒋倩",
        "证书": "人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\nRY0001 | 初级 | 2023-09-20 | 2023-09-30 | 2026-09-30",
        "签到": "活动编号 | 人员编号 | 出勤\nHD0004 | RY0001 | 缺席",
        "培训活动": "活动编号 | 活动名称 | 开始时间 | 学时\nHD0004 | 过去的 | 2026-10-15 09:00 | 3",
        "继续教育": "人员编号 | 日期 | 内容 | 学时\nRY0001 | 2024-03-08 | 网络课程 | 40.5",
    }
    text = _letter("继续教育提醒", TODAY, **sheets)
    assert "登记有效期已于2026年9月30日届满" in text and "请尽快在全国社会工作信息系统办理再登记" in text


def test_without_inspections_nobody_is_reminded():
    assert due("年检提醒函", datetime.date(2027, 3, 1), 社会组织=_ORGANISATIONS) == []


@pytest.mark.parametrize(("until", "said"), [("2026-12-20", "将于"), ("2026-10-14", "已于"), ("2027-01-16", None)])
def test_the_end_of_a_term(until, said):
    found = due(
        "换届提醒函", 社会组织=f"组织编号 | 组织名称 | 登记状态 | 本届到期\nZZ0001 | 旗袍协会 | 已登记 | {until}"
    )
    assert [context["届满"] for _, context in found] == ([said] if said else [])


def test_missing_hours_are_counted_and_only_events_in_time_are_offered():
    sheets = {
        "人员": "人员编号 | 姓名\nRY0001 | 蒋倩",
        "证书": "人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\nRY0001 | 初级 | 2023-09-20 | 2023-11-15 | 2026-11-14",
        "签到": "活动编号 | 人员编号 | 出勤\nHD0004 | RY0001 | 缺席",
        "继续教育": "人员编号 | 日期 | 内容 | 学时\nRY0001 | 2024-03-08 | 网络课程 | 40.5",
        "培训活动": """
            活动编号 | 活动名称 | 开始时间         | 学时
            HD0001   | 培训班   | 2026-10-22 09:00 | 6
            HD0002   | 沙龙     | 2026-11-14 09:00 | 3
            HD0003   | 太晚的   | 2026-11-15 09:00 | 3
            HD0004   | 过去的   | 2026-10-15 09:00 | 3
        """,
    }
    ((to, said),) = due("继续教育提醒", **sheets)  # type: ignore[arg-type]
    assert (to, said["已有学时"], said["应有学时"], said["尚缺学时"], said["有效期"]) == (
        "蒋倩",
        "40.5",
        "72",
        "31.5",
        "2026年11月14日",
    )
    assert [(e["序号"], e["活动名称"], e["时间"]) for e in said["活动"]] == [
        ("1", "培训班", "2026年10月22日"),
        ("2", "沙龙", "2026年11月14日"),
    ]


def test_projects_are_reminded_of_what_is_due():
    sheets = {
        "社会组织": "组织编号 | 组织名称\nZZ0001 | 旗袍协会",
        "项目": """
            项目编号 | 项目名称 | 项目类型 | 承接组织 | 状态 | 开始日期   | 结束日期   | 中期评估
            XM0001   | 送餐     | 公益创投 | ZZ0001   | 实施 | 2026-04-01 | 2026-12-31 |
            XM0002   | 托管     | 公益创投 | ZZ0001   | 实施 | 2026-01-01 | 2026-09-30 | 合格
            XM0003   | 讲座     | 公益创投 | ZZ0001   | 结项 | 2026-01-01 | 2026-09-30 | 合格
        """,
    }
    assert [(to, said["项目名称"], said["事项"]) for to, said in due("项目提醒函", **sheets)] == [  # type: ignore[arg-type]
        ("旗袍协会", "送餐", "中期评估"),
        ("旗袍协会", "托管", "结项"),
    ]


def test_every_kind_is_a_document_with_a_template():
    assert set(DUE_KINDS) <= set(DOCUMENTS)


@pytest.mark.parametrize("day", ["2026-10-15", "2027-03-01"])
def test_what_a_letter_places_is_what_the_register_declares(day):
    """Nothing a template may use is missing, and nothing private is offered."""
    from jinguo.intake.loading import load_registry

    book = load_registry(ROOT / "workbooks", datetime.date.fromisoformat(day))
    found = all_due(book)
    assert found
    for d in found:
        context, known = d.context("余妇〔2026〕6号"), DOCUMENTS[d.kind].known(book)
        assert set(context) <= set(known.names), d.kind
        assert set(DOCUMENTS[d.kind].words.split()) <= set(context), d.kind
        assert template_of(d.kind, book).render(context)


class TestThroughTheRealCommand:
    def test_everything_due_is_listed_with_its_reason_and_written(self, tmp_path):
        folder = office(tmp_path)
        done = jinguo(folder, "notices")
        assert done.returncode == 0, done.stderr
        assert (
            "合计：培训通知 2 份，项目征集通知 1 份，活动方案征集通知 1 份，值班安排通知 1 份，考试情况通报 1 份，吸纳团体会员批复 1 份，登记指导意见书 4 份，换届提醒函 1 份，继续教育提醒 2 份，项目提醒函 3 份"
            in done.stdout
        )
        assert "要 72 学时" in done.stdout
        text = "".join(docx_text(folder / "output" / "通知" / "2026-11-14 蒋倩 继续教育提醒.docx"))
        assert "已有55学时，尚缺17学时" in text
        assert (folder / "output" / "通知" / "2026-11-14 蒋倩 继续教育提醒 微信消息.txt").exists()
        assert (folder / "output" / "通知" / "2026-10-22 女性社会组织规范化建设专题培训班 培训通知 群消息.txt").exists()

    @pytest.mark.parametrize(
        ("arguments", "written"),
        [
            (["换届提醒函"], ["2026-12-20 余姚市双学双比女能手协会 换届提醒函.docx"]),
            (["--only", "换届提醒函"], ["2026-12-20 余姚市双学双比女能手协会 换届提醒函.docx"]),
            (["--event", "hd0019"], ["2026-10-28 “家门口的公益”主题沙龙 培训通知.docx"]),
            (["--to", "泗门镇", "换届提醒函"], ["2026-12-20 余姚市双学双比女能手协会 换届提醒函.docx"]),
            (["--to", "鹿亭乡", "换届提醒函"], []),
        ],
    )
    def test_narrowed(self, tmp_path, arguments, written):
        folder = office(tmp_path)
        done = jinguo(folder, "notices", *arguments)
        assert done.returncode == 0, done.stderr
        assert (
            sorted(p.name for p in (folder / "output" / "通知").glob("*.docx")) == written
            if written
            else "没有符合所写条件" in done.stdout
        )

    def test_numbers_are_the_same_however_it_is_narrowed(self, tmp_path):
        done = jinguo(office(tmp_path), "notices", "--event", "HD0019")
        assert "余妇〔2026〕7号" in done.stdout

    def test_registering_adds_rows_and_nothing_else_changes(self, tmp_path):
        folder = office(tmp_path)
        before = snapshot(folder / "workbooks")
        rows = workbook_rows(folder / "workbooks" / "设置.xlsx", "发文登记")
        done = jinguo(folder, "notices", "--register")
        assert done.returncode == 0, done.stderr
        assert "已登记 余妇〔2026〕6号、余妇〔2026〕7号" in done.stdout
        after = workbook_rows(folder / "workbooks" / "设置.xlsx", "发文登记")
        filled = [row for row in after if row[0]]
        assert filled[: len(rows)] == [row for row in rows if row[0]]
        assert [(row[0], row[1], row[2]) for row in filled[-5:]] == [
            (
                "余妇〔2026〕6号",
                datetime.datetime(2026, 10, 15),
                "余姚市妇女联合会关于举办女性社会组织规范化建设专题培训班的通知",
            ),
            (
                "余妇〔2026〕7号",
                datetime.datetime(2026, 10, 15),
                "余姚市妇女联合会关于举办“家门口的公益”主题沙龙的通知",
            ),
            (
                "余妇〔2026〕8号",
                datetime.datetime(2026, 10, 15),
                "余姚市妇女联合会关于征集2027年亲子阅读和女性创业微项目的通知",
            ),
            (
                "余妇〔2026〕9号",
                datetime.datetime(2026, 10, 15),
                "余姚市妇女联合会关于征集2027年女性社会组织活动方案的通知",
            ),
            (
                "余妇〔2026〕10号",
                datetime.datetime(2026, 10, 15),
                "余姚市妇女联合会关于2026年社会工作者职业资格考试情况的通报",
            ),
        ]
        changed = {
            name
            for name, data in snapshot(folder / "workbooks").items()
            if before.get(name) != data and "备份" not in name
        }
        assert changed == {"设置.xlsx"}
        old, new = read_parts(before["设置.xlsx"]), read_parts((folder / "workbooks" / "设置.xlsx").read_bytes())
        # The sheet, and the workbook's own part, where its filter has a name.
        changed = {name for name in old if old[name] != new[name]} - {"xl/styles.xml", "xl/workbook.xml"}
        assert len(changed) == 1
        (backup,) = (folder / "workbooks" / "备份").iterdir()
        assert (backup / "设置.xlsx").read_bytes() == before["设置.xlsx"]

    def test_registering_twice_adds_nothing(self, tmp_path):
        folder = office(tmp_path)
        jinguo(folder, "notices", "--register")
        before = snapshot(folder / "workbooks")
        done = jinguo(folder, "notices", "--register")
        assert "发文登记没有改动" in done.stdout
        assert "余妇〔2026〕6号" in done.stdout
        assert snapshot(folder / "workbooks") == before

    def test_without_register_the_workbooks_stay_as_they_are(self, tmp_path):
        folder = office(tmp_path)
        before = snapshot(folder / "workbooks")
        jinguo(folder, "notices")
        assert snapshot(folder / "workbooks") == before

    def test_an_open_workbook_is_not_written(self, tmp_path):
        folder = office(tmp_path)
        (folder / "workbooks" / "~$设置.xlsx").write_bytes(b"x")
        before = snapshot(folder / "workbooks")
        done = jinguo(folder, "notices", "--register")
        assert (done.returncode, "工作簿正被打开" in done.stderr) == (2, True)
        assert snapshot(folder / "workbooks") == before

    def test_an_empty_register_with_a_title_row_keeps_its_header(self, tmp_path):
        folder = office(tmp_path)
        path = folder / "workbooks" / "设置.xlsx"
        book = openpyxl.load_workbook(path)
        book["发文登记"].delete_rows(2, 50)
        book["发文登记"].insert_rows(1)
        book["发文登记"]["A1"] = "发文登记簿"
        book.save(path)
        assert jinguo(folder, "notices", "--register").returncode == 0
        rows = [row for row in workbook_rows(path, "发文登记") if row[0]]
        assert [row[0] for row in rows] == ["发文登记簿", "发文字号", *(f"余妇〔2026〕{n}号" for n in range(1, 6))]

    def test_letters_name_no_number_of_a_person(self, tmp_path):
        folder = office(tmp_path)
        change_cell(folder / "workbooks" / "设置.xlsx", "参数", "B2", "2027-03-01")
        jinguo(folder, "notices")
        numbers = {row[5] for row in workbook_rows(folder / "workbooks" / "人员台账.xlsx", "人员")[1:]}
        mobiles = {row[17] for row in workbook_rows(folder / "workbooks" / "人员台账.xlsx", "人员")[1:]}
        for path in (folder / "output" / "通知").glob("*.docx"):
            text = "".join(docx_text(path))
            assert not [n for n in numbers | mobiles if n and str(n) in text], path.name


def test_the_rules_behind_the_letters_are_there():
    assert {"ORG-009", "CER-005", "PRJ-012", "PRJ-004"} <= set(RULES)
