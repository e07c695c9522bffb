"""The register of documents: a new document is one row here.

A row names the kind (its template is 种类.docx), who reads it, the builder of the template the program comes with, who
finds it due or makes it for a batch, and what its template may place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from jinguo.common.errors import JinguoError
from jinguo.documents import nomination_papers as papers
from jinguo.documents import summary_report
from jinguo.documents.calls import awards, calls_open
from jinguo.documents.document_kind import Document
from jinguo.documents.due_document import DueDocument
from jinguo.documents.duty_notice import roster_due
from jinguo.documents.exam_notices import companion_notices, exam_report
from jinguo.documents.factory import (
    audit_templates,
    event_templates,
    letter_templates,
    list_templates,
    nomination_templates,
    notice_templates,
    summary_templates,
    survey_templates,
)
from jinguo.documents.gate import Withheld, absent, withheld
from jinguo.documents.hidden_dues import row_of, spoilt_rows, what_hides
from jinguo.documents.organisation_letters import approvals, registration_guidance
from jinguo.documents.reminders import (
    hours_missing,
    inspections_open,
    is_inspection_season,
    projects_due,
    seniors_lapsing,
    terms_ending,
)
from jinguo.documents.training_notice import training_notices
from jinguo.duty.roster import RESTS_ON
from jinguo.registry.tables import Registry
from jinguo.registry.uncounted import remarks

_REMINDER = "发文字号 标题 主送机关 单位名称 成文日期 联系人 联系电话"
_LETTER = "发文机关标志 发文字号 标题 主送机关 单位名称 成文日期 联系人 联系电话 抄送 印发机关"
_NOMINEE = "序号 姓名 性别 民族 出生年月 政治面貌 学历 工作单位及职务 推荐单位"
_CALL = "对象 征集 资助上限 开始日期 截止日期 报送邮箱 附件一 评审日期"
_PARTICIPANT = "序号 姓名 大字 小字 所在组织 职务 出勤 学时"
_STANDING = "名次 作品名称 组织名称 得分 奖项 评委数 去掉"

DOCUMENTS = {
    d.kind: d
    for d in (
        Document(
            "培训通知", "各镇街妇联、面向层级的女性社会组织", notice_templates.training_notice,
            f"{_LETTER} 举办 目的 参加人员 时间 报名截止 回执附件 回执邮箱 附件一 附件二",
            {"日程": "时间 内容 主讲", "名额分配": "序号 镇街 组织 名额"},
            table="events", find=training_notices, uses="events townships organisations", counts="organisations", due_by="events.starts",
        ),
        Document(
            "大赛通知", "各镇街妇联、面向层级的女性社会组织", notice_templates.contest_notice,
            f"{_LETTER} {_CALL} 评分办法", {"要求": "", "奖项": "奖项 个数"}, table="calls", find=calls_open("大赛通知"), uses="calls organisations", due_by="calls.opens calls.closes",
        ),
        Document(
            "获奖通报", "各镇街妇联、女性社会组织", notice_templates.award_notice,
            f"{_LETTER} 名称 评审日期 件数 组织数 评分办法 并列说明",
            {"获奖": _STANDING, "名次": _STANDING}, find=awards, uses="calls contest_entries contest_scores organisations", counts="contest_entries contest_scores", due_by="calls.judged_on",
        ),
        Document(
            "项目征集通知", "各镇街妇联、面向层级的女性社会组织", notice_templates.project_call,
            f"{_LETTER} {_CALL} 评分办法", {"要求": "", "奖项": "奖项 个数"}, table="calls", find=calls_open("项目征集通知"), uses="calls organisations", due_by="calls.opens calls.closes",
        ),
        Document(
            "活动方案征集通知", "各镇街妇联、面向层级的女性社会组织", notice_templates.plan_call,
            f"{_LETTER} {_CALL} 评分办法", {"要求": "", "奖项": "奖项 个数"}, table="calls", find=calls_open("活动方案征集通知"), uses="calls organisations", due_by="calls.opens calls.closes",
        ),
        Document(
            "值班安排通知", "值班的进驻组织", notice_templates.roster_notice,
            f"{_REMINDER} 年 月 天数 暂定 无人 范围",
            {"值班": "日期 星期 值班组织 值班人 说明", "合计": "组织名称 天数"}, find=roster_due, uses="duty_units duty_absences duty_swaps organisations holidays", counts=" ".join(RESTS_ON),
        ),
        Document(
            "伴考通知", "今年报考的人", letter_templates.companion_notice,
            f"{_REMINDER} 姓名 级别 年度 考试日期 有效成绩 未报科目",
            {"科目": "科目 时间 合格标准", "辅导": "序号 活动名称 时间 地点"}, find=companion_notices, uses="exam_entries people events attendance pass_marks", counts="exam_entries",
        ),
        Document(
            "考试情况通报", "领导、各镇街妇联", notice_templates.exam_report,
            f"{_LETTER} 年度 考试图",
            {"概述": "", "表": "标题 栏 行", "合格人员": "序号 姓名 级别 单位"}, find=exam_report, uses="exam_entries people pass_marks certificates posts organisations", must="people", counts="exam_entries people pass_marks posts", due_by="exam_entries.score exam_entries.year",
        ),
        Document(
            "吸纳团体会员批复", "获准入会的组织", letter_templates.membership_approval,
            f"{_LETTER} 申请日期 审批日期 级别名称", table="organisations", find=approvals, uses="applications organisations townships", due_by="applications.organisation applications.level applications.decision applications.decided_on",
        ),
        Document(
            "登记指导意见书", "登记孵化中、接近登记条件的组织", letter_templates.registration_guidance,
            f"{_REMINDER} 拟登记类型 项数 具备项数 尚缺 待核实 待核实项数 当前阶段 开办资金",
            {"条件": "序号 条件 要求 现状 结论"}, table="organisations", find=registration_guidance, uses="organisations incubations people posts", counts="posts", due_by="organisations.status incubations.organisation incubations.stage incubations.date",
        ),
        Document(
            "年检提醒函", "还没有年检结论的已登记组织", letter_templates.inspection_reminder,
            f"{_REMINDER} 年度 截止日期 上次年度 上次结论 依据 事项 初审截止", table="organisations", find=inspections_open, uses="organisations inspections", must="inspections", due_by="organisations.status organisations.registered_on inspections.organisation inspections.year", season=is_inspection_season,
        ),
        Document(
            "换届提醒函", "理事会快要届满的组织", letter_templates.term_reminder,
            f"{_REMINDER} 届满 到期日 审计依据 换届程序", table="organisations", find=terms_ending, uses="organisations", due_by="organisations.term_until organisations.status",
        ),
        Document(
            "继续教育提醒", "证书快要再登记、学时不够的人", letter_templates.education_reminder,
            f"{_REMINDER} 姓名 级别 有效期 已过期 应有学时 已有学时 尚缺学时",
            {"活动": "序号 活动名称 时间 地点 学时"}, find=hours_missing, uses="certificates education_hours attendance events people", must="attendance", kept="education_hours", counts="education_hours attendance", due_by="certificates.person certificates.level certificates.registered_on certificates.registered_until",
        ),
        Document(
            "高级评审提醒", "高级成绩合格证明快到期、还没有证书的人", letter_templates.senior_reminder,
            f"{_REMINDER} 姓名 年度 有效期", find=seniors_lapsing, uses="exam_entries certificates people pass_marks", kept="certificates", due_by="certificates.person certificates.level",
        ),
        Document(
            "项目提醒函", "该做中期评估、该结项的承接组织", letter_templates.project_reminder,
            f"{_REMINDER} 事项 缘由 办理期限", table="projects", find=projects_due, uses="projects organisations", due_by="projects.contractor projects.status projects.starts projects.ends projects.midterm",
        ),
        Document(
            "培训考试统计报告", "领导", list_templates.statistics_report,
            "标题 年度 截至日期 培训概述 覆盖概述 培训说明 培训图 考试图 单位名称 成文日期",
            {"培训表": "标题 栏 行", "考试表": "标题 栏 行", "考试概述": "", "口径": ""},
        ),
        *(
            Document(kind, readers, build, summary_report.WORDS, summary_report.ROWS)
            for kind, readers, build in (
                ("工作总结", "领导、网站", summary_templates.year_report),
                ("工作总结简版", "领导，两页", summary_templates.short_report),
                ("信息稿", "网站、公众号，800字以内", summary_templates.article),
            )
        ),
        Document(
            "签到表", "会务", event_templates.sign_in_sheet,
            "标题 活动名称 时间 地点 单位名称", {"人员": _PARTICIPANT}, public=False,
        ),
        Document("桌牌", "会务", event_templates.table_cards, "", {"人员": _PARTICIPANT}, public=False),
        Document(
            "证书", "参加学习的人，一人一页", event_templates.certificates,
            "活动名称 时间 地点 日期 单位名称 成文日期", {"人员": _PARTICIPANT},
        ),
        Document(
            "调查通知", "发给填表的各单位", survey_templates.survey_notice,
            f"{_LETTER} 调查名称 地方 内容 遮住 截止日期 报送邮箱 附件一",
        ),
        Document(
            "调查催报函", "还没有交调查表的单位", survey_templates.survey_reminder,
            f"{_REMINDER} 调查名称 应报 已报 未报 未报数 要改 要改数 截止日期 报送邮箱 已逾期",
        ),
        Document(
            "推荐人选名单", "批次的送达单位", list_templates.nomination_list,
            "标题 名称 人数 排序口径 送达单位 届次 推荐职务 单位名称 成文日期",
            {"姓名名单": "", "人选": "序号 姓名 性别 民族 出生年月 政治面貌 学历 工作单位及职务 推荐单位"}, make=papers.nomination_list,
        ),
        Document(
            "推荐人选登记表", "批次的送达单位，每人一份", nomination_templates.person_form,
            "标题 名称 推荐职务 届次 照片 社会组织任职 社会职务 推荐单位 推荐理由 部门意见 单位名称", {"家庭成员": "称谓 姓名 出生年月 政治面貌 工作单位及职务"}, table="people", make=papers.person_forms,
        ),
        Document(
            "推荐报告", "批次的送达单位", nomination_templates.report,
            f"{_LETTER} 签发人 名称 推荐职务 届次 名额 差额 人数 提名人数 合格人数 排序口径 名单 程序 提名 结构要求 结构 部门 评分 附件一 附件二", make=papers.report,
        ),
        Document(
            "征求意见函", "联审部门，一个部门一份", nomination_templates.opinion_letter,
            f"{_LETTER} 名称 推荐职务 届次 人数 截止日期 附件一 部门", {"人选": _NOMINEE}, make=papers.opinion_letters,
        ),
        Document(
            "公示", "公众", nomination_templates.public_notice,
            f"{_LETTER} 名称 推荐职务 届次 人数 排序口径 起 止 工作日数 受理邮箱 程序 部门", {"人选": _NOMINEE}, make=papers.public_notice,
        ),
        Document(
            "结构分析", "领导（内部）", nomination_templates.analysis,
            f"{_LETTER} 名称 人数 名额 差额 结构图",
            {"要求": "结构要求 最少 最多 实际 结果", "分布": "项目 类别 人数", "注意": ""}, public=False, make=papers.analysis,
        ),
        Document(
            "选择说明", "领导（内部）", nomination_templates.explanation,
            f"{_LETTER} 名称 人数 名额 差额 结构要求 同分规则 有名单 人工", {"人选": "姓名 名次 总分 结果 说明", "注意": ""}, public=False, make=papers.explanation,
        ),
        Document(
            "复核说明", "单位以外核对名单和数字的人", audit_templates.audit_note,
            "标题 概述 单位名称 成文日期", {"文件": "名称 内容", "步骤": "步 做法"},
        ),
    )
}  # fmt: skip


#: The kinds that fall due, in the order in which they are numbered.
DUE_KINDS = tuple(d.kind for d in DOCUMENTS.values() if d.find)


def all_due(registry: Registry) -> list[DueDocument]:
    """Everything that is due today, kind by kind in the order of the register; of kinds that are withheld nothing. What
    is not to go out as its row stands has its `trouble`, and keeps its place and number."""
    return registry.once(_judged)[0]


def withheld_document(due: DueDocument) -> Withheld | None:
    """A document that does not go out as its row stands, with why."""
    return Withheld(due.file, (due.trouble,), "改正以后再运行一次；以前生成的没有动。") if due.trouble else None


def withheld_kinds(registry: Registry) -> dict[str, Withheld]:
    """The kinds that fall due of which nothing goes out today, and why."""
    return registry.once(_judged)[1]


def remark_of(registry: Registry, kind: str) -> str:
    """What every document of a kind says of the rows that are not in it."""
    return "；".join(remarks(registry, DOCUMENTS[kind].counts.split()))


def _judged(registry: Registry) -> tuple[list[DueDocument], dict[str, Withheld]]:
    """What is due and may go out, and the kinds that may not. A kind that must have a table is only held back where
    anything of it is due."""
    found: list[DueDocument] = []
    held_back: dict[str, Withheld] = {}
    for d in DOCUMENTS.values():
        if d.find is None:
            continue
        answer = withheld(registry, d.kind, d.uses.split())
        due = [] if answer else d.find(registry)
        lacking = absent(registry, d.must.split(), d.kept.split()) if due else []
        if lacking:
            answer = Withheld(d.kind, tuple(lacking), "补上这张表，再运行一次；以前生成的没有动。")
        if answer:
            held_back[d.kind] = answer
            continue
        spoilt = spoilt_rows(registry, d)
        for one in due:
            why = one.trouble or next((spoilt[row] for place in one.rows if (row := row_of(place)) in spoilt), "")
            found.append(replace(one, trouble=why))
        if unsure := what_hides(registry, d):
            held_back[d.kind] = Withheld(
                d.kind, tuple(f"{why}，不知道到没到期" for why in unsure), "改正以后再运行一次。"
            )
    finished = {item for item in registry["done"]["item"] if item}
    return [due for due in _told_apart(found) if due.file not in finished], held_back


def _told_apart(due: list[DueDocument]) -> list[DueDocument]:
    """No two with one file: what two people of one name get, two events of one name on one day, is told apart by the
    number."""
    counts = Counter(d.file for d in due)
    return [replace(d, file=f"{d.file}（{d.about}）") if counts[d.file] > 1 and d.about else d for d in due]


def refuse_unknown(kinds: Iterable[str]) -> None:
    """JinguoError where any of these is no kind that falls due."""
    unknown = [kind for kind in kinds if kind not in DUE_KINDS]
    if unknown:
        raise JinguoError(f"没有“{'、'.join(unknown)}”这种通知", remedy=f"可以写的种类：{'、'.join(DUE_KINDS)}。")
