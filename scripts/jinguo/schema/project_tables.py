"""项目台账.xlsx: purchased services, venture projects, the project contest."""

from jinguo.schema.codes import Key, Reference
from jinguo.schema.dates import Date
from jinguo.schema.levels import YES_NO
from jinguo.schema.model import column, table, workbook
from jinguo.schema.numbers import Number
from jinguo.schema.organisation_tables import ORGANISATION, TIER_SYNONYMS, TIERS
from jinguo.schema.types import Choice, Code, Line, MultiChoice, Text

PROJECTS = workbook(
    "项目台账.xlsx",
    table(
        "projects", "项目",
        column("number", "项目编号*!", Key("XM"), "XM0001"),
        column("name", "项目名称*", Line()),
        column("type", "项目类型*", Choice(("政府购买服务", "公益创投", "微项目"))),
        column("buyer", "购买主体*", Line(), "宁波市妇女联合会"),
        column("contractor", "承接组织*", ORGANISATION, "ZZ0001"),
        column("agent", "代管组织", ORGANISATION, "", "承接组织没有登记、不能签约时，由谁代签"),
        column("contract_number", "合同编号", Code()),
        column("amount", "合同金额(元)", Number(unit="元", usual=10000000), "50000", "", "合同金额、金额(元)"),
        column("starts", "开始日期*", Date()),
        column("ends", "结束日期*", Date()),
        column("status", "状态*", Choice(("申报", "立项", "实施", "中期", "结项", "终止"))),
        column("midterm", "中期评估", Text(), "合格"),
        column("final", "末期评估", Text(), "合格"),
        column("beneficiaries", "受益人次", Number(whole=True, unit="人次")),
        column("fields_of_service", "领域", MultiChoice(vocabulary="服务领域")),
        key="number", display="name", note="一行一个项目",
    ),
    table(
        "payments", "拨款",
        column("project", "项目编号*", Reference("projects"), "XM0001"),
        column("instalment", "期次*", Text(), "首期"),
        column("date", "日期*", Date()),
        column("amount", "金额(元)*", Number(unit="元"), "30000", "", "金额"),
    ),
    table(
        "calls", "征集",
        column("number", "征集编号*!", Key("ZJ"), "ZJ0001"),
        column("name", "名称*!", Line(), "2026年公益项目创意设计大赛", "大赛的名称与大赛作品表的“大赛”一致"),
        column("type", "类型*", Choice(("项目征集", "方案征集", "大赛"))),
        column("opens", "开始*", Date(), "2026-10-12"),
        column("closes", "截止*", Date(), "2026-11-13", "收件到这一天"),
        column("tiers", "面向层级", MultiChoice(TIERS, synonyms=TIER_SYNONYMS), "核心层、紧密层"),
        column("fields_of_service", "领域", MultiChoice(vocabulary="服务领域")),
        column("most_amount", "资助上限(元)", Number(unit="元"), "8000", "每个项目最多资助多少"),
        column("requirements", "要求", Text(), "", "一行一条，写进通知"),
        column("prizes", "奖项", Text(), "一等奖=1、二等奖=2、三等奖=3", "奖项和个数，从高到低；大赛填"),
        column("judged_on", "评审日期", Date()),
        key="number", display="name", note="一次征集或大赛一行",
    ),
    table(
        "contest_entries", "大赛作品",
        column("contest", "大赛*", Line()),
        column("number", "作品编号*!", Key("ZP"), "ZP001"),
        column("name", "作品名称*", Line()),
        column("organisation", "组织编号*", ORGANISATION),
        column("author", "申报人", Text()),
        key="number", display="name",
    ),
    table(
        "contest_scores", "评分",
        column("entry", "作品编号*", Reference("contest_entries"), "ZP001"),
        column("judge", "评委*", Text()),
        column("score", "得分", Number(most=100, unit="分")),
        column("recused", "回避", YES_NO),
    ),
)  # fmt: skip
