"""Review workbooks of registries as they may be: everything at once, names that Excel takes for patterns, numbers hidden in texts."""

import json
import zipfile

import pytest

from jinguo.documents.statistics_figures import all_figures
from jinguo.nominations.nominate import nominate
from jinguo.reports.audit.batch_audit import batch_audit
from jinguo.reports.audit.packages import batch_package, statistics_package
from jinguo.reports.audit.review_package import package_files
from jinguo.reports.audit.review_sheet import fit, without_numbers
from jinguo.reports.audit.statistics_audit import StatisticsAudit
from jinguo.summary.facts import period_of
from jinguo.summary.year_figures import counted_areas
from jinguo.summary.year_work import year_work
from tests.audit.recalculated import differences, recalculated, said_in
from tests.audit.rich_registry import rich
from tests.helpers import OFFICE_ROWS, registry

WEIGHTS = "批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 考察评分 | 100 | 100"


def audited(of, folder):
    """The files of the one batch of a registry, in a folder."""
    (result,) = nominate(of)
    made = batch_audit(of, result, "余姚市妇联")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.files.items():
        (folder / name).write_bytes(data)
    return folder / "复核表.xlsx"


def check_alone(folder):
    from jinguo.nominations.certificate_check import Certificate

    Certificate(json.loads((folder / "证书.json").read_text("utf-8"))).check(folder / "复核表.xlsx")


@pytest.mark.parametrize("seed", [3, 31, 34])
def test_everything_a_batch_may_ask_is_worked_out_alike(tmp_path, libreoffice, seed):
    path = audited(rich(seed), tmp_path / str(seed))
    made = recalculated(path, tmp_path / "anew", libreoffice)
    count, differ = differences(path, made)
    assert differ == []
    assert count > 4000
    assert said_in(made, "差异") == []
    check_alone(path.parent)


PATTERNS = {
    "人员": "人员编号 | 姓名 | 出生年月\nRY* | 田富 | 1980.05\nRY2 | 王宁 | 1981.05\nRY?3 | 丁一 | 1982.05\nRY~4 | 李干 | 1983.05",
    "社会组织": "组织编号 | 组织名称 | 负责人\nZZ1 | 组*织 | RY*\nZZ2 | 组织 | RY2\nZZ3 | =1+1 | RY?3\nZZ4 | \"引\"号 | RY~4",
    "培训活动": "活动编号 | 活动名称 | 开始时间 | 学时 | 经费(元)\nHD? | 甲 | 2026-03-08 09:00 | 6 | 100.005\nHD2 | 乙 | 2026-04-08 09:00 | 3 | ",
    "签到": "活动编号 | 人员编号\nHD? | RY*\nHD? | RY2\nHD2 | RY?3\nHD2 | RY~4\nHD2 | RY*",
    "推荐批次": "批次编号 | 名额\nTJ2601 | 2",
    "人选": "批次编号 | 人员编号 | 考察评分 | 推荐单位\nTJ2601 | RY* | 90 | abc\nTJ2601 | RY2 | 80 | ABC\nTJ2601 | RY?3 | 70 | abc\nTJ2601 | RY~4 | 60 | a*c",
    "资格条件": "批次编号 | 条件 | 比较 | 值\nTJ2601 | 学时 | 不少于 | 1",
    "结构要求": "批次编号 | 维度 | 取值 | 最少 | 最多\nTJ2601 | 每个推荐单位 | 任一 |  | 1\nTJ2601 | 户籍地 | " + "、".join(f"很远的地方{n}" for n in range(60)) + " |  | 1",
    "评分指标": WEIGHTS,
    "联审意见": "批次编号 | 人员编号 | 部门 | 意见\nTJ2601 | RY* | 余姚市住房和城乡建设局房产管理中心第一业务科室综合窗口甲 | 同意\nTJ2601 | RY2 | 余姚市住房和城乡建设局房产管理中心第一业务科室综合窗口乙 | 同意",
    "单位": OFFICE_ROWS,
}  # fmt: skip


