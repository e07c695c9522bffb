"""Notices to all: training, calls and contests, the duty roster, the results of contests and exams."""

from __future__ import annotations

from typing import Any

from jinguo.documents.factory.letter_templates import letter_head, paragraphs
from jinguo.word.blocks import (
    attachment,
    blank,
    contact,
    contact_and_attachment,
    contact_and_signature,
    figure_chart,
    masthead,
    paragraph,
    record,
    signature,
)
from jinguo.word.table_blocks import TableColumns, columns_like_heads, figure_table, table


def training_notice(document: Any) -> None:
    masthead(document)
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraph(document, "主送机关", "{{ 主送机关 }}：")
    paragraph(document, "公文正文", "为{{ 目的 }}，经研究，决定{{ 举办 }}{{ 活动名称 }}。现将有关事项通知如下：")
    paragraph(document, "一级标题", "一、时间和地点")
    paragraph(document, "公文正文", "时间：{{ 时间 }}。")
    paragraph(document, "公文正文", "地点：{{ 地点 }}。")
    paragraph(document, "一级标题", "二、参加人员")
    paragraph(document, "公文正文", "{{ 参加人员 }}{% if 名额 %}，共{{ 名额 }}名，名额分配见附件1{% endif %}。")
    paragraph(document, "一级标题", "三、内容安排")
    paragraph(document, "公文正文", "{%p if 日程 %}")
    paragraph(document, "公文正文", "{% if 学时 %}本次活动计{{ 学时 }}学时，{% endif %}日程安排如下：")
    table(
        document,
        TableColumns(
            ["时间", "内容", "主讲（主持）"],
            ["{{ 行.时间 }}", "{{ 行.内容 }}", "{{ 行.主讲 }}"],
            [32, 80, 44],
            left=[1],
        ),
        "行 in 日程",
    )
    paragraph(document, "公文正文", "{%p else %}")
    paragraph(document, "公文正文", "{% if 学时 %}本次活动计{{ 学时 }}学时，{% endif %}具体日程另行通知。")
    paragraph(document, "公文正文", "{%p endif %}")
    paragraph(document, "一级标题", "四、报名方式")
    paragraph(
        document,
        "公文正文",
        "请各单位确定参加人员，于{% if 报名截止 %}{{ 报名截止 }}{% else %}活动开始三天{% endif %}前将报名回执（见{{ 回执附件 }}）发至{{ 回执邮箱 }}。",
    )
    contact(document)
    blank(document)
    paragraph(document, "附件说明", "{%p if 名额 %}")
    paragraph(document, "附件说明", "附件：1.{{ 附件一 }}")
    paragraph(document, "附件说明", "\u3000\u3000\u30002.{{ 附件二 }}")
    paragraph(document, "附件说明", "{%p else %}")
    paragraph(document, "附件说明", "附件：{{ 附件二 }}")
    paragraph(document, "附件说明", "{%p endif %}")
    signature(document)
    paragraph(document, "公文正文", "{%p if 名额 %}")
    attachment(document, "附件1", "{{ 附件一 }}")
    table(
        document,
        TableColumns(
            ["序号", "镇街", "面向的组织（家）", "名额（人）"],
            ["{{ 行.序号 }}", "{{ 行.镇街 }}", "{{ 行.组织 }}", "{{ 行.名额 }}"],
            [20, 60, 40, 36],
        ),
        "行 in 名额分配",
    )
    paragraph(document, "公文正文", "{%p endif %}")
    attachment(document, "{{ 回执附件 }}", "{{ 附件二 }}")
    paragraph(document, "公文正文", "填报单位：")
    table(
        document,
        TableColumns(["序号", "姓名", "性别", "所在组织", "职务", "联系电话"], [], [14, 26, 14, 50, 24, 28]),
        empty_rows=8,
    )
    record(document)


def _numbered_head(document: Any) -> None:
    masthead(document)
    letter_head(document)


def _requirements(document: Any) -> None:
    """The call's own requirements, numbered."""
    paragraph(document, "公文正文", "{%p for 行 in 要求 %}")
    paragraph(document, "公文正文", "{{ 行 }}")
    paragraph(document, "公文正文", "{%p endfor %}")


def project_call(document: Any) -> None:
    _numbered_head(document)
    paragraphs(
        document,
        "为引导女性社会组织根据妇女、儿童和家庭的实际需求设计和实施项目，经研究，决定{{ 征集 }}{{ 名称 }}。现将有关事项通知如下：",
        "一、征集对象",
        "{{ 对象 }}。没有登记的组织可以由登记的组织代管申报。",
        "二、征集内容",
    )
    paragraphs(
        document,
        "{% if 领域 %}项目领域：{{ 领域 }}。{% endif %}{% if 资助上限 %}每个项目资助不超过{{ 资助上限 }}元。{% endif %}{% if 要求 %}具体要求如下：{% else %}具体内容由申报组织提出。{% endif %}",
    )
    _requirements(document)
    paragraphs(
        document,
        "三、申报方式",
        "请于{{ 截止日期 }}前将申报表（见附件）发至{{ 报送邮箱 }}。{% if 评审日期 %}评审定于{{ 评审日期 }}进行，{% endif %}结果另行通知。",
    )
    _end_with_form(document)


