"""Letters to one recipient: reminders, guidance to registration, approvals, what to know before the exam."""

from __future__ import annotations

import re
from typing import Any

from jinguo.word.blocks import blank, contact_and_signature, letter_masthead, masthead, paragraph, record
from jinguo.word.table_blocks import columns_like_heads, table


def letter_head(document: Any) -> None:
    """The title, and to whom."""
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraph(document, "主送机关", "{{ 主送机关 }}：")


def paragraphs(document: Any, *texts: str) -> None:
    """Paragraphs of the body; those that begin with 一、 are headings."""
    for text in texts:
        paragraph(document, "一级标题" if re.match("[一二三四五六]、", text) else "公文正文", text)


def letter(document: Any, *texts: str) -> None:
    """A letter to one recipient in the form of a letter: title, addressee, paragraphs, whom to ask, signature."""
    letter_masthead(document)
    letter_head(document)
    paragraphs(document, *texts)
    contact_and_signature(document)


def inspection_reminder(document: Any) -> None:
    letter(
        document,
        "根据{{ 依据 }}，{% if 事项 == '年报' %}慈善组织每年要向登记机关报送年度工作报告和财务会计报告。我会尚未收到你单位{{ 年度 }}年度报告的报送情况{% else %}在民政部门登记的社会组织每年要接受年度检查。我会尚未收到你单位{{ 年度 }}年度的年检结论{% endif %}，请于{{ 截止日期 }}前办理。",
        "一、办理的程序",
        "填写{{ 年度 }}年度工作报告书，{% if 业务主管单位 %}{% if 初审截止 %}于{{ 初审截止 }}前{% else %}尽快{% endif %}送{{ 业务主管单位 }}初审，{% endif %}于{{ 截止日期 }}前报{{ 登记机关 }}。具体时间以登记管理机关当年的通知为准。",
        "二、请准备的材料",
        "年度工作报告书，上年度财务会计报告，登记证书副本，以及登记管理机关要求的其他材料。",
        "三、请注意",
        "{% if 上次结论 %}你单位{{ 上次年度 }}年度的结论是{{ 上次结论 }}。{% endif %}{% if 事项 == '年报' %}不按期报送的，会影响评估等级和慈善组织的资格。已经报送的，请函告我会。{% else %}不参加年检或者年检不合格，会影响评估等级和承接政府购买服务项目；连续不参检的，可能被撤销登记。已经办理的，请将结论函告我会。{% endif %}",
    )


def term_reminder(document: Any) -> None:
    letter(
        document,
        "你单位本届理事会{{ 届满 }}{{ 到期日 }}届满。请按照章程做好换届工作，有关事项提醒如下。",
        "一、换届前先审计",
        "{{ 审计依据 }}。请预留审计的时间。",
        "二、按章程换届",
        "按章程规定的程序，{{ 换届程序 }}。",
        "三、换届后更新登记",
        "法定代表人、住所等登记事项有变动的，到{{ 登记机关 }}办理变更；新一届负责人名单请报我会。确有困难不能按期换届的，请提前与我会和登记管理机关联系。",
    )


def education_reminder(document: Any) -> None:
    letter(
        document,
        "你的{{ 级别 }}社会工作者职业水平证书登记有效期{% if 已过期 %}已于{{ 有效期 }}届满{% else %}至{{ 有效期 }}{% endif %}。再登记以前，继续教育要满{{ 应有学时 }}学时；据我会登记，你本期已有{{ 已有学时 }}学时，尚缺{{ 尚缺学时 }}学时。",
        "{%p if 活动 %}",
        "下列培训活动可以计入学时，欢迎报名参加：",
        "{%p for 行 in 活动 %}",
        "{{ 行.序号 }}.{{ 行.活动名称 }}（{{ 行.时间 }}，{{ 行.学时 }}学时）",
        "{%p endfor %}",
        "{%p endif %}",
        "在别处学习的，请将学时证明交我会登记。{% if 已过期 %}请尽快{% else %}有效期届满前三个月内，请{% endif %}在全国社会工作信息系统办理再登记，具体以登记机构的通知为准。",
    )


def senior_reminder(document: Any) -> None:
    letter(
        document,
        "你参加{{ 年度 }}年社会工作者职业资格高级考试取得的成绩合格证明，有效期至{{ 有效期 }}。我会尚未登记你的高级社会工作师证书。",
        "请在有效期内按当年评审通知准备业绩材料，申报评审；过期要重新参加考试。已经取得证书的，请将证书复印件交我会登记。",
    )