def test_signs_that_excel_takes_for_patterns_find_nobody_else(tmp_path, libreoffice):
    of = registry(**PATTERNS)
    path = audited(of, tmp_path / "batch")
    figures = tmp_path / "figures" / "复核表.xlsx"
    figures.parent.mkdir()
    figures.write_bytes(StatisticsAudit(of, all_figures(of), "统计").written("x"))
    for one in (path, figures):
        made = recalculated(one, tmp_path / "anew", libreoffice)
        assert differences(one, made)[1] == []
        assert said_in(made, "差异") == []
    check_alone(path.parent)


@pytest.mark.parametrize(
    "number",
    [
        "330281199001011234", "33028119900101123X", "330281 19900101 1234", "13812345678", "+8613812345678", "138 1234 5678", "138-1234-5678",
        "１３８１２３４５６７８", "0574-62701234", "0574 62701234", "(0574)62701234", "0574－62701234", "330281900101123", "a.b@example.org", "a＠b.com",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "身份证{}号", "电话：{}（晚上）"])
def test_a_number_is_found_however_it_is_written(number, around):
    assert "（略）" in without_numbers(around.format(number))


@pytest.mark.parametrize(
    "text",
    ["2026-10-15", "20261015", "余妇〔2026〕6号", "RY0001", "92.5", "第 12 行", "100000000.25", "2026=2026-06-14"],
)
def test_what_is_nobodys_number_stays(text):
    assert fit(text) == text


def test_numbers_hidden_in_texts_stay_with_the_office(tmp_path, libreoffice):
    """In names of units, events, places, requirements and quotas; the workbook agrees with itself all the same."""
    phone, identity = "13812345678", "330281199001011234"
    of = registry(
        人员=f"人员编号 | 姓名 | 出生年月 | 户籍地\nRY0001 | 田富 | 1980.05 | 余姚{phone}\nRY0002 | 王宁 | 1981.05 | 宁波",
        社会组织=f"组织编号 | 组织名称 | 负责人\nZZ0001 | 组织{phone}号 | RY0001",
        培训活动=f"活动编号 | 活动名称 | 开始时间 | 学时\nHD0001 | 身份证{identity}号培训 | 2026-03-08 09:00 | 6",
        签到="活动编号 | 人员编号\nHD0001 | RY0001\nHD0001 | RY0002",
        推荐批次=f"批次编号 | 名称 | 名额\nTJ2601 | 人选（问{phone}） | 1",
        人选=f"批次编号 | 人员编号 | 考察评分 | 推荐单位\nTJ2601 | RY0001 | 90 | 甲{identity}号\nTJ2601 | RY0002 | 80 | 甲{identity}号",
        资格条件=f"批次编号 | 条件 | 比较 | 值 | 性质 | 加分\nTJ2601 | 户籍地 | 等于 | 余姚{phone} | 优先 | 1\nTJ2601 | 学时 | 不少于 | 1 | 必备 |",
        结构要求=f"批次编号 | 维度 | 取值 | 最少 | 最多\nTJ2601 | 户籍地 | 余姚{phone} | 1 |\nTJ2601 | 每个推荐单位 | 任一 |  | 1",
        评分指标=WEIGHTS,
        单位=OFFICE_ROWS,
    )
    (result,) = nominate(of)
    packages = [batch_package(of, result, "余姚市妇联"), statistics_package(of, all_figures(of), "余姚市妇联")]
    for package in packages:
        for name, data in package_files(of, package, None, "余姚市妇联").items():
            path = tmp_path / package.kind / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            parts = [data]
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    parts = [archive.read(part) for part in archive.namelist()]
            text = b"".join(parts).decode("utf-8", "replace")
            assert phone not in text, name
            assert identity not in text, name
        made = recalculated(tmp_path / package.kind / "复核表.xlsx", tmp_path / "anew", libreoffice)
        assert said_in(made, "差异") == []
    check_alone(tmp_path / "推荐")


def test_keys_that_are_identity_numbers_are_refused():
    from jinguo.common.errors import JinguoError

    of = registry(人员="人员编号 | 姓名\n330281199001011234 | 田富")
    with pytest.raises(JinguoError, match="编号用的是身份证号"):
        StatisticsAudit(of, [], "统计")


