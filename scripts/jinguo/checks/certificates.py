"""Rules about certificates: against the exam results, their registration, continuing education."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, doubles, rule
from jinguo.common.rounding import plain
from jinguo.exams.certificates import _expiring, short_of_hours
from jinguo.exams.holders import superseded
from jinguo.exams.results import qualifications
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.dates import add_months

_RULES = "《社会工作者职业水平考试实施办法》"
_REGISTRATION = "《社会工作者职业水平证书登记办法》（民发〔2009〕44 号，二手来源）"


@rule(
    "EXM-005", HINT, "初级、中级证书要先有考试合格的记录",
    why="证书和成绩对不上，持证人数与合格人数就不一致",
    remedy="请核对证书和报考表；在外地或早年考取的不必理会",
    source=_RULES,
)  # fmt: skip
def certificate_has_pass(registry: Registry) -> Iterator[Hit]:
    certificates, entries = registry["certificates"], registry["exam_entries"]
    if not entries.present or entries.unclear("person"):
        return
    earliest = min((y for y in entries["year"] if y), default=None)
    passed = {(q.person, q.level) for q in registry.once(qualifications)}
    hidden = {p for i, p in entries.each("person") if not entries.readable(i, "year", "level", "subject", "score")}
    for i, person, level, obtained in certificates.each("person", "level", "obtained_on"):
        recorded = earliest is not None and obtained is not None and obtained.year >= earliest
        if person and level in ("初级", "中级") and recorded and (person, level) not in passed and person not in hidden:
            yield certificates.hit(
                i, "person", f"{registry.name_of('people', person)}有{level}证书，报考表里没有合格的记录"
            )


@rule(
    "EXM-006", HINT, "考试合格的人应领取证书",
    why="没有登记的证书，到期和继续教育都不会提醒",
    remedy="请提醒本人领取并登记；高级凭合格证明参加评审",
    source=_RULES,
)  # fmt: skip
def pass_has_certificate(registry: Registry) -> Iterator[Hit]:
    certificates, entries = registry["certificates"], registry["exam_entries"]
    if not certificates.present or certificates.unclear("person"):
        return
    held = set(zip(certificates["person"], certificates["level"], strict=True)) | registry.once(superseded)
    hidden = {p for _, p, level in certificates.each("person", "level") if level is None}
    for q in registry.once(qualifications):
        missing = (q.person, q.level) not in held and q.person not in hidden
        if q.level != "高级" and missing and q.year < registry.today.year:
            who = registry.name_of("people", q.person)
            yield entries.hit(q.entry, "person", f"{who} {q.year} 年{q.level}已合格，证书表里没有登记证书")


@rule(
    "CER-001", ERROR, "证书的取得、登记、有效期至要依次在后",
    why="先后颠倒，必有一个日期填错，到期就不会提醒",
    remedy="请对照证书核对这几个日期",
    source="常识",
)  # fmt: skip
def certificate_dates_in_order(registry: Registry) -> Iterator[Hit]:
    certificates = registry["certificates"]
    for i, person, obtained, registered, until in certificates.each(
        "person", "obtained_on", "registered_on", "registered_until"
    ):
        who = registry.name_of("people", person)
        if obtained and registered and registered < obtained <= registry.today:
            yield certificates.hit(i, "registered_on", f"{who}的证书 {obtained} 取得，{registered} 就登记了")
        elif registered and until and until <= registered <= registry.today:
            yield certificates.hit(i, "registered_until", f"{who}的证书 {registered} 登记，有效期却至 {until}")


@rule(
    "CER-002", WARNING, "证书登记的有效期为三年",
    why="有效期填错，再登记就会误期",
    remedy="请对照登记情况核对两个日期",
    source=_REGISTRATION + "；参数“证书登记年数”",
)  # fmt: skip
def registration_lasts_three_years(registry: Registry) -> Iterator[Hit]:
    certificates = registry["certificates"]
    years = int(registry.settings.parameter("证书登记年数"))
    for i, person, registered, until in certificates.each("person", "registered_on", "registered_until"):
        if registered and until and registered < until and registered <= registry.today:
            expected = add_months(registered, 12 * years)
            if abs((until - expected).days) > 31:
                who = registry.name_of("people", person)
                yield certificates.hit(
                    i, "registered_until", f"{who}的证书 {registered} 登记，有效期填至 {until}，不是 {years} 年"
                )


@rule(
    "CER-003", HINT, "证书取得后一年内要登记",
    why="误了首次登记，要补办手续",
    remedy="请提醒本人登记；已登记的补上登记日期",
    source=_REGISTRATION + "；参数“证书首次登记月数”",
)  # fmt: skip
def registered_in_time(registry: Registry) -> Iterator[Hit]:
    certificates = registry["certificates"]
    if "registered_on" not in certificates.letters:
        return
    months = int(registry.settings.parameter("证书首次登记月数"))
    below = registry.once(superseded)
    for i, person, level, obtained, registered in certificates.each("person", "level", "obtained_on", "registered_on"):
        if (person, level) in below:
            continue
        if (
            obtained
            and registered is None
            and certificates.readable(i, "registered_on")
            and add_months(obtained, months) < registry.today
        ):
            yield certificates.hit(
                i, "registered_on", f"{registry.name_of('people', person)} {obtained} 取得证书，还没有登记"
            )


@rule(
    "CER-004", HINT, "登记有效期届满要再登记",
    why="期满不登记，用证书的时候会有麻烦",
    remedy="请提醒本人再登记；已登记的更新登记日期和有效期",
    source=_REGISTRATION + "；参数“到期提醒月数”",
)  # fmt: skip
def registration_over(registry: Registry) -> Iterator[Hit]:
    certificates = registry["certificates"]
    for i, person, state in _expiring(registry):
        until = certificates["registered_until"][i]
        what = f"{registry.name_of('people', person)}的{certificates['level'][i] or ''}证书登记有效期 {until} {state}"
        yield certificates.hit(i, "registered_until", what)


@rule(
    "CER-005", HINT, "再登记以前，继续教育的学时要够",
    why="学时不够，不能再登记",
    remedy="请安排学习；在别处学的补登在继续教育表里",
    source="继续教育办法（二手来源）；参数“初级继续教育学时”“中高级继续教育学时”",
)  # fmt: skip
def enough_continuing_education(registry: Registry) -> Iterator[Hit]:
    certificates = registry["certificates"]
    for i, done, needed in short_of_hours(registry):
        who, level = registry.name_of("people", certificates["person"][i]), certificates["level"][i]
        yield certificates.hit(i, "person", f"{who}本期继续教育 {plain(done)} 学时，{level}要 {plain(needed)} 学时")


@rule(
    "CER-006", ERROR, "一个人一个级别只有一张证书",
    why="重复的行会让持证人数多算",
    remedy="请核对后保留一行；换发的更新原来那一行",
    source="惯例",
)  # fmt: skip
def one_certificate_a_level(registry: Registry) -> Iterator[Hit]:
    certificates = registry["certificates"]
    for i, first in doubles(certificates, "person", "level"):
        who, level = registry.name_of("people", certificates["person"][i]), certificates["level"][i]
        yield certificates.hit(i, "level", f"{who}的{level}证书与{certificates.nth_row(first, i)}重复")


@rule(
    "CER-007", WARNING, "证书的取得年份要与考试合格的年份一致",
    why="年份不一致，取得日期或成绩必有一处填错",
    remedy="请对照证书和成绩单核对",
    source=_RULES,
)  # fmt: skip
def certificate_year_agrees(registry: Registry) -> Iterator[Hit]:
    certificates = registry["certificates"]
    qualified = {(q.person, q.level): q.year for q in registry.once(qualifications) if q.level != "高级"}
    for i, person, level, obtained in certificates.each("person", "level", "obtained_on"):
        year = qualified.get((person, level))
        # The paper itself may be issued early in the next year.
        if year and obtained and obtained.year not in (year, year + 1) and obtained <= registry.today:
            yield certificates.hit(
                i, "obtained_on", f"{registry.name_of('people', person)} {year} 年{level}合格，证书却是 {obtained} 取得"
            )
