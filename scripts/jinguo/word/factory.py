"""The factory versions of the templates in templates/, as staff first get them; they edit the files in Word."""

from __future__ import annotations

import io
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


#: Every template by its file name.
TEMPLATES: dict[str, Build] = {
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
    """Write every factory template into `folder`; for maintainers, when a template has changed."""
    paths = []
    for name in TEMPLATES:
        path = folder / name
        path.write_bytes(build_template(name))
        paths.append(path)
    return paths
