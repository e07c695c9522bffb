"""推荐台账.xlsx: batches of nominations, their rules and their candidates."""

from jinguo.schema.codes import Key, Reference
from jinguo.schema.dates import Date
from jinguo.schema.model import column, table, workbook
from jinguo.schema.numbers import Number, PeopleOrPercent
from jinguo.schema.organisation_tables import PERSON
from jinguo.schema.types import Choice, Line, Text

BATCH = Reference("batches")
COMPARISONS = ("等于", "不等于", "不少于", "不多于", "早于", "晚于", "包含", "属于", "为空", "不为空")

NOMINATIONS = workbook(
    "推荐台账.xlsx",
    table(
        "batches", "推荐批次",
        column("number", "批次编号*!", Key("TJ"), "TJ2601"),
        column("name", "名称*", Line(), "余姚市第十九届人大代表推荐人选"),
        column("office", "推荐职务*", Choice(vocabulary="推荐职务"), "人大代表"),
        column("level", "级别*", Choice(("市", "镇街", "村社区", "地级市", "省", "全国")), "市"),
        column("term", "届次", Line(), "第十九届"),
        column("seats", "名额*", Number(1, 500, whole=True, unit="人"), "4"),
        column("extra", "差额(人)", Number(0, 500, whole=True, unit="人"), "2", "比名额多推荐几人", "差额"),
        column("addressee", "送达单位*", Line(), "中共余姚市委组织部"),
        column("order", "排序口径", Choice(("姓氏笔画", "姓名笔画", "得分"), synonyms={"姓氏笔划": "姓氏笔画", "姓名笔划": "姓名笔画"}), "姓名笔画", "空着时：人大代表按姓名笔画，其余按姓氏笔画"),
        column("closing", "截止日期*", Date(), "2026-11-30", "年龄、年限都算到这一天"),
        column("notice_from", "公示起始", Date()),
        column("notice_days", "公示工作日数", Number(1, 60, whole=True, unit="工作日"), "5"),
        column("stage", "阶段", Choice(("推荐", "资格审查", "征求意见", "确定", "公示", "报送", "办结")), "", "做到哪一步；空着就生成全部材料，办结的不再生成"),
        column("constituency", "选区", Line(), "", "直接选举的人大代表填；名额就是选区应选的名额，一至三名"),
        column("election_day", "选举日", Date(), "", "年龄、现任职务看这一天；空着看截止日期"),
        key="number", display="name", note="一批推荐一行",
    ),
    table(
        "requirements", "资格条件",
        column("batch", "批次编号*", BATCH, "TJ2601"),
        column("field", "条件*", Text(), "年龄", "人员或组织的栏目名，或：年龄、学时、出勤率、证书、项目数、服务人次、社会职务、职务、考试合格、年检结论"),
        column("comparison", "比较*", Choice(COMPARISONS)),
        column("value", "值", Text(), "55", "多个值用、隔开"),
        column("nature", "性质*", Choice(("必备", "优先")), "必备"),
        column("bonus", "加分", Number(most=100, unit="分"), "", "优先条件满足时加几分"),
        column("note", "说明", Text()),
    ),
    table(
        "quotas", "结构要求",
        column("batch", "批次编号*", BATCH),
        column("dimension", "维度*", Text(), "政治面貌", "与资格条件的条件写法相同；或 每个组织、每个推荐单位（取值写 不限，填最多几人）"),
        column("value", "取值*", Text(), "群众、无党派人士", "多个值用、隔开；数字可写 不多于45"),
        column("least", "最少", PeopleOrPercent(), "2", "人数或百分比"),
        column("most", "最多", PeopleOrPercent(), "40%", "人数或百分比"),
    ),
    table(
        "weights", "评分指标",
        column("batch", "批次编号*", BATCH),
        column("indicator", "指标*", Choice(("学时", "出勤率", "证书", "项目数", "服务人次", "考察评分")), "学时"),
        column("weight", "权重*", Number(most=100, unit="分"), "30", "满分时得几分"),
        column("full", "满分值", Number(), "40", "原始值到多少算满分；空着按本批最高值"),
    ),
    table(
        "candidates", "人选",
        column("batch", "批次编号*", BATCH),
        column("person", "人员编号*", PERSON, "RY0001"),
        column("proposed_by", "推荐单位*", Line(), "余姚市巾帼志愿者帮扶协会"),
        column("proposed_how", "推荐方式", Choice(("组织推荐", "团体推荐", "联名推荐", "自荐"))),
        column("reason", "推荐理由", Text()),
        column("assessment", "考察评分", Number(most=100, unit="分"), "88"),
        column("pin", "人工确定", Choice(("入选", "不选")), "", "由单位决定时填；程序会说明它对结构的影响"),
        column("remarks", "备注", Text()),
    ),
    table(
        "opinions", "联审意见",
        column("batch", "批次编号*", BATCH),
        column("person", "人员编号*", PERSON),
        column("department", "部门*", Line(), "余姚市公安局"),
        column("opinion", "意见*", Choice(("同意", "不同意", "待复")), "同意"),
        column("date", "日期", Date()),
    ),
)  # fmt: skip
