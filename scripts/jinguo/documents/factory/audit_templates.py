"""The page that goes with a package for review, for somebody who knows neither Excel nor the program."""

from __future__ import annotations

from typing import Any

from jinguo.word.blocks import paragraph, signature
from jinguo.word.table_blocks import TableColumns, table


def audit_note(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    paragraph(document, "公文正文", "{{ 概述 }}")
    paragraph(document, "表题", "文件夹里有什么")
    files = TableColumns(["文件", "是什么"], ["{{ 行.名称 }}", "{{ 行.内容 }}"], [36, 120], left=[0, 1])
    table(document, files, "行 in 文件")
    paragraph(document, "表题", "怎样核对（约十分钟）")
    table(document, TableColumns(["步", "做什么"], ["{{ 行.步 }}", "{{ 行.做法 }}"], [10, 146], left=[1]), "行 in 步骤")
    signature(document, above=1)
