"""工作总结: the figures of the seed one by one, sentences that stand only with their facts, numbers of sections and attachments."""

from __future__ import annotations

import re

import docx
import openpyxl
import pytest

from jinguo.documents.register import DOCUMENTS
from jinguo.documents.summary_report import KINDS, ROWS, WORDS, summary_context
from jinguo.word.placeholders import character_count
from tests.helpers import change_cell, jinguo, office
from tests.summary.test_year_work import SERVICES, TWO, work

FOLDER = "output/总结/2026年女性社会组织"


def text_of(path) -> str:
    document = docx.Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = office(tmp_path_factory.mktemp("summary"))
    done = jinguo(folder, "summary", "--compare")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.mark.parametrize(
    "said",
    [
        "26个社会组织培育发展服务中心（市级1个、乡镇街道21个、村社区4个）",
        "余姚市女性社会组织服务中心吸纳余姚市巾帼志愿者帮扶协会、余姚市四叶草婚恋中心、幸福驿站婚调室、金石榴女律师服务站余姚分站4个女性社会组织进驻",
        "实行轮流坐值制，2026年值班192天，每个值班日都有人负责来访接待",
        "以余姚市巾帼志愿者帮扶协会为枢纽，带动、指导女性社会组织34个",
        "8月变更负责人（依据：8 月中旬重组：修改章程和会员条件，换届）",
        "6人取得初级社会工作师资格（上年5人，增加1人），其中女性社会组织负责人4人",
        "1个女性社会组织承接了余姚市养老中心的“乐善行知，合力惠老”项目。",
        "3个女性社会组织承接了宁波市妇女联合会的“老妇代会主任关爱”项目、“公益红娘工作室扶持”项目、“区县（市）枢纽型女性社会组织建设”项目这3个项目。",
        "承接了余姚市总工会的",
        "承接了余姚市民政局的",
        "推出家庭教育、女性创业、五水共治等方面的微项目5个",
        "核心层5个，是余姚市巾帼志愿者帮扶协会、余姚市旗袍协会、余姚市家庭教育协会、余姚市双学双比女能手协会、余姚市千年渡公益红娘服务中心。",
        "东江妈妈帮、花仙子美域协会",
        "建立联络群5个，其中微信群3个、QQ群2个",
        "主题沙龙3场", "业务培训5场", "外出参观学习2场", "风采展示2场",
        "专家智库在聘12人，其中专家顾问4人、女性公益4人、专业社工4人",
        "其中人大代表2人、政协委员1人、妇联副主席1人、妇联常委1人、妇联执委4人",
        "围绕五水共治、为老服务、助残服务、亲子阅读、共建美丽家园、救助帮扶、女性创业开展服务活动132场",
        "公益项目创意设计大赛，8个组织的8件作品参赛",
    ],
)  # fmt: skip
def test_the_demo_states_the_facts_of_the_seed(written, said):
    assert said in text_of(written / f"{FOLDER}工作总结.docx")


def test_sections_and_attachments_are_numbered(written):
    document = docx.Document(str(written / f"{FOLDER}工作总结.docx"))
    by_style = {
        style: [p.text for p in document.paragraphs if p.style.name == style] for style in ("一级标题", "二级标题", "附件说明", "附件标记")
    }  # fmt: skip
    assert [text[:2] for text in by_style["一级标题"]] == ["一、", "二、", "三、"]
    assert [text[:3] for text in by_style["二级标题"]] == ["（一）", "（二）", "（三）"] * 3
    assert by_style["附件说明"] == [
        "附件：1.项目一览表",
        "\u3000\u3000\u30002.核心层、紧密层组织名录",
        "\u3000\u3000\u30003.数字的口径和来源",
    ]
    assert by_style["附件标记"] == ["附件1", "附件2", "附件3"]


def test_the_appendix_says_how_each_figure_was_counted_and_from_which_rows(written):
    document = docx.Document(str(written / f"{FOLDER}工作总结.docx"))
    proofs = {row.cells[1].text: row.cells for row in document.tables[-1].rows}
    assert proofs["服务人次"][2].text == "9823人次"
    assert proofs["服务人次"][4].text == "社会组织台账.xlsx › 服务活动 第 2—133 行"
    assert proofs["合格人数（初级）"][2].text == "6人"
    assert proofs["项目数（宁波市妇女联合会）"][2].text == "3个"


