"""看板.html: one page that needs nothing else; its figures are those of the statistics, each leads to a row; it says what it lacks."""

from __future__ import annotations

import datetime
import json
import re
from urllib.parse import unquote

import openpyxl
import pytest
from lxml import html
from PIL import Image

from jinguo.common.figures import Figure
from jinguo.intake.loading import load_registry
from jinguo.office.task import Task
from jinguo.reports.dashboard import dashboard
from jinguo.reports.data_quality import quality_panels
from jinguo.summary.overview import Panel, PanelCell, overview
from jinguo.summary.year_figures import counted_areas
from tests.helpers import ROOT, change_cell, jinguo, office, registry

DAY = datetime.date(2026, 10, 15)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = office(tmp_path_factory.mktemp("board"))
    done = jinguo(folder, "board")
    assert (done.returncode, done.stderr) == (0, "")
    assert "看板有" in done.stdout
    return folder


@pytest.fixture(scope="module")
def page(folder):
    return html.fromstring((folder / "output/看板.html").read_bytes())


def panel_of(page, title):
    return next(a for a in page.iter("article") if a.find("h3").text == title)


def numbers(page, title) -> dict[str, list[str]]:
    """The chart of a panel, and where it has several series its table."""
    article = panel_of(page, title)
    table = article.find(".//table[@class='plain']")
    rows = (table if table is not None else article.find(".//table")).findall("tbody/tr")
    return {row.find("th").text: [cell.text_content() for cell in row.findall("td")] for row in rows}


def test_it_needs_no_network_and_no_script(folder, page):
    source = (folder / "output/看板.html").read_text("utf-8")
    assert not re.search(r"<script|\son\w+=|@import|url\(|https?://", source)
    assert len(source.encode()) < 1_500_000
    assert page.find(".//meta[@http-equiv]").get("content").startswith("default-src 'none'")
    assert all(not a.get("href").startswith(("http", "javascript", "data")) for a in page.iter("a"))


def test_its_figures_are_those_of_the_statistics(page, generated, tmp_path):
    assert jinguo(generated, "--output", str(tmp_path), "stats", "--json", str(tmp_path / "f.json")).returncode == 0
    told = {(f["name"], *f["dimensions"].values()): f["value"] for f in json.loads((tmp_path / "f.json").read_text("utf-8"))}  # fmt: skip
    for tier, (count, registered, _) in numbers(page, "社会组织（按层级）").items():
        assert (int(count), int(registered)) == (told["在册组织数", tier], told["已登记数", tier])
    for month, (times, held) in numbers(page, "2026年逐月培训").items():
        assert (int(times), int(held)) == (
            told.get(("参训人次", "2026", month), 0),
            told.get(("活动场次", "2026", month), 0),
        )
    for exam, (passed, entered, *_) in numbers(page, "社会工作者职业资格考试（历年）").items():
        assert (int(passed), int(entered)) == tuple(told[n, exam[:4], exam[5:]] for n in ("合格人数", "报考人数"))
    for buyer, (amount, count, *_) in numbers(page, "2026年项目和钱（按购买主体）").items():
        assert (int(amount), int(count)) == (told["合同金额", "2026", buyer], told["项目数", "2026", buyer])
    tiles = {
        li.find("span").text: li.find("b").text_content() for li in panel_of(page, "社会组织（按镇街）").iter("li")
    }
    assert len(tiles) == 21 and sum(map(int, tiles.values())) == told["在册组织数", "在册"]


def test_each_figure_leads_to_the_workbook_and_the_row(folder, page):
    links = [a for a in page.iter("a") if "#" in a.get("href")]
    assert len(links) > 100
    for link in links:
        path, _, place = unquote(link.get("href")).partition("#")
        assert (folder / "output" / path).resolve().exists()
        book, sheet, cell = link.get("title").split(" 起的 ")[0].split(" › ")
        assert (path.rpartition("/")[2], place) == (book, f"{sheet}!{cell}")
    core = panel_of(page, "社会组织（按层级）").find(".//tbody/tr/td//a")
    path, _, place = unquote(core.get("href")).partition("#")
    sheet, cell = place.split("!")
    row = [c.value for c in openpyxl.load_workbook(folder / "output" / path)[sheet][int(cell[1:])]]
    assert "核心层" in row


def test_no_number_of_anybody_is_on_it(page):
    one, text = load_registry(ROOT / "workbooks"), page.text_content()
    for table, field in (("people", "id_number"), ("people", "mobile"), ("organisations", "phone"), ("experts", "phone")):  # fmt: skip
        assert not [v for v in one[table][field] if v and str(v) in text]


def test_what_is_due_this_week_stands_first(page):
    section = next(page.iter("section"))
    assert section.find("h2").text == "待办"
    rows = [[td.text_content() for td in tr.findall("td")] for tr in section.findall(".//tbody/tr")]
    assert rows[0][0] == "逾期"
    assert {row[0] for row in rows} == {"逾期", "今天", "本月"}


