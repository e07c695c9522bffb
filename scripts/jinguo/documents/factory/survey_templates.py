"""What a survey needs: the notice that goes out with the forms, and the reminder to those who have not answered."""

from __future__ import annotations

from typing import Any

from jinguo.documents.factory.letter_templates import letter, letter_head, paragraphs
from jinguo.word.blocks import contact_and_attachment, masthead, record


def survey_notice(document: Any) -> None:
    masthead(document)
    letter_head(document)
    paragraphs(
        document,
        "为摸清全{{ 地方 }}女性社会组织的情况，经研究，决定开展{{ 调查名称 }}。现将有关事项通知如下：",
        "一、调查内容",
        "{{ 内容 }}。",
        "二、填报办法",
        "调查表（见附件）已按现有台账填好，请逐项核对：有变化的直接改，没有的空着，新增的从最后一行往下填，不再有的把那一行清空。灰色的“编号”不要改动。{% if 遮住 %}身份证号中间遮住的，没有错就不用动。{% endif %}",
        "三、报送时间",
        "请于{{ 截止日期 }}前将调查表发至{{ 报送邮箱 }}，文件名写明单位。",
        "四、有关要求",
        "请确定专人负责，如实填写。表中的个人信息只用于本次调查和日常联系，请妥善保管，不要转发无关人员。",
    )
    contact_and_attachment(document)
    record(document)


def survey_reminder(document: Any) -> None:
    letter(
        document,
        "{{ 调查名称 }}应报{{ 应报 }}个单位，截至{{ 成文日期 }}，已报{{ 已报 }}个。",
        "{%p if 未报 %}",
        "尚未报送的有{{ 未报数 }}个单位：{{ 未报 }}。请于{{ 截止日期 }}前将调查表发至{{ 报送邮箱 }}。",
        "{%p endif %}",
        "{%p if 要改 %}",
        "已经报送、还有地方要改的有{{ 要改数 }}个单位：{{ 要改 }}。要改的地方已在退回的表里标出，请于{{ 截止日期 }}前改好重报。",
        "{%p endif %}",
        "{% if 已逾期 %}报送期限已过，请抓紧办理。{% else %}已经报送的，请忽略本函。{% endif %}确有困难的，请与我会联系。",
    )
