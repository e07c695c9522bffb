"""Figures that differ from place to place: each with its meaning, unit, default and source; staff change them in 设置.xlsx."""

from __future__ import annotations

from dataclasses import dataclass

from jinguo.schema.dates import Date
from jinguo.schema.numbers import Number
from jinguo.schema.types import Choice, FieldType, Text


@dataclass(frozen=True)
class Parameter:
    """One row of 设置.xlsx › 参数. `default` is written as staff would write it."""

    name: str
    type: FieldType
    default: str
    unit: str
    meaning: str
    source: str


PARAMETERS = {
    p.name: p
    for p in (
        Parameter("基准日期", Date(), "", "", "当作今天的日期；空着就用电脑的日期", "演示台账填写，正式使用时空着"),
        Parameter("通知提前天数", Number(1, 365, whole=True), "15", "天", "活动开始前多少天之内生成培训通知", "本单位惯例"),
        Parameter("到期提醒月数", Number(0, 60, whole=True), "3", "个月", "届期、证书、等级到期前几个月开始提示", "本单位惯例"),
        Parameter("默认满分", Number(1, 1000), "100", "分", "合格标准表没有写到的科目的满分", "人力资源社会保障部历年合格标准通知"),
        Parameter("默认合格线", Number(0, 1000), "60", "分", "合格标准表没有写到的科目的合格线", "2022 年起为试卷满分的 60%（二手来源，以当年通知为准）"),
        Parameter("年检不合格年数", Number(1, 10, whole=True), "2", "年", "连续几年未参检或不合格时警告（可能被撤销登记）", "各地年检通告（二手来源）"),
        Parameter("不得同时担任", Text(), "人大代表、政协委员", "", "同一人同时担任时警告、推荐时不合格的社会职务", "各地推荐工作通知（二手来源），以本地组织、统战部门口径为准"),
        Parameter("联审待复可入选", Choice(("是", "否")), "否", "", "部门意见还是“待复”的人能否进入名单", "本单位惯例"),
        Parameter("名称相似度", Number(50, 100, whole=True, unit="%"), "88", "%", "两个组织名称多像时提示可能重复", "本程序试验值"),
        Parameter("代表最低年龄", Number(0, 100, whole=True), "18", "岁", "推荐人选在截止日期应满多少周岁", "《选举法》第四条"),
    )
}  # fmt: skip
