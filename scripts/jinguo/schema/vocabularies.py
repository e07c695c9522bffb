"""Lists that staff may extend in 设置.xlsx › 词表. Where the order matters (学历) it runs from low to high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Words by the name of their list.
Vocabularies = Mapping[str, Sequence[str]]

VOCABULARIES: dict[str, list[str]] = {
    "政治面貌": [
        "中共党员", "中共预备党员", "共青团员", "民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "致公党党员",
        "九三学社社员", "台盟盟员", "无党派人士", "群众",
    ],
    "学历": ["小学", "初中", "高中", "中专", "大专", "本科", "硕士研究生", "博士研究生"],
    "学位": ["学士", "硕士", "博士"],
    "任职职务": [
        "会长", "副会长", "理事长", "副理事长", "主任", "副主任", "秘书长", "法定代表人", "负责人", "理事", "监事", "工作人员",
    ],
    "社会职务": ["人大代表", "政协委员", "党代表", "妇联主席", "妇联副主席", "妇联常委", "妇联执委", "工会委员"],
    "推荐职务": ["人大代表", "政协委员", "妇联副主席", "妇联常委", "妇联执委", "团体会员代表"],
    "服务领域": ["家庭教育", "婚姻家庭", "权益维护", "为老服务", "助残服务", "救助帮扶", "儿童关爱", "女性创业", "文体健身", "环境保护", "志愿服务"],
    "专长": ["法律", "心理", "家庭教育", "婚姻家庭", "项目管理", "财务", "社会工作", "宣传", "电子商务", "公益"],
    # The exam platform's codes, read off another exam on the same platform (domain.md §1.3): staff may change them.
    "成绩代码": ["-1=缺考", "-2=违纪", "-4=无效"],
}  # fmt: skip
