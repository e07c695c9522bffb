"""What an event needs: the sheet to sign in on, cards for the table, certificates."""

from __future__ import annotations

from typing import Any

from jinguo.word.blocks import blank, cards, lying, paragraph, signature
from jinguo.word.table_blocks import TableColumns, table


def sign_in_sheet(document: Any) -> None:
    paragraph(document, "公文标题", "{{ 标题 }}")
    paragraph(document, "名单说明", "{{ 时间 }}\u3000{{ 地点 }}")
    blank(document)
    heads = ["序号", "姓名", "所在组织", "职务", "签到"]
    cells = [f"{{{{ 行.{head} }}}}" if head != "签到" else "" for head in heads]
    table(document, TableColumns(heads, cells, [14, 26, 60, 26, 30], left=[2]), "行 in 人员", empty_rows=10)


def table_cards(document: Any) -> None:
    """A page a person: the name twice, to be cut along the middle and put back to back into a stand."""
    lying(document)
    cards(document, "人员")


def certificates(document: Any) -> None:
    lying(document)
    paragraph(document, "公文正文", "{%p for 行 in 人员 %}")
    paragraph(document, "证书标题", "结业证书")
    blank(document)
    paragraph(document, "证书称呼", "{{ 行.姓名 }}同志：")
    paragraph(
        document,
        "证书正文",
        "于{{ 日期 }}参加{{ 单位名称 }}举办的“{{ 活动名称 }}”学习，完成{{ 行.学时 }}学时，准予结业。",
    )
    paragraph(document, "证书正文", "特发此证。")
    signature(document, above=1)
    paragraph(document, "公文正文", "{%p endfor %}")
