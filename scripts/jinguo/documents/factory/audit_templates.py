"""The page that goes with a package for review, for somebody who knows neither Excel nor the program."""

from __future__ import annotations

from typing import Any

from jinguo.word.blocks import blank, paragraph, signature


def audit_note(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraph(document, "公文正文", "{{ 概述 }}")
    _section(document, "一、文件夹里有什么", "文件")
    _section(document, "二、怎样核对（约十分钟）", "步骤")
    paragraph(document, "公文正文", "{%p if 说明 %}")
    _section(document, "三、没有证明的和要知道的", "说明")
    paragraph(document, "公文正文", "{%p endif %}")
    paragraph(document, "公文正文", "{{ 询问 }}")
    signature(document, above=1)


def _section(document: Any, title: str, rows: str) -> None:
    """A heading and its lines."""
    paragraph(document, "一级标题", title)
    paragraph(document, "公文正文", f"{{%p for 行 in {rows} %}}")
    paragraph(document, "公文正文", "{{ 行 }}")
    paragraph(document, "公文正文", "{%p endfor %}")
