"""What an office sets once: its name and fonts, its parameters, its holidays."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinguo.schema.cells import SEPARATORS, is_blank
from jinguo.schema.format_rules import FORMAT_RULES
from jinguo.schema.parameters import PARAMETERS

#: The items of 设置.xlsx › 单位, what each is for, and what is used when it is left empty.
OFFICE_ITEMS: dict[str, tuple[str, str]] = {
    "单位名称": ("写在标题、署名里的全称", "××市妇女联合会"),
    "行政区划": ("组织名称前常带的地名，比对名称时略去；空着时取自单位名称", ""),
    "发文机关标志": ("红头上的字；空着时是单位名称加“文件”", ""),
    "发文机关代字": ("发文字号的第一部分", "×妇"),
    "地区": ("合格标准按哪个地区查", ""),
    "联系人": ("通知里的联系人", ""),
    "电话": ("通知里的联系电话", ""),
    "邮箱": ("回执寄到哪里", ""),
    "签发人": ("上行文（推荐报告）写明的签发人；空着就留出位置", ""),
    "版记": ("是：红头文件末页下边印版记（抄送、印发机关、印发日期）", "否"),
    "抄送机关": ("版记里的抄送机关，几个用“，”隔开；空着就没有抄送", ""),
    "印发机关": ("版记里的印发机关；空着时是单位名称加“办公室”", ""),
    "是否用印": ("是：成文日期右空四字，署名以它居中；否：署名右空二字", "是"),
    "印章图片": (
        "试印（notices --test-print）时压在日期上的印章，放在 workbooks 里的 PNG 或 JPG 文件名；正式文件不用它",
        "",
    ),
    "标题字体": ("公文标题", "方正小标宋简体"),
    "正文字体": ("正文", "仿宋_GB2312"),
    "楷体字体": ("二级标题", "楷体_GB2312"),
    "黑体字体": ("一级标题、附件", "黑体"),
}


@dataclass(frozen=True)
class Settings:
    """The office's own words and figures; what it leaves empty has the default."""

    office: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    vocabularies: dict[str, list[str]] = field(default_factory=dict)
    holidays: dict[datetime.date, str] = field(default_factory=dict)

    def item(self, name: str) -> str:
        """An item of 设置.xlsx › 单位, or its default."""
        return self.office.get(name) or OFFICE_ITEMS[name][1]

    @property
    def mark(self) -> str:
        """发文机关标志: the office's own, else its name with 文件 (GB/T 9704-2012, 7.2.4)."""
        return self.office.get("发文机关标志") or f"{self.item('单位名称')}文件"

    @property
    def record(self) -> dict[str, str]:
        """版记: 抄送 and 印发机关, both empty where the office wants none."""
        if self.item("版记") != "是":
            return {"抄送": "", "印发机关": ""}
        issued = self.office.get("印发机关") or f"{self.item('单位名称')}办公室"
        return {"抄送": self.item("抄送机关").rstrip("。"), "印发机关": issued}

    @property
    def place(self) -> str:
        """The place the office is of: 行政区划, or what stands before 妇女联合会 in its name; empty where neither tells."""
        named = re.match(r"(.+?)(?:妇女联合会|妇联)", self.office.get("单位名称") or "")
        return self.office.get("行政区划") or (named[1] if named else "")

    def parameter(self, name: str) -> Any:
        """A parameter's typed value, or its default's (None where the default is empty)."""
        if self.parameters.get(name) is not None:
            return self.parameters[name]
        return parameter_default(name)

    def list_of(self, name: str) -> list[str]:
        """A parameter that is a list, whatever sign separates its items."""
        value = self.parameter(name)
        if isinstance(value, tuple):
            return list(value)
        return [part.strip() for part in SEPARATORS.split(str(value or "")) if part.strip()]

    def pairs_of(self, name: str) -> dict[str, str]:
        """A parameter that is a list of 名称=值."""
        pairs = (re.split("[=＝:：]", part, maxsplit=1) for part in self.list_of(name))
        return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}

    def number(self, name: str) -> Decimal:
        return Decimal(self.parameter(name))


def parameter_default(name: str) -> Any:
    """The typed default of a parameter."""
    parameter = PARAMETERS.get(name) or FORMAT_RULES[name]
    return None if is_blank(parameter.default) else parameter.type.parser({})(parameter.default).value
