"""What a survey says to those who fill in its forms: the notice, the reminder, the messages and the mails."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from jinguo.common.findings import some_of
from jinguo.documents.letterhead import letterhead, numbered_letterhead
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words
from jinguo.survey.addressees import ALL
from jinguo.survey.asked import AskedTable
from jinguo.survey.sent import Survey

_TOWNSHIPS = "各乡镇（街道）妇联"


def notice_title(registry: Registry, survey: Survey) -> str:
    """What the notice of a survey is called."""
    return f"{registry.settings.item('单位名称')}关于开展{survey.name}的通知"


def notice_values(registry: Registry, survey: Survey, asked: Sequence[AskedTable], number: str = "") -> dict[str, Any]:
    """What the notice of a survey says."""
    settings = registry.settings
    title = notice_title(registry, survey)
    to = _TOWNSHIPS if survey.by == "所属镇街" else "各有关单位"
    return numbered_letterhead(registry, title, to, number) | {
        "调查名称": survey.name, "地方": _kind_of_place(settings.place), "内容": "；".join(_asked_words(a) for a in asked),
        "遮住": "是" if settings.parameter("调查表身份证号") == "遮住" and any("id_number" in a.fields for a in asked) else "",
        "截止日期": day_words(survey.due_day), "报送邮箱": settings.item("邮箱") or "我会邮箱",
        "附件一": f"{survey.name}调查表（电子表格）",
    }  # fmt: skip


def _kind_of_place(place: str) -> str:
    """市 of 余姚市: 全市."""
    return place[-1:] if place[-1:] in ("省", "市", "县", "区", "旗") else ""


def _asked_words(asked: AskedTable) -> str:
    """社会组织的组织名称、登记状态、组织类型等13项."""
    names = [asked.header(n) for n in asked.names]
    shown = some_of(names, 4)
    return f"{asked.spec.sheet}的{shown}{len(names)}项" if len(names) > 4 else f"{asked.spec.sheet}的{shown}"


def reminder_values(
    registry: Registry, survey: Survey, units: int, missing: Sequence[str], wrong: Sequence[str]
) -> dict[str, Any]:
    """What the reminder says: of so many units these have not answered, and those have to put something right."""
    settings = registry.settings
    due = survey.due_day
    late = registry.today > due
    again = due if not late else registry.today + datetime.timedelta(days=7)
    title = f"{settings.item('单位名称')}关于抓紧报送{survey.name}调查表的函"
    asked = [*missing, *wrong]
    to = "各有关单位"
    if len(asked) <= 3:
        to = "、".join(f"{unit}妇联" if survey.by == "所属镇街" else unit for unit in asked)
    return letterhead(registry, title, to) | {
        "调查名称": survey.name, "应报": str(units), "已报": str(units - len(missing)), "未报": "、".join(missing), "未报数": str(len(missing)),
        "要改": "、".join(wrong), "要改数": str(len(wrong)), "截止日期": day_words(again), "报送邮箱": settings.item("邮箱") or "我会邮箱",
        "已逾期": "是" if late else "",
    }  # fmt: skip


def message(registry: Registry, survey: Survey, unit: str) -> str:
    """What goes to a group on the phone."""
    to = f"{unit}：" if unit != ALL else ""
    due = day_words(survey.due_day)
    return (
        f"【调查】{to}{survey.name}开始了，调查表已发，里面是现有台账的内容，请核对、补充，{due}前发回{registry.settings.item('单位名称')}。"
        f"联系人：{registry.settings.item('联系人')}，{registry.settings.item('电话')}。"
    )


def mail_words(registry: Registry, survey: Survey, unit: str) -> tuple[str, str]:
    """The subject and the text of the mail that brings a form."""
    due = day_words(survey.due_day)
    text = f"{unit}：\n\n    现将《{survey.name}》的通知和调查表发给你们，请核对、补充后于{due}前回复本邮件交回。\n\n{_signed(registry)}"
    return f"{survey.name}调查表（{unit}）", text


def _signed(registry: Registry) -> str:
    """Whom a mail is from, and whom to ask."""
    office, contact, phone = (registry.settings.item(name) for name in ("单位名称", "联系人", "电话"))
    return f"{office}\n联系人：{contact}\n联系电话：{phone}\n"


def return_words(registry: Registry, survey: str, unit: str, problems: Sequence[str]) -> tuple[str, str]:
    """The subject and the text of the mail that brings a form back to be put right."""
    listed = "\n".join(f"    {n}. {text}" for n, text in enumerate(problems[:30], 1))
    more = f"\n    ……共 {len(problems)} 处，都在附件里标出了。" if len(problems) > 30 else ""
    text = f"{unit}：\n\n    你们交来的《{survey}》调查表收到了，下面 {len(problems)} 处请核对改正，改好后回复本邮件：\n\n{listed}{more}\n\n    附件里标了颜色的格子就是要改的地方，批注里写着原因。\n\n{_signed(registry)}"
    return f"请改正：{survey}调查表（{unit}）", text
