"""The factory versions of the templates in templates/, as staff first get them; they edit the files in Word."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinguo.common.ooxml import read_parts, write_parts
from jinguo.documents.factory import letter_templates, list_templates, nomination_templates, notice_templates
from jinguo.registry.settings import OFFICE_ITEMS
from jinguo.word.base import FONT_ITEMS, base_document

Build = Callable[[Any], None]

#: Every template by its file name.
TEMPLATES: dict[str, Build] = {
    "培训通知.docx": notice_templates.training_notice,
    "大赛通知.docx": notice_templates.contest_notice,
    "获奖通报.docx": notice_templates.award_notice,
    "项目征集通知.docx": notice_templates.project_call,
    "活动方案征集通知.docx": notice_templates.plan_call,
    "值班安排通知.docx": notice_templates.roster_notice,
    "考试情况通报.docx": notice_templates.exam_report,
    "伴考通知.docx": letter_templates.companion_notice,
    "吸纳团体会员批复.docx": letter_templates.membership_approval,
    "登记指导意见书.docx": letter_templates.registration_guidance,
    "年检提醒函.docx": letter_templates.inspection_reminder,
    "换届提醒函.docx": letter_templates.term_reminder,
    "继续教育提醒.docx": letter_templates.education_reminder,
    "项目提醒函.docx": letter_templates.project_reminder,
    "推荐人选名单.docx": list_templates.nomination_list,
    "推荐人选登记表.docx": nomination_templates.person_form,
    "推荐报告.docx": nomination_templates.report,
    "征求意见函.docx": nomination_templates.opinion_letter,
    "公示.docx": nomination_templates.public_notice,
    "结构分析.docx": nomination_templates.analysis,
    "选择说明.docx": nomination_templates.explanation,
    "培训考试统计报告.docx": list_templates.statistics_report,
}


def build_template(name: str) -> bytes:
    """The factory version of a template, the same bytes every time."""
    from docx import Document

    document = Document(io.BytesIO(base_document({item: OFFICE_ITEMS[item][1] for item in FONT_ITEMS})))
    TEMPLATES[name](document)
    stream = io.BytesIO()
    document.save(stream)
    return write_parts(read_parts(stream.getvalue()))


def write_templates(folder: Path) -> list[Path]:
    """Write every factory template into `folder`, the words of a mail among them; for maintainers, when one has changed."""
    from jinguo.documents.factory.mail_body import BODY

    paths = [folder / "邮件正文.txt"]
    paths[0].write_text(BODY, encoding="utf-8", newline="\n")
    for name in TEMPLATES:
        path = folder / name
        path.write_bytes(build_template(name))
        paths.append(path)
    return paths
