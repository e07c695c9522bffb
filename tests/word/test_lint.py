"""`jinguo lint`: every mistake of a template with its paragraph, what it is and what to do; factory templates come
back."""

from __future__ import annotations

import io

import docx
import pytest

from jinguo.common.ooxml import read_parts, write_parts
from jinguo.documents.register import DOCUMENTS
from jinguo.documents.templates import TEMPLATES, build_template
from jinguo.word.lint import Known, lint
from tests.helpers import ROOT, TODAY, change_cell, jinguo, office
from tests.word.test_render import NAME, OFFICE, template

KNOWN = Known(
    {"标题": None, "活动名称": None, "经费(元)": None, "手机": None, "日程": ("时间", "内容"), "名单": ()}, public=True
)


def mistakes(*texts: str, known: Known = KNOWN) -> list[tuple[str, str, str]]:
    return [tuple(m) for m in lint(template(*texts), NAME, known, OFFICE, TODAY)]  # type: ignore[misc]


def test_a_right_template_has_no_mistakes():
    assert mistakes(
        "{{ 标题 }}", "{% if 活动名称 %}关于{{ 活动名称 }}{% endif %}，经费{{ 经费(元) }}元", "{%p for 行 in 日程 %}", "{{ loop.index }}.{{ 行.时间 }}{{ 行.内容 }}",
        "{%p endfor %}", "{%p for 人 in 名单 %}", "{{ 人 }}", "{%p endfor %}",
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["关于{{ 活动名陈 }}的通知"],
            [("关于{{ 活动名陈 }}的通知", "“活动名陈”没有对应的内容", "是不是“活动名称”？请改正")],
        ),
        (
            ["{{ 天气 }}"],
            [("{{ 天气 }}", "“天气”没有对应的内容", "改成可以用的名称（见 docs/模板标记.md），或在台账里加一列")],
        ),
        (
            ["关于｛｛活动名称｝｝"],
            [
                (
                    "关于｛｛活动名称｝｝",
                    "标记里有全角的括号、百分号或多余的空格",
                    "改成半角的 {{ }} 或 {% %}，中间不留空格",
                )
            ],
        ),
        (
            ["{％ if 标题 ％}"],
            [("{％ if 标题 ％}", "标记里有全角的括号、百分号或多余的空格", "改成半角的 {{ }} 或 {% %}，中间不留空格")],
        ),
        (["关于{{ 标题 的通知"], [("关于{{ 标题 的通知", "标记没有写完", "补上后面的 }} 或 %}")]),
        (["关于 标题 }}的通知"], [("关于 标题 }}的通知", "有一个括号不成对", "补上缺的括号，或删去多的")]),
        (["关于{标题}的通知"], [("关于{标题}的通知", "有一个括号不成对", "补上缺的括号，或删去多的")]),
        (
            ["关于{{ 标题", "}}的通知"],
            [("关于{{ 标题 ↵ }}的通知", "一个标记跨了两段", "把标记写在一段里，中间不要换行")],
        ),
        (
            ["{%p for 行 in 日程 %}", "{{ 行.时问 }}", "{%p endfor %}"],
            [("{{ 行.时问 }}", "“日程”的每一行里没有“时问”", "是不是“时间”？请改正")],
        ),
        (
            ["{%p for 行 in 标题 %}", "{{ 行 }}", "{%p endfor %}"],
            [("{%p for 行 in 标题 %}", "“标题”不是一张表，不能用 for", "直接写成 {{ 标题 }}")],
        ),
        (["联系她：{{ 手机 }}"], [("联系她：{{ 手机 }}", "“手机”是个人信息，不能写进对外的材料", "删去这个标记")]),
    ],
)
def test_each_mistake_is_told_with_its_paragraph(texts, expected):
    found = mistakes(*texts)
    assert found[: len(expected)] == expected


@pytest.mark.parametrize("text", ["{% if 标题 %}没有结束", "{{ 标题|大写 }}", "{% 如果 标题 %}", "{{ 标题 活动名称 }}"])
def test_broken_jinja_is_told_with_the_place(text):
    ((_, what, remedy),) = mistakes("第一段", text)
    assert what and remedy.startswith("检查")


def test_a_private_name_is_fine_in_what_stays_inside():
    assert mistakes("{{ 手机 }}", known=KNOWN._replace(public=False)) == []


def test_all_mistakes_are_told_at_once():
    found = mistakes("{{ 标提 }}", "{{ 活动名陈 }}", "{标题}")
    assert [what for _, what, _ in found] == ["有一个括号不成对", "“标提”没有对应的内容", "“活动名陈”没有对应的内容"]


def test_a_style_that_is_not_there_is_told():
    parts = read_parts(template("{{ 标题 }}"))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b'w:val="BodyText1"', b'w:val="NoSuch"')
    ((_, what, _),) = lint(write_parts(parts), NAME, KNOWN, OFFICE, TODAY)
    assert what == "用了没有的样式“NoSuch”"