def test_names_are_text_and_no_markup():
    """A name that is written like a page is shown as it is written."""
    panel = Panel("甲", "组织", ("数",), rows=[("<script>alert(1)</script>", [PanelCell(Figure("数", {}, 3, "个"))])])
    task = Task(DAY, "<b>", "“'\"><img src=x onerror=y>")
    made = dashboard("<i>妇联</i>", DAY, [task], {"这一年": [panel]}, {}, ["<u>没有</u>"]).decode()
    assert not re.search(r"<script|<img|<b>“|<i>|<u>", made)
    assert "&lt;script&gt;alert(1)" in made


def test_what_could_not_be_read_is_said_and_its_charts_are_not_drawn(tmp_path):
    folder = office(tmp_path / "office")
    (folder / "workbooks/项目台账.xlsx").write_bytes(b"PK")
    done = jinguo(folder, "board")
    assert done.returncode == 2
    page = html.fromstring((folder / "output/看板.html").read_bytes())
    untold = [p.text for p in page.iter("p") if p.get("class") == "untold"]
    assert any("看板没有年度统计的图表" in text and "项目台账.xlsx 打不开" in text for text in untold)
    titles = [h.text for h in page.iter("h3")]
    assert "2026年逐月培训" in titles
    assert not [title for title in titles if "项目和钱" in title or "按层级" in title]


def test_a_table_that_was_not_understood_is_a_remark(tmp_path):
    """Every workbook opens, but no row of 服务活动 says what it is: exit code 1, and the page says why."""
    folder = office(tmp_path / "office")
    book = openpyxl.load_workbook(folder / "workbooks/社会组织台账.xlsx")
    for row in book["服务活动"].iter_rows(min_row=2):
        row[0].value = "说不清"
    book.save(folder / "workbooks/社会组织台账.xlsx")
    done = jinguo(folder, "board")
    assert done.returncode == 1
    assert "看板没有年度统计的图表" in done.stdout
    assert "看板没有年度统计的图表" in (folder / "output/看板.html").read_text("utf-8")


def test_the_quality_of_the_registry_is_shown(tmp_path):
    folder = office(tmp_path / "office")
    change_cell(folder / "workbooks/项目台账.xlsx", "项目", "J2", "下个月")
    assert jinguo(folder, "board").returncode == 1
    page = html.fromstring((folder / "output/看板.html").read_bytes())
    assert numbers(page, "校验发现（按工作簿）")["项目台账.xlsx"][1] == "1"
    assert numbers(page, "没有计入数字的行") == {"项目": ["1"]}
    assert "附注" in panel_of(page, "2026年项目和钱（按购买主体）").text_content()


def test_panels_over_small_tables():
    one = registry(
        DAY,
        镇街="镇街\n阳明街道\n临山镇",
        社会组织="组织编号 | 组织名称 | 层级 | 所属镇街\nZZ0001 | 甲 | 大众层 | 阳明街道\nZZ0002 | 乙 | 核心层 | 阳明街道",
        服务活动="组织编号 | 日期 | 主题 | 服务人次\nZZ0001 | 2026-03-01 | 其他 | 900\nZZ0001 | 2026-03-02 | 五水共治 | 20\nZZ0001 | 2025-03-02 | 五水共治 | 77",
    )
    panels = {panel.title: panel for panel in overview(one, counted_areas(one), [])}
    assert [label for label, _ in panels["社会组织（按层级）"].rows] == ["核心层", "大众层"]
    assert [(label, cells[0].figure.value) for label, cells in panels["社会组织（按镇街）"].rows] == [
        ("阳明街道", 2),
        ("临山镇", 0),
    ]
    served = panels["2026年服务（按主题）"].rows
    assert [(label, cells[0].figure.value) for label, cells in served] == [("五水共治", 20), ("其他", 900)]
    assert served[1][1][0].place == ("社会组织台账.xlsx", "服务活动", "A2")
    assert "2026年逐月培训" not in panels


def test_an_unread_table_is_among_what_is_not_counted():
    one = registry(DAY)
    one.unread["visits"] = "社会组织台账.xlsx 打不开"
    panel = next(p for p in quality_panels(one, []) if p.title == "没有计入数字的行")
    assert panel.rows[0][0] == "来访接待：社会组织台账.xlsx 打不开"
    assert panel.rows[0][1][0].figure.text() == "—"


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_drawn_without_a_complaint_and_fits_the_width(folder, browser, tmp_path, width):
    """Nothing stands beyond the right edge: a column of pixels there is of one colour but for rules."""
    picture = tmp_path / "page.png"
    said = browser(
        folder / "output/看板.html", f"--window-size={width},3000", f"--screenshot={picture}", "--enable-logging=stderr"
    )
    assert "CONSOLE" not in said
    image = Image.open(picture).convert("L")
    assert image.width == width
    assert min(image.crop((width - 3, 0, width - 2, image.height)).tobytes()) > 240
    # The bars are drawn: the colour of the charts is there.
    colours = {colour for _, colour in Image.open(picture).convert("RGB").getcolors(1 << 24)}
    assert (0x9D, 0x2B, 0x46) in colours
