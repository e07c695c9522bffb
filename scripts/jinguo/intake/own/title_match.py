"""How well the titles above a column fit what it may be for."""

from __future__ import annotations

import re
from functools import cache

from jinguo.intake.own.lexicon import OTHERS, Role, bare, roles
from jinguo.schema.model import header_key

_HEADS = re.compile("负责人|会长|理事长|法人|法定代表|牵头|带头")
_OF_A_PERSON = ("people.", "posts.post")


@cache
def _bare_titles(role: Role) -> frozenset[str]:
    return frozenset(t if role.split else bare(t) for t in role.titles if not t.startswith("~"))


@cache
def title_score(path: tuple[str, ...], role: Role, table: str) -> float:
    """How well the titles above a column fit a role: 1 for one of its names, less for one that only resembles it."""
    leaf = header_key(path[-1])
    group = re.sub("情况|信息|资料|基本|概况", "", header_key("".join(path[:-1])))
    for title in role.titles:
        if title.startswith("~") and re.search(title[1:], "›".join(path)):
            return 1.0
    whole = group + leaf
    if whole in role.titles:
        return 1.0
    if table == "family" and leaf in ("姓名", "名字") and path[:-1]:
        is_own = bool(re.search("本人|干部|人员", "".join(path[:-1])))
        return 1.0 if role.fields == (("family.person",) if is_own else ("family.name",)) else 0.0
    if table != "family" and OTHERS.search("".join(path[:-1])):
        return 0.0
    if table == "organisations" and role.fields and _belongs_to_person(role, leaf):
        # 姓名, 性别 or 职务 of an organisation's register are those of its head, where its group says so.
        if not _HEADS.search(group or leaf):
            return 0.0
        if role.fields == ("organisations.head",) and leaf in ("姓名", "名字"):
            return 1.0 if not re.search("法定代表|法人", group) else 0.0
    if role.fields == ("organisations.legal_representative",) and leaf == "姓名" and re.search("法定代表|法人", group):
        return 1.0
    if leaf in role.titles:
        return 1.0
    bare_leaf = bare(path[-1])
    if bare_leaf in _bare_titles(role) or group + bare_leaf in _bare_titles(role):
        return 0.92
    if (
        group
        and len(path) > 1
        and bare_leaf not in _GENERAL
        and header_key(path[0]) in role.titles
        and role.split.startswith("栏目名")
    ):
        return 0.92
    if (ends := _of_span(role, path)) and ends in role.fields:
        return 0.95
    known = _plain_titles(role)
    if _topical(bare_leaf) in {_topical(t) for t in known} - {""}:
        return 0.8
    # The last word says what a column holds: 日常联系人 is a 联系人, 移动电话 a 电话.
    if any(leaf.endswith(t) and not OTHERS.search(leaf) for t in known if len(t) > 1 and t not in _GENERAL):
        return 0.75
    if any(len(t) > 2 and (t in leaf or (leaf in t and len(leaf) > 2)) for t in known):
        return 0.6
    if any(_alike(bare_leaf, t) for t in known):
        return 0.6
    return 0.0


@cache
def note_score(note: str, role: Role) -> float:
    """How well the note on a title that says nothing itself fits a role: that it names it is worth as much as a likeness."""
    return 0.6 if note and any(len(t) > 2 and t in note for t in _plain_titles(role)) else 0.0


@cache
def _plain_titles(role: Role) -> frozenset[str]:
    return frozenset(t for t in role.titles if not t.startswith("~"))


#: What a table is about, put before the name of a column, and words behind it that say no more.
_TOPIC = re.compile(
    r"^(?:本|现|该)?(?:项目|活动|培训|服务|考试|证书|来访|推荐|推介|组织|协会|人员|合同|学习|咨询|报考|登记|持证|个人|会员|受益|参与|文章|发布|本次|首次)(?=.{2})"
)
_SAYS_NO_MORE = re.compile(r"(?<=.{2})(?:情况|全称|信息|数量|说明)$")


@cache
def _topical(title: str) -> str:
    """A title without what the table is about anyway: 项目经费 is 经费, 处理情况 处理."""
    return _SAYS_NO_MORE.sub("", _TOPIC.sub("", title))


_STARTS, _ENDS = (
    frozenset(["开始", "起", "起始", "自", "开始时间", "起始时间", "开始日期", "起始日期", "起于"]),
    frozenset(["结束", "止", "终止", "至", "截止", "结束时间", "终止时间", "结束日期", "截止日期", "到期", "止于"]),
)


@cache
def _spans() -> dict[str, list[tuple[str, str]]]:
    """The fields of the two ends of a span, by the titles it goes by."""
    found: dict[str, list[tuple[str, str]]] = {}
    for group in roles().values():
        for role in group:
            if role.split == "起止":
                for title in _plain_titles(role):
                    found.setdefault(title, []).append((role.fields[0], role.fields[-1]))
    return found


def _of_span(role: Role, path: tuple[str, ...]) -> str:
    """The field that 开始 or 结束 below the title of a span is."""
    if len(path) < 2 or role.split or path[-1] not in _STARTS | _ENDS:
        return ""
    for first, last in _spans().get(header_key(path[-2]), ()):
        field = first if path[-1] in _STARTS else last
        if (field,) == role.fields:
            return field
    return ""


_GENERAL = frozenset(
    (
        "备注",
        "姓名",
        "名称",
        "情况",
        "时间",
        "日期",
        "类别",
        "类型",
        "级别",
        "单位",
        "组织",
        "内容",
        "结果",
        "说明",
        "人数",
        "地点",
        "负责人",
        "成绩",
        "成员",
        "项目",
        "活动",
        "学校",
        "状态",
        "代码",
        "名字",
        "出生",
        "方式",
        "职务",
        "协会",
        "对象",
        "地区",
        "文化",
        "结论",
        "年度",
        "学时",
        "资金",
        "经费",
    )
)


def _belongs_to_person(role: Role, leaf: str) -> bool:
    return role.fields[0].startswith(_OF_A_PERSON) or (
        role.fields == ("organisations.head",) and leaf in ("姓名", "名字")
    )


@cache
def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return len(one) > 2 and fuzz.ratio(one, other) >= 82
