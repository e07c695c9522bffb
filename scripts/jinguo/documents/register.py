"""The register of documents: kind, template, what its template may place, and for whom; a new document is one row here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinguo.registry import Registry
from jinguo.schema import TABLES
from jinguo.settings import Settings
from jinguo.word.lint import Known
from jinguo.word.render import read_template
from jinguo.word.template import Template


@dataclass(frozen=True)
class Document:
    """A kind of document. `words` are the names its template may place, `rows` those of tables with their fields (none
    where the fields are numbered), `table` the table whose row's columns it may place too, the office's own included;
    `public` where it leaves the office."""

    kind: str
    template: str
    readers: str
    words: str
    rows: dict[str, str] = field(default_factory=dict)
    table: str = ""
    public: bool = True

    def known(self, registry: Registry | None = None) -> Known:
        """Every name the template may use; of a registry also the columns the office added to the table."""
        names: dict[str, tuple[str, ...] | None] = dict.fromkeys(self.words.split())
        if self.table:
            names |= dict.fromkeys(f.header for f in TABLES[self.table].fields)
            names |= dict.fromkeys(registry[self.table].extra if registry else ())
        names |= {name: tuple(fields.split()) for name, fields in self.rows.items()}
        return Known(names, self.public)


_REMINDER = "标题 主送机关 单位名称 成文日期 联系人 联系电话"
_LETTER = "发文机关标志 发文字号 标题 主送机关 单位名称 成文日期 联系人 联系电话"

DOCUMENTS = {
    d.kind: d
    for d in (
        Document(
            "培训通知", "培训通知.docx", "各镇街妇联、面向层级的女性社会组织",
            f"{_LETTER} 举办 目的 参加人员 时间 报名截止 回执附件 回执邮箱 附件一 附件二",
            {"日程": "时间 内容 主讲", "名额分配": "序号 镇街 组织 名额"},
            table="events",
        ),
        Document(
            "年检提醒函", "年检提醒函.docx", "还没有年检结论的已登记组织", f"{_REMINDER} 年度 截止日期 上次年度 上次结论", table="organisations",
        ),
        Document("换届提醒函", "换届提醒函.docx", "理事会快要届满的组织", f"{_REMINDER} 届满 到期日", table="organisations"),
        Document(
            "继续教育提醒", "继续教育提醒.docx", "证书快要再登记、学时不够的人", f"{_REMINDER} 姓名 级别 有效期 应有学时 已有学时 尚缺学时",
            {"活动": "序号 活动名称 时间 地点 学时"},
        ),
        Document("项目提醒函", "项目提醒函.docx", "该做中期评估、该结项的承接组织", f"{_REMINDER} 事项 缘由", table="projects"),
        Document(
            "培训考试统计报告", "培训考试统计报告.docx", "领导",
            "标题 年度 截至日期 培训概述 培训说明 单位名称 成文日期",
            {"培训表": "标题 栏 行", "考试表": "标题 栏 行", "考试概述": "", "口径": ""},
        ),
        Document(
            "推荐人选名单", "推荐人选名单.docx", "批次的送达单位",
            "标题 名称 人数 排序口径 送达单位 届次 推荐职务 单位名称 成文日期",
            {"姓名名单": "", "人选": "序号 姓名 性别 民族 出生年月 政治面貌 学历 工作单位及职务 推荐单位"},
        ),
    )
}  # fmt: skip


def open_template(kind: str, templates: Path, settings: Settings, today: datetime.date) -> Template:
    """The office's own template of a kind, ready to be filled as often as wanted."""
    name = DOCUMENTS[kind].template
    return Template(read_template(templates, name), name, settings, today)


def write_document(kind: str, templates: Path, context: Mapping[str, Any], settings: Settings, today: datetime.date) -> bytes:
    """One finished .docx of a kind."""
    return open_template(kind, templates, settings, today).render(context)