def test_the_short_version_and_the_article_say_the_same_numbers(written):
    short, article = (text_of(written / f"{FOLDER}{kind}.docx") for kind in ("工作总结简版", "信息稿"))
    for text in (short, article):
        assert "服务活动132场" in text and "服务9823人次" in text and "承接项目14个" in text
        assert "其中负责人4人" in text
    data = (written / f"{FOLDER}信息稿.docx").read_bytes()
    assert 300 < character_count(data) <= 800


def test_no_number_of_anybody_goes_out(written):
    for kind in KINDS:
        text = text_of(written / f"{FOLDER}{kind}.docx")
        assert not re.search(r"1[3-9]\d{9}|\d{17}[\dX]|0574", text)


def test_changing_a_row_changes_the_sentence(tmp_path):
    folder = office(tmp_path / "office")
    book = folder / "workbooks/社会组织台账.xlsx"
    sheet = openpyxl.load_workbook(book)["服务活动"]
    column = next(c.column_letter for c in sheet[1] if c.value and c.value.startswith("服务人次"))
    change_cell(book, "服务活动", f"{column}2", int(sheet[f"{column}2"].value) + 1000)
    assert jinguo(folder, "summary").returncode == 0
    assert "服务10823人次" in text_of(folder / f"{FOLDER}工作总结.docx")


def test_an_office_with_little_says_little_and_numbers_what_is_left(tmp_path):
    folder = office(tmp_path / "office")
    for path in (folder / "workbooks").iterdir():
        if path.name not in ("项目台账.xlsx", "设置.xlsx"):
            path.unlink()
    assert jinguo(folder, "summary").returncode == 0
    document = docx.Document(str(folder / f"{FOLDER}工作总结.docx"))
    headings = [p.text for p in document.paragraphs if p.style.name in ("一级标题", "二级标题")]
    assert headings == [
        "一、强化服务，“培训+项目”全面提增女性社会组织活力",
        "（一）教育培训提升专业能力",
        "（二）项目实践促进经验积累",
    ]
    assert "参训" not in "".join(p.text for p in document.paragraphs)


def test_what_could_not_be_read_holds_the_report_back(tmp_path):
    folder = office(tmp_path / "office")
    (folder / "workbooks/项目台账.xlsx").write_bytes(b"PK")
    done = jinguo(folder, "summary")
    assert done.returncode == 2
    assert "不出：工作总结。项目台账.xlsx 打不开" in done.stdout.replace("\n", "")
    assert not (folder / "output/总结").exists()


def test_a_cell_that_could_not_be_read_is_said_in_the_report_itself(tmp_path):
    folder = office(tmp_path / "office")
    change_cell(folder / "workbooks/项目台账.xlsx", "项目", "H2", "五万")
    done = jinguo(folder, "summary")
    assert done.returncode == 1
    assert "项目有 1 格读不出，没有计入" in text_of(folder / f"{FOLDER}工作总结.docx")


def test_another_year_is_reported_by_its_own_rows(tmp_path):
    folder = office(tmp_path / "office")
    assert jinguo(folder, "summary", "--year", "2025").returncode == 0
    text = text_of(folder / "output/总结/2025年女性社会组织工作总结.docx")
    assert "2025年1个女性社会组织承接项目1个，合同金额2.8万元" in text
    assert "服务活动" not in text.split("附件：")[0]
    done = jinguo(folder, "summary", "--year", "2030")
    assert done.returncode == 2 and "2030年还没有到" in done.stdout + done.stderr


def test_the_context_has_what_the_register_says():
    for kind in KINDS:
        for made in (work(), work(社会组织=TWO, 服务活动=SERVICES)):
            context = summary_context(made, kind)
            assert set(context) == {*WORDS.split(), *ROWS}
            assert DOCUMENTS[kind].words == WORDS
            for name, fields in ROWS.items():
                assert all(set(row) == set(fields.split()) for row in context[name]), name


def test_an_article_with_long_names_has_fewer_examples(tmp_path):
    folder = office(tmp_path / "office")
    book = openpyxl.load_workbook(folder / "workbooks/项目台账.xlsx")
    for row in range(2, 17):
        book["项目"][f"B{row}"] = f"{row}号" + "很长的项目名称" * 25
    book.save(folder / "workbooks/项目台账.xlsx")
    assert jinguo(folder, "summary").returncode in (0, 1)
    data = (folder / f"{FOLDER}信息稿.docx").read_bytes()
    assert character_count(data) <= 800


@pytest.mark.libreoffice
def test_the_short_version_has_two_pages(written, to_pdf):
    import pdfplumber

    with pdfplumber.open(to_pdf(written / f"{FOLDER}工作总结简版.docx")) as pdf:
        assert len(pdf.pages) == 2
