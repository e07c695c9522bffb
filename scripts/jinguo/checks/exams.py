"""Rules about exam entries, scores and certificates."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, rule
from jinguo.checks.training import name_agrees
from jinguo.exams.results import qualifications
from jinguo.exams.subjects import SUBJECTS, canonical_subject, standard
from jinguo.registry import Hit, Registry
from jinguo.schema.numbers import plain

_RULES = "《社会工作者职业水平考试实施办法》"


@rule("EXM-001", ERROR, "科目要属于所报的级别", "请核对级别和科目", _RULES)
def subject_belongs_to_level(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    for i, level, subject in entries.each("level", "subject"):
        if level and subject and canonical_subject(level, subject) is None:
            yield entries.hit(i, "subject", f"{level}没有“{subject}”这一科", f"{level}的科目是：{'、'.join(SUBJECTS[level])}")


@rule("EXM-002", ERROR, "成绩在 0 分到满分之间", "请核对成绩", "合格标准表；参数“默认满分”")
def score_within_full_mark(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    for i, year, level, subject, person, mark in entries.each("year", "level", "subject", "person", "score"):
        if mark and mark.points is not None and year and level and subject:
            full = standard(registry, year, level, subject).full
            if mark.points > full:
                who = registry.name_of("people", person)
                yield entries.hit(i, "score", f"{who}“{subject}”的成绩 {plain(mark.points)} 高于满分 {plain(full)}")


@rule("EXM-003", ERROR, "一个人一年一级一科只报一行", "请核对后保留一行", _RULES)
def no_double_entry(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    seen: dict[tuple, int] = {}
    for i, year, level, person, subject in entries.each("year", "level", "person", "subject"):
        key = (year, level, person, canonical_subject(level, subject) if level and subject else None)
        if None in key:
            continue
        if key in seen:
            who = registry.name_of("people", person)
            yield entries.hit(i, "subject", f"{who} {year} 年{level}“{subject}”与第 {entries.rows[seen[key]]} 行重复")
        seen.setdefault(key, i)


@rule("EXM-004", ERROR, "报考表的姓名要与人员编号对应的人一致", "请核对编号和姓名，改正填错的一个", "惯例")
def entry_name_agrees(registry: Registry) -> Iterator[Hit]:
    yield from name_agrees(registry, "exam_entries")


@rule("EXM-005", HINT, "初级、中级证书要先有考试合格的记录", "请核对证书和报考表；在外地或早年考取的不必理会", _RULES)
def certificate_has_pass(registry: Registry) -> Iterator[Hit]:
    certificates, entries = registry["certificates"], registry["exam_entries"]
    if not entries.present or entries.unclear("person"):
        return
    earliest = min((y for y in entries["year"] if y), default=None)
    passed = {(q.person, q.level) for q in qualifications(registry)}
    hidden = {p for i, p in entries.each("person") if not entries.readable(i, "year", "level", "subject", "score")}
    for i, person, level, obtained in certificates.each("person", "level", "obtained_on"):
        recorded = earliest is not None and obtained is not None and obtained.year >= earliest
        if person and level in ("初级", "中级") and recorded and (person, level) not in passed and person not in hidden:
            yield certificates.hit(i, "person", f"{registry.name_of('people', person)}有{level}证书，报考表里没有合格的记录")


@rule("EXM-006", HINT, "考试合格的人应领取证书", "请提醒本人领取并登记；高级凭合格证明参加评审", _RULES)
def pass_has_certificate(registry: Registry) -> Iterator[Hit]:
    certificates, entries = registry["certificates"], registry["exam_entries"]
    if not certificates.present or certificates.unclear("person"):
        return
    held = set(zip(certificates["person"], certificates["level"], strict=True))
    hidden = {p for _, p, level in certificates.each("person", "level") if level is None}
    for q in qualifications(registry):
        missing = (q.person, q.level) not in held and q.person not in hidden
        if q.level != "高级" and missing and q.year < registry.today.year:
            who = registry.name_of("people", q.person)
            yield entries.hit(q.entry, "person", f"{who} {q.year} 年{q.level}已合格，证书表里没有她的证书")
