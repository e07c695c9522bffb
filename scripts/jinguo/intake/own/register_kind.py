"""Which of our tables a sheet is a register of, by its columns and the words above them."""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from jinguo.excel.raw import RawSheet
from jinguo.intake.own.column_roles import coverage, match_roles, profiles_of
from jinguo.intake.own.frame import Frame, frame_of
from jinguo.intake.own.guess import Guess
from jinguo.intake.own.mapping import (
    Source,
)
from jinguo.intake.own.title_lines import Lines, lines_of, organisation_in
from jinguo.schema import TABLES
from jinguo.schema.cells import clean

#: Words of a title, a sheet or a file that speak for a table.
_WORDS = {
    "attendance": "签到|签名册|考勤|点名|到会|学员|参训",
    "exam_entries": "考试|成绩|报考|考生",
    "certificates": "持证|证书|社工师名单|取证",
    "projects": "项目|创投|购买服务|微公益",
    "inspections": "年检|年度检查|年报",
    "candidates": "推荐|人选|候选|提名",
    "duty_log": "值班|轮值|坐值",
    "people": "花名册|名册|骨干|人员(?!签到)|人才|离任|负责人名单|队伍|通讯录",
    "organisations": "组织.{0,6}(?:台账|登记|一览|名录|情况|汇总|名单|统计|基本)|社会组织|协会名录|团队",
    "townships": "乡镇|镇街|妇联.{0,4}(?:名单|通讯录|联系)",
    "events": "培训.{0,6}(?:一览|计划|台账|汇总|情况)|活动.{0,6}(?:一览|计划|台账|汇总)",
    "services": "服务.{0,4}(?:活动|记录|台账)|志愿服务",
    "visits": "来访|接待|咨询",
    "education_hours": "继续教育|学时",
    "family": "家庭成员",
    "payments": "拨款|拨付|付款|支付明细",
    "experts": "专家|智库|顾问",
    "promotions": "宣传|推介",
}
#: What a sheet of a table must have: one of each group.
_ANCHORS = {
    "organisations": [
        "organisations.name",
        "organisations.type organisations.tier organisations.status organisations.credit_code organisations.township organisations.head organisations.phone organisations.founded_on organisations.registered_on organisations.legal_representative",
    ],
    "people": [
        "people.name",
        "people.sex people.born people.id_number people.politics people.education people.mobile posts.organisation posts.post people.position people.nation",
    ],
    "attendance": ["attendance.person", "attendance.presence"],
    "exam_entries": ["exam_entries.person", "exam_entries.score"],
    "certificates": [
        "certificates.person",
        "certificates.number certificates.level",
        "certificates.number certificates.obtained_on certificates.registered_until education_hours.hours",
    ],
    "projects": [
        "projects.name",
        "projects.amount projects.contractor",
        "projects.amount projects.buyer projects.status projects.starts",
    ],
    "inspections": ["inspections.organisation", "inspections.result"],
    "candidates": [
        "candidates.person",
        "candidates.proposed_by candidates.reason opinions.opinion candidates.assessment",
    ],
    "duty_log": ["duty_log.date", "duty_log.organisation"],
    "visits": ["visits.date", "visits.visitor visits.organisation", "visits.subject visits.outcome visits.closed_on"],
    "services": ["services.organisation", "services.date", "services.volunteers services.beneficiaries services.hours"],
    "promotions": [
        "promotions.title promotions.platform",
        "promotions.date promotions.reads",
        "promotions.platform promotions.reads",
    ],
    "experts": [
        "experts.name",
        "experts.category experts.skills experts.from_date",
        "experts.employer experts.skills experts.phone",
    ],
    "payments": ["payments.project", "payments.amount", "payments.instalment payments.date"],
    "education_hours": [
        "education_hours.person",
        "education_hours.hours",
        "education_hours.date education_hours.content",
    ],
    "events": [
        "events.name",
        "events.starts",
        "events.place events.hours events.places events.host events.speaker events.type",
    ],
    "family": ["family.person", "family.relation", "family.name"],
    "townships": ["townships.name", "townships.contact townships.phone", "townships.contact townships.email"],
}
#: Tables that an office's own registers are never taken for.
_NEVER = frozenset(
    [
        "office",
        "letters",
        "done",
        "vocabularies",
        "parameters",
        "format_rules",
        "not_duplicates",
        "entry_conditions",
        "holidays",
        "requirements",
        "quotas",
        "weights",
        "pass_marks",
    ]
)
#: What a register of people has besides names and telephones.
_PERSONAL = frozenset(
    [
        "people.sex",
        "people.born",
        "people.id_number",
        "people.politics",
        "people.education",
        "people.nation",
        "posts.organisation",
    ]
)
#: Lists an office keeps of other things.
OTHER_THINGS = re.compile(
    "用餐|就餐|报餐|订餐|住宿|请假(?:登记|条|表|审批|单)|领用|领取|签收|尺码|工资|预算|采购|设备|资产|纪要|用车|派车|报销|值日|处罚|行政许可|中标|失信"
)
NO_REGISTER = re.compile("选项|字典|下拉|代码表|数据源|参数|说明|填表须知|模板|样表|目录|封面|对照")
_WEIGHT_OF_WORDS, _LEAST = 1.6, 1.5