def project_reminder(document: Any) -> None:
    letter(
        document,
        "你单位承接的“{{ 项目名称 }}”（{{ 开始日期 }}至{{ 结束日期 }}），{{ 缘由 }}。请抓紧做好{{ 事项 }}工作，于{{ 办理期限 }}前报送材料。",
        "一、请准备的材料",
        "{% if 事项 == '结项' %}项目总结、服务记录、受益人次统计、财务决算和票据，以及合同约定的其他材料。{% else %}中期自评报告、服务记录、受益人次统计、经费使用情况，以及合同约定的其他材料。{% endif %}",
        "二、请注意",
        "{% if 事项 == '结项' %}结项评估合格后拨付末期款；确需延期的，请尽快与购买主体和我会联系。{% else %}逾期不交中期材料的，一般视为评估不合格；不合格的停拨经费。已经评估的，请将结论函告我会。{% endif %}",
    )


def registration_guidance(document: Any) -> None:
    letter_masthead(document)
    letter_head(document)
    paragraphs(
        document,
        "根据《社会团体登记管理条例》《民办非企业单位登记管理暂行条例》和我会掌握的情况，你单位如登记为{{ 拟登记类型 }}，{{ 项数 }}项条件中已具备{{ 具备项数 }}项{% if 待核实项数 %}，{{ 待核实项数 }}项待核实{% endif %}。现将逐项情况和办理建议告知如下。",
        "一、逐项情况",
    )
    heads = ["序号", "条件", "要求", "现状", "结论"]
    table(document, columns_like_heads(heads, [12, 26, 56, 38, 24], left=[2, 3]), "行 in 条件")
    paragraphs(
        document,
        "住所、章程和举办者（发起人）的情况我会尚未掌握，请一并准备。",
        "二、办理建议",
        "{% if 尚缺 %}请先补齐：{{ 尚缺 }}。{% endif %}{% if 待核实 %}请核实后函告我会：{{ 待核实 }}。{% endif %}{% if not 尚缺 and not 待核实 %}登记条件都已具备，可以提出申请。{% endif %}目前的进展：{{ 当前阶段 }}。",
        "三、绿色通道",
        "我会与民政部门建立了登记绿色通道，步骤是：（1）到市女性社会组织服务中心咨询，核对名称和类型；（2）名称核准；（3）准备章程、住所使用证明、{{ 开办资金 }}资金证明、负责人和发起人名单；（4）受理；（5）准予登记，领取证书。每一步都可以请专家智库和我会协助。",
    )
    contact_and_signature(document)


def membership_approval(document: Any) -> None:
    paragraph(document, "公文正文", "{%p if 发文字号 %}")
    masthead(document)
    paragraph(document, "公文正文", "{%p endif %}")
    letter_head(document)
    paragraphs(
        document,
        "你单位{% if 申请日期 %}{{ 申请日期 }}提出的{% endif %}加入团体会员的申请收悉。经审查，你单位符合团体会员条件，{{ 审批日期 }}同意吸纳你单位为{{ 级别名称 }}团体会员。",
        "希望你单位遵守妇联章程，履行团体会员义务，团结带领会员和志愿者服务妇女、服务家庭、服务社会，并按时参加团体会员的会议和活动。",
        "特此批复。",
    )
    contact_and_signature(document)
    record(document)


def companion_notice(document: Any) -> None:
    letter_head(document)
    paragraphs(
        document,
        "你报名参加的{{ 年度 }}年社会工作者职业资格考试（{{ 级别 }}）将于{{ 考试日期 }}举行。为做好伴考服务，现将有关事项通知如下。",
        "一、你报考的科目",
    )
    heads = ["科目", "时间", "合格标准"]
    table(document, columns_like_heads(heads, [50, 66, 40], left=[0, 1]), "行 in 科目")
    paragraphs(
        document,
        "时间和考点以准考证为准。",
        "二、成绩有效期",
        "{% if 级别 == '初级' %}初级两个科目要在同一个考试年度全部通过，单科成绩不保留。{% elif 级别 == '中级' %}中级成绩滚动管理，连续两个考试年度内通过全部三个科目才能取得证书。{% else %}高级考试合格的，取得三年有效的成绩合格证明，期内通过评审取得证书。{% endif %}"
        "{% if 有效成绩 %}你已通过、现在仍有效的：{{ 有效成绩 }}。{% endif %}{% if 未报科目 %}请注意：{{ 未报科目 }}尚未通过，这次也没有报考。{% endif %}",
        "三、考前辅导",
        "{%p if 辅导 %}",
        "下列考前辅导欢迎参加：",
        "{%p for 行 in 辅导 %}",
        "{{ 行.序号 }}.{{ 行.活动名称 }}，{{ 行.时间 }}，{{ 行.地点 }}。",
        "{%p endfor %}",
        "{%p else %}",
        "考前暂没有新的辅导安排，需要资料和学习小组的请与我会联系。",
        "{%p endif %}",
        "四、请提前准备",
        "打印准考证，带好身份证件和文具，提前看好路线；考试中遇到困难，随时与我会联系。",
    )
    contact_and_signature(document)
