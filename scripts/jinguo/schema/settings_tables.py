"""设置.xlsx: the office, the townships, used document numbers, vocabularies, holidays and parameters."""

from jinguo.schema.codes import Email, Phone
from jinguo.schema.dates import Date
from jinguo.schema.levels import LEVEL, YES_NO
from jinguo.schema.model import column, table, workbook
from jinguo.schema.numbers import Number
from jinguo.schema.types import Choice, Line, Name, Text

SETTINGS = workbook(
    "设置.xlsx",
    table(
        "office", "单位",
        column("item", "项目*!", Text(), "单位名称"),
        column("content", "内容", Text(), "余姚市妇女联合会"),
        column("note", "说明", Text()),
        key="item", note="写进公文里的本单位情况",
    ),
    table(
        "townships", "镇街",
        column("name", "镇街*!", Name(), "阳明街道"),
        column("kind", "类别", Choice(("街道", "镇", "乡"))),
        column("contact", "联系人", Text()),
        column("phone", "电话", Phone(), "", "", "联系电话、联系方式"),
        column("email", "邮箱", Email()),
        key="name", display="name",
    ),
    table(
        "letters", "发文登记",
        column("number", "发文字号*!", Text(), "余妇〔2026〕1号"),
        column("date", "日期", Date()),
        column("title", "标题", Line()),
        column("file", "文件", Text()),
        key="number", note="用过的发文字号，一号一行",
    ),
    table(
        "done", "已办",
        column("item", "事项*!", Text(), "2026-12-20 余姚市双学双比女能手协会 换届提醒函", "文件的名字"),
        column("day", "办理日期", Date()),
        column("note", "说明", Text()),
        key="item", note="已经办完、不再生成的提醒函和通知，一件一行",
    ),
    table(
        "vocabularies", "词表",
        column("vocabulary", "词表*", Text(), "服务领域"),
        column("word", "词*", Text(), "乡村振兴"),
        note="给下拉列表添加本单位的词",
    ),
    table(
        "holidays", "节假日",
        column("date", "日期*", Date()),
        column("kind", "类别", Choice(("放假", "上班"))),
        note="程序自带的日历之外的放假和调休上班日",
    ),
    table(
        "entry_conditions", "报考条件",
        column("level", "级别*", LEVEL, "初级"),
        column("education", "学历*", Choice(vocabulary="学历", ordered=True), "本科", "这一学历以上"),
        column("social_work_major", "社会工作专业", YES_NO, "否", "空着表示不论专业"),
        column("years", "从业年数", Number(0, 50, unit="年"), "2", "从事社会工作满几年"),
        column("certificate", "须有证书", LEVEL, "", "先要取得哪一级的证书"),
        column("years_since", "取证后年数", Number(0, 50, unit="年"), "", "取得那张证书满几年"),
        column("source", "依据", Text(), "《社会工作者职业水平评价暂行规定》第十一条"),
        note="社会工作者考试的报考条件，一种情况一行，满足一行就可以报考；空表按程序自带的",
    ),
    table(
        "parameters", "参数",
        column("name", "参数*!", Line(), "通知提前天数"),
        column("value", "值", Text(), "15", "空着就用默认值"),
        column("unit", "单位", Text()),
        column("meaning", "含义", Text()),
        column("default", "默认值", Text()),
        column("source", "依据", Text()),
        key="name", note="各地口径不同的数，在这里改",
    ),
    table(
        "format_rules", "格式口径",
        column("name", "项目*!", Line(), "三级标题加粗"),
        column("value", "值", Text(), "是", "空着就用默认值"),
        column("unit", "单位", Text()),
        column("meaning", "含义", Text()),
        column("default", "默认值", Text()),
        column("source", "依据", Text()),
        key="name", note="规范公文格式（jinguo format）时本单位与国家标准不同的地方",
    ),
    table(
        "survey_items", "调查项目",
        column("survey", "调查", Line(), "2026年女性社会组织摸底", "哪一次调查问它；空着就每次都问"),
        column("sheet", "工作表*", Text(), "社会组织", "台账里哪张表：社会组织、人员、任职……"),
        column("item", "栏目*", Line(), "联系电话", "这张表的栏目；台账里没有的，成为这张表自己的栏目"),
        column("note", "填写说明", Text(), "", "写在表头的批注里，告诉镇街怎么填"),
        note="发放调查表（jinguo survey issue）时问哪些栏目，一栏一行；空表按程序自带的问",
    ),
)  # fmt: skip
