"""The factory versions of the templates in templates/, as staff first get them; they edit the files in Word."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinguo.ooxml import read_parts, write_parts
from jinguo.settings import OFFICE_ITEMS
from jinguo.word.base import FONT_ITEMS, base_document
from jinguo.word.blocks import attachment, blank, masthead, paragraph, signature, table

Build = Callable[[Any], None]


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
    paragraph(document, "公文正文", "本次活动计{{ 学时 }}学时，日程安排如下：")
    table(document, ["时间", "内容", "主讲（主持）"], ["{{ 行.时间 }}", "{{ 行.内容 }}", "{{ 行.主讲 }}"], [32, 80, 44], "行 in 日程", left=[1])
    paragraph(document, "公文正文", "{%p else %}")
    paragraph(document, "公文正文", "本次活动计{{ 学时 }}学时，具体日程另行通知。")
    paragraph(document, "公文正文", "{%p endif %}")
    paragraph(document, "一级标题", "四、报名方式")
    paragraph(document, "公文正文", "请各单位确定参加人员，于{% if 报名截止 %}{{ 报名截止 }}{% else %}活动开始三天{% endif %}前将报名回执（见{{ 回执附件 }}）发至{{ 回执邮箱 }}。")
    paragraph(document, "公文正文", "联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}。")
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
    table(document, ["序号", "镇街", "面向的组织（家）", "名额（人）"], ["{{ 行.序号 }}", "{{ 行.镇街 }}", "{{ 行.组织 }}", "{{ 行.名额 }}"], [20, 60, 40, 36], "行 in 名额分配")
    paragraph(document, "公文正文", "{%p endif %}")
    attachment(document, "{{ 回执附件 }}", "{{ 附件二 }}")
    paragraph(document, "公文正文", "填报单位：")
    table(document, ["序号", "姓名", "性别", "所在组织", "职务", "联系电话"], [], [14, 26, 14, 50, 24, 28], empty_rows=8)


def nomination_list(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    paragraph(document, "名单说明", "（{{ 人数 }}名，以{{ 排序口径 }}为序）")
    blank(document)
    table(document, [], ["{{ 行.0 }}", "{{ 行.1 }}"], [78, 78], "行 in 姓名名单", style="名单姓名", bordered=False)
    blank(document)
    paragraph(document, "表题", "推荐人选基本情况")
    heads = ["序号", "姓名", "性别", "民族", "出生年月", "政治面貌", "学历", "工作单位及职务", "推荐单位"]
    cells = [f"{{{{ 行.{head} }}}}" for head in heads]
    table(document, heads, cells, [12, 19, 12, 13, 20, 19, 13, 26, 22], "行 in 人选", left=[7, 8])
    signature(document)


def statistics_report(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraph(document, "公文正文", "根据登记台账，截至{{ 截至日期 }}，{{ 年度 }}年培训和考试情况统计如下。")
    paragraph(document, "一级标题", "一、培训情况")
    paragraph(document, "公文正文", "{{ 培训概述 }}")
    _figure_tables(document, "培训表")
    paragraph(document, "公文正文", "{{ 培训说明 }}")
    paragraph(document, "一级标题", "二、考试情况")
    paragraph(document, "公文正文", "{%p for 句 in 考试概述 %}")
    paragraph(document, "公文正文", "{{ 句 }}")
    paragraph(document, "公文正文", "{%p endfor %}")
    _figure_tables(document, "考试表")
    paragraph(document, "一级标题", "三、统计口径")
    paragraph(document, "公文正文", "{%p for 行 in 口径 %}")
    paragraph(document, "公文正文", "{{ 行 }}")
    paragraph(document, "公文正文", "{%p endfor %}")
    signature(document)


def _figure_tables(document: Any, loop: str) -> None:
    """Each table of figures: its title, then 分组 and five columns of figures."""
    paragraph(document, "公文正文", f"{{%p for 表 in {loop} %}}")
    paragraph(document, "表题", "{{ 表.标题 }}")
    heads = ["{{ 表.栏.0 }}", "{{ 表.栏.1 }}", "{{ 表.栏.2 }}", "{{ 表.栏.3 }}", "{{ 表.栏.4 }}", "{{ 表.栏.5 }}"]
    cells = [f"{{{{ 行.{n} }}}}" for n in range(6)]
    table(document, heads, cells, [34, 19, 19, 19, 30, 35], "行 in 表.行", left=[0])
    paragraph(document, "公文正文", "{%p endfor %}")


def _letter(document: Any, *texts: str) -> None:
    """A letter to one recipient: title, addressee, paragraphs, whom to ask, signature."""
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraph(document, "主送机关", "{{ 主送机关 }}：")
    for text in texts:
        paragraph(document, "一级标题" if re.match("[一二三四]、", text) else "公文正文", text)
    paragraph(document, "公文正文", "联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}。")
    signature(document)


def inspection_reminder(document: Any) -> None:
    _letter(
        document,
        "根据《社会团体登记管理条例》《民办非企业单位登记管理暂行条例》的规定，在民政部门登记的社会组织每年要接受年度检查。台账里还没有你单位{{ 年度 }}年度的年检结论，请在{{ 截止日期 }}前办理。",
        "一、办理的程序",
        "填写{{ 年度 }}年度工作报告书，经业务主管单位初审后，报{{ 登记机关 }}。具体时间以登记管理机关当年的通知为准。",
        "二、请准备的材料",
        "年度工作报告书，上年度财务会计报告，登记证书副本，以及登记管理机关要求的其他材料。",
        "三、请注意",
        "{% if 上次结论 %}你单位{{ 上次年度 }}年度的结论是{{ 上次结论 }}。{% endif %}不参加年检或者年检不合格，会影响评估等级和承接政府购买服务项目；连续不参检的，可能被撤销登记。已经办理的，请把结论告诉我们。",
    )


def term_reminder(document: Any) -> None:
    _letter(
        document,
        "你单位本届理事会{{ 届满 }}{{ 到期日 }}届满。请按照章程做好换届工作，有关事项提醒如下。",
        "一、换届前先审计",
        "根据《社会团体登记管理条例》第二十七条，换届或者更换法定代表人之前要进行财务审计。请预留审计的时间。",
        "二、按章程换届",
        "按章程规定的程序召开会员（代表）大会，审议工作报告和财务报告，选举产生新一届理事会和负责人。",
        "三、换届后更新登记",
        "法定代表人、住所等登记事项有变动的，到{{ 登记机关 }}办理变更；新一届负责人名单请报我们，以便更新台账。确有困难不能按期换届的，请提前与我们和登记管理机关联系。",
    )


def education_reminder(document: Any) -> None:
    _letter(
        document,
        "你的{{ 级别 }}社会工作者职业水平证书登记有效期至{{ 有效期 }}。再登记以前，继续教育要满{{ 应有学时 }}学时；按台账，你本期已有{{ 已有学时 }}学时，还缺{{ 尚缺学时 }}学时。",
        "{%p if 活动 %}",
        "下列培训活动可以计入学时，欢迎报名参加：",
        "{%p for 行 in 活动 %}",
        "{{ 行.序号 }}.{{ 行.活动名称 }}（{{ 行.时间 }}，{{ 行.学时 }}学时）",
        "{%p endfor %}",
        "{%p endif %}",
        "在别处学习的，请把学时证明交给我们登记。有效期届满前三个月内，请在全国社会工作信息系统办理再登记，具体以登记机构的通知为准。",
    )


def project_reminder(document: Any) -> None:
    _letter(
        document,
        "你单位承接的“{{ 项目名称 }}”（{{ 开始日期 }}至{{ 结束日期 }}），{{ 缘由 }}。请抓紧做好{{ 事项 }}工作。",
        "一、请准备的材料",
        "{% if 事项 == '结项' %}项目总结、服务记录、受益人次统计、财务决算和票据，以及合同约定的其他材料。{% else %}中期自评报告、服务记录、受益人次统计、经费使用情况，以及合同约定的其他材料。{% endif %}",
        "二、请注意",
        "{% if 事项 == '结项' %}结项评估合格后拨付末期款；确需延期的，请尽快与购买主体和我们联系。{% else %}逾期不交中期材料的，一般视为评估不合格；不合格的停拨经费。已经评估的，请把结论告诉我们。{% endif %}",
    )


#: Every template by its file name.
TEMPLATES: dict[str, Build] = {
    "年检提醒函.docx": inspection_reminder,
    "换届提醒函.docx": term_reminder,
    "继续教育提醒.docx": education_reminder,
    "项目提醒函.docx": project_reminder,
    "培训通知.docx": training_notice,
    "推荐人选名单.docx": nomination_list,
    "培训考试统计报告.docx": statistics_report,
}


def build_template(name: str) -> bytes:
    """The factory version of a template, the same bytes every time."""
    from docx import Document

    document = Document(io.BytesIO(base_document({item: OFFICE_ITEMS[item][1] for item in FONT_ITEMS})))
    TEMPLATES[name](document)
    stream = io.BytesIO()
    document.save(stream)
    return write_parts(read_parts(stream.getvalue()))


def write_templates(folder: Path) -> list[Path]:
    """Write every factory template into `folder`, the words of a mail among them; for maintainers, when one has changed."""
    from jinguo.mail.draft import BODY

    paths = [folder / "邮件正文.txt"]
    paths[0].write_text(BODY, encoding="utf-8", newline="\n")
    for name in TEMPLATES:
        path = folder / name
        path.write_bytes(build_template(name))
        paths.append(path)
    return paths
