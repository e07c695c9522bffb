"""培训考试台账.xlsx: training events, attendance, exam entries, certificates."""

from jinguo.schema.codes import Key, Phone, Reference
from jinguo.schema.dates import Date, DateTime
from jinguo.schema.levels import LEVEL, YES_NO
from jinguo.schema.model import column, table, workbook
from jinguo.schema.numbers import Number, Score
from jinguo.schema.organisation_tables import PERSON, TIER_SYNONYMS, TIERS
from jinguo.schema.types import Choice, Code, Line, MultiChoice, Name, Text

EVENT = Reference("events")
_YEAR = Number(2000, 2100, whole=True, unit="年")

TRAINING = workbook(
    "培训考试台账.xlsx",
    table(
        "events", "培训活动",
        column("number", "活动编号*!", Key("HD"), "HD0001"),
        column("name", "活动名称*", Line(), "女性社会组织负责人能力提升培训班"),
        column("type", "类型*", Choice(("主题沙龙", "业务培训", "外出参观学习", "考前辅导", "项目大赛", "风采展示"))),
        column("starts", "开始时间*", DateTime(needs_time=True), "2026-03-08 09:00", "写到几点几分"),
        column("ends", "结束时间", DateTime(), "2026-03-08 16:30"),
        column("place", "地点*", Line(), "余姚市女性社会组织服务中心三楼会议室"),
        column("hours", "学时*", Number(most=500, unit="小时", usual=100), "6"),
        column("speaker", "主讲人", Text()),
        column("host", "主办单位*", Line(), "余姚市妇女联合会"),
        column("places", "名额", Number(whole=True, unit="人"), "40"),
        column("enrol_by", "报名截止", Date(), "2026-03-01"),
        column("tiers", "面向层级", MultiChoice(TIERS, synonyms=TIER_SYNONYMS), "核心层、紧密层"),
        column("cost", "经费(元)", Number(unit="元"), "8000"),
        column("schedule", "日程", Text(), "09:00-10:30 政策解读 张老师", "一行一项：时间 内容 主讲人，用空格隔开"),
        column("contact", "联系人", Text()),
        column("phone", "联系电话", Phone(), "", "", "联系方式、联系人电话"),
        key="number", display="name", note="一行一场活动",
    ),
    table(
        "attendance", "签到",
        column("event", "活动编号*", EVENT, "HD0001"),
        column("person", "人员编号*", PERSON, "RY0001"),
        column("name", "姓名", Name(), "王小红", "帮助核对编号有没有填错"),
        column("enrolled", "报名", YES_NO, "是"),
        column("presence", "出勤*", Choice(("出席", "请假", "缺席"), synonyms={"到": "出席", "√": "出席", "是": "出席", "缺勤": "缺席", "否": "缺席", "假": "请假"})),
        column("signed_in", "签到时间", DateTime()),
        column("hours", "学时", Number(most=500, unit="小时", usual=100), "", "空着就按活动的学时算"),
        note="一人一场一行",
    ),
    table(
        "exam_entries", "报考",
        column("year", "年度*", _YEAR, "2026", "考试名称里的年份", "考试年度"),
        column("level", "级别*", LEVEL, "初级"),
        column("person", "人员编号*", PERSON, "RY0001"),
        column("name", "姓名", Name()),
        column("subject", "科目*", Text(), "社会工作综合能力"),
        column("admission_number", "准考证号", Code()),
        column("score", "成绩", Score(), "", "分数，或 缺考、违纪、无效、合格；未公布的空着", "考试成绩、分数、得分、考分、卷面分、成绩（分）"),
        column("remarks", "备注", Text()),
        note="一人一科一行",
    ),
    table(
        "pass_marks", "合格标准",
        column("year", "年度*", _YEAR),
        column("level", "级别*", LEVEL),
        column("subject", "科目", Text(), "", "空着表示这一级别的各科"),
        column("region", "地区", Text(), "", "空着表示全国"),
        column("full_mark", "满分*", Number(1, 1000), "100"),
        column("pass_mark", "合格线*", Number(0, 1000), "60"),
    ),
    table(
        "certificates", "证书",
        column("person", "人员编号*", PERSON),
        column("level", "级别*", LEVEL),
        column("number", "证书编号!", Code()),
        column("obtained_on", "取得日期*", Date()),
        column("registered_on", "登记日期", Date()),
        column("registered_until", "登记有效期至", Date()),
    ),
    table(
        "education_hours", "继续教育",
        column("person", "人员编号*", PERSON),
        column("date", "日期*", Date()),
        column("content", "内容*", Text()),
        column("hours", "学时*", Number(unit="小时", usual=100)),
        note="培训活动的签到另计，不用在这里重复登记",
    ),
)  # fmt: skip
