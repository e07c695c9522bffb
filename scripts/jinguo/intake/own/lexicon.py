"""What offices call the columns of their registers: the words, the columns of ours they mean, and how a cell is split.

A role is what a column is for. Most roles are a column of ours under another name and come from the schema by themselves;
here stand the names the schema does not know, the columns that hold two things, and those whose title holds a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jinguo.intake.own.titles_known import ALSO, COMPOSED
from jinguo.schema import TABLES
from jinguo.schema.codes import Reference
from jinguo.schema.model import Field, header_key


@dataclass(frozen=True)
class Role:
    """What a column is for: the fields it gives as table.field, the names it goes by, how its cells are split (one of
    splits.SPLITS; empty where the cell is the value), and what must stand in it (one of contents.KINDS)."""

    fields: tuple[str, ...]
    titles: frozenset[str]
    split: str = ""
    content: str = ""

    @property
    def key(self) -> str:
        """One name for it, such as posts.organisation＋posts.post."""
        return "＋".join(self.fields)

    @property
    def shown(self) -> str:
        """As staff read it: 任职.组织编号＋任职.职务."""
        return "＋".join(field_label(name) for name in self.fields)


#: 自有栏目: kept, shown in templates, not read as anything. 不读: running numbers and what is worked out from the rest.
OWN, IGNORED = "自有栏目", "不读"


@cache
def field_label(name: str) -> str:
    """社会组织.组织名称 for organisations.name."""
    table, field = name.split(".")
    return f"{TABLES[table].sheet}.{TABLES[table].by_name[field].header}"


@cache
def fields_by_label() -> dict[str, str]:
    """The other way round."""
    return {f"{spec.sheet}.{f.header}": f"{name}.{f.name}" for name, spec in TABLES.items() for f in spec.fields}


#: What is worked out from the rest, or only counts the rows.
_IGNORED = frozenset(
    map(
        header_key,
        [
            "序号",
            "序",
            "No",
            "No.",
            "总分",
            "合计",
            "总成绩",
            "小计",
            "是否合格",
            "合格情况",
            "是否通过",
            "星期",
            "星期几",
            "周几",
            "总计",
            "合格与否",
            "学时合计",
            "合计学时",
            "年龄",
            "周岁",
            "排序",
            "排名",
            "名次",
        ],
    )
)
#: What is worked out, and can be compared with the rest.
CONTROLS = {
    **dict.fromkeys(map(header_key, ("总分", "合计", "总成绩", "学时合计", "合计学时", "总计")), "sum"),
    **dict.fromkeys(
        map(
            header_key, ("出勤次数", "参加次数", "到会次数", "出席次数", "签到次数", "参训次数", "参加活动次数", "次数")
        ),
        "times",
    ),
    **dict.fromkeys(map(header_key, ("是否合格", "合格情况", "是否通过", "合格与否")), "pass"),
    **dict.fromkeys(map(header_key, ("星期", "星期几", "周几")), "weekday"),
}
#: Group titles under which a name or a sex is somebody else's.
OTHERS = re.compile("配偶|爱人|家庭|家属|亲属|紧急|父亲|母亲|子女|监护|介绍人|党组织|党支部|书记|推荐人|经办|填表")


def is_ignored(title: str) -> bool:
    return header_key(title) in _IGNORED


def bare(title: str) -> str:
    """A title for comparing: without its unit or note in brackets, numbers before it, spaces."""
    key = header_key(title)
    key = re.sub(r"^\(?\d{1,2}[).、]", "", key)
    return re.sub(r"\([^()]*\)", "", key) or key


@cache
def roles() -> dict[str, list[Role]]:
    """The roles a column may have, by the table they belong to first; composed ones before simple ones."""
    found: dict[str, list[Role]] = {name: [] for name in TABLES}
    for line in filter(None, COMPOSED.strip().split("\n")):
        fields, titles, split, content = (part.strip() for part in re.split(r" \| ", line))
        names = fields.split("＋")
        role = Role(
            tuple(names),
            frozenset([titles] if titles.startswith("~") else map(header_key, titles.split("、"))),
            split,
            content,
        )
        for table in dict.fromkeys([names[0].split(".")[0], *_HOMES.get(role.key, ())]):
            found[table].append(role)
    simple = {f"{name}.{f.name}": _simple(name, f) for name, spec in TABLES.items() for f in spec.fields}
    for name, spec in TABLES.items():
        named = {f.name for f in spec.fields} & {"person"} if name != "family" else set()
        # Beside a reference to a person the name is only said once more; a register without numbers has it alone.
        found[name] += [simple[f"{name}.{f.name}"] for f in spec.fields if not (named and f.name == "name")]
        found[name] += [simple[other] for other in _BESIDE.get(name, "").split()]
    for name in _BESIDE_UNITS:
        fields = ("attendance.person",) if name == "attendance" else ()
        found[name] += [Role(fields, _UNITS, BY_UNIT), Role((), _PHONES, BY_PHONE, "phone")]
    return found


def _simple(table: str, f: Field) -> Role:
    """The role of a column that is one of ours."""
    also = ALSO.get(f"{table}.{f.name}", "").split("、")
    if isinstance(f.type, Reference) and f.type.table in _NAMED_BY:
        also += _NAMED_BY[f.type.table] if f.name in ("person", "organisation") else ()
    return Role((f"{table}.{f.name}",), frozenset({*f.header_keys(), *map(header_key, filter(None, also))}))


#: A column that is kept to tell people of one name apart.
BY_UNIT, BY_PHONE = "按单位认人", "按电话认人"
_PHONES = frozenset(
    map(header_key, ["电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "联系手机", "本人电话"])
)
_UNITS = frozenset(
    map(
        header_key,
        [
            "单位",
            "工作单位",
            "所在单位",
            "所在组织",
            "单位名称",
            "组织名称",
            "所属单位",
            "所在社会组织",
            "社会组织",
            "组织",
            "报送单位",
            "参训单位",
            "来自单位",
            "所属组织",
            "工作单位名称",
            "单位（组织）",
            "社会组织名称",
        ],
    )
)
_BESIDE_UNITS = ("attendance", "exam_entries", "certificates", "education_hours")
_NAMED_BY = {
    "people": (
        "姓名",
        "名字",
        "人员姓名",
        "学员姓名",
        "参加人员",
        "考生姓名",
        "持证人",
        "持证人姓名",
        "人选姓名",
        "被推荐人",
        "签到人",
        "参会人员",
        "参训人员",
        "学员",
        "人员",
        "人选",
        "推荐人选",
        "被推荐人姓名",
        "候选人",
        "候选人姓名",
    ),
    "organisations": (
        "组织名称",
        "单位名称",
        "社会组织名称",
        "名称",
        "单位",
        "社会组织",
        "组织",
        "社会组织",
        "机构名称",
        "女性社会组织名称",
    ),
}
#: Columns of other tables that a register of this table often has beside its own.
_BESIDE = {
    "organisations": "people.sex people.born people.id_number people.politics people.education people.nation posts.post posts.from_month",
    "people": "posts.organisation posts.post posts.from_month posts.to_month public_posts.term",
    "attendance": "events.starts events.ends events.place events.type events.host",
    "exam_entries": "people.id_number people.sex people.mobile people.born people.education",
    "certificates": "people.id_number people.sex people.mobile people.born people.education",
    "candidates": "people.sex people.nation people.born people.education people.politics people.position people.id_number people.mobile people.degree people.native_place people.working_since people.title people.resume people.school",
    "duty_log": "duty_units.person duty_units.phone duty_swaps.substitute",
    "projects": "payments.date",
    "inspections": "organisations.credit_code organisations.township organisations.type",
}


#: Composed roles that sheets of another table have as well.
_HOMES = {
    "posts.from_month＋organisations.term_until": ("organisations",),
    "posts.organisation＋posts.post＋people.position": ("people",),
    "posts.organisation＋posts.post": ("people", "posts"),
    "posts.from_month＋posts.to_month": ("people", "posts"),
    "experts.from_date＋experts.to_date": ("experts",),
    "attendance.event＋attendance.presence": ("attendance",),
    "certificates.level＋certificates.number": ("certificates",),
    "public_posts.post＋public_posts.level": ("people", "public_posts"),
    "people.education": ("candidates",),
    "education_hours.date＋education_hours.hours": ("certificates",),
    "payments.instalment＋payments.amount": ("projects",),
    "opinions.department＋opinions.opinion": ("candidates",),
    "duty_units.person＋duty_units.phone": ("duty_log",),
    "duty_swaps.organisation＋duty_swaps.substitute": ("duty_log",),
    "inspections.year＋inspections.result": ("inspections",),
}


@cache
def _known_titles() -> frozenset[str]:
    keys = {title for group in roles().values() for role in group for title in role.titles if not title.startswith("~")}
    return frozenset(keys | _IGNORED)


@cache
def is_known_title(title: str) -> bool:
    """Whether any register of ours, or of an office's, has a column of this name."""
    key = header_key(title)
    if key in _known_titles() or bare(title) in _known_titles():
        return True
    return any(
        re.search(t[1:], title) for group in roles().values() for role in group for t in role.titles if t[0] == "~"
    )


@cache
def splits_known() -> frozenset[str]:
    """Every way of splitting a cell, as 拆分 in 对照.xlsx names it; empty for none."""
    return frozenset(role.split for found in roles().values() for role in found) | {""}