def identifying(table: str) -> frozenset[str]:
    """The fields of which a register of a table has at least one, to say whom or what a row is about."""
    return frozenset(_ANCHORS.get(table, [f"{table}.{TABLES[table].display}"])[0].split())


def is_of_other_things(name: str, lines: Sequence[tuple[object, str]]) -> bool:
    """Whether the name of a sheet or the first line above it says that it lists something else."""
    texts = [name, *(text for _, text in lines[:1])]
    return any(OTHER_THINGS.search(re.sub(r"[（(].*?[）)]", "", text)) for text in texts)


class Taken(NamedTuple):
    """A sheet with what it was taken for: its frame, the guesses for its columns by place, and how far this table is ahead
    of every other."""

    raw: RawSheet
    frame: Frame
    table: str
    guesses: dict[int, Guess]
    score: float
    lead: float


def take(raw: RawSheet, decided: Source | None = None) -> Taken | None:
    """The table a sheet most likely is, with its columns; None where it is none. A table and a header that somebody has
    decided stand."""
    if not any(clean(v) for row in raw.rows for v in row):
        return None
    header = decided.header if decided and decided.header else None
    frame = frame_of(raw, (header[0] - 1, header[1] - 1) if header else None)
    if frame is None or not frame.data:
        return None
    profiles = profiles_of(frame)
    lines = lines_of(frame, PurePath(raw.workbook).stem)
    if decided and decided.main:
        return Taken(raw, frame, decided.main, match_roles(frame, decided.main, profiles), 9, 9)
    scores = []
    for table in TABLES:
        if table in _NEVER:
            continue
        guesses = match_roles(frame, table, profiles)
        score = _score(table, guesses, lines, frame)
        if score:
            scores.append((score, table, guesses))
    if not scores:
        return None
    scores.sort(key=lambda item: -item[0])
    best = scores[0]
    lead = best[0] - (scores[1][0] if len(scores) > 1 else 0)
    guesses = best[2]
    fields = {name for guess in guesses.values() for name in guess.role.fields}
    if best[1] == "people" and "posts.organisation" not in fields and not organisation_in(lines):
        # A post says nothing without the organisation it is held in.
        guesses = {place: guess for place, guess in guesses.items() if guess.role.fields != ("posts.post",)}
    if is_of_other_things(raw.name, lines.lines):
        return None
    if NO_REGISTER.search(raw.name) and best[0] < 5:
        return None
    return Taken(raw, frame, best[1], guesses, best[0], lead)


def _score(table: str, guesses: Lookup[int, Guess], lines: Lines, frame: Frame) -> float:
    """How much speaks for a table: the columns it explains, and the words above them; 0 where it lacks what it must have."""
    fields = {name for guess in guesses.values() for name in guess.role.fields}
    anchors = _ANCHORS.get(table) or [
        f"{table}.{f.name}"
        for f in TABLES[table].fields
        if f.required and f.name not in ("number", "level", "township", "type")
    ]
    if any(not fields.intersection(group.split()) for group in anchors) or (table not in _ANCHORS and len(fields) < 3):
        return 0.0
    own = sum(g.sureness for g in guesses.values() if any(f.startswith(f"{table}.") for f in g.role.fields))
    beside = sum(g.sureness for g in guesses.values() if not any(f.startswith(f"{table}.") for f in g.role.fields))
    words = 0.0
    if table in _WORDS:
        near = [text for _, text in lines.lines[:2]] + [lines.sheet]
        words = (
            1.0
            if any(re.search(_WORDS[table], text) for text in near)
            else 0.5 * bool(re.search(_WORDS[table], lines.stem))
        )
        words += 0.6 * (table == "attendance" and any("签到" in text for text in near))
    if table == "people" and not fields & _PERSONAL:
        words -= 1
    known = table in _ANCHORS
    score = own + 0.75 * beside + _WEIGHT_OF_WORDS * words + (0.5 if known else -0.8) + coverage(guesses, frame.columns)
    return score if score >= _LEAST + 1 else 0.0
