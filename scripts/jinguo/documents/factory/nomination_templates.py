"""The papers of a nomination: form, report, letter for opinions, public notice, analysis, explanation."""

from __future__ import annotations

from typing import Any

from jinguo.documents.factory.letter_templates import letter_head, paragraphs
from jinguo.word.blocks import (
    attachment,
    blank,
    contact_and_attachment,
    figure_chart,
    letter_masthead,
    masthead,
    paragraph,
    record,
    signature,
)
from jinguo.word.table_blocks import SEALED, columns_like_heads, form, table

_PERSON = ["序号", "姓名", "性别", "民族", "出生年月", "政治面貌", "工作单位及职务"]
_PERSON_SHARES = [12, 22, 12, 14, 22, 24, 50]


def _people_table(document: Any) -> None:
    table(document, columns_like_heads(_PERSON, _PERSON_SHARES, left=[6]), "行 in 人选")


def person_form(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    paragraph(document, "名单说明", "（{{ 名称 }}）")
    form(
        document,
        [
            [
                ("姓名", 1),
                ("{{ 姓名 }}", 1),
                ("性别", 1),
                ("{{ 性别 }}", 1),
                ("出生年月", 1),
                ("{{ 出生年月 }}", 1),
                ("{{ 照片 }}", 1),
            ],
            [
                ("民族", 1),
                ("{{ 民族 }}", 1),
                ("籍贯", 1),
                ("{{ 籍贯 }}", 1),
                ("政治面貌", 1),
                ("{{ 政治面貌 }}", 1),
                ("↑", 1),
            ],
            [
                ("学历", 1),
                ("{{ 学历 }}", 1),
                ("学位", 1),
                ("{{ 学位 }}", 1),
                ("参加工作", 1),
                ("{{ 参加工作时间 }}", 1),
                ("↑", 1),
            ],
            [("毕业院校系及专业", 1), ("{{ 毕业院校系及专业 }}", 3), ("专业技术职务", 1), ("{{ 专业技术职务 }}", 2)],
            [("工作单位及职务", 1), ("{{ 工作单位及职务 }}", 3), ("户籍地", 1), ("{{ 户籍地 }}", 2)],
            [("身份证号", 1), ("", 3), ("手机", 1), ("", 2)],
            [("社会职务", 1), ("{{ 社会职务 }}", 6)],
            [("社会组织任职", 1), ("{{ 社会组织任职 }}", 6)],
            [("简历", 1), ("{{ 简历 }}", 6)],
            [("主要事迹", 1), ("{{ 主要事迹 }}", 6)],
            [("奖惩情况", 1), ("{{ 奖惩情况 }}", 6)],
        ],
        [21, 21, 16, 23, 21, 25, 29],
        # The first three rows hold a photo of 35 mm; its column one of 25 mm and the margins of the cell.
        tall={0: 690, 1: 690, 2: 690, 8: 2600, 9: 2600},
    )
    paragraph(document, "表题", "家庭主要成员及重要社会关系")
    heads = ["称谓", "姓名", "出生年月", "政治面貌", "工作单位及职务"]
    table(document, columns_like_heads(heads, [20, 24, 24, 28, 60], left=[4]), "行 in 家庭成员")
    paragraph(document, "表题", "意见")
    form(
        document,
        [
            [("推荐单位意见", 1), ("{{ 推荐理由 }}" + SEALED, 6)],
            [("联审意见", 1), ("{{ 部门意见 }}" + SEALED, 6)],
            [("妇联意见", 1), (SEALED, 6)],
            [("审批意见", 1), (SEALED, 6)],
        ],
        [22, 22, 18, 24, 22, 26, 22],
        tall=dict.fromkeys(range(4), 1700),
    )
    paragraph(document, "公文正文", "（身份证号和手机由本人填写。）")


def report(document: Any) -> None:
    masthead(document, upward=True)
    letter_head(document)
    paragraphs(
        document,
        "根据推荐工作的要求，我会按照{{ 程序 }}的程序，提出{{ 名称 }}{{ 人数 }}名（名额{{ 名额 }}名{% if 差额 %}，差额{{ 差额 }}名{% endif %}）。现将有关情况报告如下。",
        "一、推荐过程",
        "{{ 提名 }}，经逐项审查，符合条件的{{ 合格人数 }}人。{% if 部门 %}已征求{{ 部门 }}的意见。{% endif %}{% if 结构要求 %}在符合结构要求的前提下，{% endif %}{% if 评分 %}按评分择优{% else %}经研究{% endif %}确定。",
        "二、推荐人选",
        "以{{ 排序口径 }}为序：{{ 名单 }}。",
        "三、结构情况",
        "{{ 结构 }}。",
        "特此报告。",
    )
    blank(document)
    paragraph(document, "附件说明", "附件：1.{{ 附件一 }}")
    paragraph(document, "附件说明", "\u3000\u3000\u30002.{{ 附件二 }}")
    signature(document)
    record(document)


def opinion_letter(document: Any) -> None:
    letter_masthead(document)
    letter_head(document)
    paragraphs(
        document,
        "为做好{{ 名称 }}的推荐工作，现将拟推荐的{{ 人数 }}名人选（名单见附件）送你单位征求意见。请按职责对人选进行审核，于{{ 截止日期 }}前将意见加盖公章后函复我会；有不同意见的，请写明人选和理由。",
        "名单仅供审核使用，请注意保管，不要外传。",
    )
    contact_and_attachment(document)
    attachment(document, "附件", "{{ 附件一 }}")
    _people_table(document)


def public_notice(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraphs(
        document,
        "根据推荐工作的要求，经{{ 程序 }}，确定{{ 名称 }}{{ 人数 }}名。现予以公示（以{{ 排序口径 }}为序）。",
        "公示时间：{{ 起 }}至{{ 止 }}（{{ 工作日数 }}个工作日）。",
        "公示期间，如对公示人选有不同意见，请向{{ 单位名称 }}反映。反映情况要实事求是，以单位名义反映的要加盖公章，以个人名义反映的要署实名。",
        "受理电话：{{ 联系电话 }}{% if 受理邮箱 %}；电子邮箱：{{ 受理邮箱 }}{% endif %}。",
    )
    blank(document)
    _people_table(document)
    signature(document)


def analysis(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    paragraph(document, "名单说明", "（内部资料，不对外公布）")
    blank(document)
    paragraphs(
        document,
        "名单共{{ 人数 }}名（名额{{ 名额 }}名{% if 差额 %}，差额{{ 差额 }}名{% endif %}），{% if 要求 %}结构要求与实际情况如下。{% else %}这一批没有结构要求，人员分布如下。{% endif %}",
        "{%p if 要求 %}",
        "一、要求与实际",
    )
    heads = ["结构要求", "最少", "最多", "实际", "结果"]
    table(document, columns_like_heads(heads, [84, 18, 18, 18, 18], left=[0]), "行 in 要求")
    figure_chart(document, "结构图")
    paragraphs(document, "{%p endif %}")
    paragraph(document, "一级标题", "{% if 要求 %}二{% else %}一{% endif %}、人员分布")
    heads = ["项目", "类别", "人数"]
    table(document, columns_like_heads(heads, [40, 80, 36]), "行 in 分布")
    _notes(document, "{% if 要求 %}三{% else %}二{% endif %}、需要注意")
    signature(document)


def explanation(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    paragraph(document, "名单说明", "（内部材料，不得外传）")
    paragraphs(
        document,
        "名单{{ 人数 }}名（名额{{ 名额 }}名{% if 差额 %}，差额{{ 差额 }}名{% endif %}），{% if 有名单 %}是{% if 人工 %}在人工确定的前提下，{% endif %}{% if 结构要求 %}符合所审查的结构要求的名单中{% else %}能选出的名单中{% endif %}总分最高的一份，已经计算证明。{{ 同分规则 }}。{% else %}没有能同时满足各项要求的名单，原因见后面的“需要注意”。{% endif %}每个人选为什么入选、为什么没有入选，说明如下。",
    )
    heads = ["姓名", "名次", "总分", "结果", "说明"]
    table(document, columns_like_heads(heads, [20, 14, 18, 18, 86], left=[4]), "行 in 人选")
    _notes(document, "需要注意")
    signature(document)


def _notes(document: Any, title: str) -> None:
    paragraphs(document, "{%p if 注意 %}")
    paragraph(document, "一级标题", title)
    paragraphs(document, "{%p for 行 in 注意 %}", "{{ 行 }}", "{%p endfor %}", "{%p endif %}")
