"""Rules about exam entries, scores, subjects and standards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.checks.training import name_agrees
from jinguo.common.rounding import plain
from jinguo.exams.entry import senior_from, years_to_senior
from jinguo.exams.results import outcomes, qualifications
from jinguo.exams.senior import senior_passes
from jinguo.exams.subjects import SUBJECTS, canonical_subject, standard
from jinguo.registry.tables import Hit, Registry

_RULES = "《社会工作者职业水平考试实施办法》"
_CONDITIONS = "《社会工作者职业水平评价暂行规定》；浙江 2025 年报考条件"


@rule(
    "EXM-001", ERROR, "科目要属于所报的级别",
    why="科目不对，就算不出是否合格",
    remedy="请核对级别和科目",
    source=_RULES,
)  # fmt: skip
def subject_belongs_to_level(registry: Registry) -> Iterator[Hit]:
    for table in (registry["exam_entries"], registry["pass_marks"]):
        for i, level, subject in table.each("level", "subject"):
            if level and subject and canonical_subject(level, subject) is None:
                yield table.hit(
                    i, "subject", f"{level}没有“{subject}”这一科", f"{level}的科目是：{'、'.join(SUBJECTS[level])}"
                )


@rule(
    "EXM-002", ERROR, "成绩在 0 分到满分之间",
    why="多半是多打了一位，平均分和合格人数都会算错",
    remedy="请核对成绩",
    source="合格标准表；参数“默认满分”",
)  # fmt: skip
def score_within_full_mark(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    full_marks: dict[tuple, Decimal] = {}
    for i, year, level, subject, person, mark in entries.each("year", "level", "subject", "person", "score"):
        if mark and mark.points is not None and year and level and subject:
            paper = (year, level, subject)
            if paper not in full_marks:
                full_marks[paper] = standard(registry, *paper).full
            full = full_marks[paper]
            if mark.points > full:
                who = registry.name_of("people", person)
                yield entries.hit(i, "score", f"{who}“{subject}”的成绩 {plain(mark.points)} 高于满分 {plain(full)}")


@rule(
    "EXM-003", ERROR, "一个人一年一级一科只报一行",
    why="重复的行会让报考人数和参考率都算错",
    remedy="请核对后保留一行",
    source=_RULES,
)  # fmt: skip
def no_double_entry(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    seen: dict[tuple, int] = {}
    for i, year, level, person, subject in entries.each("year", "level", "person", "subject"):
        key = (year, level, person, canonical_subject(level, subject) if level and subject else None)
        if None in key:
            continue
        if key in seen:
            who = registry.name_of("people", person)
            yield entries.hit(i, "subject", f"{who} {year} 年{level}“{subject}”与{entries.nth_row(seen[key], i)}重复")
        seen.setdefault(key, i)


@rule(
    "EXM-004", ERROR, "报考表的姓名要与人员编号对应的人一致",
    why="编号填错，成绩就记到别人名下",
    remedy="请核对编号和姓名，改正填错的一个",
    source="惯例",
)  # fmt: skip
def entry_name_agrees(registry: Registry) -> Iterator[Hit]:
    yield from name_agrees(registry, "exam_entries")


@rule(
    "EXM-007", ERROR, "报考的年度不能在今年以后",
    why="多半是年份打错，成绩会算到别的年度",
    remedy="请核对年度（考试名称里的年份）",
    source="常识",
)  # fmt: skip
def exam_year_has_come(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    for i, year, person in entries.each("year", "person"):
        # Entries for the coming year's exam may be kept from autumn on; those further off cannot be.
        if year and year > registry.today.year + 1:
            yield entries.hit(i, "year", f"{registry.name_of('people', person)}的报考年度填 {year}")


@rule(
    "EXM-008", ERROR, "一个准考证号一年只属于一个人",
    why="准考证号串了人，查成绩会查到别人的",
    remedy="请对照准考证核对",
    source=_RULES,
)  # fmt: skip
def one_person_a_ticket(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    first: dict[tuple, int] = {}
    for i, year, person, ticket in entries.each("year", "person", "admission_number"):
        if year and person and ticket:
            before = first.setdefault((year, ticket), i)
            if entries["person"][before] != person:
                other = registry.name_of("people", entries["person"][before])
                what = f"准考证号 {ticket} {entries.nth_row(before, i)}是{other}的，这里又是{registry.name_of('people', person)}的"
                yield entries.hit(i, "admission_number", what)


@rule(
    "EXM-009", HINT, "初级的两科要在同一年度全部通过",
    why="只报一科的，即使通过也不能合格，成绩不保留",
    remedy="请提醒本人补报另一科；补不了的下一年重考两科",
    source=_RULES,
)  # fmt: skip
def junior_takes_both(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    taken: defaultdict[tuple, dict[str, int]] = defaultdict(dict)
    clear: defaultdict[tuple, bool] = defaultdict(lambda: True)
    for i, year, level, person, subject in entries.each("year", "level", "person", "subject"):
        if level == "初级" and year and person:
            name = canonical_subject(level, subject) if subject else None
            clear[year, person] &= name is not None
            taken[year, person][name or ""] = i
    if entries.unclear("year", "level", "person"):
        return
    for (year, person), subjects in taken.items():
        if len(subjects) == 1 and clear[year, person]:
            ((subject, i),) = subjects.items()
            yield entries.hit(i, "subject", f"{registry.name_of('people', person)} {year} 年初级只报了“{subject}”一科")


@rule(
    "EXM-010", HINT, "已经合格的级别不必再报",
    why="多半是级别或人员编号填错",
    remedy="请核对级别和人员编号",
    source=_RULES,
)  # fmt: skip
def not_after_qualifying(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    qualified = {(q.person, q.level): q.year for q in registry.once(qualifications) if q.level != "高级"}
    told = set()
    for i, year, level, person in entries.each("year", "level", "person"):
        before = qualified.get((person, level))
        # Once a person, level and year, however many papers she entered.
        if before and year and year > before and (person, level, year) not in told:
            told.add((person, level, year))
            yield entries.hit(
                i, "level", f"{registry.name_of('people', person)} {before} 年{level}已合格，{year} 年又报"
            )


@rule(
    "EXM-011", HINT, "中级上一年度通过的科目仍然有效，不必再报",
    why="成绩滚动两个考试年度，有效的科目不用重考",
    remedy="请核对科目和年度；本人愿意重考的不必理会",
    source=_RULES + "（两年为一个周期滚动）",
)  # fmt: skip
def valid_pass_not_taken_again(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    found = [o for o in registry.once(outcomes) if o.level == "中级"]
    passed = {(o.person, o.subject, o.year) for o in found if o.outcome == "通过"}
    qualified = {q.person: q.year for q in registry.once(qualifications) if q.level == "中级"}
    for o in found:
        # After qualifying no subject is needed, which EXM-010 says.
        if (o.person, o.subject, o.year - 1) in passed and qualified.get(o.person, o.year) >= o.year:
            what = f"{registry.name_of('people', o.person)} {o.year - 1} 年已通过“{o.subject}”，{o.year} 年又报"
            yield entries.hit(o.entry, "subject", what)


@rule(
    "EXM-012", WARNING, "报考高级要先取得社会工作师（中级）满五年",
    why="不够条件的，资格核查通不过，成绩会取消",
    remedy="请核对级别和证书表；在外地取得证书的补登",
    source=_CONDITIONS + "；设置.xlsx › 报考条件",
)  # fmt: skip
def senior_has_certificate(registry: Registry) -> Iterator[Hit]:
    entries, certificates = registry["exam_entries"], registry["certificates"]
    if not certificates.present or certificates.unclear("person", "level", "obtained_on"):
        return
    years = years_to_senior(registry)
    held = {
        p: day for _, p, level, day in certificates.each("person", "level", "obtained_on") if level == "中级" and day
    }
    senior = {p for _, p, level in certificates.each("person", "level") if level == "高级"}
    for i, year, level, person in entries.each("year", "level", "person"):
        if level != "高级" or not year or not person or person in senior:
            continue
        since = held.get(person)
        who = registry.name_of("people", person)
        if since is None:
            yield entries.hit(i, "level", f"{who}报考高级，证书表里没有中级证书")
        elif not senior_from(registry, since, year):
            yield entries.hit(i, "level", f"{who} {since} 才取得中级证书，{year} 年不满 {years} 年")


@rule(
    "EXM-013", ERROR, "合格线不能高于满分",
    why="合格线填错，这一科的人都会算成不合格",
    remedy="请对照当年的合格标准通知核对",
    source="人力资源社会保障部历年合格标准通知",
)  # fmt: skip
def pass_mark_within_full_mark(registry: Registry) -> Iterator[Hit]:
    marks = registry["pass_marks"]
    for i, full, needed in marks.each("full_mark", "pass_mark"):
        if full is not None and needed is not None and needed > full:
            yield marks.hit(i, "pass_mark", f"合格线 {plain(needed)} 高于满分 {plain(full)}")


@rule(
    "EXM-014", ERROR, "一个年度、级别、科目、地区只有一条合格标准",
    why="有两条就不知道按哪一条算",
    remedy="请核对后保留一行",
    source="人力资源社会保障部历年合格标准通知",
)  # fmt: skip
def one_standard(registry: Registry) -> Iterator[Hit]:
    marks = registry["pass_marks"]
    first: dict[tuple, int] = {}
    for i, year, level, subject, region in marks.each("year", "level", "subject", "region"):
        # A subject the level does not have is EXM-001's to say.
        known = subject is None or canonical_subject(level or "", subject) is not None
        if year and level and known and marks.readable(i, "subject", "region"):
            where = None if region == "全国" else region
            before = first.setdefault((year, level, canonical_subject(level, subject) if subject else None, where), i)
            if before != i:
                yield marks.hit(i, "year", f"{year} 年{level}的合格标准与{marks.nth_row(before, i)}重复")


@rule(
    "EXM-015", WARNING, "往年的成绩应已公布，要补上",
    why="没有成绩的不计入通过，合格人数会少算",
    remedy="请查到成绩后补上；没有参加的填缺考",
    source="成绩一般在考后两个月公布（历年通告）",
)  # fmt: skip
def past_scores_are_there(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    if "score" not in entries.letters:
        return
    for i, year, person, mark in entries.each("year", "person", "score"):
        if year and year < registry.today.year and mark is None and entries.readable(i, "score"):
            yield entries.hit(i, "score", f"{registry.name_of('people', person)} {year} 年的成绩还空着")


@rule(
    "EXM-016", WARNING, "高级成绩合格证明在有效期内评审取得证书",
    why="合格证明三年有效，过期要重新考试",
    remedy="请提醒本人申报评审；已经取得证书的，登记在证书表里",
    source="高级社会工作师评价办法（合格证明三年内有效）；参数“高级合格证明年数”",
)  # fmt: skip
def senior_pass_lapses(registry: Registry) -> Iterator[Hit]:
    entries = registry["exam_entries"]
    if registry["certificates"].unclear("person", "level"):
        return
    for q, last in senior_passes(registry):
        if last.year == registry.today.year or last < registry.today:
            state = "已经过期" if last < registry.today else "今年到期"
            who = registry.name_of("people", q.person)
            yield entries.hit(
                q.entry, "level", f"{who} {q.year} 年取得高级成绩合格证明，有效到 {last}，{state}，证书表里没有高级证书"
            )