def test_long_sheets_are_counted_by_their_blocks(tmp_path, libreoffice, monkeypatch):
    """Of many rows a figure looks through its own alone, and through the room below: a row added there counts."""
    import openpyxl

    from jinguo.reports.audit import counted_rows

    monkeypatch.setattr(counted_rows, "LONG", 5)
    of = rich(31)
    figures = all_figures(of)
    path = tmp_path / "long" / "复核表.xlsx"
    path.parent.mkdir()
    path.write_bytes(StatisticsAudit(of, figures, "统计").written("x"))
    made = recalculated(path, tmp_path / "anew", libreoffice)
    assert differences(path, made)[1] == []
    book = openpyxl.load_workbook(path)
    sheet = book["归属·组织"]
    heads = [cell.value for cell in sheet[3]]
    group, last = sheet.cell(4, heads.index("组织") + 1).value, sheet.max_row
    for head, value in (("组织", group), ("年度", 2026), ("出席", 1), ("得学时", 6)):
        sheet.cell(last + 1, heads.index(head) + 1).value = value
    book.save(path)
    (said,) = [
        line for line in said_in(recalculated(path, tmp_path / "more", libreoffice), "差异") if "参训人次" in line
    ]
    assert said.startswith(f"2026 {group} 参训人次：算得")


def test_organisations_without_a_township_are_counted_alike(tmp_path, libreoffice):
    of = registry(
        镇街="镇街名称\n阳明街道",
        人员="人员编号 | 姓名\nRY1 | 田富\nRY2 | 王宁\nRY3 | 丁一",
        社会组织="组织编号 | 组织名称 | 所属镇街 | 负责人\nZZ1 | 甲 | 阳明街道 | RY1\nZZ2 | 乙 |  | RY2",
        培训活动="活动编号 | 开始时间 | 学时\nHD1 | 2026-03-08 09:00 | 6",
        签到="活动编号 | 人员编号\nHD1 | RY1\nHD1 | RY2\nHD1 | RY3",
    )
    path = tmp_path / "township" / "复核表.xlsx"
    path.parent.mkdir()
    figures = all_figures(of)
    assert {"未填", "没有任职"} <= {f.dimensions.get("镇街") for f in figures}
    path.write_bytes(StatisticsAudit(of, figures, "统计").written("x"))
    made = recalculated(path, tmp_path / "anew", libreoffice)
    assert differences(path, made)[1] == []
    assert said_in(made, "差异") == []


def test_names_that_differ_in_capitals_alone_are_told():
    of = registry(
        社会组织="组织编号 | 组织名称\nZZ1 | abc组织\nZZ2 | ABC组织",
        培训活动="活动编号 | 开始时间\nHD1 | 2026-03-08 09:00",
    )
    gaps = statistics_package(of, all_figures(of), "x").gaps
    assert [gap for gap in gaps if gap.startswith("“abc组织”、“ABC组织”只有大小写不同")]


def test_the_year_before_is_worked_out_of_groups_too(tmp_path, libreoffice):
    """Two projects of one buyer, one in either year: whoever takes them on is counted by the year and the buyer."""
    from jinguo.reports.audit.summary_audit import SummaryAudit

    of = registry(
        社会组织="组织编号 | 组织名称\nZZ0001 | 甲\nZZ0002 | 乙",
        项目=(
            "项目编号 | 项目名称 | 购买主体 | 承接组织 | 开始日期 | 状态\nXM1 | 一 | 市民政局 | ZZ0001 | 2026-03-01 | 实施\n"
            "XM2 | 二 | 市民政局 | ZZ0002 | 2025-02-01 | 结项\nXM3 | 三 | 市民政局 | ZZ0002 | 2025-12-01 | 结项"
        ),
        单位=OFFICE_ROWS,
    )
    areas, figures = counted_areas(of), all_figures(of)
    work = year_work(of, period_of(2026, of.today), figures, areas, True)
    path = tmp_path / "year" / "复核表.xlsx"
    path.parent.mkdir()
    path.write_bytes(SummaryAudit(of, work, areas, "总结").written("x"))
    made = recalculated(path, tmp_path / "anew", libreoffice)
    assert differences(path, made)[1] == []
    assert said_in(made, "差异") == []
