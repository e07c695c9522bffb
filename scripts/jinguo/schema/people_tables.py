"""人员台账.xlsx: people, their posts, public posts and families."""

from jinguo.schema.codes import Email, IdCard, Key, Phone
from jinguo.schema.dates import Date, YearMonth
from jinguo.schema.levels import YES_NO
from jinguo.schema.model import column, table, workbook
from jinguo.schema.organisation_tables import ORGANISATION, PERSON, TOWNSHIP
from jinguo.schema.types import Choice, Line, Name, Text

_OFFICES = {
    "市人大代表": "人大代表",
    "市政协委员": "政协委员",
    "执委": "妇联执委",
    "常委": "妇联常委",
    "兼职副主席": "妇联副主席",
}
_DEGREES = {
    "研究生": "硕士研究生",
    "硕士": "硕士研究生",
    "博士": "博士研究生",
    "大学": "本科",
    "大学本科": "本科",
    "专科": "大专",
    "大学专科": "大专",
}

PEOPLE = workbook(
    "人员台账.xlsx",
    table(
        "people", "人员",
        column("number", "人员编号*!", Key("RY"), "RY0001", "一个人一个编号，同名的人靠它分开", "编号"),
        column("name", "姓名*", Name(), "王小红", "两字名中间不用加空格，名单里会自动对齐"),
        column("sex", "性别*", Choice(("男", "女")), "女"),
        column("nation", "民族", Text(), "汉族"),
        column("born", "出生年月", YearMonth(), "1980.05", "写成 1980.05，存成文本", "出生日期、出生年月日"),
        column("id_number", "身份证号!", IdCard(), "", "18 位，存成文本；不会出现在对外的材料里", "身份证、身份证号码、公民身份号码"),
        column("politics", "政治面貌", Choice(vocabulary="政治面貌", synonyms={"党员": "中共党员", "团员": "共青团员", "预备党员": "中共预备党员"}), "中共党员", "无党派人士由统战部认定，不等于群众"),
        column("education", "学历", Choice(vocabulary="学历", synonyms=_DEGREES, ordered=True), "本科", "", "文化程度"),
        column("degree", "学位", Choice(vocabulary="学位", synonyms={"学士学位": "学士", "硕士学位": "硕士", "博士学位": "博士"}, ordered=True), "学士"),
        column("school", "毕业院校系及专业", Text(), "宁波大学社会工作专业", "", "毕业院校及专业"),
        column("social_work_major", "社会工作专业", YES_NO, "否", "所学是否社会工作专业（报考条件不同）"),
        column("working_since", "参加工作时间", YearMonth(), "2002.08"),
        column("social_work_since", "从事社会工作起始年月", YearMonth(), "2016.03", "报考年限从这个月算起"),
        column("title", "专业技术职务", Line(), "助理社会工作师", "", "职称"),
        column("native_place", "籍贯", Text(), "浙江余姚"),
        column("household", "户籍地", Text(), "浙江余姚"),
        column("residence", "居住镇街", TOWNSHIP, "阳明街道"),
        column("mobile", "手机", Phone(), "", "不会出现在对外的材料里", "手机号码、手机号、联系电话、联系方式、电话"),
        column("email", "邮箱", Email(), "", "", "电子邮箱、E-mail、Email"),
        column("position", "工作单位及职务", Line(), "余姚市××公司办公室主任", "", "单位及职务"),
        column("resume", "简历", Text(), "", "年月连续，一行一段"),
        column("deeds", "主要事迹", Text()),
        column("awards", "奖惩情况", Text()),
        column("consent_date", "信息使用同意日期", Date(), "2026-01-10", "本人同意收集、使用个人信息的日期"),
        column("remarks", "备注", Text()),
        key="number", display="name", note="一行一个人",
    ),
    table(
        "posts", "任职",
        column("person", "人员编号*", PERSON, "RY0001"),
        column("organisation", "组织编号*", ORGANISATION, "ZZ0001"),
        column("post", "职务*", Choice(vocabulary="任职职务"), "会长"),
        column("from_month", "起始*", YearMonth(), "2022.05", "", "任职时间、起始时间"),
        column("to_month", "结束", YearMonth(open_ended=True), "", "在任的空着"),
        note="在社会组织里的职务，一行一任",
    ),
    table(
        "public_posts", "社会职务",
        column("person", "人员编号*", PERSON, "RY0001"),
        column("post", "职务*", Choice(vocabulary="社会职务", synonyms=_OFFICES), "妇联执委"),
        column("level", "级别*", Choice(("市", "镇街", "村社区", "地级市", "省", "全国")), "市"),
        column("area", "地区", Line(), "", "是哪里的代表、委员；本市的空着"),
        column("term", "届次", Line(), "第十六届"),
        column("from_month", "起始*", YearMonth(), "2021.12"),
        column("to_month", "结束", YearMonth(open_ended=True), "", "在任的空着"),
        note="人大代表、政协委员、妇联任职，一行一任",
    ),
    table(
        "family", "家庭成员",
        column("person", "人员编号*", PERSON, "RY0001"),
        column("relation", "称谓*", Text(), "丈夫"),
        column("name", "姓名*", Name()),
        column("born", "出生年月", YearMonth()),
        column("politics", "政治面貌", Choice(vocabulary="政治面貌", synonyms={"党员": "中共党员", "团员": "共青团员"})),
        column("position", "工作单位及职务", Line()),
    ),
)  # fmt: skip
