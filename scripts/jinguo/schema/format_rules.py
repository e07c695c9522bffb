"""The office's own way with official documents where it differs from GB/T 9704-2012; staff change it in 设置.xlsx ›
格式口径."""

from __future__ import annotations

from jinguo.schema.numbers import Number
from jinguo.schema.parameters import Parameter
from jinguo.schema.types import Choice, Text

_YES_NO = Choice(("是", "否"))
_STANDARD = "GB/T 9704-2012"

FORMAT_RULES = {
    p.name: p
    for p in (
        Parameter("上边距", Number(0, 100), "37", "毫米", "天头", f"{_STANDARD} 5.2.1"),
        Parameter("下边距", Number(0, 100), "35", "毫米", "版心下边缘到纸边", f"{_STANDARD} 5.2.1"),
        Parameter("左边距", Number(0, 100), "28", "毫米", "订口", f"{_STANDARD} 5.2.1"),
        Parameter("右边距", Number(0, 100), "26", "毫米", "版心右边缘到纸边", f"{_STANDARD} 5.2.1"),
        Parameter("每面行数", Number(10, 50, whole=True), "22", "行", "一面排几行，行距由它算出", f"{_STANDARD} 5.2.3"),
        Parameter("每行字数", Number(10, 50, whole=True), "28", "字", "一行排几个字，字距由它算出", f"{_STANDARD} 5.2.3"),
        Parameter("标题字号", Number(5, 72), "22", "磅", "公文标题；2 号字是 22 磅", f"{_STANDARD} 7.3.1"),
        Parameter("正文字号", Number(5, 72), "16", "磅", "正文、层次标题、署名；3 号字是 16 磅", f"{_STANDARD} 5.2.2"),
        Parameter("标题加粗", _YES_NO, "否", "", "公文标题加不加粗", "国家标准没有规定，小标宋不必再加粗"),
        Parameter("一级标题加粗", _YES_NO, "否", "", "“一、”加不加粗", "国家标准没有规定"),
        Parameter("二级标题加粗", _YES_NO, "否", "", "“（一）”加不加粗", "国家标准没有规定"),
        Parameter("三级标题加粗", _YES_NO, "否", "", "“1.”单独成行的加不加粗", "国家标准没有规定，各地有加粗的习惯"),
        Parameter("清除正文加粗", _YES_NO, "否", "", "是：正文里加粗的字改成不加粗；否：保留", "本单位惯例"),
        Parameter("西文字体", Text(), "", "", "字母和数字的字体，如 Times New Roman；空着就不动", "国家标准没有规定"),
        Parameter("页码位置", Choice(("单双页", "居中", "保持")), "单双页", "", "单双页：单页居右、双页居左；居中；保持：不动原来的页码", f"{_STANDARD} 7.5"),
        Parameter("改正标点", _YES_NO, "是", "", "半角标点、序数、日期和发文字号的写法改不改", f"GB/T 15834-2011；{_STANDARD} 7"),
        Parameter("表格字号", Number(5, 72), "", "磅", "表格里的字一律改成几磅；空着就不动表格里的字", "国家标准没有规定"),
    )
}  # fmt: skip
