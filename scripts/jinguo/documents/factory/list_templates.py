"""Lists and reports: the nomination list, the statistics."""

from __future__ import annotations

from typing import Any

from jinguo.word.blocks import blank, figure_chart, paragraph, signature
from jinguo.word.table_blocks import TableColumns, figure_table, table


def nomination_list(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    paragraph(document, "名单说明", "（{{ 人数 }}名，以{{ 排序口径 }}为序）")
    blank(document)
    table(document, TableColumns([], ["{{ 行.0 }}", "{{ 行.1 }}"], [78, 78]), "行 in 姓名名单", style="名单姓名")
    blank(document)
    paragraph(document, "表题", "推荐人选基本情况")
    heads = ["序号", "姓名", "性别", "民族", "出生年月", "政治面貌", "学历", "工作单位及职务", "推荐单位"]
    cells = [f"{{{{ 行.{head} }}}}" for head in heads]
    table(document, TableColumns(heads, cells, [12, 19, 12, 13, 20, 19, 13, 26, 22], left=[7, 8]), "行 in 人选")
    signature(document)


def statistics_report(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraph(document, "公文正文", "根据登记台账，截至{{ 截至日期 }}，{{ 年度 }}年培训和考试情况统计如下。")
    paragraph(document, "一级标题", "一、培训情况")
    paragraph(document, "公文正文", "{{ 培训概述 }}{{ 覆盖概述 }}")
    figure_chart(document, "培训图")
    _figure_tables(document, "培训表")
    paragraph(document, "公文正文", "{{ 培训说明 }}")
    paragraph(document, "一级标题", "二、考试情况")
    paragraph(document, "公文正文", "{%p for 句 in 考试概述 %}")
    paragraph(document, "公文正文", "{{ 句 }}")
    paragraph(document, "公文正文", "{%p endfor %}")
    figure_chart(document, "考试图")
    _figure_tables(document, "考试表")
    paragraph(document, "一级标题", "三、统计口径")
    paragraph(document, "公文正文", "{%p for 行 in 口径 %}")
    paragraph(document, "公文正文", "{{ 行 }}")
    paragraph(document, "公文正文", "{%p endfor %}")
    signature(document)


def _figure_tables(document: Any, loop: str) -> None:
    """Each table of figures: its title, then the group and five columns of figures."""
    paragraph(document, "公文正文", f"{{%p for 表 in {loop} %}}")
    paragraph(document, "表题", "{{ 表.标题 }}")
    figure_table(document, "表")
    paragraph(document, "公文正文", "{%p endfor %}")