def plan_call(document: Any) -> None:
    _numbered_head(document)
    paragraphs(
        document,
        "为搭建联络交流平台，丰富女性社会组织活动，经研究，决定{{ 征集 }}{{ 名称 }}。现将有关事项通知如下：",
        "一、征集对象",
        "{{ 对象 }}。",
        "二、征集要求",
        "{% if 要求 %}具体要求如下：{% else %}方案要写明时间、地点、对象和预算。{% endif %}",
    )
    _requirements(document)
    paragraphs(
        document,
        "三、报送方式",
        "请于{{ 截止日期 }}前将申报表（见附件）发至{{ 报送邮箱 }}。采用的方案将在经费和宣传上给予支持。",
    )
    _end_with_form(document)


def contest_notice(document: Any) -> None:
    _numbered_head(document)
    paragraphs(
        document,
        "为提高女性社会组织的项目设计和申报能力，经研究，决定{{ 征集 }}{{ 名称 }}。现将有关事项通知如下：",
        "一、参赛对象",
        "{{ 对象 }}。",
        "二、作品要求",
        "{% if 要求 %}具体要求如下：{% else %}作品为参赛组织原创的项目设计。{% endif %}",
    )
    _requirements(document)
    paragraphs(
        document,
        "三、评分和奖项",
        "{{ 评分办法 }}",
        "{%p if 奖项 %}",
        "设{% for 行 in 奖项 %}{{ 行.奖项 }}{{ 行.个数 }}个{% if not loop.last %}、{% endif %}{% endfor %}。{% if 评审日期 %}评审定于{{ 评审日期 }}进行。{% endif %}",
        "{%p endif %}",
    )
    paragraphs(document, "四、报名方式", "请于{{ 截止日期 }}前将申报表（见附件）和作品发至{{ 报送邮箱 }}。")
    _end_with_form(document)


def _end_with_form(document: Any) -> None:
    contact_and_attachment(document)
    attachment(document, "附件", "{{ 附件一 }}")
    rows = [
        "名称",
        "申报组织",
        "负责人和联系电话",
        "主要内容",
        "实施时间、地点和对象",
        "经费预算",
        "预期成效",
        "申报组织意见（盖章）",
    ]
    table(document, TableColumns(["项目", "填写"], [], [40, 116]), labels=rows)
    record(document)


def award_notice(document: Any) -> None:
    _numbered_head(document)
    paragraphs(
        document,
        "{{ 名称 }}共收到{{ 组织数 }}个组织的{{ 件数 }}件作品，{{ 评审日期 }}完成评审。{{ 评分办法 }}{{ 并列说明 }}现将获奖情况通报如下。",
    )
    heads = ["奖项", "作品名称", "组织名称", "得分"]
    table(document, columns_like_heads(heads, [24, 50, 58, 24], left=[1, 2]), "行 in 获奖")
    paragraphs(
        document,
        "希望获奖组织再接再厉，各组织相互学习借鉴，把好的项目设计变成好的项目。",
    )
    # Who won nothing, and what a judge gave, is the jury's own.
    signature(document)
    record(document)


def roster_notice(document: Any) -> None:
    letter_head(document)
    paragraphs(
        document,
        "按照轮流坐值制度，{{ 年 }}年{{ 月 }}月女性社会组织服务中心的值班（{{ 范围 }}，共{{ 天数 }}天）安排如下。{% if 暂定 %}{{ 年 }}年的放假和调休安排还没有登记，本表暂定，以国务院办公厅公布的安排调整后的为准。{% endif %}{% if 无人 %}{{ 无人 }}没有组织可以值班，请与我们联系。{% endif %}",
        "一、值班表",
    )
    heads = ["日期", "星期", "值班组织", "值班人", "说明"]
    table(document, columns_like_heads(heads, [32, 20, 54, 22, 28], left=[2]), "行 in 值班")
    paragraphs(
        document,
        "二、天数合计",
        "{% for 行 in 合计 %}{{ 行.组织名称 }}{{ 行.天数 }}天{% if not loop.last %}，{% endif %}{% endfor %}。",
        "三、值班要求",
        "按时到岗，热情接待，填写值班记录和来访接待登记。因故不能值班的，先与其他进驻组织商定换班，再函告我会，不得空岗。",
    )
    contact_and_signature(document)


def exam_report(document: Any) -> None:
    _numbered_head(document)
    paragraphs(
        document,
        "{{ 年度 }}年社会工作者职业资格考试成绩已经公布。根据登记台账，现将我市女性社会组织人员的考试情况通报如下。",
        "一、总体情况",
        "{%p for 句 in 概述 %}",
        "{{ 句 }}",
        "{%p endfor %}",
    )
    figure_chart(document, "考试图")
    paragraphs(document, "二、分组情况", "{%p for 表 in 表 %}")
    paragraph(document, "表题", "{{ 表.标题 }}")
    figure_table(document, "表")
    paragraphs(
        document,
        "{%p endfor %}",
        "合格人数占实考人数的百分比为合格率；违纪的算实考，缺考的不算；一个人在几个组织任职的，在每个镇街各算一次。",
        "三、合格人员",
        "{%p if 合格人员 %}",
    )
    heads = ["序号", "姓名", "级别", "单位"]
    table(document, columns_like_heads(heads, [16, 34, 26, 80], left=[3]), "行 in 合格人员")
    paragraphs(
        document,
        "{%p else %}",
        "今年没有合格人员。",
        "{%p endif %}",
        "请各地{% if 合格人员 %}组织合格人员及时办理证书登记，{% endif %}帮助没有合格的人员继续备考。",
    )
    signature(document)
    record(document)