def test_what_is_no_template_is_told():
    assert [m.what for m in lint(b"PK", NAME, KNOWN, OFFICE, TODAY)] == ["打不开，不是 Word 文档（.docx）或已经损坏"]
    parts = read_parts(template("正文")) | {"word/vbaProject.bin": b"x"}
    assert [m.what for m in lint(write_parts(parts), NAME, KNOWN, OFFICE, TODAY)] == ["带有宏"]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_factory_templates_are_right(kind):
    document = DOCUMENTS[kind]
    assert lint(build_template(document.template), document.template, document.known(), OFFICE, TODAY) == []


def test_every_template_belongs_to_a_document():
    assert {d.template for d in DOCUMENTS.values()} == set(TEMPLATES)


class TestThroughTheRealCommand:
    def edit(self, folder, text: str) -> None:
        path = folder / "templates" / NAME
        document = docx.Document(str(path))
        document.add_paragraph(text)
        document.save(str(path))

    def test_right_templates(self, tmp_path):
        done = jinguo(office(tmp_path), "lint")
        assert done.returncode == 0
        assert done.stdout.splitlines()[-1].startswith("模板都可以用。")

    def test_a_mistake_has_exit_code_one_and_its_place(self, tmp_path):
        folder = office(tmp_path)
        self.edit(folder, "关于{{ 活动名陈 }}的补充")
        (folder / "templates" / "推荐人选名单.docx").unlink()
        done = jinguo(folder, "lint")
        assert done.returncode == 1
        assert (
            "【培训通知.docx › 关于{{ 活动名陈 }}的补充】“活动名陈”没有对应的内容。\n    → 是不是“活动名称”？请改正。"
            in done.stdout
        )
        assert "【推荐人选名单.docx】模板不见了" in done.stdout
        assert "共 2 处。" in done.stdout

    def test_the_offices_own_column_may_be_placed(self, tmp_path):
        folder = office(tmp_path)
        self.edit(folder, "带队：{{ 带队人 }}")
        assert jinguo(folder, "lint").returncode == 1
        change_cell(folder / "workbooks" / "培训考试台账.xlsx", "培训活动", "Q1", "带队人")
        change_cell(folder / "workbooks" / "培训考试台账.xlsx", "培训活动", "Q2", "陈晓")
        assert jinguo(folder, "lint").returncode == 0

    def test_restoring_keeps_the_edited_one(self, tmp_path):
        folder = office(tmp_path)
        self.edit(folder, "我们加的一段")
        edited = (folder / "templates" / NAME).read_bytes()
        done = jinguo(folder, "lint", "--restore", "培训通知")
        assert (done.returncode, "改过的模板另存为 培训通知（改过的）.docx。" in done.stdout) == (0, True)
        assert (folder / "templates" / NAME).read_bytes() == (ROOT / "templates" / NAME).read_bytes()
        assert (folder / "templates" / "培训通知（改过的）.docx").read_bytes() == edited
        again = jinguo(folder, "lint", "--restore", "培训通知.docx")
        assert "就是原来的样子，没有改动" in again.stdout
        self.edit(folder, "又加一段")
        jinguo(folder, "lint", "--restore", "培训通知")
        assert (folder / "templates" / "培训通知（改过的2）.docx").exists()

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("{{ 收件仁 }}", "收件仁"),
            ("{{ 收件人", "标记写得不对"),
            ("{{ ''.__class__ }}", "不允许"),
            ("{{ 收件人 }}：您好", "邮件正文.txt：没有问题"),
        ],
    )
    def test_the_words_of_a_mail_are_checked_too(self, tmp_path, text, says):
        folder = office(tmp_path)
        (folder / "templates" / "邮件正文.txt").write_text(text, "utf-8")
        done = jinguo(folder, "lint")
        assert (done.returncode, says in done.stdout) == (0 if "没有问题" in says else 1, True)

    def test_a_template_there_is_not(self, tmp_path):
        done = jinguo(office(tmp_path), "lint", "--restore", "培训通之")
        assert (done.returncode, "是不是 培训通知？" in done.stderr) == (2, True)

    def test_without_a_registry_templates_can_be_checked(self, tmp_path):
        assert jinguo(office(tmp_path, demo=False), "lint").returncode == 0


def test_the_trial_render_shows_what_only_filling_shows():
    document = docx.Document(io.BytesIO(template("{{ 活动名称 + 1 }}")))
    stream = io.BytesIO()
    document.save(stream)
    ((_, what, _),) = lint(stream.getvalue(), NAME, KNOWN, OFFICE, TODAY)
    assert what == "有算不出来的写法，或者不是 Word 文档"
