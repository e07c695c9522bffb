"""值班台账.xlsx: the resident organisations' rota at the city centre."""

from jinguo.schema.codes import Phone
from jinguo.schema.dates import Date
from jinguo.schema.levels import YES_NO
from jinguo.schema.model import column, table, workbook
from jinguo.schema.numbers import Number
from jinguo.schema.organisation_tables import ORGANISATION
from jinguo.schema.types import MultiChoice, Text

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SPELLINGS = {
    f"{prefix}{day}": f"周{'日' if day == '天' else day}"
    for prefix in ("星期", "礼拜", "周", "")
    for day in "一二三四五六日天"
}

DUTY = workbook(
    "值班台账.xlsx",
    table(
        "duty_units", "值班单位",
        column("organisation", "组织编号*", ORGANISATION, "ZZ0001"),
        column("from_date", "起始*", Date(), "2026-01-01"),
        column("to_date", "结束", Date(open_ended=True), "", "还在轮值的空着"),
        column("weekdays", "可值星期", MultiChoice(WEEKDAYS, synonyms=_SPELLINGS, ranges=True), "周一、周三", "空着表示哪天都可以"),
        column("person", "值班人", Text()),
        column("phone", "电话", Phone(), "", "", "联系电话、联系方式"),
        column("weight", "权重", Number(1, 10), "1", "一轮里值几天，空着为 1"),
        note="轮流在市中心坐值的组织",
    ),
    table(
        "duty_absences", "不可值班",
        column("organisation", "组织编号*", ORGANISATION, "ZZ0001"),
        column("from_date", "起*", Date()),
        column("to_date", "止*", Date()),
        column("reason", "原因", Text()),
    ),
    table(
        "duty_swaps", "换班",
        column("date", "日期*", Date()),
        column("organisation", "原组织*", ORGANISATION),
        column("substitute", "替班组织*", ORGANISATION),
        column("reason", "原因", Text()),
    ),
    table(
        "duty_plan", "值班安排",
        column("date", "日期*!", Date(), "2026-12-01"),
        column("organisation", "组织编号*", ORGANISATION, "ZZ0001"),
        column("note", "说明", Text(), "", "改过的，写为什么"),
        key="date", note="已经公布的值班安排，一天一行；公布过的不再变，除非那一天值不了",
    ),
    table(
        "duty_log", "值班记录",
        column("date", "日期*", Date()),
        column("organisation", "组织编号*", ORGANISATION),
        column("present", "到岗", YES_NO),
        column("visitors", "来访人数", Number(whole=True, unit="人")),
    ),
)  # fmt: skip
